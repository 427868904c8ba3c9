"""The promise of a calibration, held against the truth: distributions that are known, and a million verdicts each."""

import math

import numpy as np
import pytest

from course_lib.grading.calibration.placing import CATCH, TARGET, NoFloorError, place

DRAWS = 1_000_000
CALIBRATIONS = 25

# Distributions of an honest measure: all but the first have a heavier lower tail than the normal one, or none at all.
SMOOTH = {
    "normal": lambda rng, n: rng.normal(0.95, 0.004, n),
    "uniform": lambda rng, n: rng.uniform(0.9, 1.0, n),
    "five degrees of freedom": lambda rng, n: 0.95 + 0.004 * rng.standard_t(5, n),
    "three degrees of freedom": lambda rng, n: 0.95 + 0.004 * rng.standard_t(3, n),
    "Gumbel, to the left": lambda rng, n: 0.95 - 0.004 * rng.gumbel(size=n),
    "beta": lambda rng, n: rng.beta(20, 2, n),
    "exponential, to the left": lambda rng, n: 1 - 0.01 * rng.exponential(size=n),
    "accuracy on 1000 pictures": lambda rng, n: rng.binomial(1000, 0.95, n) / 1000,
}
SHARES = {"6 starts": (6, 0.001), "6 worse starts": (6, 0.004), "8 starts": (8, 0.01), "20 starts": (20, 0.02)}


def real_false_fail(draws, placement):
    """Return the share of verdicts on honest work that fail, with fresh runs in the gray band."""
    low = draws < placement.floor  # of two fresh runs the worse one counts
    return np.mean((draws < placement.gray) | (low & (np.roll(low, 1) | np.roll(low, 7))))


def calibrate_often(draw, rng, wrong, starts=None):
    """Calibrate with fresh samples of the usual sizes; return the placements."""
    groups = (("reference", 60), ("right/a", 20), ("right/b", 20))
    samples = ({name: draw(rng, n) for name, n in groups} for _ in range(CALIBRATIONS))
    return [place(honest, wrong, starts=starts) for honest in samples]


@pytest.mark.parametrize("name", SMOOTH)
def test_smooth_honest_work_fails_less_than_once_in_ten_thousand(name, rng):
    """In a million verdicts at each of many floors, whatever the shape of the distribution."""
    draws = SMOOTH[name](rng, DRAWS)
    placements = calibrate_often(SMOOTH[name], rng, {"bad": rng.normal(0.1, 0.01, 10)})
    real = [real_false_fail(draws, placement) for placement in placements]

    assert np.mean(np.array(real) < TARGET) >= 0.95
    assert np.mean([r <= placement.false_fail for r, placement in zip(real, placements, strict=True)]) >= 0.9


@pytest.mark.parametrize("name", SHARES)
def test_honest_starts_fail_less_than_once_in_ten_thousand(name, rng):
    """The same for shares of independent starts."""
    k, rate = SHARES[name]

    def draw(rng, n):
        return rng.binomial(k, 1 - rate, n) / k

    real = [real_false_fail(draw(rng, DRAWS), p) for p in calibrate_often(draw, rng, {"bad": [0.0] * 10}, starts=k)]

    assert np.mean(np.array(real) < TARGET) >= 0.95


def test_a_measure_that_succeeds_or_not_takes_about_430_runs():
    """Rule of three: only then is the chance that two fail below 1e-4."""
    wrong = {"bad": [0.0] * 10}

    with pytest.raises(NoFloorError, match=r"results 420"):
        place({"reference": [1.0] * 420}, wrong)
    placement = place({"reference": [1.0] * 430}, wrong)

    assert (placement.floor, placement.gray) == (0.5, -math.inf)
    assert placement.false_fail == pytest.approx(2 * (3 / 430) ** 2, rel=0.02)


def test_a_training_that_rarely_collapses(rng):
    """One in two hundred, too rare for most calibrations to see: the fresh runs still save honest work."""

    def draw(rng, n):
        return np.where(rng.random(n) < 0.005, 0.1, rng.normal(0.95, 0.004, n))

    samples = {"reference": rng.normal(0.95, 0.004, 60), "right/a": rng.normal(0.95, 0.004, 20)}

    assert real_false_fail(draw(rng, DRAWS), place(samples, {})) < TARGET


def test_far_wrong_answers_leave_the_floor_near_honest_work(rng):
    """A floor is there for mistakes that nobody thought of, too."""
    placement = place({"reference": rng.normal(0.95, 0.004, 60)}, {"guesses": rng.normal(0.1, 0.01, 10)})

    assert 0.91 < placement.floor < 0.94
    assert placement.catch == {"guesses": 1.0}


def test_near_wrong_answers_raise_the_floor(rng):
    """Between them and honest work, with the larger margin towards honest work."""
    honest = {"reference": rng.normal(0.95, 0.004, 60)}
    wrong = {"bad": rng.normal(0.908, 0.004, 10)}
    far, near = place(honest, {}), place(honest, wrong)

    assert far.floor < near.floor < 0.94
    assert near.floor - max(wrong["bad"]) < np.mean(honest["reference"]) - near.floor
    assert near.catch["bad"] >= CATCH
    assert far.false_fail < near.false_fail < TARGET


def test_a_share_has_a_gray_band():
    """Below it so many independent starts failed that no rerun is needed."""
    placement = place({"reference": [1.0] * 60, "right/a": [1.0] * 40}, {"bad": [1 / 6] * 10}, starts=6)

    assert 0 < placement.gray < placement.floor < 1


def test_an_overlap_is_refused_with_its_name(rng):
    """The error says which wrong answer passes, how often, at which floor, and what to do."""
    wrong = {"unlucky": rng.normal(0.945, 0.004, 10), "hopeless": rng.normal(0.5, 0.004, 10)}

    with pytest.raises(NoFloorError) as caught:
        place({"reference": rng.normal(0.95, 0.004, 60)}, wrong)

    said = str(caught.value)
    assert said.startswith("no floor separates honest work from wrong answers: even at 0.9")
    assert "`unlucky` passes in" in said
    assert "hopeless" not in said
    assert "Let the measure take more seeds at once" in said


def test_too_few_samples_are_refused():
    """The error says how large the chance would be, and how to make it smaller."""
    with pytest.raises(NoFloorError, match=r"honest work varies too much for a floor: .*8\.4e-03.*--seeds"):
        place({"reference": [1.0] * 44}, {"bad": [0.0] * 10})


def test_what_other_tests_catch_places_nothing(rng):
    """It is measured all the same, and its rate is known."""
    honest = {"reference": rng.normal(0.95, 0.004, 60)}
    elsewhere = {"as good": rng.normal(0.95, 0.004, 10)}
    alone, beside = place(honest, {}), place(honest, {}, elsewhere)

    assert beside.floor == alone.floor
    assert beside.catch["as good"] < 0.05


def test_the_same_samples_give_the_same_floor(rng):
    """Nothing is drawn at random."""
    honest, wrong = {"reference": rng.normal(0.95, 0.004, 60)}, {"bad": rng.normal(0.9, 0.004, 10)}

    assert place(honest, wrong) == place(honest, wrong)


def test_a_negated_loss_and_other_units(rng):
    """Only larger is better counts: a measure below zero or in thousands is placed alike."""
    values = rng.normal(0.95, 0.004, 60)
    plain, scaled = place({"reference": values}, {}), place({"reference": 1000 * values - 2000}, {})

    assert scaled.floor == pytest.approx(1000 * plain.floor - 2000, abs=1.1)
