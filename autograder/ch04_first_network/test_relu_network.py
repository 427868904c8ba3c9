import numpy as np

from autograder.ch04_first_network import oracles
from course_lib.grading import assert_close, fail


def test_networks_solve_xor_for_practically_every_seed(meets_floor):
    """With a ReLU hidden layer all four rows of XOR come out right, for practically every seed.

    A single run gets stuck now and then. You know the four right answers, so you can see that it did, and start again.
    """
    meets_floor("relu_share")


def test_parameters_form_one_network(student, rng):
    """The parameters are the four arrays of a network with two inputs and one output.

    Return the pair that `train` returns: first the parameters, then the losses.
    """
    params, _ = student.relu_network(int(rng.integers(1000)))

    n_hidden = params["b1"].shape[-1]
    expected = {key: value.shape for key, value in oracles.initial(2, n_hidden, 1, seed=0).items()}
    assert_close({key: value.shape for key, value in params.items()}, expected, name="dict of shapes")
    if not all(value.dtype == np.float64 and np.isfinite(value).all() for value in params.values()):
        fail("The parameters must be finite float64 numbers.")


def test_losses_belong_to_the_parameters(student, rng):
    """The last loss is that of the network that came back, one update earlier.

    After a restart, which run's losses do you return? And does the run use the activation that you judge it by?
    """
    params, losses = student.relu_network(int(rng.integers(1000)))

    losses = np.asarray(losses, dtype=float)
    if losses.ndim != 1 or losses.size == 0 or not np.isfinite(losses).all():
        fail("The losses must be a sequence of finite numbers, one for each epoch.")
    if losses[-1] >= losses[0]:
        fail("The last loss is not lower than the first.")
    reached = oracles.mean_square(oracles.output(params, oracles.XOR_X, "relu"), oracles.XOR_Y)
    if not losses[-1] / 2 <= reached <= losses[-1] * 2:
        fail("The last loss is far from the loss that the returned network has with a ReLU hidden layer.")


def test_seed_decides_the_network(student, rng):
    """The same seed gives the same network again, another seed another one.

    Every random number has to come from the seed, those of a restart too.
    """
    first, second = int(rng.integers(400)), int(rng.integers(500, 900))  # apart, so that restarts do not meet

    networks = [student.relu_network(seed)[0] for seed in (first, first, second)]

    assert_close(networks[1], networks[0], rtol=1e-12, name="second network from the same seed")
    if networks[2]["W1"].shape == networks[0]["W1"].shape and np.array_equal(networks[2]["W1"], networks[0]["W1"]):
        fail("Two different seeds gave the same network.")


def test_large_seeds_are_seeds_too(student, rng):
    """Seeds up to the largest that the contract allows give a network of the right form.

    `RandomState` accepts seeds below 2**32. How large can the seeds become that you derive for restarts?
    """
    seed = 2**31 - 1 - int(rng.integers(1000))

    params, losses = student.relu_network(seed)

    n_hidden = params["b1"].shape[-1]
    assert_close(params["W1"].shape, (2, n_hidden), name="shape of W1")
    if not np.isfinite(np.asarray(losses, dtype=float)).all():
        fail("The losses must be finite numbers.")
