import math

import numpy as np
import pytest

from autograder.ch02_math import oracles, probes
from course_lib.grading import assert_close, fail, refuses


def test_random_batches(student, rng):
    """The loss is the mean, over the samples, of minus the logarithm of the right class's probability.

    Do the example of the text by hand. Is it the natural logarithm, the mean, and the probability of the label?
    """
    few, many = sorted(oracles.sizes(rng, 2))
    for n, classes in ((few, many), (many, few)):
        logits, labels = rng.normal(scale=2, size=(n, classes)), rng.integers(classes, size=n)
        labels[0], labels[1] = classes - 1, 0

        assert_close(student.cross_entropy(logits, labels), oracles.cross_entropy(logits, labels), name="loss")


def test_batch_of_one(student, rng):
    """A batch of one sample has the loss of that sample, which is 0 where there is only one class.

    Its logits have shape (1, K), its labels (1,).
    """
    classes = int(rng.integers(3, 9))
    logits, labels = rng.normal(size=(1, classes)), rng.integers(classes, size=1)

    loss = student.cross_entropy(labels=labels, logits=logits)

    assert_close(loss, oracles.cross_entropy(logits, labels), name="loss")
    assert_close(student.cross_entropy(logits[:, :1], np.array([0])), 0.0, atol=1e-12, name="loss with one class")


def test_confident_mistakes_stay_finite(student, rng):
    """Where the right class is thousands behind, the loss is right, finite and computed without a warning.

    A probability that has been rounded to 0 has lost everything. Take the logarithm while the scores are still there.
    """
    n, classes = oracles.sizes(rng, 2)
    for size in (1e3, 1e4):
        logits, labels = rng.uniform(-size, size, size=(n, classes)), rng.integers(classes, size=n)
        logits[0, :2], labels[0] = (size, -size), 1

        loss, warned = student.run(probes.with_warnings, "cross_entropy", logits, labels)

        assert_close(loss, oracles.cross_entropy(logits, labels), name="loss")
        if warned:
            fail("The loss is right, but NumPy warned while it was computed.")


def test_whole_numbers_lists_and_float32(student, rng):
    """Whole numbers, lists and float32 logits are as good, and nothing is lost on the way.

    Make float64 numbers of the logits first, whatever they were.
    """
    n, classes = oracles.sizes(rng, 2)
    whole, coarse = rng.integers(-4, 5, size=(n, classes)), rng.normal(size=(n, classes)).astype(np.float32)
    labels = rng.integers(classes, size=n)

    for logits, right in ((whole, labels), (whole.tolist(), labels.tolist()), (coarse, labels.astype(np.uint8))):
        assert_close(student.cross_entropy(logits, right), oracles.cross_entropy(logits, right), name="loss")


def test_nan_is_not_hidden(student, rng):
    """A `nan` among the logits makes the loss `nan`.

    A loss that looks healthy although the network is not would be worse than none.
    """
    n, classes = oracles.sizes(rng, 2)
    logits, labels = rng.normal(size=(n, classes)), rng.integers(classes, size=n)
    logits[1, 2] = np.nan

    assert_close(student.cross_entropy(logits, labels), math.nan, name="loss")


@pytest.mark.supporting
def test_refuses_labels_that_are_no_class(student, rng):
    """A label below 0 or above the last class is refused, and shown.

    To NumPy -1 means the last one, so it does not complain. And the classes are counted by the columns, not the rows.
    """
    few, many = sorted(oracles.sizes(rng, 2))
    for n, classes in ((few, many), (many, few)):
        for bad in (classes + int(rng.integers(1, 5)), -1, classes, -classes):
            labels = rng.integers(classes, size=n)
            labels[int(rng.integers(n))] = bad

            with refuses("labels", shown=bad):
                student.cross_entropy(rng.normal(size=(n, classes)), labels)


@pytest.mark.supporting
def test_refuses_labels_of_another_shape(student, rng):
    """Labels of any shape but (N,) are refused, and their shape is shown.

    A column or a table of zeros and ones would be stretched or misread silently. Compare the shapes first.
    """
    n, classes = oracles.sizes(rng, 2)

    for shape in ((n, 1), (1, n), (n + 1,), (n - 1,), (1,), (n, classes), (0,), ()):
        with refuses("labels", shown=shape):
            student.cross_entropy(rng.normal(size=(n, classes)), np.asarray(rng.integers(classes, size=shape)))


@pytest.mark.supporting
def test_refuses_logits_that_are_no_batch(student, rng):
    """Logits without exactly two axes, or without entries, are refused, and their shape is shown.

    The mean over no samples is not a number; NumPy returns `nan` and a warning.
    """
    n, classes = oracles.sizes(rng, 2)

    for shape in ((classes,), (2, n, classes), (0, classes), (n, 0)):
        with refuses("logits", shown=shape):
            student.cross_entropy(np.zeros(shape), np.zeros(shape[:1], dtype=int))


@pytest.mark.supporting
def test_arguments_stay_as_they_were(student, rng):
    """Neither logits nor labels are changed, and they may be arrays that cannot be changed.

    `logits -= …` writes into the caller's array; `logits - …` makes a new one.
    """
    n, classes = oracles.sizes(rng, 2)
    logits, labels = rng.normal(size=(n, classes)), rng.integers(classes, size=n)

    after = student.run(probes.arguments_after, "cross_entropy", logits, labels)
    frozen = student.run(probes.with_frozen, "cross_entropy", logits, labels)

    assert_close(after, [logits, labels], rtol=0, name="list of arguments afterwards")
    assert_close(frozen, oracles.cross_entropy(logits, labels), name="loss")
