"""You put new parameter objects in the place of the old ones. An optimizer that was made before still holds the old
ones and trains nothing. `load_state_dict` copies into those that are there.

Caught by: test_parameters_are_the_same_objects
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
    model.load_state_dict(weights, assign=True)
