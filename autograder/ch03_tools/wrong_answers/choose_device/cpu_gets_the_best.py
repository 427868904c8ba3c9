"""For `"cpu"` you return a graphics card when there is one. The CPU is always there, so whoever asks for it gets it.

Caught by: test_device_that_is_there
"""


def choose_device(preference="auto"):
    if preference not in ("auto", "cpu", "cuda", "mps"):
        raise ValueError(f"preference {preference!r} is unknown")
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    there = {"cuda": cuda, "mps": mps}
    if preference in ("auto", "cpu"):
        return torch.device("cuda" if cuda else "mps" if mps else "cpu")
    return torch.device(preference if there[preference] else "cpu")
