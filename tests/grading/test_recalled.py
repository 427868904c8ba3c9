"""Oracles that are asked the same again."""

from __future__ import annotations

import numpy as np

from course_lib.grading import recalled
from course_lib.grading.recalled import MAX_RESULTS


def test_equal_arguments_are_computed_once() -> None:
    """Arrays count by what is in them, and every other value, order and name of an argument is another question."""
    asked = []

    @recalled
    def summed(x, times=1, *, shift=0):
        asked.append(x)
        return x.sum() * times + shift

    x = np.arange(3.0)
    assert [summed(x), summed(x.copy()), summed(x, 2), summed(x, shift=2), summed(x.astype(int))] == [3, 3, 6, 5, 3]
    assert len(asked) == 4

    x[0] = 5.0
    assert summed(x) == 8


def test_only_the_last_ones_are_kept() -> None:
    """What was asked long ago is computed again, so that a class of a thousand takes no more memory."""
    asked = []

    @recalled
    def noted(number):
        asked.append(number)

    for number in [0, *range(MAX_RESULTS), 0, MAX_RESULTS, 1, 0]:
        noted(number)

    assert asked == [*range(MAX_RESULTS), MAX_RESULTS, 1]
