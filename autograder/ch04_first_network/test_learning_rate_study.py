import numpy as np
import pytest

from autograder.ch04_first_network import oracles
from course_lib.grading import assert_close, fail


def test_every_rate_starts_afresh(student, rng):
    """Every rate has a run of its own, from the same start and with its own steps.

    Compare the first loss of each run: the rate has not been used yet, so what should these numbers have in common?
    """
    rates = [round(float(rate), 3) for rate in rng.permutation([rng.uniform(0.5, 2.0), rng.uniform(5.0, 9.0)])]

    study = student.learning_rate_study(rates)

    assert_close(sorted(study), sorted(rates), rtol=1e-12, name="list of keys")
    for rate in rates:
        expected = oracles.training(oracles.XOR_X, oracles.XOR_Y, learning_rate=rate, epochs=25)[1]
        assert_close(study[rate][:25], expected, rtol=1e-8, name="list of the first losses of a run")


def test_all_epochs_are_there(student):
    """Every loss of a run is there, from the first epoch to the last of `train`'s default.

    Change the rate and nothing else: the number of epochs, the width and the seed stay what `train` makes them.
    """
    losses = student.learning_rate_study(rates=[4.0])[4.0]

    assert_close(len(losses), 10_000, name="number of losses")
    printed = np.array([losses[epoch] for epoch in oracles.BOOK_LOSSES])
    assert_close(printed, np.array(list(oracles.BOOK_LOSSES.values())), atol=6e-7, rtol=0, name="row of printed losses")


def test_final_losses_are_ordered(student):
    """Of the notebook's smallest and largest rate the large one ends far lower, and no loss is infinite or missing.

    Both runs take the same number of epochs. Which of them is still on its way when they are over?
    """
    rates = (40.0, 0.02)

    study = student.learning_rate_study(rates)

    fast, slow = (np.asarray(study[rate], dtype=float) for rate in rates)
    if not np.isfinite([*fast, *slow]).all():
        fail("A loss is infinite or not a number.")
    if not fast[-1] < slow[-1] / 100:
        fail("The final losses of the two rates are not in the right order, or too close to each other.")


@pytest.mark.supporting
def test_without_rates_there_are_no_runs(student):
    """Without any rate the result is empty.

    The rates to try are those that were passed, and no others.
    """
    assert_close(student.learning_rate_study([]), {}, name="dict of runs")
