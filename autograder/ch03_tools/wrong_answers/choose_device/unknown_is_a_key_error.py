"""For an unknown name your dict raises a KeyError. The contract asks for a ValueError that names `preference` and shows
the value: look whether the name is known first.

Caught by: test_refuses_other_names, test_refuses_near_misses
"""


def choose_device(preference="auto"):
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    if preference == "auto":
        preference = "cuda" if cuda else "mps" if mps else "cpu"
    return torch.device(preference if {"cuda": cuda, "mps": mps, "cpu": True}[preference] else "cpu")
