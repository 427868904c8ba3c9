"""You cut the name at its colon and accept `"cuda:0"`. The contract asks for the four names exactly as written, and
refuses everything else.

Caught by: test_refuses_near_misses
"""


def choose_device(preference="auto"):
    preference = preference.split(":")[0]
    if preference not in ("auto", "cpu", "cuda", "mps"):
        raise ValueError(f"preference {preference!r} is unknown")
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    if preference == "auto":
        preference = "cuda" if cuda else "mps" if mps else "cpu"
    return torch.device(preference if {"cuda": cuda, "mps": mps, "cpu": True}[preference] else "cpu")
