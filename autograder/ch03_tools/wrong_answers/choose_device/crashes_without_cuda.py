"""`torch.device("cuda")` is only a name and succeeds on every computer; the crash comes later, when the first tensor is
to move there. Ask whether the device is there, and fall back to the CPU.

Caught by: test_device_that_is_not_there
"""


def choose_device(preference="auto"):
    if preference not in ("auto", "cpu", "cuda", "mps"):
        raise ValueError(f"preference {preference!r} is unknown")
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    if preference == "auto":
        preference = "cuda" if cuda else "mps" if mps else "cpu"
    return torch.device(preference)
