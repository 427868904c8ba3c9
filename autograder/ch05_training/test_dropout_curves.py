import re

import numpy as np
import pytest

from autograder.ch05_training import probes
from course_lib.grading import assert_close, fail

KEYS = ("train_loss", "val_loss", "train_accuracy", "val_accuracy")


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
