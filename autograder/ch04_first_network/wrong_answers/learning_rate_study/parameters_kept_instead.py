"""You keep the parameters of each run where the losses are asked for. `train` returns both; take the second.

Caught by: test_every_rate_starts_afresh, test_all_epochs_are_there, test_final_losses_are_ordered
"""


def learning_rate_study(rates):
    study = {}
    for rate in rates:
        params, losses = train(XOR_X, XOR_Y, learning_rate=rate)
        study[rate] = params
    return study
