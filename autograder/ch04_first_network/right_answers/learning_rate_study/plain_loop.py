"""A plain loop, with the losses as arrays."""


def learning_rate_study(rates):
    """Return the losses by rate."""
    study = {}
    for rate in rates:
        _, losses = train(XOR_X, XOR_Y, 4, "sigmoid", rate)
        study[rate] = np.array(losses)
    return study
