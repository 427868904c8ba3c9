"""Your hidden layer passes its sums on unbent. Two linear layers in a row are one linear layer, however many units
are in between, and XOR is out of reach. Apply the hidden activation to z1.

Caught by: test_sigmoid_network_agrees_with_a_loop, test_relu_network_agrees_with_a_loop,
test_axes_of_length_one_survive, test_cache_holds_every_value_on_the_way, test_every_call_has_a_cache_of_its_own,
test_whole_numbers_are_fair_inputs, test_arguments_stay_as_they_were
"""


def forward(params, X, hidden="sigmoid"):
    X = np.asarray(X)
    if hidden not in ("sigmoid", "relu"):
        raise ValueError(f"hidden must be 'sigmoid' or 'relu', got {hidden!r}")
    if X.ndim != 2 or len(X) == 0 or X.shape[1] != len(params["W1"]):
        raise ValueError(f"X has a shape that does not fit: {X.shape}")
    activate = sigmoid if hidden == "sigmoid" else relu
    z1 = X @ params["W1"] + params["b1"]
    a1 = z1
    z2 = a1 @ params["W2"] + params["b2"]
    a2 = sigmoid(z2)
    cache = {"X": X, "z1": z1, "a1": a1, "z2": z2, "a2": a2, "hidden": hidden}
    return a2, cache
