"""Puts back what it had where loading fails halfway; saves copies on the CPU."""

from collections import OrderedDict
from pathlib import Path


def save_weights(model, path):
    torch.save(OrderedDict((name, tensor.detach().cpu().clone()) for name, tensor in model.state_dict().items()), path)


def load_weights(model, path):
    if not Path(path).exists():
        raise FileNotFoundError(path)
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    try:
        model.load_state_dict(torch.load(str(path), weights_only=True, map_location="cpu"))
    except Exception as error:
        model.load_state_dict(before)
        raise ValueError(f"the file at path {path} is refused: {error}") from error
