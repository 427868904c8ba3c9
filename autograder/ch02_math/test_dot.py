import numpy as np
import pytest

from autograder.ch02_math import oracles, probes
from course_lib.grading import assert_close, fail, refuses


def test_example_of_the_text(student):
    """The dot product of the two vectors in the text comes out.

    Do it with pencil and paper: multiply the first two, the second two, the third two, and add.
    """
    assert_close(student.dot([2, 3, 4], [5, 6, 7]), 56.0, name="dot product")


def test_vectors_of_any_length(student, rng):
    """Vectors of one entry, of some, and of a thousand have the sum of the products of their entries.

    Every pair counts, the last one too. Try it with one entry, then with two.
    """
    for length in (1, 2, int(rng.integers(3, 201)), 1000):
        a, b = rng.normal(size=length).tolist(), rng.normal(size=length).tolist()
        expected, magnitude = oracles.dot(a, b)

        assert_close(student.dot(a, b), expected, rtol=0, atol=1e-12 * magnitude, name="dot product")
        assert_close(student.dot(b=b, a=a), expected, rtol=0, atol=1e-12 * magnitude, name="dot product")


def test_whole_numbers_and_floats(student, rng):
    """Whole numbers are as good as floats, and both may be mixed.

    Nothing may be rounded on the way: 3 times 0.5 is 1.5.
    """
    length = int(rng.integers(5, 40))
    whole, halves = rng.integers(-9, 10, size=length).tolist(), (rng.integers(-9, 10, size=length) / 2).tolist()
    whole[0], halves[0] = 3, 0.5

    for a, b in ((whole, whole[::-1]), (whole, halves), (halves, whole)):
        expected, magnitude = oracles.dot(a, b)
        assert_close(student.dot(a, b), expected, rtol=0, atol=1e-12 * magnitude, name="dot product")


def test_large_whole_numbers(student, rng):
    """The result is right where NumPy's whole numbers would be too small to hold it.

    Python's whole numbers grow as needed. An array of whole numbers does not: multiply first, or make no array at all.
    """
    a, b = ([int(number) for number in rng.integers(10**12, 10**13, size=6)] for _ in range(2))

    assert_close(float(student.dot(a, b)), oracles.dot(a, b)[0], name="dot product")


def test_tuples_and_arrays(student, rng):
    """Tuples and NumPy vectors are sequences too.

    An array of several entries is neither true nor false: `if not a` raises an error. Ask for `len(a)`.
    """
    length = int(rng.integers(4, 20))
    floats, whole = rng.normal(size=length), rng.integers(-9, 10, size=length)
    for a, b in ((floats, whole), (tuple(floats.tolist()), whole), (floats[:1], whole[:1].tolist())):
        expected, magnitude = oracles.dot([float(x) for x in a], [float(y) for y in b])

        assert_close(student.dot(a, b), expected, rtol=0, atol=1e-12 * magnitude, name="dot product")


@pytest.mark.supporting
def test_refuses_different_lengths(student, rng):
    """Vectors of different lengths are refused, whichever is the longer one, and the length of b is shown.

    `zip` stops at the end of the shorter one. Compare the lengths first.
    """
    short, long = sorted(oracles.sizes(rng, 2))

    for len_a, len_b in ((short, long), (long, short), (long, 1), (1, long), (long, 0)):
        with refuses("b", shown=len_b):
            student.dot(rng.normal(size=len_a).tolist(), rng.normal(size=len_b).tolist())


@pytest.mark.supporting
def test_refuses_empty_vectors(student):
    """Two vectors without entries are refused, and the length 0 is shown.

    The sum of nothing is 0, so nothing complains by itself.
    """
    with refuses("a", shown=0):
        student.dot([], [])


@pytest.mark.supporting
def test_no_product_of_numpy(student):
    """The multiplying and adding is done in plain Python.

    Write the loop. Once you have seen every multiplication, NumPy may do them for you for the rest of your life.
    """
    if student.run(probes.products_used, "dot"):
        fail("A product of NumPy does the work; the contract asks for plain Python.")


@pytest.mark.supporting
def test_arguments_stay_as_they_were(student, rng):
    """The lists that come in are the same afterwards, and arrays may be ones that cannot be changed.

    Read the entries; do not take them out.
    """
    a, b = (rng.normal(size=7).tolist() for _ in range(2))

    frozen = student.run(probes.with_frozen, "dot", np.array(a), np.array(b))

    assert_close(student.run(probes.arguments_after, "dot", a, b), [a, b], rtol=0, name="list of arguments afterwards")
    assert_close(frozen, oracles.dot(a, b)[0], rtol=1e-9, atol=1e-12, name="result for read-only arrays")
