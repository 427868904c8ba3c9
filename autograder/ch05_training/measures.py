"""What is measured over many seeds, and compared with a calibrated floor. Larger is better."""

import math

# Training losses of the contest after the first and after the fifth epoch: geometric means over the seeds 100 ... 129.
TYPICAL = {"adam": (0.746, 0.196), "sgd": (1.132, 0.224)}


def race_as_usual(student, seed):
    """How close the training losses of both optimizers come to the usual ones, as minus the largest log ratio."""
    race = student.compare_optimizers(seed)
    ends = {name: (race[name]["train_loss"][0], race[name]["train_loss"][4]) for name in TYPICAL}
    pairs = [pair for name in TYPICAL for pair in zip(ends[name], TYPICAL[name], strict=True)]
    return -max(abs(math.log(loss / usual)) for loss, usual in pairs)


def gap_closed_by_dropout(student, seed):
    """By how much a rate of 0.5 closes the gap: validation minus training loss, mean of the last five epochs."""
    study = student.dropout_study([0.0, 0.5], seed)
    without, halved = (
        sum(study[rate]["val_loss"][epoch] - study[rate]["train_loss"][epoch] for epoch in range(10, 15)) / 5
        for rate in (0.0, 0.5)
    )
    return without - halved
