import pytest
import torch

from autograder.ch06_pytorch import oracles, probes
from course_lib.grading import assert_close, fail, refuses

STILL = {"optimizer": "SGD", "options": {"lr": 0.0}}
CLOSE = {"rtol": 1e-4, "atol": 1e-5}


def test_every_sample_counts_once(student, rng):
    """The result is the mean loss per sample, also when batches differ in size.

    Multiply each batch's mean by the number of its samples, add up, and divide by the number of all samples.
    """
    for counts in ((5, 5, 2), (1, 9), (7,)):
        weights, batches = oracles.small_problem(rng, counts)

        result = student.run(probes.epoch, weights, batches, STILL)

        assert_close(result["loss"], oracles.epoch(weights, batches, STILL)[0], rtol=1e-4, name="mean loss")


def test_weights_after_one_epoch(student, rng):
    """After an epoch of plain steps the weights are those of a slow computation by hand.

    One step for each batch, along the gradient of that batch alone: forget, forward, loss, backward, step.
    """
    for counts in ((6, 6, 3), (4, 1)):
        weights, batches = oracles.small_problem(rng, counts)
        how = {"optimizer": "SGD", "options": {"lr": float(rng.uniform(0.1, 0.3))}}

        result = student.run(probes.epoch, weights, batches, how)

        assert_close(result["weights"], oracles.epoch(weights, batches, how)[1], **CLOSE, name="dict of weights")


def test_losses_are_those_before_the_steps(student, rng):
    """While the network learns, each batch counts with the loss that it had before its own step.

    Follow two batches by hand: the first loss is that of the starting weights.
    """
    weights, batches = oracles.small_problem(rng, (6, 4, 4))
    how = {"optimizer": "SGD", "options": {"lr": 0.5}}

    result = student.run(probes.epoch, weights, batches, how)

    assert_close(result["loss"], oracles.epoch(weights, batches, how)[0], rtol=1e-4, name="mean loss")


def test_any_optimizer_steps(student, rng):
    """The steps are those of the optimizer that was handed over: Adam, or SGD with momentum.

    `optimizer.step()` does it. What you write yourself is one method among many.
    """
    for kind, options in (("Adam", {"lr": 0.05}), ("SGD", {"lr": 0.1, "momentum": 0.9})):
        weights, batches = oracles.small_problem(rng, (5, 5, 3))
        how = {"optimizer": kind, "options": options}

        result = student.run(probes.epoch, weights, batches, how)

        expected = oracles.epoch(weights, batches, how)[1]
        assert_close(result["weights"], expected, rtol=1e-3, atol=1e-4, name="dict of weights")


def test_any_criterion_counts(student, rng):
    """Loss and steps are those of the criterion that was handed over.

    It is an argument: call it with the model's output and the labels, in this order.
    """
    weights, batches = oracles.small_problem(rng, (5, 3))
    how = {"optimizer": "SGD", "options": {"lr": 0.3}, "criterion": "squares"}

    result = student.run(probes.epoch, weights, batches, how)

    loss, expected = oracles.epoch(weights, batches, how)
    assert_close(result["loss"], loss, rtol=1e-4, name="mean loss")
    assert_close(result["weights"], expected, **CLOSE, name="dict of weights")


def test_old_gradients_do_not_count(student, rng):
    """Gradients that were there before the call change nothing.

    Forget them before the first `backward`, not only after each step.
    """
    weights, batches = oracles.small_problem(rng, (6, 3))
    how = {"optimizer": "SGD", "options": {"lr": 0.2}, "before": "gradients"}

    result = student.run(probes.epoch, weights, batches, how)

    assert_close(result["weights"], oracles.epoch(weights, batches, how)[1], **CLOSE, name="dict of weights")


def test_model_trains_in_training_mode(student, rng):
    """The model runs in training mode and is left in it, also when it came in evaluation mode.

    `model.train()` belongs before the loop: whoever called you may just have evaluated.
    """
    for before in ("evaluation", "training"):
        weights, batches = oracles.small_problem(rng, (4, 4, 2))

        result = student.run(probes.epoch, weights, batches, {**STILL, "before": before})

        assert_close([run[0] for run in result["runs"]], [True] * len(batches), name="list of modes, one for each run")
        assert_close(result["training"], expected=True, name="training mode afterwards")


def test_loader_is_gone_through_once(student, rng):
    """Every batch goes through the model once, in the order of the loader, which may be any iterable.

    A generator has no length and no second round. Ask the loader for nothing but its pairs.
    """
    weights, batches = oracles.small_problem(rng, (3, 6, 1, 4))

    result = student.run(probes.epoch, weights, batches, STILL)

    seen = [run[2] for run in result["runs"]]
    assert_close(len(seen), len(batches), name="number of runs of the model")
    assert_close(seen, [images for images, _ in batches], rtol=0, name="list of batches that the model saw")


def test_nan_is_not_hidden(student, rng):
    """When a loss is `nan`, so is the result.

    A training that has broken down must be visible.
    """
    weights, batches = oracles.small_problem(rng, (4, 4))
    batches[1][0][2, 1] = float("nan")

    result = student.run(probes.epoch, weights, batches, STILL)

    assert_close(result["loss"], float("nan"), name="mean loss")


@pytest.mark.supporting
def test_refuses_a_loader_without_samples(student, rng):
    """A loader without a batch, or with a batch without samples, is refused.

    A mean of nothing is no number.
    """
    weights, batches = oracles.small_problem(rng, (4, 3))
    empty = (batches[0][0][:0], batches[0][1][:0])

    for loader in ([], [empty], [*batches, empty]):
        with refuses("loader"):
            student.run(probes.epoch, weights, loader, STILL)


@pytest.mark.supporting
def test_errors_of_the_criterion_pass_through(student, rng):
    """A label that is no class is an error, and it reaches the caller.

    Do not catch what you cannot mend: a loss that leaves out the bad batches is a lie.
    """
    weights, batches = oracles.small_problem(rng, (4, 3))
    spoiled = torch.full_like(batches[1][1], 99)

    kind = student.run(probes.error_of_epoch, weights, [batches[0], (batches[1][0], spoiled)], STILL)

    if kind != "IndexError":
        fail("A label that is no class must raise the criterion's own error.")
