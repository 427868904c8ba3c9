import numpy as np
import pytest

from autograder.ch05_training import oracles, probes
from course_lib.grading import assert_close, fail, refuses

TRAINING = True


def _problem(rng, n=None):
    """Return a batch, gamma, beta and running averages."""
    rows, columns = oracles.sizes(rng, 2)
    x = rng.normal(size=(n or rows, columns)) * rng.uniform(0.5, 4, size=columns) + rng.normal(scale=5, size=columns)
    gamma, beta = rng.normal(size=(2, columns))
    state = {"running_mean": rng.normal(size=columns), "running_var": rng.uniform(0.5, 3, size=columns)}
    return x, gamma, beta, state


def test_training_agrees_with_torch(student, rng):
    """In training the output is the one of torch.nn.BatchNorm1d.

    Every column has its own mean and its own variance, over the rows of the batch.
    """
    for n in (None, 2):
        (x, gamma, beta, state), eps = _problem(rng, n), float(rng.uniform(1e-5, 0.5))

        outs, _ = student.run(probes.normalize, [x], gamma, beta, (0.1, eps, state))

        layer = oracles.batchnorm_layer(gamma, beta, state, 0.1, eps)
        assert_close(outs[0], oracles.batchnorm(layer, x), rtol=1e-9, atol=1e-9, name="out")


def test_running_averages_agree_with_torch(student, rng):
    """After each of three batches the running averages are those of torch, for several weights of the new batch.

    The running variance takes up the variance with N - 1 below the sum; the weight belongs to the new batch.
    """
    for momentum in (0.1, 1.0, float(rng.uniform(0.2, 0.9))):
        x, gamma, beta, state = _problem(rng)
        batches = [x, 2 * x[::-1] + 1, x[:2] - 3]

        _, states = student.run(probes.normalize, batches, gamma, beta, (momentum, 1e-5, state))

        layer = oracles.batchnorm_layer(gamma, beta, state, momentum, 1e-5)
        for batch, seen in zip(batches, states, strict=True):
            oracles.batchnorm(layer, batch)
            assert_close(seen, oracles.averages(layer), rtol=1e-9, atol=1e-12, name="state")


def test_evaluation_uses_the_running_averages(student, rng):
    """In evaluation the output comes from the running averages, for a single row too, and the state stays.

    A batch of one has no spread of its own; that is what the averages are for.
    """
    for n in (None, 1):
        (x, gamma, beta, state), eps = _problem(rng, n), float(rng.uniform(1e-5, 0.5))

        out, after = student.run(probes.evaluate_batch, x, gamma, beta, (eps, state))

        layer = oracles.batchnorm_layer(gamma, beta, state, 0.1, eps).eval()
        assert_close(out, oracles.batchnorm(layer, x), rtol=1e-9, atol=1e-9, name="out")
        assert_close(after, state, rtol=0, name="state afterwards")


def test_constant_columns_become_beta(student, rng):
    """A column whose entries are all equal becomes beta, without a warning, and only that one.

    Its variance is 0; eps is there to keep the division possible.
    """
    x, gamma, beta, state = _problem(rng)
    x[:, 1] = float(rng.integers(-5, 6))

    (out, _), warned = student.run(
        probes.with_warnings, "batchnorm_forward", x, gamma, beta, state, 0.1, 1e-5, TRAINING
    )

    layer = oracles.batchnorm_layer(gamma, beta, state, 0.1, 1e-5)
    assert_close(out, oracles.batchnorm(layer, x), rtol=1e-9, atol=1e-9, name="out")
    if warned:
        fail("The output is right, but NumPy warned while it was computed.")


def test_gradients(student, rng):
    """The three gradients of the training pass are exact, for eps small and large.

    Mean and spread depend on every row, so the gradient of x has three parts. A later call must not spoil the cache.
    """
    for n, eps in ((None, 1e-5), (2, 0.3), (9, 2.0)):
        x, gamma, _, _ = _problem(rng, n)
        grad = rng.normal(size=x.shape)

        grads = student.run(probes.backward_through, x, grad, gamma, eps)

        expected = oracles.batchnorm_gradients(x, grad, gamma, eps)
        for ours, theirs, name in zip(grads, expected, ("dx", "dgamma", "dbeta"), strict=True):
            size = float(np.abs(grad).max() * max(1.0, np.abs(theirs).max()))
            assert_close(ours, theirs, rtol=1e-8, atol=1e-9 * size, name=name)


def test_whole_numbers_and_float32(student, rng):
    """Whole numbers and float32 numbers give float64 results, forwards and backwards.

    An array of whole numbers cuts off every fraction.
    """
    whole = rng.integers(-9, 10, size=(6, 3))
    gamma = np.array([2, 3, 1])
    for x in (whole, whole.astype(np.float32)):
        state = {"running_mean": np.zeros(3), "running_var": np.ones(3)}
        outs, _ = student.run(probes.normalize, [x], gamma, gamma, (0.1, 0.5, state))
        grads = student.run(probes.backward_through, x, x[::-1].copy(), gamma, 0.5)

        layer = oracles.batchnorm_layer(gamma, gamma, state, 0.1, 0.5)
        assert_close(outs[0], oracles.batchnorm(layer, x), rtol=1e-9, atol=1e-9, name="out")
        expected = oracles.batchnorm_gradients(x, x[::-1].copy(), gamma, 0.5)
        assert_close(grads, expected, rtol=1e-8, atol=1e-8, name="list of gradients")
        assert_close([str(part.dtype) for part in (outs[0], *grads)], ["float64"] * 4, name="list of dtypes")


def test_nan_spoils_its_own_column_only(student, rng):
    """A `nan` in the batch makes its own column `nan`, and no other.

    It is neither hidden nor spread: columns know nothing of each other.
    """
    x, gamma, beta, state = _problem(rng)
    x[1, 2] = np.nan

    outs, _ = student.run(probes.normalize, [x], gamma, beta, (0.1, 1e-5, state))

    layer = oracles.batchnorm_layer(gamma, beta, state, 0.1, 1e-5)
    assert_close(outs[0], oracles.batchnorm(layer, x), rtol=1e-9, atol=1e-9, name="out")


@pytest.mark.supporting
def test_refuses_too_few_rows(student, rng):
    """In training fewer than two rows, in evaluation fewer than one, and other than two axes are refused.

    The unbiased variance of one row divides by 0.
    """
    columns = int(rng.integers(2, 6))
    ones, state = np.ones(columns), {"running_mean": np.zeros(columns), "running_var": np.ones(columns)}
    for shape, modes in (
        ((columns,), (True, False)),
        ((1, columns), (True,)),
        ((0, columns), (True, False)),
        ((2, columns, columns), (True, False)),
    ):
        for training in modes:
            with refuses("x", shown=shape):
                student.batchnorm_forward(np.ones(shape), ones, ones, state, 0.1, 1e-5, training)


@pytest.mark.supporting
def test_refuses_other_shapes(student, rng):
    """A gamma or beta that is not one number per column, or a gradient of another shape, is refused and shown.

    Many wrong shapes can be stretched, and NumPy does so without a word.
    """
    rows, columns = oracles.sizes(rng, 2)
    x, ones = rng.normal(size=(rows, columns)), np.ones(columns)
    for shape in ((1, columns), (rows, columns), (1,), (columns + 1,), (rows, 1)):
        state = {"running_mean": np.zeros(columns), "running_var": np.ones(columns)}
        with refuses("gamma", shown=shape):
            student.batchnorm_forward(x, np.ones(shape), ones, state, 0.1, 1e-5, TRAINING)
        with refuses("beta", shown=shape):
            student.batchnorm_forward(x, ones, np.ones(shape), state, 0.1, 1e-5, TRAINING)
    for shape in ((1, columns), (rows, 1), (columns,), (columns, rows)):
        with refuses("grad", shown=shape):
            student.run(probes.refused_gradient, x, np.ones(shape))


@pytest.mark.supporting
def test_arguments_stay_as_they_were(student, rng):
    """x, gamma, beta and the gradient are not changed, and may be arrays that cannot be changed.

    Only `state` is meant to change. And going backwards twice gives the same result twice.
    """
    x, gamma, beta, _ = _problem(rng)
    grad = rng.normal(size=x.shape)

    after, ordinary, frozen = student.run(probes.arguments_of_batchnorm, x, grad, gamma, beta)

    assert_close(after, [x, gamma, beta, grad], rtol=0, name="list of arguments afterwards")
    assert_close(frozen, ordinary, rtol=1e-9, atol=1e-12, name="list of results for read-only arrays")
    assert_close(ordinary[4:], ordinary[1:4], rtol=1e-9, atol=1e-12, name="list of gradients, the second time")
