"""Your dictionary starts with the three rates of the notebook, whatever was asked for. Only the rates that were
passed belong in it.

Caught by: test_every_rate_starts_afresh, test_without_rates_there_are_no_runs
"""


def learning_rate_study(rates):
    study = {}
    for rate in {*rates, 0.02, 4.0, 40.0}:
        params, losses = train(XOR_X, XOR_Y, learning_rate=rate)
        study[rate] = losses
    return study
