import numpy as np
import pytest

from autograder.ch05_training import oracles, probes
from course_lib.grading import assert_close, fail, refuses

EPOCHS, WIDTH = 15, 256
# At rate 0.5 a hidden layer has more zeros in a training step than in the measurements around it: at least 0.19 more.
DROPPED, MORE = 0.5, 0.1


@pytest.mark.supporting
def test_refuses_impossible_rates(student, rng):
    """A rate below 0, or of 1 or more, is refused and shown, wherever it stands.

    Look at all rates before the first training begins.
    """
    for bad in (round(float(rng.uniform(1.1, 5)), 3), 1, -round(float(rng.uniform(0.1, 0.9)), 3)):
        with refuses("rates", shown=bad):
            student.dropout_study([bad, 0.5], 0)
    with refuses("rates", shown=1.0):
        student.dropout_study([0.5, 1.0], 0)


@pytest.mark.supporting
def test_no_rates(student, rng):
    """Without any rate there is no training, and the result is empty.

    The rates to compare are those that were passed, and no others.
    """
    assert_close(student.dropout_study(rates=[], seed=int(rng.integers(1000))), {}, name="dict of histories")


def test_seed_decides_the_study(student, rng):
    """The same seed gives the same training again, coins included; another seed another one.

    Weights, order and coins: all three kinds of random numbers have to come from the seed.
    """
    key, seed, limit = rng.normal(size=784), int(rng.integers(10**6)), 12

    runs = [
        student.run(probes.watched, "dropout_study", ([0.5], each), WIDTH, key, limit)[1]
        for each in (seed, seed, seed + 1)
    ]

    first, again, other = ([each for each in passes if each[3]] for passes in runs)
    if not len(first) == len(again) == len(other) == limit:
        fail("No training of PyTorch networks with 784 inputs and two layers of 256 hidden units was seen.")
    for number, name in ((0, "batches"), (1, "weights of the first layer")):
        ours = np.concatenate([each[number] for each in first])
        theirs = np.concatenate([each[number] for each in again])
        assert_close(theirs, ours, rtol=1e-4, atol=1e-4, name=f"{name} of the second run")
        if np.allclose(other[0][number], first[0][number], rtol=1e-6):
            fail("Two different seeds gave the same weights, or the same first batch.")


def test_dropout_in_training_and_not_in_evaluation(student, rng):
    """Dropout works after both hidden layers in every training step, and never while measuring.

    `network.train()` and `network.eval()` switch it. After a measurement the next epoch has to switch back.
    """
    key, seed, limit = rng.normal(size=784), int(rng.integers(10**6)), 2 * oracles.STEPS + 2

    _, passes = student.run(probes.watched, "dropout_study", ([DROPPED], seed), WIDTH, key, limit)

    steps = [each for each in passes if each[3]]
    complete = {len(zeros) for _, _, zeros, _ in passes[:-1]}  # the last pass may have been broken off
    if len(steps) != limit or complete != {2}:
        fail("The training steps should be those of a network with two hidden layers of 256 units.")
    if not any(not each[3] for each in passes[: 2 * oracles.STEPS]):
        fail("Nothing was measured after the first epoch.")
    step = measurement = None
    for _, _, zeros, trained in passes[:-1]:
        step, measurement = (zeros, measurement) if trained else (step, zeros)
        if measurement and min(np.subtract(step, measurement)) < MORE:
            fail("A hidden layer was not thinned out in some training step, or still was while measuring.")


def test_rates_start_alike(student, rng):
    """Every rate starts with the same weights and sees the same batches.

    A second network that is made without seeding again goes on with other random numbers.
    """
    key, rates = rng.normal(size=784), [round(float(rng.uniform(0.3, 0.6)), 2), 0.0]
    apart = EPOCHS * oracles.STEPS

    arguments = (rates, int(rng.integers(10**6)))
    _, passes = student.run(probes.watched, "dropout_study", arguments, WIDTH, key, apart + 20)

    steps = [each for each in passes if each[3]]
    if len(steps) != apart + 20:
        fail("Fifteen epochs for each of two rates should take 480 training steps.")
    side_by_side = np.array_equal(steps[0][0], steps[1][0])
    pairs = zip(steps[::2], steps[1::2], strict=True) if side_by_side else zip(steps, steps[apart:], strict=False)
    for number, (one, other) in enumerate(pairs):
        if number == 0:
            assert_close(other[1], one[1], rtol=1e-6, atol=1e-6, name="first layer of the second network at the start")
        assert_close(other[0], one[0], rtol=1e-6, atol=1e-6, name="batch of the second rate")


def test_dropout_closes_the_gap(meets_floor):
    """With a rate of 0.5 the gap between validation and training loss ends smaller than without dropout.

    Each rate has to reach its own network, with Adam at 0.001 for fifteen epochs.
    """
    meets_floor("gap_closed_by_dropout")
