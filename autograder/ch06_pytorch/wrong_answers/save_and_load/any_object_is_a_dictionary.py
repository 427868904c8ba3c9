"""You take whatever the file holds for a dictionary. A list or a tensor has no `items`, and the error names no path.
Look at the type first.

Caught by: test_refuses_what_is_no_file_of_weights
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
    found = {name: getattr(value, "shape", None) for name, value in weights.items()}
    if found != wanted:
        raise ValueError(f"path {path} holds the weights of another network")
    model.load_state_dict(weights)
