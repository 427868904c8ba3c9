"""Your `else` treats every name that is not "sigmoid" as ReLU, so a misspelt or unknown activation goes through
without a word and the network computes something that nobody asked for. Refuse what you do not know, and show it.

Caught by: test_refuses_an_unknown_activation
"""


def forward(params, X, hidden="sigmoid"):
    X = np.asarray(X)
    if X.ndim != 2 or len(X) == 0 or X.shape[1] != len(params["W1"]):
        raise ValueError(f"X has a shape that does not fit: {X.shape}")
    activate = sigmoid if hidden == "sigmoid" else relu
    z1 = X @ params["W1"] + params["b1"]
    a1 = activate(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    a2 = sigmoid(z2)
    cache = {"X": X, "z1": z1, "a1": a1, "z2": z2, "a2": a2, "hidden": hidden}
    return a2, cache
