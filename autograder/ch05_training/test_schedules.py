import numpy as np
import pytest

from autograder.ch05_training import oracles
from course_lib.grading import assert_close, refuses


def test_step_decay_agrees_with_torch(student, rng):
    """In every epoch the rate is the one of torch's StepLR.

    The exponent says how often the rate was reduced so far. How often is that in the first epochs?
    """
    for step_size in (1, 7, int(rng.integers(2, 20))):
        base, gamma = float(rng.uniform(0.01, 2)), float(rng.uniform(0.1, 0.95))

        rates = [student.step_decay(base, epoch, step_size, gamma) for epoch in range(60)]

        expected = oracles.schedule("StepLR", base, 60, step_size=step_size, gamma=gamma)
        assert_close(rates, expected, rtol=1e-9, name="list of rates")


def test_step_decay_has_its_defaults(student, rng):
    """Without further arguments the rate falls to a tenth every 30 epochs.

    The defaults belong in the first line of the function.
    """
    base = float(rng.uniform(0.01, 2))

    rates = [student.step_decay(base, epoch) for epoch in range(95)]

    assert_close(rates, oracles.schedule("StepLR", base, 95, step_size=30, gamma=0.1), rtol=1e-9, name="list of rates")


def test_cosine_annealing_agrees_with_torch(student, rng):
    """In every epoch from 0 to t_max the rate is the one of torch's CosineAnnealingLR.

    Half a turn is pi. In which epoch is the wave through?
    """
    for t_max in (1, 2, 100, int(rng.integers(5, 40))):
        base, eta_min = float(rng.uniform(0.1, 2)), float(rng.uniform(0.001, 0.05))

        rates = [student.cosine_annealing(base, epoch, t_max, eta_min) for epoch in range(t_max + 1)]

        expected = oracles.schedule("CosineAnnealingLR", base, t_max + 1, T_max=t_max, eta_min=eta_min)
        assert_close(np.array(rates), np.array(expected), rtol=1e-8, name="row of rates")


def test_cosine_annealing_ends_at_zero_unless_told(student, rng):
    """Without `eta_min` the rate ends at 0; arguments may be passed by name.

    At the end the cosine is -1.
    """
    base, t_max = float(rng.uniform(0.1, 2)), int(rng.integers(5, 40))

    rates = [student.cosine_annealing(t_max=t_max, epoch=epoch, base=base) for epoch in range(t_max + 1)]

    expected = oracles.schedule("CosineAnnealingLR", base, t_max + 1, T_max=t_max)
    assert_close(np.array(rates), np.array(expected), rtol=1e-8, atol=1e-12, name="row of rates")


def test_rates_may_rise(student, rng):
    """The same formulas serve for a gamma above 1, and for an eta_min above the base.

    Nothing in them asks which of two rates is the larger one. Whole numbers are rates too.
    """
    epochs = int(rng.integers(4, 9))

    steps = [student.step_decay(1, epoch, step_size=2, gamma=3) for epoch in range(epochs)]
    waves = [student.cosine_annealing(1, epoch, epochs, 3) for epoch in range(epochs + 1)]

    assert_close(
        [float(rate) for rate in steps], [3.0 ** (epoch // 2) for epoch in range(epochs)], name="list of steps"
    )
    wanted = 3 - (1 + np.cos(np.linspace(0, np.pi, epochs + 1)))
    assert_close(np.array([float(rate) for rate in waves]), wanted, rtol=1e-9, name="row of rates")


@pytest.mark.supporting
def test_refuses_epochs_out_of_range(student, rng):
    """A negative epoch is refused, and for the cosine one beyond t_max; it is shown.

    Beyond the end the cosine would rise again.
    """
    t_max = int(rng.integers(5, 40))
    for epoch in (-1, -int(rng.integers(2, 9))):
        with refuses("epoch", shown=epoch):
            student.step_decay(0.1, epoch)
    for epoch in (-1, t_max + 1, t_max + int(rng.integers(2, 9))):
        with refuses("epoch", shown=epoch):
            student.cosine_annealing(0.1, epoch, t_max)


@pytest.mark.supporting
def test_refuses_lengths_below_one(student, rng):
    """A step_size or a t_max below 1 is refused, and shown.

    With 0 one would divide by 0.
    """
    for length in (0, -1, -int(rng.integers(2, 9))):
        with refuses("step_size", shown=length):
            student.step_decay(0.1, 3, step_size=length)
        with refuses("t_max", shown=length):
            student.cosine_annealing(0.1, 0, length)
