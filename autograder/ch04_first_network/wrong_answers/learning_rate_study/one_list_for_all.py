"""All rates share one list of losses, so every entry of the dictionary is the same list and holds the losses of all
runs. Start a new list for every rate.

Caught by: test_every_rate_starts_afresh, test_final_losses_are_ordered
"""


def learning_rate_study(rates):
    study, together = {}, []
    for rate in rates:
        params, losses = train(XOR_X, XOR_Y, learning_rate=rate)
        together.extend(losses)
        study[rate] = together
    return study
