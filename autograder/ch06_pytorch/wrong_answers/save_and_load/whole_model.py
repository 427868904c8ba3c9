"""You save the whole model with pickle. The file names your class and runs code when it is loaded. Save
`model.state_dict()`, and load with `weights_only=True`.

Caught by: test_file_holds_the_state_dict, test_file_is_replaced, test_loaded_network_has_the_same_numbers,
test_parameters_are_the_same_objects, test_mode_is_as_before, test_path_may_be_text, test_there_and_back,
test_refuses_dictionaries_of_something_else, test_refused_file_leaves_the_model_alone, test_nothing_in_a_file_is_run
"""


def save_weights(model, path):
    torch.save(model, path)


def load_weights(model, path):
    try:
        weights = torch.load(path, weights_only=False).state_dict()
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
