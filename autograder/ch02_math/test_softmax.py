import numpy as np
import pytest

from autograder.ch02_math import oracles, probes
from course_lib.grading import assert_close, fail, refuses


def test_row_of_scores(student, rng):
    """Every share is the exponential of its score, divided by the sum of all.

    Do the example of the text by hand: exponentials first, then their sum, then the quotients.
    """
    for length in (1, 2, int(rng.integers(3, 12))):
        z = rng.normal(scale=3, size=length)

        assert_close(student.softmax(z), oracles.softmax(z), rtol=1e-9, atol=1e-12, name="row of shares")


def test_rows_that_the_book_asks_about(student):
    """Equal scores give equal shares, and a lead of a hundred gives practically everything.

    Only the differences between the scores count.
    """
    for z in ([5, 5, 5], [100, 0, 0]):
        assert_close(student.softmax(z), oracles.softmax(z), rtol=1e-9, atol=1e-12, name="row of shares")


def test_batches_of_any_shape(student, rng):
    """In tables and stacks of tables every row along the last axis is a distribution of its own.

    The largest score and the sum both belong to the row. `axis=-1, keepdims=True` gives one of each per row.
    """
    for axes in (2, 3):
        z = rng.normal(scale=3, size=oracles.sizes(rng, axes))

        assert_close(student.softmax(z=z), oracles.softmax(z), rtol=1e-9, atol=1e-12, name="array of shares")


def test_rows_of_different_heights(student, rng):
    """Rows whose scores lie hundreds apart do not disturb each other.

    What is largest in the whole table may be far above everything in another row, and that row then vanishes.
    """
    rows, classes = oracles.sizes(rng, 2)
    z = rng.normal(size=(rows, classes)) + rng.permutation(np.linspace(-3000, 3000, rows))[:, np.newaxis]

    assert_close(student.softmax(z), oracles.softmax(z), rtol=1e-9, atol=1e-12, name="table of shares")


def test_large_scores_cause_no_warning(student, rng):
    """Far from zero the shares are right and NumPy has nothing to warn about.

    Only the exponential of a large positive number overflows. Subtract something first that changes no share.
    """
    classes = int(rng.integers(3, 8))
    z = rng.uniform(-1e4, 1e4, size=(5, classes))
    z[0, :2], z[1, :2], z[2] = (1e4, -1e4), (-1e4, -1e4 + 1), 1e4

    shares, warned = student.run(probes.with_warnings, "softmax", z)

    assert_close(shares, oracles.softmax(z), rtol=1e-9, atol=1e-12, name="table of shares")
    if warned:
        fail("The shares are right, but NumPy warned while they were computed.")


def test_whole_numbers_lists_and_float32(student, rng):
    """Whole numbers, lists and float32 scores give float64 shares.

    `np.asarray(z, dtype=np.float64)` makes such an array of whatever came in.
    """
    whole = rng.integers(-6, 7, size=oracles.sizes(rng, 2))
    coarse = rng.normal(size=oracles.sizes(rng, 2)).astype(np.float32)

    for z in (whole, whole.tolist(), coarse):
        assert_close(student.softmax(z), oracles.softmax(z), rtol=1e-9, atol=1e-12, name="table of shares")


def test_nan_spoils_its_own_row_only(student, rng):
    """A score that is `nan` makes its own row `nan`, and no other.

    It is neither hidden nor spread: the other samples of the batch are innocent.
    """
    z = rng.normal(size=oracles.sizes(rng, 2))
    z[1, 2] = np.nan

    assert_close(student.softmax(z), oracles.softmax(z), rtol=1e-9, atol=1e-12, name="table of shares")


@pytest.mark.supporting
def test_shares_add_up_to_one(student, rng):
    """The shares along the last axis add up to 1.

    Divide by the sum of the row that the score is in.
    """
    z = rng.normal(scale=5, size=oracles.sizes(rng, 3))

    assert_close(student.softmax(z).sum(axis=-1), np.ones(z.shape[:-1]), rtol=1e-9, name="table of sums")


@pytest.mark.supporting
def test_moving_all_scores_changes_nothing(student, rng):
    """Adding the same number to all scores of a row changes no share.

    If it does in yours, the result depends on more than the differences.
    """
    z = rng.normal(size=oracles.sizes(rng, 2))
    moved = z + rng.uniform(-50, 50, size=(len(z), 1))

    shares = oracles.softmax(z)
    assert_close(student.softmax(moved), shares, rtol=1e-9, atol=1e-12, name="table of shares of the moved scores")


@pytest.mark.supporting
def test_refuses_scores_of_nothing(student):
    """A single number and arrays without entries are refused, and the shape is shown.

    There is no class to give a share to.
    """
    for shape in ((), (0,), (3, 0), (0, 4)):
        with refuses("z", shown=shape):
            student.softmax(np.zeros(shape) if shape else 2.5)


@pytest.mark.supporting
def test_argument_stays_as_it_was(student, rng):
    """The scores are not changed, and may be in an array that cannot be changed.

    `z -= z.max()` writes into the caller's array; `z - z.max()` makes a new one.
    """
    z = rng.normal(size=oracles.sizes(rng, 2))

    assert_close(student.run(probes.arguments_after, "softmax", z), [z], rtol=0, name="list of arguments afterwards")
    assert_close(student.run(probes.with_frozen, "softmax", z), oracles.softmax(z), rtol=1e-9, atol=1e-12)
