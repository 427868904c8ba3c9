import re

import numpy as np
import pytest

from autograder.ch05_training import oracles, probes
from course_lib.grading import assert_close, fail, refuses

KEYS = ("train_loss", "val_loss", "train_accuracy", "val_accuracy")
EPOCHS, WIDTH = 15, 256
# At rate 0.5 a hidden layer has more zeros in a training step than in the measurements around it: at least 0.19 more.
DROPPED, MORE = 0.5, 0.1


def _runs(rng, rates, lengths):
    """Return histories of random numbers, all different."""
    return {
        rate: {key: rng.uniform(0.05, 0.95, size=length).tolist() for key in KEYS}
        for rate, length in zip(rates, lengths, strict=True)
    }


def _wanted(runs, quantity):
    """Return by rate and part the points of each line."""
    return {
        (rate, part): np.column_stack([np.arange(len(run[f"{part}_{quantity}"])) + 1.0, run[f"{part}_{quantity}"]])
        for rate, run in runs.items()
        for part in ("train", "val")
    }


def _label_of(curves, wanted):
    """Return the label of the line through these points."""
    found = [label for label, points in curves if points.shape == wanted.shape and np.allclose(points, wanted)]
    if not found:
        fail("A curve is missing: each needs all of its points, over the epochs 1, 2, 3 and so on, on its own Axes.")
    return found[0]


def _numbers(label):
    """Return every number in a label; a percentage counts as its share, too."""
    found = [float(number) for number in re.findall(r"\d*\.?\d+(?:e-?\d+)?", label.replace(",", "."))]
    return [*found, *([number / 100 for number in found] if "%" in label else [])]


def test_every_curve_is_drawn(student, rng):
    """Losses are on the first Axes, accuracies on the second, a line for training and one for validation per rate.

    The first point belongs to epoch 1: it was measured after the first epoch.
    """
    count = int(rng.integers(3, 8))
    for runs in (_runs(rng, (0.0, 0.3, 0.7), (count,) * 3), _runs(rng, (0.5, 0.2), (count, count + 2))):
        panels, _ = student.run(probes.histories_picture, runs)

        for panel, quantity in zip(panels, ("loss", "accuracy"), strict=True):
            for wanted in _wanted(runs, quantity).values():
                _label_of(panel["curves"], wanted)


def test_labels_say_rate_and_part(student, rng):
    """Every line has a label of its own, with its rate and a word that begins with train or val.

    A reader has to find the validation curve of one rate among ten lines.
    """
    runs = _runs(rng, (0.0, 0.25, 0.5), (4, 4, 4))

    panels, _ = student.run(probes.histories_picture, runs)

    for panel, quantity in zip(panels, ("loss", "accuracy"), strict=True):
        labels = {}
        for (rate, part), wanted in _wanted(runs, quantity).items():
            label = labels[rate, part] = _label_of(panel["curves"], wanted)
            if not re.search(rf"\b{part}|_{part}", label.lower()):
                fail(f"The label of a {part} curve does not say that it is one.")
            if re.search(r"\bval|_val" if part == "train" else r"\btrain|_train", label.lower()):
                fail("A label names both training and validation.")
            if not any(abs(number - rate) < 1e-6 for number in _numbers(label)):
                fail("The label of a curve does not contain its rate.")
        if len(set(labels.values())) < len(labels):
            fail("Two curves have the same label.")


def test_legends_and_axis_labels(student, rng):
    """Each Axes has a legend with all of its lines, and says what runs across and what runs up.

    Labels are invisible until somebody asks for the legend.
    """
    runs = _runs(rng, (0.1, 0.6), (5, 5))

    panels, _ = student.run(probes.histories_picture, runs)

    for panel, quantity in zip(panels, ("loss", "accuracy"), strict=True):
        labels = [_label_of(panel["curves"], wanted) for wanted in _wanted(runs, quantity).values()]
        if panel["legend"] is None or not set(labels) <= set(panel["legend"]):
            fail("An Axes has no legend that lists all of its curves.")
        if not all(words.strip() for words in panel["words"]):
            fail("An axis has no label.")


@pytest.mark.supporting
def test_leaves_other_pictures_alone(student, rng):
    """Nothing is drawn anywhere else, and no figure is made.

    Every `plt.…` goes to whichever picture is current; `ax.…` goes where the caller wants it.
    """
    _, gained = student.run(probes.histories_picture, _runs(rng, (0.1, 0.6), (5, 5)))

    assert_close(gained, [0, 0, 0], name="list of additions elsewhere")


@pytest.mark.supporting
def test_refuses_impossible_rates(student, rng):
    """A rate below 0, or of 1 or more, is refused and shown, wherever it stands.

    Look at all rates before the first training begins.
    """
    for bad in (1, round(float(rng.uniform(1.1, 5)), 3), -round(float(rng.uniform(0.1, 0.9)), 3)):
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
    key = rng.normal(size=784)

    study, passes = student.run(probes.watched, "dropout_study", ([DROPPED], int(rng.integers(10**6))), WIDTH, key)

    assert_close(_lengths(study), {DROPPED: dict.fromkeys(KEYS, EPOCHS)}, name="dict of lengths")
    steps = [each for each in passes if each[3]]
    if len(steps) != EPOCHS * oracles.STEPS or {len(zeros) for _, _, zeros, _ in passes} != {2}:
        fail("Fifteen epochs should take 240 training steps of a network with two hidden layers of 256 units.")
    if len(passes) == len(steps):
        fail("No measurement was seen.")
    step = measurement = None
    for _, _, zeros, trained in passes:
        step, measurement = (zeros, measurement) if trained else (step, zeros)
        if measurement and min(np.subtract(step, measurement)) < MORE:
            fail("A hidden layer was not thinned out in some training step, or still was while measuring.")


def _lengths(study):
    if not isinstance(study, dict) or not all(isinstance(run, dict) for run in study.values()):
        fail("The result must be a dictionary of histories.")
    return {rate: {key: len(values) for key, values in run.items()} for rate, run in study.items()}


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
