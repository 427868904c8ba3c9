"""You return the best device whatever was asked for. Somebody who asks for `"cpu"` wants the CPU, even if a graphics
card is there.

Caught by: test_device_that_is_there, test_device_that_is_not_there
"""


def choose_device(preference="auto"):
    if preference not in ("auto", "cpu", "cuda", "mps"):
        raise ValueError(f"preference {preference!r} is unknown")
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    return torch.device("cuda" if cuda else "mps" if mps else "cpu")
