"""After loading the network has the numbers that it had before. `load_state_dict` must be called on the model itself,
not on a copy of it.

Caught by: test_loaded_network_has_the_same_numbers, test_parameters_are_the_same_objects, test_path_may_be_text,
test_there_and_back
"""


def save_weights(model, path):
    torch.save(model.state_dict(), path)


def load_weights(model, path):
    try:
        weights = torch.load(path, weights_only=True, map_location=device)
    except FileNotFoundError:
        raise
    except Exception as error:
        raise ValueError(f"path {path} is no file of weights") from error
    wanted = {name: tensor.shape for name, tensor in model.state_dict().items()}
    if not isinstance(weights, dict):
        raise ValueError(f"path {path} holds no state dict")
    found = {name: getattr(value, "shape", None) for name, value in weights.items()}
    if found != wanted:
        raise ValueError(f"path {path} holds the weights of another network")
    import copy

    return copy.deepcopy(model).load_state_dict(weights)
