import numpy as np
import pytest

from autograder.ch04_first_network import oracles, probes
from course_lib.grading import assert_close, refuses


def test_one_output_per_sample(student, rng):
    """With one output unit the loss is the mean of the squared differences.

    Do the example of the text with pencil and paper, and compare each step.
    """
    shape = (int(rng.integers(3, 30)), 1)
    output, y = rng.uniform(size=shape), rng.uniform(size=shape)

    assert_close(student.mse_loss(output, y), oracles.mean_square(output, y), rtol=1e-9, name="loss")


def test_several_outputs_per_sample(student, rng):
    """With several output units the mean goes over all entries, not over the samples alone.

    How many squared differences are there in a table of N rows and several columns? By that number you divide.
    """
    shape = oracles.sizes(rng, 2)
    output, y = rng.normal(size=shape), rng.normal(size=shape)

    assert_close(student.mse_loss(output=output, y=y), oracles.mean_square(output, y), rtol=1e-9, name="loss")


def test_any_common_shape(student, rng):
    """Rows, stacks of tables and single entries have a loss too.

    Nothing in the formula asks how the entries are arranged.
    """
    for shape in ((int(rng.integers(3, 9)),), tuple(oracles.sizes(rng, 3)), (1, 1)):
        output, y = rng.normal(size=shape), rng.normal(size=shape)

        assert_close(student.mse_loss(output, y), oracles.mean_square(output, y), rtol=1e-9, name="loss")


def test_whole_numbers_are_fair_targets(student, rng):
    """Targets and predictions may be whole numbers.

    Zeros and ones are often stored as integers; the loss is a float all the same.
    """
    shape = oracles.sizes(rng, 2)
    output, y = rng.uniform(size=shape), rng.integers(2, size=shape)
    guess = 1 - y
    guess[0, 0] = y[0, 0]

    assert_close(student.mse_loss(output, y), oracles.mean_square(output, y), rtol=1e-9, name="loss")
    assert_close(student.mse_loss(guess, y), oracles.mean_square(guess, y), rtol=1e-9, name="loss")


@pytest.mark.supporting
def test_refuses_another_shape_with_as_many_rows(student, rng):
    """Targets with as many rows, but another shape, are refused; NumPy would stretch them silently.

    It is not enough to count the rows: compare the two shapes as a whole before anything else.
    """
    n, columns = oracles.sizes(rng, 2)

    for left, right in (((n, 1), (n,)), ((n,), (n, 1)), ((n, columns), (n, 1))):
        with refuses("y", shown=right):
            student.mse_loss(rng.uniform(size=left), rng.uniform(size=right))


@pytest.mark.supporting
def test_refuses_another_number_of_rows(student, rng):
    """Targets with another number of rows are refused, and their shape shown, even a single row for all.

    NumPy stretches one row over many without a word, and about other numbers it complains in terms of its own.
    """
    n, columns = oracles.sizes(rng, 2)

    for left, right in (((n, 1), (1, 1)), ((n, columns), (1, columns)), ((n, columns), (n + 1, columns))):
        with refuses("y", shown=right):
            student.mse_loss(rng.uniform(size=left), rng.uniform(size=right))


@pytest.mark.supporting
def test_refuses_an_empty_batch(student):
    """The mean of nothing is not a number, so arrays without entries are refused.

    NumPy returns `nan` and a warning here; a clear error is kinder.
    """
    with refuses("output", shown=(0, 1)):
        student.mse_loss(np.zeros((0, 1)), np.zeros((0, 1)))


@pytest.mark.supporting
def test_arguments_stay_as_they_were(student, rng):
    """Neither predictions nor targets are changed, and they may be arrays that cannot be changed.

    `output -= y` writes into the caller's array; `output - y` makes a new one.
    """
    shape = oracles.sizes(rng, 2)
    output, y = rng.uniform(size=shape), rng.uniform(size=shape)

    after = student.run(probes.arguments_after, "mse_loss", output, y)
    frozen = student.run(probes.with_frozen, "mse_loss", output, y)

    assert_close(after, [output, y], rtol=0, name="list of arguments afterwards")
    assert_close(frozen, oracles.mean_square(output, y), rtol=1e-9, name="loss")
