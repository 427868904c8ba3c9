"""A file that does not exist raises ValueError, like a wrong one. It is another mistake: let `FileNotFoundError`
through.

Caught by: test_missing_file_is_a_missing_file
"""


def save_weights(model, path):
    torch.save(model.state_dict(), path)


def load_weights(model, path):
    try:
        weights = torch.load(path, weights_only=True, map_location=device)
    except Exception as error:
        raise ValueError(f"path {path} is no file of weights") from error
    wanted = {name: tensor.shape for name, tensor in model.state_dict().items()}
    if not isinstance(weights, dict):
        raise ValueError(f"path {path} holds no state dict")
    found = {name: getattr(value, "shape", None) for name, value in weights.items()}
    if found != wanted:
        raise ValueError(f"path {path} holds the weights of another network")
    model.load_state_dict(weights)
