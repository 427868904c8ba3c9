import numpy as np
import pytest

from autograder.ch04_first_network import oracles, probes
from course_lib.grading import assert_close, refuses

DEFAULT_WIDTH = 4


def test_first_losses_agree_with_a_slow_run(student, rng):
    """The losses of the first epochs are those of an independent computation.

    `losses[0]` belongs to the untouched starting parameters. Do you write the loss down before the update or after?
    """
    n, n_in, n_hidden, n_out = oracles.sizes(rng, 4, without=DEFAULT_WIDTH)
    for rows in (n, 1, 300):
        _, X, y = oracles.problem(rng, rows, n_in, n_hidden, n_out)
        settings = {"n_hidden": n_hidden, "learning_rate": rng.uniform(0.5, 2.5), "seed": int(rng.integers(1000))}

        _, losses = student.train(X, y, epochs=20, **settings)

        assert_close(losses, oracles.training(X, y, epochs=20, **settings)[1], rtol=1e-9, name="list of losses")


def test_parameters_are_those_after_the_last_update(student, rng):
    """The parameters that come back are those after the last update.

    Follow one epoch of the tiny network of the text by hand: do all four arrays move, and by how much?
    """
    n, n_in, n_hidden, n_out = oracles.sizes(rng, 4, without=DEFAULT_WIDTH)
    _, X, y = oracles.problem(rng, n, n_in, n_hidden, n_out)
    settings = {"n_hidden": n_hidden, "learning_rate": rng.uniform(0.5, 2.5), "seed": int(rng.integers(1000))}

    for epochs in (1, 12):
        params, _ = student.train(X, y, epochs=epochs, **settings)

        expected = oracles.training(X, y, epochs=epochs, **settings)[0]
        assert_close(params, expected, rtol=1e-8, atol=1e-10, name="parameters")


def test_relu_hidden_layer(student, rng):
    """With `hidden="relu"` the whole run uses a ReLU hidden layer.

    The argument has to travel on to the forward pass of every epoch.
    """
    n, n_in, n_hidden, n_out = oracles.sizes(rng, 4, without=DEFAULT_WIDTH)
    _, X, y = oracles.problem(rng, n, n_in, n_hidden, n_out)
    settings = {"n_hidden": n_hidden, "hidden": "relu", "learning_rate": rng.uniform(0.1, 0.4), "seed": 3}

    params, losses = student.train(X, y, epochs=12, **settings)

    expected_params, expected_losses = oracles.training(X, y, epochs=12, **settings)
    assert_close(losses, expected_losses, rtol=1e-8, name="list of losses")
    assert_close(params, expected_params, rtol=1e-8, atol=1e-10, name="parameters")


def test_no_epochs(student, rng):
    """Without an epoch the starting parameters come back, and no loss.

    A loop over `range(0)` does nothing; is there anything before or after yours that should not happen then?
    """
    n, n_in, n_hidden, n_out = oracles.sizes(rng, 4, without=DEFAULT_WIDTH)
    _, X, y = oracles.problem(rng, n, n_in, n_hidden, n_out)
    seed = int(rng.integers(1000))

    params, losses = student.train(X, y, n_hidden=n_hidden, epochs=0, seed=seed)

    assert_close(params, oracles.initial(n_in, n_hidden, n_out, seed), rtol=1e-12, name="parameters")
    assert_close(len(losses), 0, name="number of losses")


def test_follows_the_book_to_the_printed_digits(student):
    """With every default, XOR is learned as in the book's own program: the same losses and the same predictions.

    Every epoch counts, from the first to the last: nothing is skipped, stopped early or started again.
    """
    params, losses = student.train(oracles.XOR_X, oracles.XOR_Y)

    assert_close(len(losses), 10_000, name="number of losses")
    printed = np.array([losses[epoch] for epoch in oracles.BOOK_LOSSES])
    assert_close(printed, np.array(list(oracles.BOOK_LOSSES.values())), atol=6e-7, rtol=0, name="row of printed losses")
    answers = oracles.output(params, oracles.XOR_X)
    assert_close(answers, oracles.BOOK_OUTPUTS, atol=6e-4, rtol=0, name="table of predictions")


def test_solves_xor_from_other_starts(student, rng):
    """XOR is also solved from other starts and by a wider network, in fewer epochs.

    The seed and the width are arguments of yours: both have to reach the starting parameters.
    """
    for n_hidden in (4, 6):
        seed = int(rng.integers(400))  # each of them solves it in 1200 epochs, with 4 units and with 6

        params, losses = student.train(oracles.XOR_X, oracles.XOR_Y, n_hidden, epochs=1200, seed=seed)

        share = oracles.rows_right(params, oracles.XOR_X, oracles.XOR_Y)
        assert_close(params["W1"].shape, (2, n_hidden), name="shape of W1")
        assert_close(share, 1.0, name="share of rows that are right")
        start = oracles.initial(2, n_hidden, 1, seed)
        first = oracles.mean_square(oracles.output(start, oracles.XOR_X), oracles.XOR_Y)
        assert_close(float(losses[0]), first, rtol=1e-9, name="first loss")


@pytest.mark.supporting
def test_refuses_data_that_do_not_fit(student, rng):
    """Inputs or targets that are not tables with equally many rows are refused, and their shape is shown.

    A row of targets with one axis too few would be stretched silently later on: look at both shapes first.
    """
    n, n_in = oracles.sizes(rng, 2)

    for shape in ((n,), (0, n_in)):
        with refuses("X", shown=shape):
            student.train(np.ones(shape), np.ones((shape[0], 1)), epochs=2)
    for shape in ((n,), (n + 1, 1), (1, 1)):
        with refuses("y", shown=shape):
            student.train(np.ones((n, n_in)), np.ones(shape), epochs=2)


@pytest.mark.supporting
def test_refuses_a_negative_number_of_epochs(student, rng):
    """A negative number of epochs is refused, and shown.

    `range` of a negative number is empty, so nothing complains by itself.
    """
    _, X, y = oracles.problem(rng, *oracles.sizes(rng, 4, without=DEFAULT_WIDTH))

    for epochs in (-1, -int(rng.integers(2, 9))):
        with refuses("epochs", shown=epochs):
            student.train(X, y, epochs=epochs)


@pytest.mark.supporting
def test_arguments_stay_as_they_were(student, rng):
    """Inputs and targets are not changed, and may be arrays that cannot be changed.

    Only the parameters learn; the data are the caller's.
    """
    n, n_in, n_hidden, n_out = oracles.sizes(rng, 4, without=DEFAULT_WIDTH)
    _, X, y = oracles.problem(rng, n, n_in, n_hidden, n_out)

    after = student.run(probes.arguments_after, "train", X, y, n_hidden, "sigmoid", 1.0, 3)
    _, losses = student.run(probes.with_frozen, "train", X, y, n_hidden, "sigmoid", 1.0, 3)

    assert_close(after[:2], [X, y], rtol=0, name="list of data afterwards")
    expected = oracles.training(X, y, n_hidden, learning_rate=1.0, epochs=3)[1]
    assert_close(losses, expected, rtol=1e-9, name="list of losses for read-only arrays")
