"""You keep the last loss of each run only. It says who won, but not how: the contract asks for all losses, as `train`
returned them.

Caught by: test_every_rate_starts_afresh, test_all_epochs_are_there, test_final_losses_are_ordered
"""


def learning_rate_study(rates):
    study = {}
    for rate in rates:
        params, losses = train(XOR_X, XOR_Y, learning_rate=rate)
        study[rate] = losses[-1]
    return study
