import math

import pytest

from autograder.ch02_math import oracles, probes
from course_lib.grading import assert_close, refuses


def test_sine_exponential_and_cubics(student, rng):
    """The slopes of sin, exp and random cubics come out, rising and falling.

    Do the example of the text by hand and compare every number, the sign and the denominator too.
    """
    cubic = rng.uniform(-3, 3, size=4).tolist()
    for kind, x in (
        ("sin", rng.uniform(0, 1)),
        ("sin", rng.uniform(2, 4)),
        ("exp", rng.uniform(-1, 2)),
        ("cubic", 1.5),
    ):
        slope, _ = student.run(probes.slope, kind, cubic, float(x))

        expected = oracles.central_difference(kind, cubic, x, 1e-5)
        assert_close(slope, expected, rtol=1e-7, atol=1e-8, name="slope")


def test_error_falls_as_the_square_of_the_step(student, rng):
    """When the step becomes ten times smaller, the error becomes a hundred times smaller.

    A step to one side only has an error that falls ten times. Which two places lie symmetrically about x?
    """
    cubic = rng.uniform(1, 3, size=4).tolist()
    for kind in ("sin", "exp", "cubic"):
        x = float(rng.uniform(0.3, 1.2))
        for h in (1e-1, 1e-2, 1e-3):
            slope, _ = student.run(probes.slope, kind, cubic, x, h)

            expected = oracles.central_difference(kind, cubic, x, h)
            assert_close(slope, expected, rtol=1e-9, atol=1e-9, name="slope")


def test_calls_the_function_twice(student, rng):
    """The function is called exactly twice, at the same distance to both sides.

    Count the calls in your formula. Keep a value that you need more than once.
    """
    x, h = float(rng.uniform(-3, 3)), float(rng.uniform(0.01, 0.4))

    _, places = student.run(probes.slope, "sin", [], x, h)

    assert_close(len(places), 2, name="number of calls")
    assert_close(sorted(places), [x - h, x + h], rtol=1e-12, atol=1e-12, name="list of places")


def test_step_unless_given(student, rng):
    """Without h the step is a hundred-thousandth.

    The default belongs in the first line of the function.
    """
    x = float(rng.uniform(1, 3))

    _, places = student.run(probes.slope, "exp", [], x)

    assert_close([place - x for place in sorted(places)], [-1e-5, 1e-5], rtol=1e-6, name="list of steps")


def test_whole_numbers(student, rng):
    """A whole number is a place like any other.

    Dividing with `//` or rounding loses what is after the point.
    """
    cubic = [int(number) for number in rng.integers(1, 6, size=4)]
    x, h = int(rng.integers(2, 9)), float(rng.choice([0.125, 0.25]))  # so that no slope is whole

    for step in (h, 2):
        slope = student.run(probes.slope_by_keyword, cubic, x, step)
        expected = float(oracles.central_difference("cubic", cubic, x, step))
        assert_close(slope, expected, rtol=1e-9, name="slope")


@pytest.mark.supporting
def test_refuses_a_step_that_is_not_positive(student, rng):
    """A step of 0, a negative one and `nan` are refused, and shown.

    `nan` is neither above 0 nor below: ask whether h is positive, and refuse otherwise.
    """
    for h in (0.0, 0, -float(rng.uniform(0.01, 0.5)), -int(rng.integers(1, 5)), math.nan):
        with refuses("h", shown=h):
            student.run(probes.slope, "sin", [], 1.0, h)
