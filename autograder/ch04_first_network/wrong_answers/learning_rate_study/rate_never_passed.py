"""Every run uses the default rate: yours is only a key in the result. Pass it to `train` as `learning_rate`.

Caught by: test_every_rate_starts_afresh, test_final_losses_are_ordered
"""


def learning_rate_study(rates):
    study = {}
    for rate in rates:
        params, losses = train(XOR_X, XOR_Y)
        study[rate] = losses
    return study
