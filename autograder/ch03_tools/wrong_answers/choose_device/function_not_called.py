"""You wrote `torch.cuda.is_available` without parentheses. That is the function itself, which counts as true, whatever
it would have answered.

Caught by: test_auto_takes_the_best, test_auto_unless_told, test_device_that_is_not_there
"""


def choose_device(preference="auto"):
    if preference not in ("auto", "cpu", "cuda", "mps"):
        raise ValueError(f"preference {preference!r} is unknown")
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    there = {"cuda": torch.cuda.is_available, "mps": torch.backends.mps.is_available, "cpu": True}
    if preference == "auto":
        return torch.device("cuda" if there["cuda"] else "mps" if there["mps"] else "cpu")
    return torch.device(preference if there[preference] else "cpu")
