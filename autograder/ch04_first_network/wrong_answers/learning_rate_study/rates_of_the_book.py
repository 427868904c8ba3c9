"""You halve the rates, as if the book's were passed. The rates that come in are meant for your `train`, whose
gradient is exact.

Caught by: test_every_rate_starts_afresh, test_all_epochs_are_there
"""


def learning_rate_study(rates):
    study = {}
    for rate in rates:
        params, losses = train(XOR_X, XOR_Y, learning_rate=rate / 2)
        study[rate] = losses
    return study
