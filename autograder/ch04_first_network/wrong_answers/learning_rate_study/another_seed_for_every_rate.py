"""Each of your runs starts from another seed. If one of them ends lower, nobody can tell whether that is the rate or
the luck of the start. Change one thing only.

Caught by: test_every_rate_starts_afresh
"""


def learning_rate_study(rates):
    study = {}
    for rate in rates:
        params, losses = train(XOR_X, XOR_Y, learning_rate=rate, seed=42 + len(study))
        study[rate] = losses
    return study
