import numpy as np
import pytest
import torch

from autograder.ch05_training import oracles, probes
from course_lib.grading import assert_close, fail, refuses


def test_every_sample_exactly_once(student, rng):
    """Every row of the data is in exactly one batch, in the last and shorter one too.

    Take ten rows in portions of four by hand. How many batches are there, and how large is the last?
    """
    few, many = sorted(oracles.sizes(rng, 2, 3, 12))
    for n, batch_size in ((3 * many + few, many), (2 * many, many), (many, 1), (few, few), (1, 1), (300, 64)):
        X = rng.permutation(n * 10)[:n]

        (epoch,) = student.run(probes.epochs_of, X, X, batch_size, 3)

        short = n % batch_size
        wanted = [batch_size] * (n // batch_size) + [short] * (short > 0)
        assert_close([len(X_batch) for X_batch, _ in epoch], wanted, name="list of the sizes of the batches")
        assert_close(np.sort(np.concatenate([b for b, _ in epoch])), np.sort(X), name="rows of all batches, sorted")


def test_pairs_stay_together(student, rng):
    """Every row of X_batch comes with its own row of y_batch, however many axes they have.

    Draw one order and use it for both.
    """
    n, columns = 23, int(rng.integers(2, 6))
    y = rng.normal(size=n)
    for X in (y[:, None] * np.arange(1, columns + 1), y[:, None, None, None] * np.ones((1, 2, 3, 4))):
        batches = student.run(probes.epoch_by_keyword, X, y[:, None], 5, 1)

        assert_close(sum(len(X_batch) for X_batch, _ in batches), n, name="number of rows in all batches")
        for X_batch, y_batch in batches:
            assert_close(y_batch.shape, (len(X_batch), 1), name="shape of y_batch")
            wanted = y_batch.reshape(-1, *[1] * (X.ndim - 1)) * (X[0] / y[0])
            assert_close(X_batch, wanted, rtol=1e-9, name="X_batch for this y_batch")


def test_one_batch_where_the_size_exceeds_the_data(student, rng):
    """With a batch size above the number of rows there is one batch, with all of them.

    A slice may end beyond the data.
    """
    n = int(rng.integers(2, 9))
    X = rng.permutation(100)[:n]

    (epoch,) = student.run(probes.epochs_of, X, 2 * X, n + int(rng.integers(1, 9)), 5)

    assert_close(len(epoch), 1, name="number of batches")
    assert_close(np.sort(epoch[0][0]), np.sort(X), name="rows of the batch, sorted")
    assert_close(epoch[0][1], 2 * epoch[0][0], name="y_batch")


def test_order_is_random(student, rng):
    """The order is random, and every position may come first.

    If the same rows are always together, only the batches were shuffled, or only the rows inside them.
    """
    n = 12
    first, together = set(), 0
    for epoch in student.run(probes.epochs_of, np.arange(n), np.arange(n), 4, int(rng.integers(10**6)), 300):
        batches = [np.asarray(X_batch).tolist() for X_batch, _ in epoch]
        first.add(batches[0][0])
        together += any({0, 1} <= set(batch) for batch in batches)

    if len(first) < n:
        fail("Some rows never come first, whatever the generator.")
    # two given rows share a batch with chance 3/11: of 300 epochs in 82 on average, with a deviation of 7.7
    if not 36 <= together <= 128:
        fail("Rows that are neighbours in the data share a batch far too often, or far too rarely.")


def test_every_call_has_a_new_order(student, rng):
    """The next call with the same generator has another order; a generator with the same seed repeats it.

    A generator that is made, or seeded, inside the function starts again each time.
    """
    X, seed = np.arange(40), int(rng.integers(1000))

    epochs = student.run(probes.epochs_of, X, X, 7, seed, 3)
    (again,) = student.run(probes.epochs_of, X, X, 7, seed)

    orders = [np.concatenate([X_batch for X_batch, _ in epoch]) for epoch in (*epochs, again)]
    if np.array_equal(orders[0], orders[1]) or np.array_equal(orders[1], orders[2]):
        fail("Two calls with the same generator gave the same order.")
    assert_close(orders[3], orders[0], name="order of a generator with the same seed")


def test_only_the_given_generator_is_used(student, rng):
    """The order comes from the generator that was passed and from nothing else.

    `np.random.permutation` draws from a generator that all code shares.
    """
    X = rng.permutation(200)

    first, second, drawn = student.run(probes.epochs_with_global_draws, X, 50, int(rng.integers(1000)))

    assert_close(second, first, name="first batch, drawn with another global state")
    if len(first) != 50:
        fail("The first batch has the wrong size.")
    assert_close(drawn, np.random.RandomState(2).random_sample(3), name="what the global generator draws afterwards")


def test_tensors_are_data_too(student, rng):
    """Tensors come back as tensors, in the same way.

    They are indexed by an array of positions just as arrays are.
    """
    images, labels = torch.tensor(rng.normal(size=(11, 2, 3)), dtype=torch.float32), torch.arange(11)

    (epoch,) = student.run(probes.epochs_of, images, labels, 4, int(rng.integers(1000)))

    for X_batch, y_batch in epoch:
        if not isinstance(y_batch, torch.Tensor):
            fail("Tensors must come back as tensors.")
        assert_close(X_batch, images[y_batch], name="X_batch for this y_batch")
    assert_close(
        sorted(torch.cat([y for _, y in epoch]).tolist()), list(range(11)), name="sorted labels of all batches"
    )


@pytest.mark.supporting
def test_refuses_empty_batches(student, rng):
    """A batch size below 1 is refused, and shown.

    `range` with a step of 0 complains about itself, and with a negative one it is silently empty.
    """
    for batch_size in (0, -1, -int(rng.integers(2, 9))):
        with refuses("batch_size", shown=batch_size):
            student.run(probes.epochs_of, np.arange(6), np.arange(6), batch_size, 0)


@pytest.mark.supporting
def test_refuses_data_that_do_not_fit(student, rng):
    """Data without a row, and targets that are not one for each row, are refused, and the shape is shown.

    Too many targets do not show by themselves: the last ones are simply never used.
    """
    n = int(rng.integers(4, 9))
    for rows in (n - 1, n + 1, 1, 0):
        with refuses("y", shown=(rows, 2)):
            student.run(probes.epochs_of, np.zeros((n, 3)), np.zeros((rows, 2)), 2, 0)
    with refuses("X", shown=(0, 3)):
        student.run(probes.epochs_of, np.zeros((0, 3)), np.zeros(0), 2, 0)


@pytest.mark.supporting
def test_data_stay_as_they_were(student, rng):
    """X and y are not changed, and may be arrays that cannot be changed.

    `rng.shuffle(X)` would shuffle the caller's own data.
    """
    X = rng.normal(size=(9, 2))
    y = X.sum(axis=1)

    batches, X_after, y_after = student.run(probes.epoch_of_frozen, X, y, 4, 2)

    assert_close([X_after, y_after], [X, y], rtol=0, name="list of data afterwards")
    for X_batch, y_batch in batches:
        assert_close(y_batch, X_batch.sum(axis=1), rtol=1e-9, name="y_batch of read-only data")
