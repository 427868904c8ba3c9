import numpy as np
import pytest

from autograder.ch04_first_network import oracles, probes
from course_lib.grading import assert_close, fail


def test_agrees_with_the_definition(student, rng):
    """Every entry of a row of numbers becomes 1 / (1 + e^-z).

    Work out three values by hand, at 0 and on both sides of it, and compare them with what your function returns.
    """
    z = rng.normal(scale=3, size=rng.integers(20, 40))

    assert_close(student.sigmoid(z), oracles.sigmoids(z), rtol=1e-9, atol=1e-12)


def test_keeps_any_shape(student, rng):
    """Tables and stacks of tables come back in the shape in which they went in.

    An operation on the whole array, such as `np.exp(z)`, keeps the shape by itself; a loop has to take care of it.
    """
    for length in (2, 3):
        z = rng.normal(size=oracles.sizes(rng, length))

        assert_close(student.sigmoid(z), oracles.sigmoids(z), rtol=1e-9, atol=1e-12)


def test_single_numbers(student, rng):
    """A single number gives a single number.

    A Python number has no `shape` and cannot be indexed; `np.asarray` turns it into something that has and can.
    """
    z = float(rng.normal())

    assert_close(student.sigmoid(z), oracles.sigmoid(z), rtol=1e-9)
    assert_close(student.sigmoid(z=3), oracles.sigmoid(3), rtol=1e-9)


def test_large_entries_cause_no_warning(student, rng):
    """Far from zero the values are right and NumPy has nothing to warn about.

    Only `np.exp` of a large positive number overflows. Which of the two formulas avoids it on which side of zero?
    """
    far = np.exp(rng.uniform(np.log(20), np.log(1e4), size=30))
    z = rng.permutation(np.concatenate([far, -far, [1e4, -1e4, 0.0]]))

    values, warned = student.run(probes.with_warnings, "sigmoid", z)

    assert_close(values, oracles.sigmoids(z), atol=1e-12, rtol=1e-9)
    if warned:
        fail("The values are right, but NumPy warned while they were computed.")


def test_whole_numbers_give_floats(student, rng):
    """Arrays of whole numbers give floats.

    An array made by `zeros_like(z)` or `empty_like(z)` has the dtype of `z`, and cuts off whatever follows the point.
    """
    z = rng.permutation(np.arange(-6, 7))

    assert_close(student.sigmoid(z), oracles.sigmoids(z), rtol=1e-9, atol=1e-12)


@pytest.mark.supporting
def test_mirror_images_add_up_to_one(student, rng):
    """The values at z and at -z add up to 1.

    Whatever 1 / (1 + e^-z) leaves of 1 is the share of the other side.
    """
    z = rng.normal(scale=4, size=25)

    assert_close(student.sigmoid(z) + student.sigmoid(-z), np.ones(25), rtol=1e-9, name="sum of the two")


@pytest.mark.supporting
def test_input_stays_as_it_was(student, rng):
    """The array that came in is not changed, and may be one that cannot be changed.

    `z *= -1`, `np.exp(z, out=z)` and `z[...] = ...` write into the caller's array; `-z` makes a new one.
    """
    z = rng.normal(size=oracles.sizes(rng, 2))

    assert_close(student.run(probes.arguments_after, "sigmoid", z), [z], rtol=0, name="list of arguments afterwards")
    assert_close(student.run(probes.with_frozen, "sigmoid", z), oracles.sigmoids(z), rtol=1e-9, atol=1e-12)
