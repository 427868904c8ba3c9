"""You take mps before cuda. Where both are there, `"auto"` means cuda: the order is cuda, mps, cpu.

Caught by: test_auto_takes_the_best, test_auto_unless_told
"""


def choose_device(preference="auto"):
    if preference not in ("auto", "cpu", "cuda", "mps"):
        raise ValueError(f"preference {preference!r} is unknown")
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    if preference == "auto":
        preference = "mps" if mps else "cuda"
    return torch.device(preference if {"cuda": cuda, "mps": mps, "cpu": True}[preference] else "cpu")
