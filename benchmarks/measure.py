"""Timing on a shared machine: repeat, take the median, and compare within one run."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

RESULTS = Path(__file__).parents[1] / "build" / "benchmarks"


@dataclass(frozen=True)
class Figure:
    """One row of the table.

    Attributes:
        what: what was measured.
        value: as printed, with its unit.
        aim: what it should be at most, as printed.

    """

    what: str
    value: str
    aim: str


def machine() -> str:
    """Describe the machine."""
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def median_seconds(action: Callable[[], object], runs: int) -> float:
    """Return the median time of an action, after one run that does not count."""
    action()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def milliseconds(seconds: float) -> str:
    """Write a time."""
    return f"{seconds * 1e3:.2f} ms" if seconds < 0.01 else f"{seconds * 1e3:.0f} ms"  # noqa: PLR2004
