"""The keys of your dictionary are texts. Then `study[4.0]` finds nothing; the key is the rate itself.

Caught by: test_every_rate_starts_afresh, test_all_epochs_are_there, test_final_losses_are_ordered
"""


def learning_rate_study(rates):
    study = {}
    for rate in rates:
        params, losses = train(XOR_X, XOR_Y, learning_rate=rate)
        study[str(rate)] = losses
    return study
