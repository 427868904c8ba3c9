"""On `"auto"` you always return the CPU. Auto means the best that is there: cuda, else mps, else the CPU.

Caught by: test_auto_takes_the_best, test_auto_unless_told
"""


def choose_device(preference="auto"):
    if preference not in ("auto", "cpu", "cuda", "mps"):
        raise ValueError(f"preference {preference!r} is unknown")
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    return torch.device(preference if {"cuda": cuda, "mps": mps}.get(preference) else "cpu")
