import numpy as np
import pytest

from autograder.ch05_training import oracles, probes
from course_lib.grading import assert_close, refuses


def _params(rng, layers):
    """Return weights and biases of some layers, as in chapter 4."""
    widths, params = oracles.sizes(rng, layers + 1, 2, 9), {}
    for layer in range(layers):
        params[f"W{layer + 1}"] = rng.normal(size=(widths[layer], widths[layer + 1]))
        params[f"b{layer + 1}"] = rng.normal(size=(1, widths[layer + 1]))
    return params


def test_two_layers(student, rng):
    """For the network of chapter 4: the penalty, and its gradient for every key.

    Do the example of the text by hand: which numbers are squared, and what is the slope of w squared?
    """
    params, strength = _params(rng, 2), float(rng.uniform(0.01, 3))

    loss, grads = student.l2_penalty(strength=strength, params=params)

    expected, slopes = oracles.penalty(params, strength)
    assert_close(loss, expected, rtol=1e-9, name="loss")
    assert_close(grads, slopes, rtol=1e-9, name="dict of gradients")


def test_any_number_of_layers(student, rng):
    """One layer or five, and weights of other shapes: every key that begins with W counts.

    Go through the dictionary; do not ask for W1 and W2.
    """
    other = {"W_out": rng.normal(size=5), "Wx": rng.normal(size=(2, 3, 4)), "b": rng.normal(size=3), "bias": np.ones(2)}
    for params in (_params(rng, 1), _params(rng, 5), other):
        strength = float(rng.uniform(0.01, 3))

        loss, grads = student.l2_penalty(params, strength)

        expected, slopes = oracles.penalty(params, strength)
        assert_close(loss, expected, rtol=1e-9, name="loss")
        assert_close(grads, slopes, rtol=1e-9, name="dict of gradients")


def test_strength_of_zero_and_no_weights(student, rng):
    """With strength 0, or without weights, the penalty is 0, and so are all gradients.

    An empty dictionary is a network without parameters: no penalty, no gradients.
    """
    for params, strength in ((_params(rng, 2), 0), ({"b1": rng.normal(size=(1, 4))}, 0.5), ({}, 0.5)):
        loss, grads = student.l2_penalty(params, strength)

        assert_close(loss, 0.0, name="loss")
        assert_close(grads, {key: np.zeros(value.shape) for key, value in params.items()}, name="dict of gradients")


def test_whole_numbers_and_float32(student, rng):
    """Whole numbers and float32 weights give float64 gradients.

    An array of whole numbers cuts off every fraction.
    """
    whole = {"W1": rng.integers(-9, 10, size=(3, 4)), "b1": rng.integers(-9, 10, size=(1, 4))}
    for params in (whole, {key: value.astype(np.float32) for key, value in whole.items()}):
        loss, grads = student.l2_penalty(params, 0.15)

        expected, slopes = oracles.penalty(params, 0.15)
        assert_close(loss, expected, rtol=1e-9, name="loss")
        assert_close(grads, slopes, rtol=1e-9, name="dict of gradients")
        assert_close([str(grad.dtype) for grad in grads.values()], ["float64"] * 2, name="list of dtypes")


@pytest.mark.supporting
def test_refuses_a_negative_strength(student, rng):
    """A negative strength is refused, and shown.

    It would reward large weights, and they would grow for ever.
    """
    for strength in (-1, -round(float(rng.uniform(0.1, 9)), 3)):
        with refuses("strength", shown=strength):
            student.l2_penalty(_params(rng, 2), strength)


@pytest.mark.supporting
def test_parameters_stay_as_they_were(student, rng):
    """The parameters are not changed, and may be arrays that cannot be changed.

    `values *= strength` writes into the caller's weights.
    """
    params = _params(rng, 2)

    after = student.run(probes.arguments_after, "l2_penalty", params, 0.5)
    loss, _ = student.run(probes.with_frozen, "l2_penalty", params, 0.5)

    assert_close(after[0], params, rtol=0, name="dict of parameters afterwards")
    assert_close(loss, oracles.penalty(params, 0.5)[0], rtol=1e-9, name="loss for read-only parameters")
