"""What is measured over many seeds, and compared with a calibrated floor. Larger is better."""

import numpy as np

from autograder.ch06_pytorch import oracles, probes

MANY = 1_000_000  # seeds of ordinary size


def moved_accuracy(student, seed):
    """Share of 500 test digits, each moved by a pixel, that a small network reads after one epoch of training."""
    rng = np.random.default_rng(seed)
    images, labels = oracles.moved_digits(rng, 500)
    settings = {"epochs": 1, "hidden": (48,), "dropout": 0.1, "batch_size": 32, "seed": int(rng.integers(MANY))}
    return oracles.share_right(student.run(probes.experiment_on_digits, settings, images), labels)


def first_epoch_margin(student, seed):
    """How much lower the loss of the first epoch is with batch norm, on 1000 of the real training digits."""
    rng = np.random.default_rng(seed)
    settings = {"seed": int(rng.integers(MANY)), "epochs": 1}
    study = student.run(probes.study_alone, oracles.some_digits(rng, 1000, 50), settings)
    return float(study["plain"]["train_loss"][0]) - float(study["batchnorm"]["train_loss"][0])
