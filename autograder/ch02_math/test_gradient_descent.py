import numpy as np
import pytest

from autograder.ch02_math import oracles, probes
from course_lib.grading import assert_close, refuses


def test_parabola_of_the_text(student):
    """From 0 the walk down (x - 3)^2 + 2 takes the steps of the table and ends at 3.

    Go through the table line by line. Which sign does a step have, and which point comes first in the path?
    """
    path = student.run(probes.parabola_walk, (1.0, 3.0), 0.0, 0.1, 120)

    assert_close(path, oracles.parabola_walk((1.0, 3.0), 0.0, 0.1, 120), rtol=1e-9, name="path")
    assert_close(path[-1:], np.array([3.0]), rtol=1e-8, name="end of the path")


def test_random_parabolas(student, rng):
    """On other parabolas, from other starts, at other rates, every point is where it should be.

    The distance from the bottom shrinks by the same factor in every step. Does it in yours?
    """
    for steps in (1, int(rng.integers(2, 30))):
        bottom, start = rng.uniform(-5, 5, size=2).tolist()
        steepness, rate = float(rng.uniform(0.3, 2)), float(rng.uniform(0.02, 0.2))

        path = student.run(probes.parabola_walk, (steepness, bottom), start, rate, steps)

        expected = oracles.parabola_walk((steepness, bottom), start, rate, steps)
        assert_close(path, expected, rtol=1e-9, atol=1e-9, name="path")


def test_vectors_and_tables(student, rng):
    """From a vector or a table every row of the path is a point of that shape.

    If all of them are equal, the list holds one and the same array many times.
    """
    for shape in ((4,), (2, 3)):
        n = int(np.prod(shape))
        Q, b, start = rng.normal(size=(n, n)) / 4, rng.normal(size=n), rng.normal(size=shape)

        path = student.run(probes.linear_walk, (Q, b), start, 0.2, 6)

        assert_close(path, oracles.linear_walk((Q, b), start, 0.2, 6), rtol=1e-9, atol=1e-11, name="path")


def test_no_steps(student, rng):
    """No step at all gives the start alone.

    One entry along the first axis, and the shape of the start behind it.
    """
    number, vector = float(rng.uniform(1, 5)), rng.normal(size=3)

    path = student.run(probes.parabola_walk, (1.0, 3.0), number, 0.1, 0)
    assert_close(path, np.array([number]), name="path of a number")

    path = student.run(probes.linear_walk, (np.eye(3), np.ones(3)), vector, 0.1, 0)
    assert_close(path, vector[np.newaxis], name="path of a vector")


def test_start_of_whole_numbers(student, rng):
    """A start of whole numbers, alone, in an array or in a list, gives a path of floats.

    An array of whole numbers cuts off every fraction, also inside the gradient that is handed such an array.
    """
    start = int(rng.integers(1, 9))
    path = student.run(probes.parabola_walk, (1.0, 3.5), start, 0.15, 5)
    assert_close(path, oracles.parabola_walk((1.0, 3.5), start, 0.15, 5), rtol=1e-9, atol=1e-11, name="path")

    whole = rng.integers(1, 9, size=3)
    Q, b = rng.normal(size=(3, 3)), rng.normal(size=3)
    for begin in (whole, whole.tolist()):
        path = student.run(probes.linear_walk, (Q, b), begin, 0.1, 5)
        assert_close(path, oracles.linear_walk((Q, b), whole, 0.1, 5), rtol=1e-9, atol=1e-11, name="path")


def test_explosions_are_returned(student, rng):
    """A rate that is too large makes the path explode, and the whole of it comes back.

    Nothing is cut, clipped or stopped early: whoever chose the rate needs to see what it does.
    """
    start, rate = float(rng.uniform(4, 9)), float(rng.uniform(1.6, 2.4))

    path = student.run(probes.parabola_walk, (1.0, 3.0), start, rate, 60)

    assert_close(path, oracles.parabola_walk((1.0, 3.0), start, rate, 60), rtol=1e-8, name="path")


@pytest.mark.supporting
def test_refuses_a_negative_number_of_steps(student, rng):
    """A negative number of steps is refused, and shown.

    `range` of a negative number is empty, so nothing complains by itself.
    """
    for steps in (-1, -int(rng.integers(2, 9))):
        with refuses("steps", shown=steps):
            student.run(probes.parabola_walk, (1.0, 3.0), 0.0, 0.1, steps)


@pytest.mark.supporting
def test_start_stays_as_it_was(student, rng):
    """The array to start from is not changed, and may be one that cannot be changed.

    `x -= step` writes into the array that x stands for; `x = x - step` makes a new one.
    """
    Q, b, start = rng.normal(size=(4, 4)), rng.normal(size=4), rng.normal(size=4)

    path, after = student.run(probes.linear_walk_and_start, (Q, b), start, 0.1, 3)

    assert_close(after, start, rtol=0, name="start afterwards")
    assert_close(path, oracles.linear_walk((Q, b), start, 0.1, 3), rtol=1e-9, atol=1e-11, name="path")
