"""What is measured over many seeds, and compared with a calibrated floor. Larger is better."""

import numpy as np

from autograder.ch04_first_network import oracles

MANY = 1_000_000  # seeds of ordinary size: what happens to large ones is a question of its own


def _seeds(seed, count):
    return [int(each) for each in np.random.default_rng(seed).integers(MANY, size=count)]


def _without_mistakes(networks, X, y, hidden):
    return [oracles.rows_right(params, X, y, hidden) == 1 for params in networks]


def four_unit_share(student, seed):
    """Share of four random starts from which `hidden_size_study` finds that four hidden units solve XOR."""
    return float(student.hidden_size_study([4], _seeds(seed, 4))[4])


def relu_share(student, seed):
    """Share of eight seeds whose `relu_network` gets all four rows of XOR right; a usual first start gets stuck."""
    seeds = np.random.default_rng(seed).choice(oracles.STUBBORN, size=8, replace=False)
    networks = [student.relu_network(int(each))[0] for each in seeds]
    return float(np.mean(_without_mistakes(networks, oracles.XOR_X, oracles.XOR_Y, "relu")))


def parity_share(student, seed):
    """Share of six networks of `train_parity`, two of two bits and four of three, that get every row right."""
    solved = []
    for n_bits, count in ((2, 2), (3, 4)):
        networks = [student.train_parity(n_bits, each) for each in _seeds(seed + n_bits, count)]
        solved += _without_mistakes(networks, *oracles.parity(n_bits), "sigmoid")
    return float(np.mean(solved))


# Of how many independent starts each is the share: calibration then counts starts, not results.
four_unit_share.starts = 4
relu_share.starts = 8
parity_share.starts = 6
