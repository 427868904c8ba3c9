"""You take an empty name for `"auto"`, as `preference or "auto"` does. Only a missing argument means auto; the empty
name is unknown.

Caught by: test_refuses_near_misses
"""


def choose_device(preference="auto"):
    preference = preference or "auto"
    if preference not in ("auto", "cpu", "cuda", "mps"):
        raise ValueError(f"preference {preference!r} is unknown")
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    if preference == "auto":
        preference = "cuda" if cuda else "mps" if mps else "cpu"
    return torch.device(preference if {"cuda": cuda, "mps": mps, "cpu": True}[preference] else "cpu")
