import numpy as np
import pytest

from autograder.ch05_training import oracles, probes
from course_lib.grading import assert_close, fail, refuses

KEYS = ("train_loss", "val_loss", "train_accuracy", "val_accuracy")
RATE = 0.05  # of the probe's small network


def _seed(rng):
    return int(rng.integers(10**6))


def _trained(passes, key):
    """Return for each training step which digits it saw."""
    return [oracles.named(rows, key) for rows, _, _, trained in passes if trained]


def test_measures_after_every_epoch(student, rng):
    """The history holds losses and accuracies of the network as it is after each epoch, in evaluation mode.

    The losses that come up while training belong to younger networks, with dropout switched on. Measure afresh.
    """
    history, _, _, after = student.run(probes.watched_training, (2, _seed(rng), 0.5, _seed(rng)), rng.normal(size=784))

    assert_close({key: len(history[key]) for key in history}, dict.fromkeys(KEYS, 2), name="dict of lengths")
    for part in ("train", "val"):
        loss, accuracy = oracles.measured(after, unseen=part == "val")
        assert_close(history[f"{part}_loss"][-1], loss, rtol=1e-4, name=f"last entry of {part}_loss")
        assert_close(history[f"{part}_accuracy"][-1], accuracy, atol=0.0011, name=f"last entry of {part}_accuracy")


def test_every_epoch_sees_every_digit_once(student, rng):
    """Each epoch trains on the first 1000 training digits, each of them once, in batches of 64.

    Sixteen steps, the last of which has the 40 digits that are left. The next epoch has another order.
    """
    key = rng.normal(size=784)

    _, passes, _, _ = student.run(probes.watched_training, (2, _seed(rng), 0.5, 0), key)

    steps = _trained(passes, key)
    full = [oracles.BATCH] * (oracles.STEPS - 1) + [40]
    assert_close([len(step) for step in steps], full * 2, name="list of the sizes of all batches")
    epochs = [np.concatenate(steps[first : first + oracles.STEPS]) for first in (0, oracles.STEPS)]
    for epoch in epochs:
        assert_close(np.sort(epoch), np.arange(oracles.SEEN), name="numbers of the digits of an epoch, sorted")
    if np.array_equal(*epochs):
        fail("Both epochs have the same order.")


def test_steps_follow_the_gradient_of_the_batch(student, rng):
    """Every step uses the gradient of the mean cross-entropy of its batch, and of nothing else.

    Forgotten gradients add up; a softmax before the cross-entropy, or labels of other digits, change every step.
    """
    key = rng.normal(size=784)

    _, passes, before, after = student.run(probes.watched_training, (2, _seed(rng), 0.0, _seed(rng)), key)

    batches = _trained(passes, key)
    if not batches or min(step.min() for step in batches) < 0 or max(step.max() for step in batches) >= oracles.SEEN:
        fail("A training step saw something other than the first 1000 training digits.")
    expected = oracles.descended(before, batches, RATE)
    assert_close(after, expected, rtol=1e-3, atol=1e-4, name="list of parameters after training")


def test_seed_decides_the_order(student, rng):
    """The same seed gives the same order whatever the network, another seed another one.

    Dropout draws random numbers as well. The order needs a generator of its own, made from the seed.
    """
    key, first = rng.normal(size=784), _seed(rng)
    orders = []
    for seed, p, start in ((first, 0.5, 0), (first, 0.0, 1), (first + 1, 0.5, 0)):
        _, passes, _, _ = student.run(probes.watched_training, (2, seed, p, start), key)
        orders.append(np.concatenate([*_trained(passes, key), [-1]]))

    assert_close(orders[1], orders[0], name="order of the digits with the same seed")
    if np.array_equal(orders[2], orders[0]):
        fail("Two different seeds gave the same order.")


def test_race_has_two_complete_histories(student, rng):
    """The race gives one history for each optimizer, with one entry for each epoch; the digits are the right ones.

    Accuracies are shares of 1000 digits. Unseen digits are harder than those that were trained on.
    """
    race = student.compare_optimizers(seed=_seed(rng))

    lengths = {name: {key: len(values) for key, values in race[name].items()} for name in race}
    assert_close(lengths, {name: dict.fromkeys(KEYS, 5) for name in ("adam", "sgd")}, name="dict of lengths")
    for history in race.values():
        values = np.array([history[key] for key in KEYS], dtype=float)
        if not np.isfinite(values).all():
            fail("A history holds something other than finite numbers.")
        if not (values[0, -1] < values[1, -1] and values[2, -1] > values[3, -1]):
            fail("After five epochs the digits that were trained on must be easier than the unseen ones.")
        if np.abs(values[2:] * 1000 - np.round(values[2:] * 1000)).max() > 1e-3 or values[2:].max() > 1:
            fail("An accuracy is no share of 1000 digits.")


def test_both_start_alike(student, rng):
    """Both networks begin with the same weights and see the same batches in the same order.

    Seed torch before *each* of the two networks, and give both the same seed for the order.
    """
    key = rng.normal(size=784)

    _, passes = student.run(probes.watched, "compare_optimizers", (_seed(rng), 1), 128, key)

    steps = [each for each in passes if each[3]]
    if len(steps) != 2 * oracles.STEPS:
        fail("One epoch each should take 32 training steps of PyTorch networks with 784 inputs and 128 hidden units.")
    _demand_the_same(steps, oracles.STEPS)


def _demand_the_same(steps, apart):
    """Demand the same weights and batches in two trainings, one after the other or side by side."""
    side_by_side = np.array_equal(steps[0][0], steps[1][0])
    pairs = zip(steps[::2], steps[1::2], strict=True) if side_by_side else zip(steps, steps[apart:], strict=False)
    for number, (one, other) in enumerate(pairs):
        if number == 0:
            assert_close(other[1], one[1], rtol=1e-6, atol=1e-6, name="first layer of the second network at the start")
        assert_close(other[0], one[0], rtol=1e-6, atol=1e-6, name="batch of the second network")


def test_losses_are_the_usual_ones(meets_floor):
    """Both networks learn as fast as these optimizers do at these rates.

    Compare names, learning rates, momentum, width and number of epochs with the contract.
    """
    meets_floor("race_as_usual")


def test_seed_decides_the_race(student, rng):
    """The same seed gives the same histories again, another seed others.

    Weights and order both come from the seed.
    """
    seed = _seed(rng)

    first, again, other = (student.compare_optimizers(each, epochs=1) for each in (seed, seed, seed + 1))

    assert_close(again, first, rtol=1e-5, name="dict of histories of the second race")
    for name in ("adam", "sgd"):
        if abs(other[name]["val_loss"][0] - first[name]["val_loss"][0]) < 1e-7:
            fail("Two different seeds gave the same result.")


def test_no_epochs(student, rng):
    """Without an epoch there is nothing to measure, and the lists are empty.

    There is one entry for each epoch, and none for the start.
    """
    race = student.compare_optimizers(_seed(rng), 0)

    assert_close({name: dict(race[name]) for name in race}, {n: {k: [] for k in KEYS} for n in ("adam", "sgd")})


@pytest.mark.supporting
def test_refuses_a_negative_number_of_epochs(student, rng):
    """A negative number of epochs is refused, and shown.

    `range` of a negative number is empty, so nothing complains by itself.
    """
    for epochs in (-1, -int(rng.integers(2, 9))):
        with refuses("epochs", shown=epochs):
            student.compare_optimizers(0, epochs)
        with refuses("epochs", shown=epochs):
            student.run(probes.refused_training, epochs)
