import numpy as np
import pytest

from autograder.ch04_first_network import oracles, probes
from course_lib.grading import assert_close, refuses


def test_weights_are_the_agreed_draws(student, rng):
    """The weights are the numbers that the seed's own generator draws, the first layer's first.

    Print the first numbers of `np.random.RandomState(42)` and find them in W1 for seed 42, row by row.
    """
    for seed in (42, *(int(seed) for seed in rng.integers(2**32, size=3))):
        n_in, n_hidden, n_out = oracles.sizes(rng, 3)
        expected = oracles.initial(n_in, n_hidden, n_out, seed)

        params = student.init_params(n_in=n_in, n_hidden=n_hidden, n_out=n_out, seed=seed)

        for key in ("W1", "W2"):
            assert_close(params[key], expected[key], rtol=1e-12, name=key)


def test_biases_start_at_zero(student, rng):
    """Both rows of biases are zero at the start.

    The weights already differ, so the biases need not; each is one row, so that it can be added to every sample.
    """
    n_in, n_hidden, n_out = oracles.sizes(rng, 3)

    params = student.init_params(n_in, n_hidden, n_out, int(rng.integers(1000)))

    assert_close(params["b1"], np.zeros((1, n_hidden)), name="b1")
    assert_close(params["b2"], np.zeros((1, n_out)), name="b2")


def test_exactly_four_arrays_with_the_agreed_shapes(student, rng):
    """There are exactly four arrays, and their shapes fit the layers.

    Write down for each array how many rows and columns it has, and which of the three sizes that is.
    """
    for sizes in (oracles.sizes(rng, 3), [1, 2, 1], [2, 1, 3]):
        expected = oracles.initial(*sizes, seed=0)

        params = student.init_params(*sizes, 0)

        shapes = {key: value.shape for key, value in params.items()}
        assert_close(shapes, {key: value.shape for key, value in expected.items()}, name="dict of shapes")


def test_same_seed_gives_a_fresh_equal_network(student, rng):
    """Asking again with the same seed gives the same numbers, in arrays of their own.

    Make the generator inside the function: one that lives outside has moved on by the second call.
    """
    sizes, seed = oracles.sizes(rng, 3), int(rng.integers(1000))

    params = student.run(probes.after_spoiling, "init_params", *sizes, seed)

    assert_close(params, oracles.initial(*sizes, seed), rtol=1e-12, name="second network")


@pytest.mark.supporting
def test_global_generator_is_left_alone(student, rng):
    """NumPy's global random numbers go on as if nothing had been called.

    Everything in the program shares the state behind `np.random.seed` and `np.random.randn`.
    """
    sizes, seed, other = oracles.sizes(rng, 3), int(rng.integers(1000)), int(rng.integers(1000, 2000))

    draws = student.run(probes.global_draws_around, "init_params", (*sizes, seed), other)

    assert_close(draws, np.random.RandomState(other).random_sample(6), rtol=1e-12, name="row of global random numbers")


@pytest.mark.supporting
def test_refuses_sizes_below_one(student, rng):
    """A size below 1 is refused with a ValueError that says which and what it was.

    NumPy makes arrays with no rows without a word, so the check is yours to write, for each of the three.
    """
    for position, name in enumerate(("n_in", "n_hidden", "n_out")):
        for wrong in (0, -int(rng.integers(2, 9))):
            sizes = oracles.sizes(rng, 3)
            sizes[position] = wrong

            with refuses(name, shown=wrong):
                student.init_params(*sizes, 0)
