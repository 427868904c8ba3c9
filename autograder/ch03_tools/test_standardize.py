import numpy as np
import pytest

from autograder.ch03_tools import oracles, probes
from course_lib.grading import assert_close, fail, refuses


def test_columns_of_any_scale(student, rng):
    """Every column has its own mean subtracted and is divided by its own standard deviation.

    Do the column of the text by hand: mean, deviations, the mean of their squares, its root.
    """
    for n, cols in (oracles.sizes(rng, 2), (int(rng.integers(30, 60)), 3), (2, 5), (7, 1)):
        scales, middles = 10.0 ** rng.permutation(np.linspace(-5, 5, cols)), rng.normal(scale=3, size=cols)
        X = (rng.normal(size=(n, cols)) + middles) * scales

        assert_close(student.standardize(X=X), oracles.standardize(X), rtol=1e-7, atol=1e-9, name="table")


def test_square_tables(student, rng):
    """In a square table, too, it is the columns that are standardised.

    Means of rows and of columns are equally many here, so nothing complains when the wrong ones are taken.
    """
    n = int(rng.integers(4, 9))
    X = rng.normal(size=(n, n)) + rng.normal(scale=4, size=n)

    assert_close(student.standardize(X), oracles.standardize(X), rtol=1e-9, atol=1e-11, name="table")


def test_columns_of_equal_entries(student, rng):
    """Columns whose entries are all equal become exactly 0, and the others are not affected.

    Rounding may leave a standard deviation that is tiny instead of 0. Ask whether the entries are equal.
    """
    n, cols = int(rng.integers(10, 30)), 12
    X = rng.normal(size=(n, cols)) * 5
    X[:, ::2] = [0.1, 0.7, 1 / 3, 0.0, *rng.uniform(-3, 3, size=2)]
    X[0, 1], X[0, 3] = X[:, 1].max() + 1, X[:, 3].min() - 1  # the first entry is the largest, or the smallest

    result = student.standardize(X)

    assert_close(result, oracles.standardize(X), rtol=1e-9, atol=1e-11, name="table")
    if np.any(result[:, ::2]):
        fail("A column of equal entries is nearly 0, but not exactly.")


def test_numbers_far_from_zero(student, rng):
    """Columns of numbers that are large and close to each other are standardised without losing digits.

    Subtract first, then square. The squares of large numbers agree in most digits, and their difference is noise.
    """
    n, cols = oracles.sizes(rng, 2, low=6, high=12)
    X = rng.normal(size=(n, cols)) + rng.choice([-1, 1], size=cols) * rng.uniform(1e6, 1e7, size=cols)

    assert_close(student.standardize(X), oracles.standardize(X), rtol=1e-6, atol=1e-6, name="table")


def test_whole_numbers_and_float32(student, rng):
    """Whole numbers of any length and float32 entries give float64 results.

    Convert first, `np.asarray(X, dtype=np.float64)`, and compute with what you have then.
    """
    shape = oracles.sizes(rng, 2)
    pixels = rng.integers(0, 256, size=shape)
    for X in (pixels, pixels.astype(np.uint8), rng.normal(size=shape).astype(np.float32), pixels - 500):
        result = student.standardize(X)

        assert_close(result, oracles.standardize(X.astype(np.float64)), rtol=1e-9, atol=1e-11, name="table")
        if result.dtype != np.float64:
            fail("The table must hold float64 numbers, whatever came in.")


def test_nan_spoils_its_own_column_only(student, rng):
    """A column that holds a `nan` becomes `nan` everywhere, and no other column does.

    It is neither hidden nor replaced by 0: somebody has to decide what to do about a missing number.
    """
    n, cols = oracles.sizes(rng, 2)
    X = rng.normal(size=(n, cols))
    X[2, 1], X[:, 3] = np.nan, np.nan

    assert_close(student.standardize(X), oracles.standardize(X), rtol=1e-9, atol=1e-11, name="table")


@pytest.mark.supporting
def test_single_row(student, rng):
    """A table with a single row becomes a row of zeros.

    One entry is its own mean, and all entries of its column are equal.
    """
    for cols in (1, int(rng.integers(2, 9))):
        X = rng.normal(size=(1, cols)) + 0.1

        assert_close(student.standardize(X), np.zeros((1, cols)), rtol=0, name="table")


def test_no_warning(student, rng):
    """Columns of equal entries, a single row and a `nan` cause no warning.

    Do not divide by 0 and repair the result: divide only where there is something to divide by.
    """
    X = rng.normal(size=(5, 4))
    X[:, 0], X[3, 2] = 2.0, np.nan

    for table in (X, X[:1, :2]):
        result, warned = student.run(probes.with_warnings, "standardize", table)

        assert_close(result, oracles.standardize(table), rtol=1e-9, atol=1e-11, name="table")
        if warned:
            fail("The table is right, but NumPy warned while it was computed.")


@pytest.mark.supporting
def test_argument_stays_as_it_was(student, rng):
    """The table that came in is not changed, and it may be one that cannot be changed.

    `X -= X.mean(axis=0)` writes into the caller's table; `X - X.mean(axis=0)` makes a new one.
    """
    X = rng.normal(size=oracles.sizes(rng, 2))

    after = student.run(probes.arguments_after, "standardize", X)
    frozen = student.run(probes.with_frozen, "standardize", X)

    assert_close(after, [X], rtol=0, name="list of arguments afterwards")
    assert_close(frozen, oracles.standardize(X), rtol=1e-9, atol=1e-11, name="table")


@pytest.mark.supporting
def test_refuses_tables_without_entries(student, rng):
    """A table without rows or without columns is refused, and its shape is shown.

    The mean of nothing is `nan`, with a warning. Look at the shape first.
    """
    size = int(rng.integers(2, 9))

    for shape in ((0, size), (size, 0), (0, 0)):
        with refuses("X", shown=shape):
            student.standardize(np.zeros(shape))


@pytest.mark.supporting
def test_refuses_what_is_no_table(student, rng):
    """An array without exactly two axes is refused, and its shape is shown.

    A vector could be one row or one column; nobody can know which was meant.
    """
    n, cols = oracles.sizes(rng, 2)

    for shape in ((n,), (2, n, cols), ()):
        with refuses("X", shown=shape):
            student.standardize(np.ones(shape))
