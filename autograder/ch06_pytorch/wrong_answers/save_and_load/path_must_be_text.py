"""You use a method of strings on `path`, which may be a `pathlib.Path`. Hand it to torch as it is.

Caught by: test_file_holds_the_state_dict, test_file_is_replaced, test_there_and_back
"""


def save_weights(model, path):
    torch.save(model.state_dict(), path.strip())


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
    model.load_state_dict(weights)
