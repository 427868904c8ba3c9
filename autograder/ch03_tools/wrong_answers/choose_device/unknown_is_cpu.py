"""For an unknown name you return the CPU. Whoever misspells a name should learn of it: raise a ValueError that shows
the name.

Caught by: test_refuses_other_names, test_refuses_near_misses
"""


def choose_device(preference="auto"):
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    if preference == "auto":
        preference = "cuda" if cuda else "mps" if mps else "cpu"
    return torch.device(preference if {"cuda": cuda, "mps": mps}.get(preference) else "cpu")
