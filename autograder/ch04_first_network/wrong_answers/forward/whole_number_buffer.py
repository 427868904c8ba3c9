"""You collect the sums in an array with the dtype of `X`. As long as `X` holds floats all is well; the rows of XOR
are often whole numbers, and then everything after the point is cut off. Give the buffer a float dtype, or let NumPy
make it.

Caught by: test_whole_numbers_are_fair_inputs
"""


def forward(params, X, hidden="sigmoid"):
    X = np.asarray(X)
    if hidden not in ("sigmoid", "relu"):
        raise ValueError(f"hidden must be 'sigmoid' or 'relu', got {hidden!r}")
    if X.ndim != 2 or len(X) == 0 or X.shape[1] != len(params["W1"]):
        raise ValueError(f"X has a shape that does not fit: {X.shape}")
    activate = sigmoid if hidden == "sigmoid" else relu
    z1 = np.zeros((len(X), params["W1"].shape[1]), dtype=X.dtype)
    z1[:] = X @ params["W1"] + params["b1"]
    a1 = activate(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    a2 = sigmoid(z2)
    cache = {"X": X, "z1": z1, "a1": a1, "z2": z2, "a2": a2, "hidden": hidden}
    return a2, cache
