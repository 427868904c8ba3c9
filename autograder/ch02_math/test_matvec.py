import numpy as np
import pytest

from autograder.ch02_math import oracles, probes
from course_lib.grading import assert_close, fail, refuses


def test_wide_and_tall_matrices(student, rng):
    """Every entry of the result is the dot product of a row with the vector.

    Work out the example of the text with pencil and paper: as many results as rows, each from a whole row.
    """
    small, large = sorted(oracles.sizes(rng, 2))
    for shape in ((small, large), (large, small)):
        W, x = rng.normal(size=shape), rng.normal(size=shape[1])

        assert_close(student.matvec(W, x), oracles.matvec(W, x), rtol=1e-9, atol=1e-12, name="product")


def test_square_matrices(student, rng):
    """With as many rows as columns it is still the rows that count.

    In a square matrix rows and columns are easily mistaken for each other, because both fit.
    """
    n = int(rng.integers(3, 7))
    W, x = rng.normal(size=(n, n)), rng.normal(size=n)

    assert_close(student.matvec(x=x, W=W), oracles.matvec(W, x), rtol=1e-9, atol=1e-12, name="product")


def test_single_rows_and_columns(student, rng):
    """A matrix of one row gives one number, in an array; a matrix of one column gives one number for each row.

    The result has one axis, whatever the matrix is like.
    """
    n = int(rng.integers(3, 9))
    for shape in ((1, n), (n, 1), (1, 1)):
        W, x = rng.normal(size=shape), rng.normal(size=shape[1])

        assert_close(student.matvec(W, x), oracles.matvec(W, x), rtol=1e-9, atol=1e-12, name="product")


def test_lists_of_whole_numbers(student, rng):
    """Lists of rows and whole numbers are welcome, and the result holds floats.

    `np.array(…, dtype=np.float64)` makes floats of whatever came in.
    """
    rows, cols = oracles.sizes(rng, 2)
    W, x = rng.integers(-9, 10, size=(rows, cols)), rng.integers(-9, 10, size=cols)
    halves = x / 2
    for matrix, vector in ((W.tolist(), x.tolist()), (W, x), (W.tolist(), halves), (W, halves.tolist())):
        assert_close(student.matvec(matrix, vector), oracles.matvec(W, vector), rtol=1e-9, atol=1e-12, name="product")


@pytest.mark.supporting
def test_no_matrix_product_of_numpy(student):
    """The product is built from dot, or from loops and sums.

    Neither `@` nor NumPy's products may do the work; everything else is allowed.
    """
    if student.run(probes.products_used, "matvec", "multiply", "outer"):
        fail("A product of NumPy does the work; the contract excludes it here.")


@pytest.mark.supporting
def test_refuses_vectors_that_do_not_fit(student, rng):
    """A vector of any shape but (cols,) is refused, and its shape is shown.

    Compare the shape with what it has to be, not the length alone: a column of shape (cols, 1) is as long.
    """
    rows, cols = oracles.sizes(rng, 2)

    for shape in ((1,), (cols, 1), (1, cols), (rows,), (cols + 1,), (0,), ()):
        with refuses("x", shown=shape):
            student.matvec(rng.normal(size=(rows, cols)), rng.normal(size=shape) if shape else np.array(2.0))


@pytest.mark.supporting
def test_refuses_what_is_no_matrix(student, rng):
    """A W without exactly two axes, or without entries, is refused, and its shape is shown.

    Ask for the number of axes before you ask for the number of columns.
    """
    rows, cols = oracles.sizes(rng, 2)

    for shape in ((cols,), (2, rows, cols), (0, cols), (rows, 0)):
        with refuses("W", shown=shape):
            student.matvec(np.ones(shape), np.ones(shape[-1]))


@pytest.mark.supporting
def test_arguments_stay_as_they_were(student, rng):
    """Neither matrix nor vector is changed, and they may be arrays that cannot be changed.

    `row *= x` writes into the row of the caller's matrix; `row * x` makes a new array.
    """
    rows, cols = oracles.sizes(rng, 2)
    W, x = rng.normal(size=(rows, cols)), rng.normal(size=cols)

    after = student.run(probes.arguments_after, "matvec", W, x)
    frozen = student.run(probes.with_frozen, "matvec", W, x)

    assert_close(after, [W, x], rtol=0, name="list of arguments afterwards")
    assert_close(frozen, oracles.matvec(W, x), rtol=1e-9, atol=1e-12, name="product")
