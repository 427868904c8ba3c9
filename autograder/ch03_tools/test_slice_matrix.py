import numpy as np
import pytest

from autograder.ch03_tools import oracles, probes
from course_lib.grading import assert_close, fail, refuses


def test_second_row(student, rng):
    """The first piece is the second row, with one entry for every column.

    Rows are counted from 0, and they come first in the brackets.
    """
    for rows, cols in (oracles.sizes(rng, 2), (2, 3)):
        M = oracles.matrix(rng, rows, cols)

        row = oracles.piece(student.slice_matrix(M), 0)

        assert_close(row, oracles.pieces(M)[0], rtol=0, name="second row")


def test_third_column(student, rng):
    """The second piece is the third column, with one entry for every row.

    A colon stands for all rows. A single number takes its axis away, a range such as 2:3 keeps it.
    """
    for rows, cols in (oracles.sizes(rng, 2), (2, 3)):
        M = oracles.matrix(rng, rows, cols)

        column = oracles.piece(student.slice_matrix(M), 1)

        assert_close(column, oracles.pieces(M)[1], rtol=0, name="third column")


def test_top_left_block(student, rng):
    """The third piece holds the two by two entries at the top left.

    Both ranges belong in one pair of brackets, and the end of a range is left out.
    """
    for rows, cols in (oracles.sizes(rng, 2), (2, 3)):
        M = oracles.matrix(rng, rows, cols)

        block = oracles.piece(student.slice_matrix(M=M), 2)

        assert_close(block, oracles.pieces(M)[2], rtol=0, name="top-left block")


def test_wide_and_tall_matrices(student, rng):
    """All three pieces are right for matrices with few rows and many columns, and the other way round.

    The pieces do not depend on how long rows and columns are. Does your code?
    """
    few, many = int(rng.integers(2, 4)), int(rng.integers(20, 40))
    for rows, cols in ((few, many), (many, 3)):
        M = oracles.matrix(rng, rows, cols)

        assert_close(student.slice_matrix(M), oracles.pieces(M), rtol=0, name="triple of pieces")


def test_whole_numbers_truth_values_and_nan(student, rng):
    """The entries come out as they are: whole numbers, truth values, float32, a `nan` among them.

    Cutting changes no entry. Nothing is converted, and a piece that holds a `nan` is a piece like any other.
    """
    rows, cols = oracles.sizes(rng, 2)
    floats = oracles.matrix(rng, rows, cols).astype(np.float32)
    floats[1, 2] = np.nan
    whole, truth = np.arange(rows * cols).reshape(rows, cols), rng.integers(0, 2, size=(rows, cols)) > 0

    for M in (whole, truth, floats):
        result = student.slice_matrix(M)
        assert_close(result, oracles.pieces(M), rtol=0, name="triple of pieces")
        if any(part.dtype != M.dtype for part in result):
            fail("The entries of a piece are of another type than those of the matrix.")


@pytest.mark.supporting
def test_windows_onto_larger_arrays(student, rng):
    """The matrix may be read-only and a window onto a larger one, and it is not changed.

    Cutting only reads.
    """
    M = oracles.matrix(rng, *oracles.sizes(rng, 2))

    frozen = student.run(probes.with_frozen, "slice_matrix", M)
    after = student.run(probes.arguments_after, "slice_matrix", M)

    assert_close(frozen, oracles.pieces(M), rtol=0, name="triple of pieces")
    assert_close(after, [M], rtol=0, name="list of arguments afterwards")


@pytest.mark.supporting
def test_refuses_what_is_too_small(student, rng):
    """A matrix with fewer than two rows or three columns is refused, and its shape is shown.

    `M[1]` or `M[:, 2]` raises an IndexError then, which does not say what is wrong with M, and a range that reaches
    over the edge raises nothing: the block just comes out smaller. Look at the shape first.
    """
    size = int(rng.integers(5, 9))

    for shape in ((1, size), (size, 2), (1, 2), (0, size), (size, 0), (size, 1)):
        with refuses("M", shown=shape):
            student.slice_matrix(np.ones(shape))


@pytest.mark.supporting
def test_refuses_what_is_no_matrix(student, rng):
    """An array without exactly two axes is refused, and its shape is shown.

    Ask for the number of axes before you ask how long the second one is.
    """
    rows, cols = oracles.sizes(rng, 2)

    for shape in ((rows,), (3, rows, cols), ()):
        with refuses("M", shown=shape):
            student.slice_matrix(np.ones(shape))
