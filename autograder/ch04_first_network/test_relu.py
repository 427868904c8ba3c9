import numpy as np
import pytest

from autograder.ch04_first_network import oracles, probes
from course_lib.grading import assert_close


def test_keeps_the_positive_and_drops_the_rest(student, rng):
    """`relu` keeps positive entries as they are and makes the others 0.

    Try it on a negative, a small positive and a large positive number, and compare with max(0, z).
    """
    for length in (1, 2, 3):
        z = rng.normal(scale=3, size=oracles.sizes(rng, length))

        assert_close(student.relu(z), oracles.relus(z), rtol=1e-12)


def test_derivative_is_the_slope(student, rng):
    """`relu_derivative` is the slope of relu: what a small nudge of z does to relu(z), per unit of the nudge.

    Draw relu. How steep is it far to the right, and how steep far to the left?
    """
    for length in (1, 2, 3):
        z = rng.normal(scale=3, size=oracles.sizes(rng, length))

        assert_close(student.relu_derivative(z), oracles.relu_slopes(z), rtol=1e-12)


def test_corner_at_zero(student, rng):
    """At the corner both the value and the slope are 0.

    The contract settles the slope at 0 itself: is your comparison `>` or `>=`?
    """
    z = rng.permutation(np.array([0.0, -0.0, 0.0, 1e-200, -1e-200, *rng.uniform(2, 5, 3), *rng.uniform(-5, -2, 3)]))

    assert_close(student.relu(z), oracles.relus(z), rtol=1e-12, name="result of relu")
    assert_close(student.relu_derivative(z), oracles.relu_slopes(z), rtol=1e-12, name="result of relu_derivative")


def test_whole_numbers_give_floats(student, rng):
    """Arrays of whole numbers give floats, from both functions.

    `np.maximum(0, z)` of whole numbers is made of whole numbers: one of its arguments has to be a float.
    """
    z = rng.permutation(np.arange(-5, 6)).reshape(1, 11)

    assert_close(student.relu(z), oracles.relus(z), rtol=1e-12, name="result of relu")
    assert_close(student.relu_derivative(z), oracles.relu_slopes(z), rtol=1e-12, name="result of relu_derivative")


def test_single_numbers(student, rng):
    """A single number gives a single number, from both functions.

    A Python number has no `shape`, no `astype` and cannot be indexed; `np.asarray` turns it into something that can.
    """
    z = float(rng.uniform(1, 9))

    for number in (z, -z):
        assert_close(student.relu(number), max(number, 0.0), rtol=1e-12, name="result of relu")
        assert_close(student.relu_derivative(number), float(number > 0), rtol=1e-12, name="result of relu_derivative")


@pytest.mark.supporting
def test_input_stays_as_it_was(student, rng):
    """The array that came in is not changed, and may be one that cannot be changed.

    `z[z < 0] = 0` writes into the caller's array; `np.where` and `np.maximum` make a new one.
    """
    z = rng.normal(size=oracles.sizes(rng, 2))

    for name, expected in (("relu", oracles.relus(z)), ("relu_derivative", oracles.relu_slopes(z))):
        assert_close(student.run(probes.arguments_after, name, z), [z], rtol=0, name=f"list of arguments after {name}")
        assert_close(student.run(probes.with_frozen, name, z), expected, rtol=1e-12, name=f"result of {name}")
