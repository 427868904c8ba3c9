import pytest

from autograder.ch04_first_network import oracles
from course_lib.grading import assert_close, refuses


def test_every_size_has_its_own_share(student, rng):
    """One hidden unit never gets all four rows right, four do; each size has its own entry.

    One unit draws one line. Which rows can a single line get right, and is that all four of them?
    """
    misses, alarm = int(rng.choice(oracles.ONE_UNIT_MISSES)), int(rng.choice(oracles.ONE_UNIT_FALSE_ALARM))

    shares = student.hidden_size_study((4, 1), (misses,))
    alone = student.hidden_size_study((1,), (alarm,))

    assert_close(shares, {4: 1.0, 1: 0.0}, name="dict of shares")
    assert_close(alone, {1: 0.0}, name="dict of shares")


def test_share_counts_the_seeds_that_succeed(student, rng):
    """The share is the number of seeds whose network has every row right, divided by the number of seeds.

    Two units succeed from some starts and not from others. Train once for each seed; judge by the rows.
    """
    seeds = [int(rng.choice(oracles.SOLVED_WITH_TWO)), int(rng.choice(oracles.STUCK_WITH_TWO))]

    shares = student.hidden_size_study(sizes=[2], seeds=seeds)

    assert_close(shares, {2: 0.5}, rtol=1e-9, name="dict of shares")


def test_four_units_are_reliable(meets_floor):
    """Networks of four units succeed from as many starts as they should.

    With the settings that `train` has by default, a failure is rare.
    """
    meets_floor("four_unit_share")


@pytest.mark.supporting
def test_refuses_to_judge_without_a_seed(student):
    """Without any seed there is no share, and the message says what is missing.

    A share of nothing would be 0 divided by 0.
    """
    for sizes in ([2], [1, 2]):
        with refuses("seeds"):
            student.hidden_size_study(sizes, [])
