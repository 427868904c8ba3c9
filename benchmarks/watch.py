"""A command, watched from outside: its time, and the memory of its processes while it runs."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

PAUSE = 0.2  # seconds between two looks at the memory


class CommandFailedError(RuntimeError):
    """A measured command failed; the message holds the end of what it said."""


@dataclass(frozen=True)
class Watched:
    """What a command took.

    Attributes:
        seconds: from its start to its end.
        own_mib: the most memory that the process itself held.
        tree_mib: the most memory that it and all its descendants held together; pages that several share count once.
        own_cpu: seconds of computing by the process itself.

    """

    seconds: float
    own_mib: float
    tree_mib: float
    own_cpu: float


def watch(
    command: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    ends_well: Callable[[int], bool] = lambda code: code == 0,
    others: Sequence[int] = (),
) -> Watched:
    """Run a command to its end and watch it.

    Args:
        command: the program and its arguments.
        environment: its environment variables.
        folder: its working directory.
        ends_well: given the exit status, whether that counts as success.
        others: processes that work for it without descending from it, such as those of a cluster.

    Raises:
        CommandFailedError: it ended with another exit status.

    """
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(command, env=dict(environment), cwd=folder, stdout=said, stderr=said)  # noqa: S603
        own = tree = cpu = 0.0
        while process.poll() is None:
            mine, all_together = memory_mib([process.pid, *others])
            own, tree, cpu = max(own, mine), max(tree, all_together), max(cpu, _cpu(process.pid))
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PAUSE)
        seconds = time.perf_counter() - began
        if not ends_well(process.returncode):
            said.seek(0)
            message = f"{' '.join(command)} ended with {process.returncode}: {said.read()[-3000:].decode()}"
            raise CommandFailedError(message)
    return Watched(seconds, own, tree, cpu)


def _cpu(pid: int) -> float:
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def memory_mib(pids: Sequence[int]) -> tuple[float, float]:
    """Return what the first process holds, and what all of them hold with their descendants, in MiB."""
    found: list[psutil.Process] = []
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(pid)
            found += [process, *process.children(recursive=True)]
    sizes = {process.pid: _mib(process) for process in found}
    return sizes.get(pids[0], 0.0), sum(sizes.values())


def _mib(process: psutil.Process) -> float:
    """Return a process's share of memory; where the system does not tell, all that it can see."""
    try:
        return float(getattr(process.memory_full_info(), "pss", 0) or process.memory_info().rss) / 2**20
    except psutil.AccessDenied:
        with contextlib.suppress(psutil.Error):
            return float(process.memory_info().rss) / 2**20
    except (psutil.Error, OSError):
        pass  # it ended meanwhile
    return 0.0
