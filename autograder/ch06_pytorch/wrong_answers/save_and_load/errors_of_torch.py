"""What `torch.load` raises reaches the caller: an UnpicklingError, an EOFError, a KeyError, as the first bytes have it.
Catch it and raise a ValueError that names the path.

Caught by: test_refuses_what_is_no_file_of_weights, test_refuses_dictionaries_of_something_else,
test_nothing_in_a_file_is_run
"""


def save_weights(model, path):
    torch.save(model.state_dict(), path)


def load_weights(model, path):
    weights = torch.load(path, weights_only=True, map_location=device)
    wanted = {name: tensor.shape for name, tensor in model.state_dict().items()}
    if not isinstance(weights, dict):
        raise ValueError(f"path {path} holds no state dict")
    found = {name: getattr(value, "shape", None) for name, value in weights.items()}
    if found != wanted:
        raise ValueError(f"path {path} holds the weights of another network")
    model.load_state_dict(weights)
