import numpy as np
import pytest

from autograder.ch04_first_network import oracles
from course_lib.grading import assert_close, fail, refuses


def test_rows_count_upwards(student):
    """The inputs are all the numbers that the bits can write, in counting order, the most significant bit first.

    Write the rows for three bits on paper, number them from 0, and read each row as a binary number.
    """
    for n_bits in (1, 2, 3, 4, 5):
        X, _ = student.parity_data(n_bits)

        assert_close(X, oracles.parity(n_bits)[0], name="X")


def test_targets_say_whether_the_count_is_odd(student):
    """The target is 1 where the number of ones in the row is odd, whatever the number of bits.

    Take the row of three ones: how many are there, is that odd, and what does your function say?
    """
    for n_bits in (1, 2, 3, 4, 5):
        _, y = student.parity_data(n_bits=n_bits)

        assert_close(y, oracles.parity(n_bits)[1], name="y")


@pytest.mark.supporting
def test_refuses_fewer_than_one_bit(student, rng):
    """A number of bits below 1 is refused, and shown.

    Without the check NumPy makes something out of nothing, or complains about something else.
    """
    for n_bits in (0, -int(rng.integers(2, 9))):
        with refuses("n_bits", shown=n_bits):
            student.parity_data(n_bits)


def test_networks_are_right_for_practically_every_seed(meets_floor):
    """With two and with three bits every row comes out right, for practically every seed.

    A cube needs more cuts than a square. Is the hidden layer wide enough, and does every row count?
    """
    meets_floor("parity_share")


def test_network_has_an_input_for_every_bit(student, rng):
    """The network has one input for each bit and one output.

    The number of bits decides the data, and the data decide the number of inputs.
    """
    for n_bits in (2, 3):
        params = student.train_parity(n_bits, int(rng.integers(1000)))

        n_hidden = params["b1"].shape[-1]
        expected = {key: value.shape for key, value in oracles.initial(n_bits, n_hidden, 1, seed=0).items()}
        assert_close({key: value.shape for key, value in params.items()}, expected, name="dict of shapes")


def test_seed_decides_the_network(student, rng):
    """The same seed gives the same network again, another seed another one, and large seeds are seeds too.

    Every random number has to come from the seed, those of a restart too, and `RandomState` accepts seeds below 2**32.
    """
    first, second = int(rng.integers(1000)), 2**31 - 1 - int(rng.integers(1000))

    networks = [student.train_parity(2, seed=seed) for seed in (first, first, second)]

    assert_close(networks[1], networks[0], rtol=1e-12, name="second network from the same seed")
    if networks[2]["W1"].shape == networks[0]["W1"].shape and np.array_equal(networks[2]["W1"], networks[0]["W1"]):
        fail("Two different seeds gave the same network.")
