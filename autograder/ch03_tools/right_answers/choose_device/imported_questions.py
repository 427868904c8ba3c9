"""The questions are imported by name, outside the function, and asked when it is called."""

from torch.backends.mps import is_available as mps_is_available
from torch.cuda import is_available as cuda_is_available

_QUESTIONS = {"cuda": cuda_is_available, "mps": mps_is_available, "cpu": lambda: True}


def choose_device(preference="auto"):
    """Go through the wanted devices in order."""
    if preference != "auto" and preference not in _QUESTIONS:
        raise ValueError(f"no such device: preference={preference!r}")
    for name, question in _QUESTIONS.items():
        if preference in ("auto", name) and question():
            return torch.device(name)
    return torch.device("cpu")
