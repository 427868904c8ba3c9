"""A plain chain of ifs; the device with its number."""


def choose_device(preference="auto"):
    """Ask one question after the other."""
    if preference not in {"auto", "cpu", "cuda", "mps"}:
        raise ValueError(f"{preference!r} is no known preference")
    if preference in ("auto", "cuda") and torch.cuda.is_available():
        return torch.device("cuda", 0)
    if preference in ("auto", "mps") and torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")
