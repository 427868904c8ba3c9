import math

import numpy as np
import pytest

from course_lib.grading.calibration.tails import (
    CountTail,
    ShareTail,
    SmoothTail,
    false_fail,
    honest_tail,
    pooled,
    upper_bound,
)


def test_a_smooth_measure_has_a_t_tail(rng):
    """Values that hardly repeat themselves, as accuracies over a thousand pictures do, are smooth."""
    values = rng.binomial(1000, 0.95, size=60) / 1000

    assert isinstance(honest_tail([values, values[:20]], []), SmoothTail)


def test_a_measure_of_few_values_is_counted(rng):
    """That a share is one of independent starts cannot be seen from its values."""
    values = rng.binomial(4, 0.9, size=60) / 4

    assert isinstance(honest_tail([values], []), CountTail)
    assert isinstance(honest_tail([values], [], starts=4), ShareTail)


def test_starts_that_fail_together_are_not_independent():
    """Where all starts of a result fail or none does, results are counted, whatever the measure says."""
    values = [1.0] * 50 + [0.0] * 10

    assert isinstance(honest_tail([values], [], starts=6), CountTail)


@pytest.mark.parametrize(("n", "bound"), [(60, 3 / 60), (430, 3 / 430), (3000, 3 / 3000)])
def test_without_failures_the_rule_of_three_holds(n, bound):
    """The bound on the rate is about three over the number of successes."""
    assert upper_bound(0, n) == pytest.approx(bound, rel=0.03)


def test_the_bound_on_a_rate_covers_it(rng):
    """In 95 of 100 calibrations the true rate is below it."""
    failures = rng.binomial(200, 0.02, size=4000)
    covered = np.mean([upper_bound(int(count), 200) >= 0.02 for count in failures])

    assert covered >= 0.95


def test_groups_that_agree_are_pooled():
    """Right answers that do the same in other words make one sample."""
    assert pooled([(0, 60), (0, 20), (1, 20)]) == ((1, 100),)


def test_a_group_that_fails_more_stays_alone():
    """It would be hidden in the pool, and its students would pay for it."""
    assert pooled([(0, 60), (0, 20), (5, 20)]) == ((0, 80), (5, 20))


def test_the_worst_group_decides_a_smooth_tail(rng):
    """A right answer that reaches less lowers the bound for all."""
    high, low = rng.normal(0.95, 0.004, 60), rng.normal(0.93, 0.004, 20)
    lines = np.array([0.92])

    assert honest_tail([high, low], []).below(lines) == honest_tail([low], []).below(lines)
    assert honest_tail([high], []).below(lines) < 2e-3


def test_every_bound_grows_with_the_line(rng):
    """A higher floor fails more."""
    shares = rng.binomial(8, 0.98, size=60) / 8
    tails = [honest_tail([rng.normal(size=60)], []), honest_tail([shares], []), honest_tail([shares], [], starts=8)]

    for tail in tails:
        lines = tail.lines()
        assert np.all(np.diff(lines) > 0)
        assert np.all(np.diff(tail.below(lines)) >= 0)
        assert np.all((tail.below(lines) >= 0) & (tail.below(lines) <= 1))


def test_lines_of_a_share_lie_between_shares():
    """No result is ever on a line, so rounding decides nothing."""
    assert list(honest_tail([[1.0] * 60], [], starts=4).lines()) == [0.125, 0.375, 0.625, 0.875]


def test_lines_of_a_smooth_measure_are_round_numbers(rng):
    """As fine as the samples can tell, and no finer."""
    lines = honest_tail([rng.normal(0.95, 0.004, 60)], []).lines()

    assert np.allclose(lines, np.round(lines, 3))


def test_chance_of_failing_with_the_gray_band(rng):
    """The formula is what happens: fail at once below the gray line, else the median of three counts."""
    x = rng.random((1_000_000, 3))
    a, b = 0.05, 0.3
    failed = (x[:, 0] < a) | ((x[:, 0] < b) & (np.median(x, axis=1) < b))

    assert false_fail(np.array([a]), np.array([b]))[0] == pytest.approx(failed.mean(), abs=2e-3)


def test_a_wrong_answer_without_a_result_never_reaches_a_line():
    """It raised, hung or gave NaN."""
    none = [-math.inf] * 10
    tails = [honest_tail([[1.0] * 60], [none]), honest_tail([[1.0] * 60], [none], starts=6)]

    assert [tail.at_least(none, 0.5) for tail in tails] == [0.0, 0.0]


def test_a_lucky_wrong_answer_is_not_taken_for_a_sure_loser():
    """Ten results that all missed a line of one sixth more say little: the binomial tail says how little."""
    tail = honest_tail([[1.0] * 60], [], starts=6)

    assert tail.at_least([4 / 6] * 10, 0.75) == pytest.approx(6 * (2 / 3) ** 5 / 3 + (2 / 3) ** 6)


def test_sixty_results_of_a_wrong_answer_speak_for_themselves():
    """Its starts need not be alike: two of six that always fail never make five of six."""
    tail = honest_tail([[1.0] * 60], [], starts=6)

    assert tail.at_least([4 / 6] * 60, 0.75) == 0.0
