"""Tries the file on a copy of the model first; reads and writes through open files."""

import copy
from pathlib import Path


def save_weights(model, path):
    with Path(path).open("wb") as file:
        torch.save(model.state_dict(), file)
    return model


def load_weights(model, path):
    with Path(path).open("rb") as file:
        try:
            weights = torch.load(file, weights_only=True)
            copy.deepcopy(model).load_state_dict(weights)
        except Exception as error:
            raise ValueError(f"path: {path} does not fit this model ({type(error).__name__})") from error
    model.load_state_dict(weights)
    return model
