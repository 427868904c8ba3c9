"""When the device that was asked for is not there, you take the other graphics card. The contract wants the CPU:
whoever asks for one by name has a reason.

Caught by: test_device_that_is_not_there
"""


def choose_device(preference="auto"):
    if preference not in ("auto", "cpu", "cuda", "mps"):
        raise ValueError(f"preference {preference!r} is unknown")
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    there = {"cuda": cuda, "mps": mps, "cpu": True}
    if there.get(preference):
        return torch.device(preference)
    return torch.device("cuda" if cuda else "mps" if mps else "cpu")
