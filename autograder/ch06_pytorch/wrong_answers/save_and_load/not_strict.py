"""You load with `strict=False`: names that are missing or too many are passed over in silence, and the network is half
trained. Demand that all of them fit.

Caught by: test_refuses_dictionaries_of_something_else, test_refuses_another_architecture,
test_refused_file_leaves_the_model_alone
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
    try:
        model.load_state_dict(weights, strict=False)
    except (RuntimeError, AttributeError) as error:
        raise ValueError(f"path {path}") from error
