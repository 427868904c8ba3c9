"""On `"auto"` you return cuda without asking whether it is there. On most computers it is not, and every program that
trusts you crashes.

Caught by: test_auto_takes_the_best, test_auto_unless_told
"""


def choose_device(preference="auto"):
    if preference not in ("auto", "cpu", "cuda", "mps"):
        raise ValueError(f"preference {preference!r} is unknown")
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    if preference in ("auto", "cuda"):
        return torch.device("cuda" if cuda or preference == "auto" else "cpu")
    return torch.device("mps" if preference == "mps" and mps else "cpu")
