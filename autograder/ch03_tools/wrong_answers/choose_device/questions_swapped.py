"""You ask for cuda where you mean mps, and the other way round. `torch.cuda.is_available()` tells about cuda,
`torch.backends.mps.is_available()` about mps.

Caught by: test_auto_takes_the_best, test_auto_unless_told, test_device_that_is_there, test_device_that_is_not_there
"""


def choose_device(preference="auto"):
    if preference not in ("auto", "cpu", "cuda", "mps"):
        raise ValueError(f"preference {preference!r} is unknown")
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    cuda, mps = mps, cuda
    if preference == "auto":
        preference = "cuda" if cuda else "mps" if mps else "cpu"
    return torch.device(preference if {"cuda": cuda, "mps": mps, "cpu": True}[preference] else "cpu")
