"""You refuse an unknown name, but your message does not show it. Put `{preference!r}` into it, so that a misspelling
can be seen.

Caught by: test_refuses_other_names, test_refuses_near_misses
"""


def choose_device(preference="auto"):
    if preference not in ("auto", "cpu", "cuda", "mps"):
        raise ValueError("preference is unknown")
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    if preference == "auto":
        preference = "cuda" if cuda else "mps" if mps else "cpu"
    return torch.device(preference if {"cuda": cuda, "mps": mps, "cpu": True}[preference] else "cpu")
