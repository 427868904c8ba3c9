"""What each tier of the sandbox promises, and what a machine without one of the layers promises less, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# From weakest to strongest.
PROMISES = {
    "T0": "a verdict cannot be forged, but graded code can read files and use the network: for previews only",
    "T1m": "a verdict cannot be forged, and files and the network are closed to graded code",
    "T1": (
        "no network, no other process, bounded time and memory, and no secret is readable as long as secrets are "
        "closed to the other users of this machine"
    ),
    "T2": "no secret is readable, no network, no other process, bounded time and memory",
    "T3": "as T2, and hidden paths do not even exist, and disk and memory are capped by the kernel",
}


@dataclass(frozen=True)
class Gap:
    """A layer that is missing here, and a sentence that says which promise is weaker for it."""

    layer: str
    sentence: str


_OLD_LANDLOCK = {
    3: "this kernel's Landlock (before ABI 3) does not refuse to truncate files: only the system-call filter does",
    4: "this kernel's Landlock (before ABI 4) does not refuse TCP: only the system-call filter does",
    6: "this kernel's Landlock (before ABI 6) does not refuse signals to others: only the system-call filter does",
}
_SAME_USER = Gap(
    "uid",
    "graded code runs as the user who grades (another one needs root, and a Python that every user can read): "
    "its threads are bounded together with everything else of that user",
)
_PRIVATE_PYTHON = Gap(
    "uid",
    "Python lies in a private folder, so graded code keeps the right to read other owners' files, and Landlock alone "
    "confines it: install Python where every user can read it",
)
_NO_LANDLOCK = Gap(
    "landlock",
    "without Landlock, graded code reads what every user can read and writes to shared folders such as /tmp: keep the "
    "checkout closed to other users (`chmod 700`)",
)
_DISK = Gap("disk", "the size of each file is bounded, the number of files in the scratch folder is not")
_CGROUP = Gap("cgroup", "no cgroup is used: memory is capped for each worker by its own limits, not for all together")


def gaps(tier: str, layers: Sequence[str], landlock_abi: int) -> tuple[Gap, ...]:
    """Return what a tier lacks on this machine.

    Args:
        tier: its name.
        layers: what `lockdown.apply` reported.
        landlock_abi: version of Landlock in the kernel, 0 where there is none.

    """
    found = []
    if "landlock" in layers:
        found += [Gap("landlock", sentence) for abi, sentence in _OLD_LANDLOCK.items() if landlock_abi < abi]
    if tier in ("T2", "T3") and "uid" not in layers:
        found.append(_SAME_USER)
    if "reads_all_owners" in layers:
        found.append(_PRIVATE_PYTHON)
    found += {"T1": [_NO_LANDLOCK, _DISK], "T1m": [_DISK], "T2": [_DISK], "T3": [_CGROUP]}.get(tier, [])
    return tuple(found)
