"""Without an argument you take the CPU. The default of `preference` is `"auto"`.

Caught by: test_auto_unless_told
"""


def choose_device(preference="cpu"):
    if preference not in ("auto", "cpu", "cuda", "mps"):
        raise ValueError(f"preference {preference!r} is unknown")
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    if preference == "auto":
        preference = "cuda" if cuda else "mps" if mps else "cpu"
    return torch.device(preference if {"cuda": cuda, "mps": mps, "cpu": True}[preference] else "cpu")
