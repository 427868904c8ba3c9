"""You look for the preference inside a text, and there `in` also finds parts of names, such as `"cud"`, and the empty
name. Look it up in a tuple or a set.

Caught by: test_refuses_near_misses
"""


def choose_device(preference="auto"):
    if preference not in "auto cpu cuda mps":
        raise ValueError(f"preference {preference!r} is unknown")
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    if preference == "auto":
        preference = "cuda" if cuda else "mps" if mps else "cpu"
    return torch.device("cuda" if preference == "cuda" and cuda else "mps" if preference == "mps" and mps else "cpu")
