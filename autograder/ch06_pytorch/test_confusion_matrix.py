import numpy as np
import pytest
import torch

from autograder.ch06_pytorch import oracles, probes
from course_lib.grading import assert_close, fail, refuses

VISIBLE = 20  # of 255: two colours that differ by more look different to a reader


def pairs(rng, n, n_classes):
    """Return n predictions and labels; predictions are right more often than not."""
    labels = rng.integers(n_classes, size=n)
    predictions = np.where(rng.random(n) < 0.6, labels, rng.integers(n_classes, size=n))
    return predictions, labels


def cycle(rng, n, *counts):
    """Return a table with the first count on the diagonal, the second one on a cycle, and zeros."""
    order = rng.permutation(n)
    cm = np.diag(np.full(n, counts[0]))
    cm[order, np.roll(order, 1)] = counts[1]
    return cm


def test_pairs_are_counted(student, rng):
    """Entry [t, p] counts the samples of class t that were predicted as p.

    Go through the six samples of the text with a pencil. Which index is the row?
    """
    for n_classes, n in ((10, 60), (int(rng.integers(3, 8)), 40), (2, 9), (1, 3)):
        predictions, labels = pairs(rng, n, n_classes)

        cm = student.confusion_matrix(predictions, labels, n_classes=n_classes)

        assert_close(cm, oracles.confusion(predictions, labels, n_classes), name="confusion matrix")


def test_ten_classes_unless_given(student, rng):
    """Without a number of classes there are ten, also when some of them do not occur.

    The size of the table does not depend on the data.
    """
    predictions, labels = pairs(rng, 30, 4)

    cm = student.confusion_matrix(predictions=predictions, labels=labels)

    assert_close(cm, oracles.confusion(predictions, labels, 10), name="confusion matrix")


def test_tensors_lists_and_small_integers(student, rng):
    """Tensors, lists and arrays of any integer type are counted alike.

    A `uint8` ends at 255: whoever computes with it, say label times ten plus prediction, starts again at 0.
    """
    predictions, labels = pairs(rng, 400, 40)
    expected = oracles.confusion(predictions, labels, 40)

    cases = [
        (torch.from_numpy(predictions), torch.from_numpy(labels)),
        (predictions.tolist(), labels.tolist()),
        (predictions.astype(np.uint8), labels.astype(np.uint8)),
        (torch.from_numpy(predictions.astype(np.uint8)), torch.from_numpy(labels.astype(np.uint8))),
    ]
    for said, true in cases:
        assert_close(student.confusion_matrix(said, true, 40), expected, name="confusion matrix")


def test_most_frequent_mistake(student, rng):
    """The most frequent mistake is the largest count off the diagonal, as a pair (true, predicted).

    The diagonal holds what is right, and is nearly always larger.
    """
    for n in (int(rng.integers(4, 9)), 2):
        cm = rng.permutation(np.arange(1, n * n + 1)).reshape(n, n)
        cm[np.arange(n), np.arange(n)] += 40 * rng.integers(2, size=n)

        assert_close(student.most_confused(cm), oracles.most_confused(cm), name="pair")


def test_ties_go_to_the_smallest_pair(student, rng):
    """Of equal counts the pair with the smallest true class wins, then the one with the smallest prediction.

    Without any mistake all pairs tie at zero.
    """
    n = int(rng.integers(4, 8))
    few = np.diag(rng.integers(5, 9, size=n))
    rows, columns = [1, 2, 3], [2, 0, 1]
    few[rows, columns] = 4

    for cm in (few, few.T.copy(), np.diag(np.arange(1, n + 1)), np.zeros((n, n), dtype=np.int64)):
        assert_close(student.most_confused(cm), oracles.most_confused(cm), name="pair")


def test_fields_show_the_counts(student, rng):
    """The field where a true class meets a prediction has the colour of their count.

    True classes lie along the y-axis, predictions along the x-axis. Follow the ticks of one mistake.
    """
    n = int(rng.integers(5, 9))
    cm = cycle(rng, n, 30, 50)

    picture = student.run(probes.confusion_picture, cm)

    order = [[_class_of(words) for _, words in axis] for axis in picture["ticks"]]
    if any(sorted(axis, key=str) != sorted(range(n), key=str) for axis in order):
        fail("There is not exactly one tick with its number for every class on each axis.")
    shown = cm[np.ix_(order[1], order[0])]
    groups = [picture["colours"][shown == count] for count in (0, 30, 50)]
    if any(np.ptp(group, axis=0).max() > VISIBLE for group in groups):
        fail("Fields with equal counts have different colours.")
    means = [group.mean(axis=0) for group in groups]
    if min(np.abs(means[a] - means[b]).max() for a, b in ((0, 1), (0, 2), (1, 2))) <= VISIBLE:
        fail("Fields with very different counts have the same colour.")


def test_ticks_name_every_class(student, rng):
    """Each axis has one tick for every class, in the middle of its fields, labelled with its number.

    Without `ax.set_xticks` and `ax.set_yticks` Matplotlib leaves some out as soon as there are many.
    """
    for n in (10, int(rng.integers(11, 15)), 2):
        for axis in student.run(probes.confusion_words, cycle(rng, n, 9, 3))["ticks"]:
            classes = [_class_of(words) for _, words in axis]
            if sorted(classes, key=str) != sorted(range(n), key=str):
                fail("There is not exactly one tick with its number for every class on each axis.")
            middles = np.array([at for at, _ in axis])[np.argsort(classes)]
            if not np.allclose(np.abs(np.diff(middles)), np.abs(middles[1] - middles[0])):
                fail("The ticks do not lie equally far apart.")


def _class_of(words):
    try:
        number = float(words)
    except ValueError:
        return words
    return int(number) if number == int(number) else words


def test_labels_say_which_axis_is_the_truth(student, rng):
    """The label of the x-axis contains the word "predicted", that of the y-axis the word "true".

    Without them nobody knows how to read the table.
    """
    labels = student.run(probes.confusion_words, cycle(rng, 4, 9, 3))["labels"]

    if "predicted" not in labels[0].lower() or "true" not in labels[1].lower():
        fail("The labels of the axes do not say which of them is the truth.")


@pytest.mark.supporting
def test_refuses_rows_that_do_not_fit(student, rng):
    """Predictions that are no row or empty, and labels of another shape, are refused, and the shape is shown.

    Compare the shapes before you count.
    """
    n = int(rng.integers(3, 9))
    for shape in ((n, 1), (2, 2), (), (0,)):
        with refuses("predictions", shown=shape):
            student.confusion_matrix(np.zeros(shape, dtype=int), np.zeros(shape, dtype=int))
    for shape in ((n + 1,), (n - 1,), (n, 1), (1,)):
        with refuses("labels", shown=shape):
            student.confusion_matrix(np.zeros(n, dtype=int), np.zeros(shape, dtype=int))


@pytest.mark.supporting
def test_refuses_what_is_no_class(student, rng):
    """Numbers that are no class are refused, and shown: too large ones, and negative ones.

    NumPy takes −1 for the last row, without a word.
    """
    n_classes = int(rng.integers(3, 8))
    good = rng.integers(n_classes, size=6)
    for wrong in (n_classes + 5, -1, n_classes):
        bad = good.copy()
        bad[int(rng.integers(6))] = wrong
        with refuses("predictions", shown=wrong):
            student.confusion_matrix(bad, good, n_classes)
        with refuses("labels", shown=wrong):
            student.confusion_matrix(good, bad, n_classes)


@pytest.mark.supporting
def test_refuses_tables_without_mistakes_to_make(student, rng):
    """A table that is not square, or smaller than 2 × 2, is refused, and its shape shown.

    With a single class there is nothing to confuse.
    """
    n = int(rng.integers(3, 7))
    for shape in ((n, n + 1), (n + 1, n), (1, 1), (n,), (n, n, n)):
        with refuses("cm", shown=shape):
            student.most_confused(np.ones(shape, dtype=int))


@pytest.mark.supporting
def test_arguments_stay_as_they_were(student, rng):
    """Predictions, labels and the table are not changed, and may be arrays that cannot be changed.

    `np.fill_diagonal` writes into the table that it is given.
    """
    predictions, labels = pairs(rng, 20, 5)
    cm = oracles.confusion(predictions, labels, 5)

    after = student.run(probes.arguments_after, "confusion_matrix", predictions, labels, 5)
    assert_close(after[:2], [predictions, labels], name="list of arguments afterwards")
    after = student.run(probes.arguments_after, "most_confused", cm)
    assert_close(after, [cm], name="list of arguments afterwards")
    frozen = student.run(probes.with_frozen, "most_confused", cm)
    assert_close(frozen, oracles.most_confused(cm), name="pair of a read-only table")
    frozen = student.run(probes.with_frozen, "confusion_matrix", predictions, labels, 5)
    assert_close(frozen, cm, name="confusion matrix of read-only arrays")
