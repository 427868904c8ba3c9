"""What is measured over many seeds, and compared with a calibrated floor. Larger is better."""

import numpy as np

from autograder.ch04_first_network import oracles

LARGEST_SEED = 2**31 - 1


def _seeds(seed, count):
    return [int(each) for each in np.random.default_rng(seed).integers(LARGEST_SEED, size=count)]


def _share_without_mistakes(networks, X, y, hidden):
    return float(np.mean([oracles.rows_right(params, X, y, hidden) == 1 for params in networks]))


def four_unit_share(student, seed):
    """Share of random starts from which `hidden_size_study` finds that four hidden units solve XOR (one start)."""
    return float(student.hidden_size_study([4], _seeds(seed, 1))[4])


def relu_share(student, seed):
    """Share of six seeds whose `relu_network` gets all four rows of XOR right."""
    networks = [student.relu_network(each)[0] for each in _seeds(seed, 6)]
    return _share_without_mistakes(networks, oracles.XOR_X, oracles.XOR_Y, "relu")


def parity_share(student, seed):
    """Share of four networks of `train_parity`, two of two bits and two of three, that get every row right."""
    shares = []
    for n_bits in (2, 3):
        networks = [student.train_parity(n_bits, each) for each in _seeds(seed + n_bits, 2)]
        shares.append(_share_without_mistakes(networks, *oracles.parity(n_bits), "sigmoid"))
    return float(np.mean(shares))
