import itertools

import numpy as np
import pytest

from autograder.ch02_math import oracles, probes
from course_lib.grading import assert_close


def test_two_functions(student, rng):
    """The slope of two nested functions is the outer slope, at the inner value, times the inner slope.

    Go through the example of the text, and write down for each slope at which place it is taken.
    """
    for outer, inner in itertools.product(("sin", "exp", "square"), ("sin", "exp", "square")):
        x = float(rng.uniform(0.2, 1.4) * rng.choice([-1, 1]))

        slope = student.run(probes.composition, outer, inner, x)

        assert_close(slope, float(oracles.chain_slope([inner, outer], x)), rtol=1e-9, atol=1e-12, name="slope")


def test_three_functions(student, rng):
    """The rule holds for chains of three, where the inner function is itself a composition.

    Rates multiply, link by link; each link is taken at the value that reaches it.
    """
    for outer, middle, inner in (("sin", "exp", "square"), ("square", "tanh", "sin"), ("exp", "sin", "tanh")):
        x = float(rng.uniform(0.2, 1.2))

        slope = student.run(probes.composition_of_three, outer, middle, inner, x)

        expected = float(oracles.chain_slope([inner, middle, outer], x))
        assert_close(slope, expected, rtol=1e-9, atol=1e-12, name="slope")


def test_arrays(student, rng):
    """An array gives one slope for each entry, in the same shape.

    The three functions take whole arrays; multiply entry by entry.
    """
    for length in (1, 2, 3):
        x = rng.uniform(-1.4, 1.4, size=oracles.sizes(rng, length))

        slopes = student.run(probes.composition, "sin", "exp", x)

        assert_close(slopes, oracles.chain_slope(["exp", "sin"], x), rtol=1e-9, atol=1e-12, name="array of slopes")


def test_whole_numbers(student, rng):
    """At a whole number, alone or in an array, the slope is as good.

    Leave the result as the multiplication gives it.
    """
    x = int(rng.integers(2, 6))
    assert_close(
        student.run(probes.composition, "tanh", "sin", x), float(oracles.chain_slope(["sin", "tanh"], x)), name="slope"
    )

    places = np.arange(-3, 4)
    slopes = student.run(probes.composition, "tanh", "sin", places)
    assert_close(slopes, oracles.chain_slope(["sin", "tanh"], places), rtol=1e-9, atol=1e-12, name="array of slopes")


@pytest.mark.supporting
def test_argument_stays_as_it_was(student, rng):
    """The array of places is not changed, and may be one that cannot be changed.

    `x *= …` and `x[...] = …` write into the caller's array.
    """
    x = rng.uniform(-1.4, 1.4, size=oracles.sizes(rng, 2))

    frozen, _, after = student.run(probes.composition_and_argument, "sin", "square", x)

    assert_close(after, x, rtol=0, name="array of places afterwards")
    assert_close(frozen, oracles.chain_slope(["square", "sin"], x), rtol=1e-9, atol=1e-12, name="array of slopes")
