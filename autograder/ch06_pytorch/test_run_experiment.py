import pytest
import torch

from autograder.ch06_pytorch import oracles, probes
from course_lib.grading import assert_close, fail, refuses


def watched(student, digits, **settings):
    """Run an experiment on pictures of ours; return what the probe saw, with the training in epochs."""
    result = student.run(probes.experiment, digits, settings)
    n, size = len(digits[0]), settings.get("batch_size", 64)
    return result, oracles.epochs_of(oracles.batches_of(result["log"]), n, size)


def test_every_epoch_shows_all_training_pictures(student, rng):
    """Every epoch shows each training picture once, in batches of the given size and in a new random order.

    The pictures come from `data.digits()`, at the time of the call. A shorter last batch is trained on as well; a test
    picture is never.
    """
    n, epochs, size = int(rng.integers(22, 40)), int(rng.integers(2, 5)), int(rng.integers(5, 9))
    digits = oracles.digits_of_our_own(rng, n - (n % size < 2) * 3, 12)

    _, groups = watched(student, digits, epochs=epochs, batch_size=size, hidden=(8,))

    orders = [oracles.order_of(group) for group in groups]
    assert_close(len(orders), epochs, name="number of epochs")
    if any(order == sorted(order) for order in orders) or len({tuple(order) for order in orders}) < epochs:
        fail("The pictures do not come in a new random order in every epoch.")


def test_results_are_those_of_the_end(student, rng):
    """The loss is that of the last epoch, and the accuracy that of the final network on all test pictures.

    Neither the best epoch nor the mean of all: what the last one gave.
    """
    digits = oracles.digits_of_our_own(rng, 42, 80)

    result, groups = watched(student, digits, epochs=6, batch_size=9, hidden=(12,), seed=int(rng.integers(1000)))

    expected = {
        "train_loss": oracles.loss_of(groups[-1], digits[1]),
        "test_accuracy": oracles.share_right(result["logits"], digits[3]),
    }
    assert_close(result["numbers"], expected, rtol=1e-4, name="dict of numbers")


def test_adam_takes_the_steps(student, rng):
    """Loss and network are those of Adam at the given learning rate, after the given number of epochs.

    With all pictures in one batch and nothing dropped, the order does not matter, and every step can be followed.
    """
    digits = oracles.digits_of_our_own(rng, 20, 15)
    settings = {"batch_size": 25, "dropout": 0.0, "hidden": oracles.sizes(rng, 2), "seed": int(rng.integers(1000))}
    rate, epochs = float(rng.uniform(0.002, 0.006)), int(rng.integers(3, 6))

    start, _ = watched(student, digits, learning_rate=1e-30, epochs=epochs, **settings)
    result, _ = watched(student, digits, learning_rate=rate, epochs=epochs, **settings)

    linears = oracles.layers(start["parameters"], settings["hidden"])
    loss, linears = oracles.full_batch_run(linears, digits[0], digits[1], rate, epochs)
    assert_close(result["numbers"]["train_loss"], loss, rtol=5e-3, name="train_loss")
    expected = oracles.logits(linears, digits[2])
    assert_close(result["logits"], expected, rtol=0.02, atol=0.02, name="tensor of logits of the test pictures")


def test_network_is_the_one_that_was_asked_for(student, rng):
    """Hidden layers, batch norm and dropout of the network are as the arguments say.

    Hand all three on to `DigitClassifier`.
    """
    digits = oracles.digits_of_our_own(rng, 36, 10)
    hidden, p = oracles.sizes(rng, 3), float(rng.uniform(0.4, 0.6))

    norm, _ = watched(student, digits, epochs=1, batch_size=18, hidden=hidden, batchnorm=True)
    plain, _ = watched(student, digits, epochs=1, batch_size=18, hidden=hidden)
    result, _ = watched(student, digits, epochs=1, hidden=(8,), dropout=p)

    counts = [oracles.number_of_parameters(hidden, batchnorm=True), oracles.number_of_parameters(hidden)]
    assert_close([norm["count"], plain["count"]], counts, name="list of numbers of parameters")
    linears = oracles.layers(result["parameters"], (8,))
    explained, shares = oracles.dropped_units(linears, digits[0], result["stirred"], p)
    if explained < 1 or not 0 < shares[0] < 1:
        fail("The network does not drop its hidden units with the probability that was asked for.")


def test_defaults_are_those_of_the_contract(student, rng):
    """Without arguments: five epochs in batches of 64, Adam at 0.001, layers of 512 and 256, a fifth dropped, seed 0.

    The defaults belong in the first line of the function.
    """
    digits = oracles.digits_of_our_own(rng, 70, 10)

    result, groups = watched(student, digits)
    small, _ = watched(student, digits, hidden=(8,))
    seeded, seeded_groups = watched(student, digits, seed=0)

    steps = [entry[1:3] for entry in result["log"] if entry[0] == "step"]
    assert_close(len(groups), 5, name="number of epochs")
    assert_close(steps, [["Adam", 0.001]] * 10, rtol=1e-6, name="list of steps")
    assert_close(result["count"], oracles.number_of_parameters((512, 256)), name="number of parameters")
    assert_close(seeded_groups[0][0][1], groups[0][0][1], rtol=1e-6, name="tensor of first logits with seed 0")
    linears = oracles.layers(small["parameters"], (8,))
    explained, _ = oracles.dropped_units(linears, digits[0], small["stirred"], 0.2)
    if explained < 1 or seeded["count"] != result["count"]:
        fail("The network is not the one that the defaults ask for.")


def test_same_seed_same_numbers(student, rng):
    """The same arguments give the same numbers, and another seed gives another network.

    Seed torch inside the function, before the network is made: weights, order and dropout all draw from it.
    """
    digits = oracles.digits_of_our_own(rng, 30, 14)
    seed = int(rng.integers(1000))
    settings = {"epochs": 2, "batch_size": 7, "hidden": (10,), "dropout": 0.5}

    first, _ = watched(student, digits, **settings, seed=seed)
    again, _ = watched(student, digits, **settings, seed=seed)
    other, _ = watched(student, digits, **settings, seed=seed + 1)

    assert_close(again["numbers"], first["numbers"], rtol=1e-6, name="dict of numbers of the second call")
    assert_close(again["logits"], first["logits"], rtol=1e-5, atol=1e-6, name="tensor of logits of the second call")
    if torch.allclose(other["logits"], first["logits"]):
        fail("Another seed gives the same network.")


def test_reads_digits_that_are_moved(meets_floor):
    """A network that learned from the real digits reads new ones, even when they are moved by a pixel.

    The network that is returned has to be the one that was trained.
    """
    meets_floor("moved_accuracy")


@pytest.mark.supporting
def test_refuses_what_cannot_be_trained(student, rng):
    """A learning rate that is not above 0, no epoch and no batch are refused, by name and value.

    Look at the arguments before you load any picture.
    """
    for rate in (0.0, -0.5, float("nan")):
        with refuses("learning_rate", shown=rate):
            student.run_experiment(learning_rate=rate, epochs=1, hidden=(8,))
    for value in (0, -int(rng.integers(1, 9))):
        for name in ("epochs", "batch_size"):
            with refuses(name, shown=value):
                student.run_experiment(hidden=(8,), **{name: value})


@pytest.mark.supporting
def test_one_epoch_and_single_pictures(student, rng):
    """The smallest experiment is a fair one: one epoch, one picture at a time.

    Only what is below 1 is refused.
    """
    digits = oracles.digits_of_our_own(rng, 11, 10)

    result, groups = watched(student, digits, epochs=1, batch_size=1, hidden=(8,))

    assert_close(result["numbers"]["train_loss"], oracles.loss_of(groups[0], digits[1]), rtol=1e-4, name="train_loss")
