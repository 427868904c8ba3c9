"""You treat mps as if it were never there. It is the graphics part of a Mac; `torch.backends.mps.is_available()` tells.

Caught by: test_auto_takes_the_best, test_auto_unless_told, test_device_that_is_there
"""


def choose_device(preference="auto"):
    if preference not in ("auto", "cpu", "cuda", "mps"):
        raise ValueError(f"preference {preference!r} is unknown")
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    return torch.device("cuda" if cuda and preference in ("auto", "cuda") else "cpu")
