"""You wrap the state dict into another dictionary. A checkpoint may look like that; here the file holds the state dict
and nothing else.

Caught by: test_file_holds_the_state_dict, test_file_is_replaced, test_path_may_be_text,
test_refuses_dictionaries_of_something_else, test_refused_file_leaves_the_model_alone
"""


def save_weights(model, path):
    torch.save({"weights": model.state_dict()}, path)


def load_weights(model, path):
    try:
        weights = torch.load(path, weights_only=True, map_location=device)
    except FileNotFoundError:
        raise
    except Exception as error:
        raise ValueError(f"path {path} is no file of weights") from error
    if isinstance(weights, dict) and "weights" in weights:
        weights = weights["weights"]
    wanted = {name: tensor.shape for name, tensor in model.state_dict().items()}
    if not isinstance(weights, dict):
        raise ValueError(f"path {path} holds no state dict")
    found = {name: getattr(value, "shape", None) for name, value in weights.items()}
    if found != wanted:
        raise ValueError(f"path {path} holds the weights of another network")
    model.load_state_dict(weights)
