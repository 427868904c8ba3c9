import numpy as np
import pytest
import torch

from autograder.ch06_pytorch import oracles, probes
from course_lib.grading import assert_close, refuses


def evaluation(student, rng, counts=(6, 9, 4), *, training=True, gradients_on=True):
    """Pose a problem; return its weights, its batches and what the probe saw."""
    weights, batches = oracles.moody_problem(rng, counts)
    return weights, batches, student.run(probes.evaluation, weights, batches, training, gradients_on)


def test_share_of_all_samples(student, rng):
    """The result is the share of all samples, whatever the sizes of the batches.

    Count the right ones, count all, and divide once at the end.
    """
    for counts in ((40, 40, 7), (1, 30), (23,), (0, 11, 3)):
        weights, batches, result = evaluation(student, rng, counts)

        right = [
            oracles.moody_scores(weights, images).argmax(axis=1) == np.asarray(labels) for images, labels in batches
        ]
        assert_close(result["accuracy"], float(np.concatenate(right).mean()), rtol=1e-6, name="accuracy")


def test_model_runs_in_evaluation_mode(student, rng):
    """The model and everything in it is in evaluation mode whenever it runs, and once for each batch.

    `model.eval()` before the first batch, and nothing that switches back before the last.
    """
    _, batches, result = evaluation(student, rng)

    expected = [[False] * 3] * len(batches)
    assert_close(
        [run[0] for run in result["runs"]], expected, name="list of training modes of the model and its layers"
    )


def test_gradients_are_off(student, rng):
    """Gradients are off while the model runs.

    `with torch.no_grad():` around the loop, or `torch.inference_mode()`.
    """
    _, batches, result = evaluation(student, rng)

    assert_close([run[1] for run in result["runs"]], [False] * len(batches), name="list: are gradients on?")


@pytest.mark.supporting
def test_mode_is_as_before(student, rng):
    """Afterwards the model and its layers are in the mode in which they came.

    Remember `model.training` before you call `model.eval()`.
    """
    for training in (True, False):
        _, _, result = evaluation(student, rng, training=training)

        assert_close(result["parts"], [training] * 3, name="list of training modes of the model and its layers")


@pytest.mark.supporting
def test_torch_is_as_before(student, rng):
    """Gradients are on or off afterwards as they were before, for the whole program.

    A `with` block puts back what it found. `torch.set_grad_enabled(False)` alone stays.
    """
    for on in (True, False):
        _, _, result = evaluation(student, rng, gradients_on=on)

        assert_close(result["gradients"], on, name="state of gradients afterwards")


@pytest.mark.supporting
def test_numbers_of_the_model_are_as_before(student, rng):
    """Weights and running statistics are not changed by an evaluation.

    In training mode batch norm would learn from the test data.
    """
    weights, _, result = evaluation(student, rng)

    assert_close(result["weights"], weights, rtol=0, name="dict of weights and statistics afterwards")


def test_model_without_parameters(student, rng):
    """A model may have nothing to learn: a rule is evaluated like a network.

    Ask the model for its answers and for nothing else.
    """
    scores = torch.from_numpy(rng.standard_normal((17, 5)).astype(np.float32))
    labels = torch.from_numpy(rng.integers(5, size=17))

    accuracy = student.run(probes.evaluation_of_rule, [(scores[:9], labels[:9]), (scores[9:], labels[9:])])

    assert_close(accuracy, oracles.share_right(scores, labels), rtol=1e-6, name="accuracy")


def test_all_right_and_all_wrong(student):
    """The share runs from 0.0 to 1.0, as a number that is no tensor.

    `.item()` takes a number out of a tensor.
    """
    scores = torch.eye(6)
    for shift, expected in ((0, 1.0), (1, 0.0)):
        accuracy = student.run(probes.evaluation_of_rule, [(scores, (torch.arange(6) + shift) % 6)])

        assert_close(accuracy, expected, name="accuracy")


@pytest.mark.supporting
def test_refuses_a_loader_without_samples(student):
    """Without any sample there is no share, and the message says what is missing.

    The share of nothing would be 0 divided by 0.
    """
    for loader in ([], [(torch.zeros(0, 4), torch.zeros(0, dtype=torch.int64))]):
        with refuses("loader"):
            student.run(probes.evaluation_of_rule, loader)
