import math

import numpy as np
import pytest

from autograder.ch02_math import oracles, probes
from course_lib.grading import assert_close, refuses


def test_quadratics_of_a_vector(student, rng):
    """The gradient of random quadratics agrees with automatic differentiation.

    Do the example of the text by hand: which entry is moved, which ones stay where they are?
    """
    for n in (int(rng.integers(2, 8)), 1):
        Q, b, x = rng.normal(size=(n, n)), rng.normal(size=n), rng.normal(size=n)

        gradient = student.run(probes.quadratic_gradient, Q, b, x)

        atol = 1e-9 * oracles.steepness(Q, b, x)
        assert_close(gradient, oracles.quadratic_gradient(Q, b, x), rtol=1e-7, atol=atol, name="gradient")


def test_tables_and_stacks_of_tables(student, rng):
    """An array with two or three axes has a gradient of the same shape, every entry on its own.

    A loop over `len(x)` reaches the rows only. `np.ndindex(x.shape)` reaches every entry of any array.
    """
    for axes in (2, 3):
        shape = oracles.sizes(rng, axes, low=2, high=4)
        n = math.prod(shape)
        Q, b, x = rng.normal(size=(n, n)), rng.normal(size=n), rng.normal(size=shape)

        gradient = student.run(probes.quadratic_gradient, Q, b, x, 1e-3)

        atol = 1e-11 * oracles.steepness(Q, b, x)
        assert_close(gradient, oracles.quadratic_gradient(Q, b, x), rtol=1e-8, atol=atol, name="gradient")


def test_central_differences_with_the_step_given(student, rng):
    """Every slope is a central difference with the step that was asked for, or with a hundred-thousandth.

    Write the formula of exercise 3 next to yours. Is the step on both sides, and is the denominator 2h?
    """
    A, x = rng.uniform(1, 3, size=(3, 2)), rng.uniform(0.5, 2, size=(3, 2))

    for h in (0.3, 0.01):
        gradient = student.run(probes.cubic_gradient, A, x, h)
        assert_close(gradient, 3 * A * x**2 + A * h**2, rtol=1e-9, name="gradient")
    assert_close(student.run(probes.cubic_gradient, A, x), 3 * A * x**2, rtol=1e-7, name="gradient")


def test_arrays_of_whole_numbers(student, rng):
    """At whole numbers the gradient is as good, and made of floats.

    An array of whole numbers cannot hold a number with a fraction: the step is cut off, and every difference is 0.
    """
    x = rng.integers(-4, 5, size=oracles.sizes(rng, 2))
    A = rng.uniform(1, 3, size=x.shape)

    gradient = student.run(probes.cubic_gradient, A, x, 0.5)

    assert_close(gradient, 3 * A * x**2 + A / 4, rtol=1e-9, name="gradient")


@pytest.mark.supporting
def test_argument_stays_as_it_was(student, rng):
    """The array that came in is not changed, not even for a moment.

    It may be one that cannot be changed at all. Move an entry of a copy.
    """
    A, x = rng.uniform(1, 3, size=(2, 4)), rng.normal(size=(2, 4))

    gradient, after = student.run(probes.cubic_gradient_and_argument, A, x, 0.1)
    frozen = student.run(probes.cubic_gradient_of_frozen, A, x, 0.1)

    assert_close(after, x, rtol=0, name="array afterwards")
    expected = 3 * A * x**2 + A / 100
    assert_close(gradient, expected, rtol=1e-9, name="gradient")
    assert_close(frozen, expected, rtol=1e-9, name="gradient at a read-only array")


@pytest.mark.supporting
def test_refuses_an_array_without_entries(student):
    """An array without entries is refused, and its shape is shown.

    A loop over no entry does nothing, so nothing complains by itself.
    """
    for shape in ((0,), (3, 0)):
        with refuses("x", shown=shape):
            student.run(probes.cubic_gradient, 1.0, np.zeros(shape))


@pytest.mark.supporting
def test_refuses_a_step_that_is_not_positive(student, rng):
    """A step of 0, a negative one and `nan` are refused, and shown.

    `nan` is neither above 0 nor below: ask whether h is positive, and refuse otherwise.
    """
    for h in (0.0, -float(rng.uniform(0.01, 0.5)), math.nan):
        with refuses("h", shown=h):
            student.run(probes.cubic_gradient, 1.0, rng.normal(size=3), h)
