"""Where tensors live: the fastest device that is here, unless whoever runs the code has chosen one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

CHOSEN = "COURSE_DEVICE"  # environment variable; the grader sets it, so that verdicts do not depend on the machine
NAMES = ("auto", "cpu", "cuda", "mps")


def choose_device(preference: str = "auto") -> torch.device:
    """Return the device that networks and batches should be moved to.

    Args:
        preference: `"cuda"`, `"mps"` or `"cpu"`; `"auto"` takes the device that the environment variable
            `COURSE_DEVICE` names, else the first of `cuda`, `mps` and `cpu` that is here. A device that is not here
            gives the CPU.

    Raises:
        ValueError: there is no device of that name.

    """
    import torch  # noqa: PLC0415 - takes a second, and `import course_lib` should not

    wanted = preference if preference != "auto" else os.environ.get(CHOSEN, "auto")
    if wanted not in NAMES:
        message = f"there is no device {wanted!r}; choose one of {', '.join(NAMES)}"
        raise ValueError(message)
    order = ("cuda", "mps", "cpu") if wanted == "auto" else (wanted, "cpu")
    return torch.device(next(name for name in order if is_here(name)))


def is_here(name: str) -> bool:
    """Tell whether this machine has a device, one of `cpu`, `cuda` and `mps`."""
    import torch  # noqa: PLC0415 - as above

    if name == "cuda":
        return torch.cuda.is_available()
    return name == "cpu" or torch.backends.mps.is_available()
