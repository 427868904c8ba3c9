"""You halve the rates, as if your `train` used the book's gradient, which is twice as large here. Yours is exact: pass
the rates on as they come.

Caught by: test_every_rate_starts_afresh, test_all_epochs_are_there
"""


def learning_rate_study(rates):
    study = {}
    for rate in rates:
        params, losses = train(XOR_X, XOR_Y, learning_rate=rate / 2)
        study[rate] = losses
    return study
