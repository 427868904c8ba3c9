import math

import numpy as np
import pytest
import torch

from autograder.ch05_training import oracles, probes
from course_lib.grading import assert_close, fail, refuses


def _follow(student, losses, **arguments):
    """Demand that every update answers as it should and leaves the right attributes."""
    seen = student.run(probes.watch, losses, arguments)

    expected = oracles.scripted(losses, **arguments)
    for number, (ours, theirs) in enumerate(zip(seen, expected, strict=True)):
        when = f"after update {number}" if number else "before any update"
        assert_close(ours[1], theirs[1], name=f"best_loss {when}")
        assert_close(ours[2], theirs[2], name=f"best_epoch {when}")
        if number and ours[0] is not theirs[0]:
            fail(f"{when.capitalize()} it should {'stop' if theirs[0] else 'go on'}, but it does not.")


def test_table_of_the_text(student):
    """The table in the text comes out, whatever the patience.

    Count the updates without improvement with your fingers.
    """
    for patience in (1, 2, 3):
        _follow(student, [0.9, 0.5, 0.6, 0.5], patience=patience)


def test_random_losses(student, rng):
    """Losses that go up and down: answers, best loss and best epoch are right after every update.

    An improvement starts the count again, also after it has said stop.
    """
    for patience in (1, 2, 4, int(rng.integers(5, 9))):
        losses = (np.linspace(1, 0.3, 40) + rng.normal(scale=0.15, size=40)).round(3)
        _follow(student, losses.tolist(), patience=patience)


def test_ten_is_the_patience_unless_given(student, rng):
    """Without arguments it waits for ten updates, and asks for nothing more than a lower loss.

    The defaults belong in the first line of `__init__`.
    """
    best = float(rng.uniform(0.2, 0.8))
    _follow(student, [1.0, best, *rng.uniform(best, 1, size=12).tolist(), best - 1e-9, *[best] * 11])


def test_goes_on_saying_stop(student, rng):
    """After a stop every further update without improvement says stop as well, until there is an improvement.

    At least `patience` updates in a row, not exactly that many.
    """
    patience = int(rng.integers(2, 5))
    losses = [1.0, *[2.0] * (patience + 3), 0.5, *[0.7] * (patience + 2)]

    _follow(student, losses, patience=patience)


def test_equal_losses_are_no_improvement(student, rng):
    """A loss that equals the best one is no improvement.

    A plateau is what we want to get away from.
    """
    plateau = float(rng.uniform(0.2, 0.8))

    _follow(student, [1.0, *[plateau] * 7], patience=3)


def test_min_delta_asks_for_more(student, rng):
    """With min_delta only a loss below best_loss - min_delta counts, and steps that are too small do not add up to one.

    Best is the loss of the last improvement, not the lowest loss ever seen.
    """
    start = float(rng.integers(3, 9))
    for patience in (2, 3):
        losses = [
            start,
            start + 0.25,
            start - 0.25,
            start - 0.5,
            start - 0.75,
            start - 0.8125,
            start - 1.0,
            start - 1.5,
            start,
        ]
        _follow(student, losses, patience=patience, min_delta=0.5)
    _follow(student, [8.0, 7.5, 7.25, 7.0, 6.9, 6.5], patience=2, min_delta=0.25)


def test_nan_is_no_improvement(student, rng):
    """A loss that is `nan` counts as an update without improvement, at the start too.

    Every comparison with `nan` is false. Which way round did you write it?
    """
    first = float(rng.uniform(0.5, 0.9))
    for losses in ([first, math.nan, math.nan, 0.4, math.nan], [math.nan, math.nan, math.nan, first, math.nan]):
        for patience in (1, 2, 3):
            _follow(student, losses, patience=patience)
    _follow(student, [math.inf, math.inf, 2.0, math.inf], patience=2)


def test_weights_are_a_copy(student, rng):
    """The best weights are those of the best update, though the arrays are changed in place later.

    `dict(weights)` makes another dictionary that holds the same arrays.
    """
    losses = [0.9, 0.4, 0.6, 0.8]
    weights = {"W1": rng.normal(size=(4, 2, 3)), "b1": rng.normal(size=(4, 1, 3))}

    before, kept = student.run(probes.best_weights, losses, weights)

    assert_close(before, None, name="best_weights before any update")
    assert_close(kept, {key: values[1] for key, values in weights.items()}, name="best_weights")


def test_tensors_are_weights_too(student, rng):
    """Weights that are tensors, as in a state_dict, are copied as well.

    Copy the arrays inside the dictionary by something that works for tensors too.
    """
    weights = {"0.weight": rng.normal(size=(3, 2, 3)).astype(np.float32), "0.bias": rng.normal(size=(3, 4))}
    weights["0.bias"] = weights["0.bias"].astype(np.float32)

    _, kept = student.run(probes.best_tensor_weights, [0.9, 0.4, 0.6], weights)

    assert_close(kept, {key: torch.tensor(values[1]) for key, values in weights.items()}, name="best_weights")


def test_objects_do_not_share_anything(student, rng):
    """Two objects know nothing of each other.

    What belongs to one object is written as `self.…`; what stands in the class belongs to all of them.
    """
    losses = rng.uniform(size=(12, 2)).round(3)

    answers, first, second = student.run(probes.two_stoppers, losses.tolist())

    expected = [oracles.scripted(losses[:, which].tolist(), patience=2)[1:] for which in (0, 1)]
    wanted = [[ours[0], theirs[0]] for ours, theirs in zip(*expected, strict=True)]
    assert_close([first, second], [losses[:, 0].min(), losses[:, 1].min()], name="list of both best losses")
    assert_close(np.array(answers), np.array(wanted), name="answers of both objects")


@pytest.mark.supporting
def test_refuses_impossible_settings(student, rng):
    """A patience below 1 and a negative min_delta are refused, and shown.

    With a patience of 0 it would say stop at once.
    """
    for patience in (0, -1, -int(rng.integers(2, 9))):
        with refuses("patience", shown=patience):
            student.EarlyStopping(patience=patience)
    for min_delta in (-1, -round(float(rng.uniform(0.1, 0.9)), 3)):
        with refuses("min_delta", shown=min_delta):
            student.EarlyStopping(3, min_delta)


@pytest.mark.supporting
def test_weights_stay_as_they_were(student, rng):
    """The weights are not changed, and may be arrays that cannot be changed.

    They are only looked at and copied.
    """
    weights = {"W1": rng.normal(size=(2, 3)), "b1": rng.normal(size=(1, 3))}

    assert_close(student.run(probes.weights_after, weights), weights, rtol=0, name="dict of weights afterwards")
