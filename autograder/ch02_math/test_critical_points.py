import math

import pytest

from autograder.ch02_math import oracles
from course_lib.grading import assert_close, refuses


def test_curve_of_the_text(student):
    """The critical points of the book's cubic come out.

    Put the coefficients into the formula with pencil and paper. Both signs of the root count.
    """
    points = student.critical_points(a=1, b=0, c=-4)

    expected = [(-2 / math.sqrt(3), "maximum"), (2 / math.sqrt(3), "minimum")]
    assert_close(points, expected, rtol=1e-9, name="list of points")


def test_rising_cubics(student, rng):
    """A cubic that ends in rising has its maximum first and its minimum second.

    Find both places, sort them, and ask for each how the slope changes there.
    """
    for a, low in ((float(rng.uniform(1.1, 3)), -3), (float(rng.uniform(0.1, 0.9)), -1), (2, 1)):
        first = float(rng.uniform(low, low + 1))
        second = first + float(rng.uniform(0.5, 1.5))

        points = student.critical_points(a, *oracles.cubic_through(a, first, second))

        expected = [(first, "maximum"), (second, "minimum")]
        assert_close(points, expected, rtol=1e-9, atol=1e-9, name="list of points")


def test_falling_cubics(student, rng):
    """A cubic that ends in falling has its minimum first and its maximum second.

    With a negative a the root with the plus sign is the smaller one, and hills and valleys change places.
    """
    for a, low in ((-float(rng.uniform(1.1, 3)), -3), (-float(rng.uniform(0.1, 0.9)), -1), (-2, 1)):
        first = float(rng.uniform(low, low + 1))
        second = first + float(rng.uniform(0.5, 1.5))

        points = student.critical_points(a, *oracles.cubic_through(a, first, second))

        expected = [(first, "minimum"), (second, "maximum")]
        assert_close(points, expected, rtol=1e-9, atol=1e-9, name="list of points")


def test_double_roots(student, rng):
    """Where the two roots fall together there is one point, an inflection.

    The curve pauses there and goes on in the same direction: neither a hill nor a valley.
    """
    for a, place in (
        (1, 0),
        (int(rng.integers(2, 6)), int(rng.choice([-1, 1])) * int(rng.integers(1, 6))),
        (-0.5, float(rng.integers(-9, 9)) / 2),
    ):
        points = student.critical_points(a, -3 * a * place, 3 * a * place * place)

        assert_close(points, [(float(place), "inflection")], rtol=1e-9, atol=1e-9, name="list of points")


def test_parabolas(student, rng):
    """Without a cubic term the curve is a parabola with one point, its bottom or its top.

    The formula with 3a in the denominator does not work here. Which equation is left when a is 0?
    """
    for b in (float(rng.uniform(1.1, 3)), float(rng.uniform(0.1, 0.9)), 2):
        c = float(rng.uniform(0.5, 3) * rng.choice([-1, 1]))

        assert_close(student.critical_points(0, b, c), [(-c / b / 2, "minimum")], name="list of points")
        assert_close(student.critical_points(0.0, -b, c), [(c / b / 2, "maximum")], name="list of points")


@pytest.mark.supporting
def test_curves_without_a_point(student, rng):
    """A cubic that never stops rising, or falling, has no critical point.

    Under the root there is a negative number then, and no real number has it as its square.
    """
    for a in (float(rng.uniform(1, 3)), -float(rng.uniform(1, 3))):
        b = float(rng.uniform(-1, 1))
        for c in (b * b / a, b * b / (3 * a) + a / 10, a):
            assert_close(student.critical_points(a, b, c), [], name="list of points")


@pytest.mark.supporting
def test_straight_lines(student, rng):
    """A straight line has no critical point; a level one has none that we list.

    When a and b are both 0, nothing is left to solve, and nothing to divide by.
    """
    for zero in (0, 0.0):
        for c in (float(rng.uniform(1, 3)), -int(rng.integers(1, 9)), 0):
            assert_close(student.critical_points(zero, zero, c), [], name="list of points")


@pytest.mark.supporting
def test_refuses_what_is_no_finite_number(student, rng):
    """A coefficient that is `nan` or infinite is refused, by name and value.

    Comparisons with `nan` are all false, so it slips through every `if`. Look at the three numbers first.
    """
    for position, name in enumerate(("a", "b", "c")):
        for bad in (math.nan, math.inf, -math.inf):
            coefficients = rng.uniform(1, 2, size=3).tolist()
            coefficients[position] = bad

            with refuses(f"{name}", shown=bad):
                student.critical_points(*coefficients)
