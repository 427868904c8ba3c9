"""Where PyTorch says that a device is there, yours gives the CPU all the same. Perhaps you tried by moving a tensor
there, or asked only once, when the cell ran. Ask PyTorch in every call: that wakes no graphics card, and does not
mistake a full memory for a missing card.

Caught by: test_auto_takes_the_best, test_auto_unless_told, test_device_that_is_there
"""


def choose_device(preference="auto"):
    if preference not in ("auto", "cpu", "cuda", "mps"):
        raise ValueError(f"preference {preference!r} is unknown")
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    for name in ("cuda", "mps") if preference == "auto" else (preference,):
        try:
            torch.zeros(1).to(name)
        except Exception:
            continue
        return torch.device(name)
    return torch.device("cpu")
