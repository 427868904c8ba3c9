import numpy as np
import pytest

from autograder.ch05_training import oracles, probes
from course_lib.grading import assert_close, fail, refuses

TRAINING, EVALUATION = True, False
SIGMAS = 6  # an honest mask is this far off once in a billion times


def _masks(masks):
    """Return masks as floats; they may hold floats, whole numbers or truth values, but only 0 and 1."""
    found = [np.asarray(mask) for mask in masks]
    if not all(mask.dtype.kind in "biuf" and np.isin(mask, (0, 1)).all() for mask in found):
        fail("The mask must hold zeros and ones, and nothing else.")
    return np.stack([mask.astype(float) for mask in found])


def test_survivors_are_scaled_up(student, rng):
    """In training the output is the input where the mask is 1, divided by 1 - p, and 0 where it is 0.

    Take p = 0.2 and an input of 4: what comes out if it survives?
    """
    for shape, p in (((40,), 0.5), ((7, 9), float(rng.uniform(0.1, 0.4))), ((2, 5, 6), float(rng.uniform(0.6, 0.9)))):
        x = rng.normal(size=shape)

        (out,), masks, _ = student.run(probes.drops, x, p, int(rng.integers(1000)), TRAINING)

        mask = _masks(masks)[0]
        assert_close(mask.shape, shape, name="shape of the mask")
        scaled = [entry / (1 - p) if keep else 0.0 for entry, keep in zip(x.ravel(), mask.ravel(), strict=True)]
        assert_close(out, np.array(scaled).reshape(shape), rtol=1e-9, atol=1e-12, name="out")


def test_mean_stays_the_same(student, rng):
    """On average over many calls the output is the input.

    That is what the scaling is for: then evaluation needs none.
    """
    x, count = rng.uniform(0.5, 2, size=(6, 8)), 600
    for p in (0.2, 0.5, 0.85):
        outs, _, _ = student.run(probes.drops, x, p, int(rng.integers(1000)), TRAINING, count)

        ratio = np.mean(np.stack(outs), axis=0) / x
        deviation = (p / (1 - p) / count) ** 0.5
        if ratio.shape != x.shape or not abs(ratio.mean() - 1) < SIGMAS * deviation / x.size**0.5:
            fail("The mean of the outputs over many calls is not the input.")
        if not np.abs(ratio - 1).max() < (SIGMAS + 2) * deviation:
            fail("Some entries are dropped more often than others.")


def test_every_entry_has_its_own_coin(student, rng):
    """Each entry of the mask is tossed on its own: rows, columns and calls all differ.

    A mask for whole rows or columns, or the same one in each call, drops too much at once.
    """
    p, rows, columns, count = float(rng.uniform(0.3, 0.7)), 40, 50, 4

    _, masks, _ = student.run(probes.drops, np.ones((rows, columns)), p, int(rng.integers(1000)), TRAINING, count)

    mask, deviation = _masks(masks), (p * (1 - p)) ** 0.5
    if mask.shape != (count, rows, columns):
        fail("A mask does not have the shape of the input.")
    for axis, length in ((0, count), (1, rows), (2, columns)):
        # among independent entries, the means along an axis vary with a deviation of deviation / sqrt(length)
        seen = mask.mean(axis=axis).std() / (deviation / length**0.5)
        if not 0.6 < seen < 1.4:
            fail("The entries of the masks are not independent of each other.")
    if not abs(mask.mean() - (1 - p)) < SIGMAS * deviation / mask.size**0.5:
        fail("The share of entries that survive is not 1 - p.")


def test_evaluation_lets_everything_pass(student, rng):
    """In evaluation the output is the input, the mask is all ones, and the generator is left alone.

    No coins and no scaling: the whole team plays.
    """
    x, seed = rng.normal(size=oracles.sizes(rng, 2)), int(rng.integers(1000))
    for p in (0.5, float(rng.uniform(0.1, 0.9))):
        (out,), masks, drawn = student.run(probes.drops, x, p, seed, EVALUATION)

        assert_close(out, x, rtol=1e-12, name="out")
        assert_close(_masks(masks)[0], np.ones(x.shape), name="mask")
        assert_close(drawn, np.random.default_rng(seed).random(3), name="what the generator draws afterwards")


def test_nothing_is_dropped_at_zero(student, rng):
    """With p = 0 everything passes in training as well.

    0 is a fair probability.
    """
    x = rng.normal(size=(20, 30))

    (out,), masks, _ = student.run(probes.drops, x, 0, int(rng.integers(1000)), TRAINING)

    assert_close(out, x, rtol=1e-12, name="out")
    assert_close(_masks(masks)[0], np.ones(x.shape), name="mask")


def test_only_the_given_generator_is_used(student, rng):
    """The mask comes from the generator that was passed and from nothing else.

    `np.random.random` draws from a generator that all code shares.
    """
    x = np.ones((15, 20))

    masks = _masks(student.run(probes.drops_with_global_draws, x, 0.5, int(rng.integers(1000))))

    assert_close(masks.shape, (2, 15, 20), name="shape of two masks")
    assert_close(masks[1], masks[0], name="mask of the same seed, with another global state")


def test_whole_numbers_and_float32(student, rng):
    """Whole numbers and float32 numbers give float64 outputs, in training and in evaluation.

    An array of whole numbers cuts off every fraction.
    """
    whole = rng.integers(1, 10, size=(6, 7))
    for x in (whole, whole.astype(np.float32)):
        for training in (TRAINING, EVALUATION):
            (out,), masks, _ = student.run(probes.drops, x, 0.3, int(rng.integers(1000)), training)

            wanted = x.astype(float) * (_masks(masks)[0] / 0.7 if training else 1)
            assert_close(out, wanted, rtol=1e-9, atol=1e-12, name="out")
            assert_close(str(out.dtype), "float64", name="dtype")


def test_gradient_by_finite_differences(student, rng):
    """With the mask held, the gradient is what nudging every input says.

    The output is the input times fixed numbers, entry by entry. What is the slope of that?
    """
    x, grad, p = *rng.normal(size=(2, 5, 4)), float(rng.uniform(0.2, 0.8))
    _, masks, _ = student.run(probes.drops, x, p, int(rng.integers(1000)), TRAINING)

    result = student.dropout_backward(grad=grad, mask=masks[0], p=p)

    slopes, factors = np.zeros(x.shape), _masks(masks)[0] / (1 - p)
    for place in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[place] = 0.5
        slopes[place] = (grad * (x + nudge) * factors).sum() - (grad * (x - nudge) * factors).sum()
    assert_close(result, slopes, rtol=1e-9, atol=1e-12, name="gradient")


def test_gradient_for_any_mask(student, rng):
    """The backward pass takes masks of floats, whole numbers and truth values, and gradients of whole numbers.

    A mask says the same in each of these forms.
    """
    mask, grad = rng.integers(2, size=(3, 6)), rng.integers(1, 10, size=(3, 6))
    mask[0, :2] = (0, 1)
    for form in (float, int, bool):
        result = student.dropout_backward(grad, mask.astype(form), 0.3)

        assert_close(result, grad * mask / 0.7, rtol=1e-9, name="gradient")
    assert_close(student.dropout_backward(grad, mask, 0), 1.0 * grad * mask, rtol=1e-9, name="gradient at p = 0")


@pytest.mark.supporting
def test_refuses_impossible_probabilities(student, rng):
    """A probability below 0, or of 1 or more, is refused and shown, in both modes and backwards.

    With p = 1 nothing would be left to scale up.
    """
    for p in (round(float(rng.uniform(1.1, 9)), 3), 1, 1.0, -0.5, -round(float(rng.uniform(0.1, 9)), 3)):
        for training in (TRAINING, EVALUATION):
            with refuses("p", shown=p):
                student.run(probes.drops, np.ones(3), p, 0, training)
        with refuses("p", shown=p):
            student.dropout_backward(np.ones(3), np.ones(3), p)


@pytest.mark.supporting
def test_refuses_a_mask_of_another_shape(student, rng):
    """A mask of another shape than the gradient is refused, and its shape is shown.

    Many wrong shapes can be stretched, and NumPy does so without a word.
    """
    rows, columns = oracles.sizes(rng, 2)
    for shape in ((columns,), (1, columns), (rows, 1), (columns, rows)):
        with refuses("mask", shown=shape):
            student.dropout_backward(np.ones((rows, columns)), np.ones(shape), 0.5)


@pytest.mark.supporting
def test_arguments_stay_as_they_were(student, rng):
    """Neither inputs nor gradients nor masks are changed, and they may be arrays that cannot be changed.

    `x[coins < p] = 0` writes into the caller's activations.
    """
    x, grad, p = *rng.normal(size=(2, 6, 7)), 0.4

    out, mask, after = student.run(probes.drops_of_frozen, x, p, int(rng.integers(1000)))
    mask = _masks([mask])[0]
    others = student.run(probes.arguments_after, "dropout_backward", grad, mask, p)
    frozen = student.run(probes.with_frozen, "dropout_backward", grad, mask, p)

    assert_close(after, x, rtol=0, name="x afterwards")
    assert_close(out, x * mask / 0.6, rtol=1e-9, atol=1e-12, name="out for a read-only x")
    assert_close(others, [grad, mask, p], rtol=0, name="list of arguments afterwards")
    assert_close(frozen, grad * mask / 0.6, rtol=1e-9, atol=1e-12, name="gradient for read-only arrays")
