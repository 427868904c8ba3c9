"""You train for fewer epochs than `train` has by default. Leave everything but the rate as it is, so that the runs
can be compared with all the others of this chapter.

Caught by: test_all_epochs_are_there
"""


def learning_rate_study(rates):
    study = {}
    for rate in rates:
        params, losses = train(XOR_X, XOR_Y, learning_rate=rate, epochs=5000)
        study[rate] = losses
    return study
