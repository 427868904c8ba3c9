"""Your message does not show the path. Somebody who loads ten files wants to know which one was wrong.

Caught by: test_refuses_what_is_no_file_of_weights, test_refuses_dictionaries_of_something_else,
test_refuses_another_architecture
"""


def save_weights(model, path):
    torch.save(model.state_dict(), path)


def load_weights(model, path):
    try:
        weights = torch.load(path, weights_only=True, map_location=device)
    except FileNotFoundError:
        raise
    except Exception as error:
        raise ValueError("path leads to no file of weights") from error
    wanted = {name: tensor.shape for name, tensor in model.state_dict().items()}
    if not isinstance(weights, dict):
        raise ValueError("path leads to no state dict")
    found = {name: getattr(value, "shape", None) for name, value in weights.items()}
    if found != wanted:
        raise ValueError("path leads to another network")
    model.load_state_dict(weights)
