import math

import numpy as np
import pytest

from autograder.ch05_training import oracles, probes
from course_lib.grading import assert_close, refuses


def test_first_step_moves_by_the_learning_rate(student, rng):
    """With eps 0 the first step moves every parameter by the learning rate, against the sign of its gradient.

    The corrections undo exactly that both averages began at 0. In the first step t is 1.
    """
    shape = tuple(oracles.sizes(rng, 2))
    param, signs = rng.normal(size=shape), rng.choice([-1.0, 1.0], size=shape)
    grad, rate = signs * 10.0 ** rng.uniform(-6, 6, size=shape), float(rng.uniform(0.001, 0.5))
    betas = (float(rng.uniform(0.5, 0.95)), float(rng.uniform(0.9, 0.9999)))
    state = {"t": 0, "m": np.zeros(shape), "v": np.zeros(shape)}

    moved, _ = student.adam_step(param, grad, state, rate, betas, 0.0)

    assert_close(moved, param - rate * signs, rtol=1e-9, atol=1e-9, name="param")


def test_hundred_steps_agree_with_torch(student, rng):
    """A hundred steps agree with torch.optim.Adam, for small and large gradients.

    Compare the first three steps with the formulas, one line at a time.
    """
    for scale in (1e-6, 1.0, 1e5):
        param, grads = rng.normal(size=(3, 2)), scale * rng.normal(size=(100, 3, 2))
        rate, betas = float(rng.uniform(0.001, 0.1)), (float(rng.uniform(0.5, 0.95)), float(rng.uniform(0.9, 0.9999)))

        params, _ = student.run(probes.adam_walk, param, grads, (rate, betas, 1e-8))

        expected, _ = oracles.torch_walk("Adam", param, grads, lr=rate, betas=betas, eps=1e-8)
        assert_close(params, expected, rtol=1e-10, atol=1e-10, name="list of parameters after each step")


def test_eps_is_added_to_the_root(student, rng):
    """A large eps, and one of 0.1 beside small gradients, agree with torch too.

    eps stands beside the root, not below it, and beside the *corrected* one.
    """
    for eps, scale in ((3.0, 1.0), (0.1, 0.01), (1e-3, 1e-3)):
        param, grads = rng.normal(size=4), scale * rng.normal(size=(20, 4))

        params, _ = student.run(probes.adam_walk, param, grads, (0.5, (0.9, 0.999), eps))

        expected, _ = oracles.torch_walk("Adam", param, grads, lr=0.5, betas=(0.9, 0.999), eps=eps)
        assert_close(params, expected, rtol=1e-10, atol=1e-10, name="list of parameters after each step")


def test_state_holds_the_averages(student, rng):
    """The state holds the number of steps and both running averages, not corrected.

    What goes into the next step are the plain averages; the corrected ones are used once and forgotten.
    """
    steps = int(rng.integers(2, 9))
    grads, betas = rng.normal(size=(steps, 2, 3)), (float(rng.uniform(0.5, 0.95)), float(rng.uniform(0.9, 0.9999)))

    _, state = student.run(probes.adam_walk, np.zeros((2, 3)), grads, (0.1, betas, 1e-8))

    _, theirs = oracles.torch_walk("Adam", np.zeros((2, 3)), grads, lr=0.1, betas=betas)
    expected = {"t": steps, "m": theirs["exp_avg"], "v": theirs["exp_avg_sq"]}
    assert_close(state, expected, rtol=1e-10, atol=1e-14, name="state")


def test_state_is_returned_anew(student, rng):
    """Two steps from the same state give the same result, and the states that were passed stay as they were.

    Write the new numbers into a new dictionary, and make new arrays for the averages.
    """
    param, grads = rng.normal(size=3), rng.normal(size=(2, 3))

    twice, start, state, kept = student.run(probes.adam_twice_from_one_state, param, grads, (0.1, (0.9, 0.99), 1e-8))

    _, theirs = oracles.torch_walk("Adam", param, grads[:1], lr=0.1, betas=(0.9, 0.99))
    assert_close(start, {"t": 0, "m": np.zeros(3), "v": np.zeros(3)}, name="first state afterwards")
    expected = {"t": 1, "m": theirs["exp_avg"], "v": theirs["exp_avg_sq"]}
    assert_close([kept, state], [expected] * 2, rtol=1e-10, atol=1e-14, name="list of the state before and after")
    assert_close(twice[1], twice[0], rtol=1e-12, name="second step from the same state")


def test_whole_numbers_and_float32(student, rng):
    """Whole numbers and float32 numbers give float64 results.

    An array of whole numbers cuts off every fraction.
    """
    whole = rng.integers(1, 10, size=(2, 3))
    for param, grad in (whole, whole.astype(np.float32)):
        state = {"t": 0, "m": np.zeros(3), "v": np.zeros(3)}
        moved, state = student.adam_step(param, grad, state, 0.3, (0.9, 0.99), 0.5)

        expected, _ = oracles.torch_walk("Adam", param, grad[None], lr=0.3, betas=(0.9, 0.99), eps=0.5)
        assert_close(moved, expected[0], rtol=1e-10, name="param")
        assert_close([str(part.dtype) for part in (moved, state["m"], state["v"])], ["float64"] * 3, name="dtypes")


def test_betas_of_zero(student, rng):
    """With both betas 0 nothing is remembered, and every step is one by the sign of the gradient.

    0 is a fair value for a share that is kept.
    """
    param, grads = rng.normal(size=3), rng.normal(size=(3, 3))

    params, _ = student.run(probes.adam_walk, param, grads, (0.1, (0.0, 0.0), 0.0))

    expected = param - 0.1 * np.cumsum(np.sign(grads), axis=0)
    assert_close(params, list(expected), rtol=1e-9, atol=1e-12, name="list of parameters after each step")


def test_nan_is_not_hidden(student, rng):
    """A `nan` in the gradient makes the same entry `nan`, and no other.

    Whoever trains wants to see it as soon as it is there.
    """
    param, grad = rng.normal(size=(2, 5))
    grad[3] = math.nan
    state = {"t": 0, "m": np.zeros(5), "v": np.zeros(5)}

    moved, _ = student.adam_step(param, grad, state, 0.1, (0.9, 0.999), 1e-12)

    assert_close(moved, param - 0.1 * grad / (np.abs(grad) + 1e-12), rtol=1e-9, atol=1e-12, name="param")


@pytest.mark.supporting
def test_refuses_other_shapes(student, rng):
    """A gradient of another shape than the parameters is refused, and its shape is shown.

    Many wrong shapes can be stretched, and NumPy does so without a word.
    """
    rows, columns = oracles.sizes(rng, 2)
    state = {"t": 0, "m": np.zeros((rows, columns)), "v": np.zeros((rows, columns))}
    for shape in ((columns,), (1, columns), (rows, 1), (columns, rows), (rows + 1, columns)):
        with refuses("grad", shown=shape):
            student.adam_step(np.ones((rows, columns)), np.ones(shape), state, 0.1, (0.9, 0.999), 1e-8)


@pytest.mark.supporting
def test_refuses_impossible_betas(student, rng):
    """A beta below 0, or of 1 or more, is refused, and the pair is shown.

    With a beta of 1 the correction divides by 0.
    """
    state = {"t": 0, "m": np.zeros(2), "v": np.zeros(2)}
    large, negative = round(float(rng.uniform(1.1, 9)), 3), -round(float(rng.uniform(0.1, 0.9)), 3)
    for betas in ((1.0, 0.999), (0.9, 1.0), (1, 0.5), (0.9, large), (large, 0.9), (negative, 0.5), (0.5, negative)):
        with refuses("betas", shown=betas):
            student.adam_step(np.ones(2), np.ones(2), state, 0.1, betas, 1e-8)


@pytest.mark.supporting
def test_arguments_stay_as_they_were(student, rng):
    """Neither the arrays nor the state are changed, and the arrays may be ones that cannot be changed.

    `m *= beta` writes into the caller's state; `beta * m` makes a new array.
    """
    param, grad, m = rng.normal(size=(3, 2, 3))
    arguments = [param, grad, {"t": 4, "m": m, "v": m**2}, 0.1, (0.9, 0.99), 1e-8]

    after = student.run(probes.arguments_after, "adam_step", *arguments)
    _, state = student.run(probes.with_frozen, "adam_step", *arguments)

    assert_close(after, arguments, rtol=0, name="list of arguments afterwards")
    assert_close(state["m"], 0.9 * m + 0.1 * grad, rtol=1e-9, atol=1e-12, name="m of read-only arrays")
