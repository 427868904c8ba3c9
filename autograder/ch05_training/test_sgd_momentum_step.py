import numpy as np
import pytest

from autograder.ch05_training import oracles, probes
from course_lib.grading import assert_close, refuses


def test_one_step(student, rng):
    """One step: the velocity takes up the gradient, then the parameters move by the new velocity.

    Go through the second line of the table in the text by hand.
    """
    for shape in ((4,), (2, 5), (1, 2, 3), (1,)):
        param, grad, velocity = rng.normal(size=(3, *shape))
        rate, momentum = float(rng.uniform(0.01, 2)), float(rng.uniform(0.1, 0.95))

        result = student.sgd_momentum_step(param, grad, velocity, rate, momentum)

        moved = [momentum * v + g for v, g in zip(velocity.ravel().tolist(), grad.ravel().tolist(), strict=True)]
        moved = np.array(moved).reshape(shape)
        assert_close(result, (param - rate * moved, moved), atol=1e-12, name="pair of parameters and velocity")


def test_hundred_steps_agree_with_torch(student, rng):
    """A hundred steps agree with torch.optim.SGD, with and without momentum.

    PyTorch adds the whole gradient to the velocity; other texts weigh it with 1 - momentum.
    """
    for momentum in (0.0, 0.9, float(rng.uniform(0.3, 0.99))):
        param, grads = rng.normal(size=(2, 3)), rng.normal(size=(100, 2, 3)) * 10.0 ** rng.integers(-3, 4)
        rate = float(rng.uniform(0.001, 0.5))

        params, velocity = student.run(probes.momentum_walk, param, grads, rate, momentum)

        expected, state = oracles.torch_walk("SGD", param, grads, lr=rate, momentum=momentum)
        size = float(np.abs(expected).max())
        assert_close(params, expected, rtol=1e-10, atol=1e-12 * size, name="list of parameters after each step")
        if momentum:
            buffer = state["momentum_buffer"]
            assert_close(velocity, buffer, rtol=1e-10, atol=1e-12 * float(np.abs(grads).max()), name="velocity")


def test_whole_numbers_and_float32(student, rng):
    """Whole numbers and float32 numbers give float64 results.

    An array of whole numbers cuts off every fraction.
    """
    whole = rng.integers(-9, 10, size=(3, 2, 3))
    for param, grad, velocity in (whole, whole.astype(np.float32)):
        result = student.sgd_momentum_step(param, grad, velocity, 0.3, 0.7)

        moved = 0.7 * velocity.astype(float) + grad.astype(float)
        wanted = (param.astype(float) - 0.3 * moved, moved)
        assert_close(result, wanted, atol=1e-12, name="pair of parameters and velocity")
        assert_close([str(part.dtype) for part in result], ["float64"] * 2, name="list of dtypes")


def test_nan_is_not_hidden(student, rng):
    """A `nan` in the gradient makes the same entry of both results `nan`, and no other.

    Whoever trains wants to see it as soon as it is there.
    """
    param, grad, velocity = rng.normal(size=(3, 2, 4))
    grad[1, 2] = np.nan

    result = student.sgd_momentum_step(param, grad, velocity, 0.1, 0.9)

    moved = 0.9 * velocity + grad
    assert_close(result, (param - 0.1 * moved, moved), atol=1e-12, name="pair of parameters and velocity")


@pytest.mark.supporting
def test_refuses_other_shapes(student, rng):
    """A gradient or a velocity of another shape than the parameters is refused, and its shape is shown.

    Many wrong shapes can be stretched, and NumPy does so without a word.
    """
    rows, columns = oracles.sizes(rng, 2)
    for shape in ((columns,), (1, columns), (rows, 1), (columns, rows), (rows + 1, columns), (1, rows, columns)):
        with refuses("grad", shown=shape):
            student.sgd_momentum_step(np.ones((rows, columns)), np.ones(shape), np.ones((rows, columns)), 0.1, 0.9)
        with refuses("velocity", shown=shape):
            student.sgd_momentum_step(np.ones((rows, columns)), np.ones((rows, columns)), np.ones(shape), 0.1, 0.9)


@pytest.mark.supporting
def test_refuses_an_impossible_momentum(student, rng):
    """A momentum below 0, or of 1 or more, is refused, and shown.

    With a momentum of 1 nothing is ever forgotten.
    """
    for momentum in (round(float(rng.uniform(1.1, 9)), 3), 1, 1.0, -0.25, -round(float(rng.uniform(0.1, 9)), 3)):
        with refuses("momentum", shown=momentum):
            student.sgd_momentum_step(np.ones(2), np.ones(2), np.ones(2), 0.1, momentum)


@pytest.mark.supporting
def test_arguments_stay_as_they_were(student, rng):
    """None of the three arrays is changed, and they may be arrays that cannot be changed.

    `velocity *= momentum` writes into the caller's array; `momentum * velocity` makes a new one.
    """
    arguments = [*rng.normal(size=(3, 2, 3)), 0.1, 0.9]

    after = student.run(probes.arguments_after, "sgd_momentum_step", *arguments)
    frozen = student.run(probes.with_frozen, "sgd_momentum_step", *arguments)

    assert_close(after, arguments, rtol=0, name="list of arguments afterwards")
    assert_close(frozen[1], 0.9 * arguments[2] + arguments[1], atol=1e-12, name="velocity")
