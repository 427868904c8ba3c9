"""You raise an error when the device that was asked for is not there. The contract wants the CPU then: the program
runs, only more slowly.

Caught by: test_device_that_is_not_there
"""


def choose_device(preference="auto"):
    if preference not in ("auto", "cpu", "cuda", "mps"):
        raise ValueError(f"preference {preference!r} is unknown")
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    if preference == "auto":
        preference = "cuda" if cuda else "mps" if mps else "cpu"
    if not {"cuda": cuda, "mps": mps, "cpu": True}[preference]:
        raise RuntimeError(f"{preference} is not there")
    return torch.device(preference)
