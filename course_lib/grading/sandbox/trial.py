"""A trial of the lockdown: a process that locks itself down and then tries what must fail and what must work.

Started by `tiers.probe` as `python -m course_lib.grading.sandbox.trial`, with a request as JSON on standard input and
the findings as JSON on standard output. A layer that a kernel only pretends to have is found out here.
"""

from __future__ import annotations

import errno
import importlib
import json
import mmap
import os
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from course_lib.grading.sandbox import lockdown
from course_lib.grading.sandbox.policy import Policy

_REFUSED = (errno.EPERM, errno.EACCES, errno.ENOENT, errno.ESRCH, errno.ENOMEM)


@dataclass(frozen=True)
class Findings:
    """What the trial found.

    Args:
        layers: names of the layers that were put on.
        failed: what should have been refused and was not, or should have worked and did not; a phrase each.

    """

    layers: tuple[str, ...]
    failed: tuple[str, ...]


def run(policy: Policy, secret: str) -> Findings:
    """Lock this process down and try its walls. It has to end afterwards."""
    parent = os.getppid()
    layers = lockdown.apply(policy)
    must_fail: dict[str, Callable[[], object]] = {
        "it could read a file of the judge": lambda: Path(secret).read_bytes(),
        "it could list a folder of the judge": lambda: list(Path(secret).parent.iterdir()),
        "it could write outside its scratch folder": lambda: Path(f"{secret}.planted").touch(),
        "it could look into the process that started it": lambda: Path(f"/proc/{parent}/environ").read_bytes(),
        "it could send a signal to the process that started it": lambda: os.kill(parent, 0),
        "it could open a socket": socket.socket,
        "it could start a process": _fork,
    }
    if policy.tier != "T1m":
        must_fail["it could take more memory than its limit"] = lambda: mmap.mmap(-1, 2 * policy.memory_bytes)
    must_work: dict[str, Callable[[], object]] = {
        "it could not write in its scratch folder": lambda: Path("written").write_bytes(b"x"),
        "it could not import a module of the standard library": lambda: importlib.import_module("colorsys"),
        "it could not start a thread": _thread,
    }
    failed = [phrase for phrase, attempt in must_fail.items() if not _is_refused(attempt)]
    failed += [phrase for phrase, attempt in must_work.items() if not _works(attempt)]
    return Findings(layers, tuple(failed))


def _is_refused(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError as error:
        return error.errno in _REFUSED
    return False


def _works(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except (OSError, ImportError, RuntimeError):
        return False
    return True


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _thread() -> None:
    thread = threading.Thread(target=os.getpid)
    thread.start()
    thread.join()


def _main() -> None:
    request = json.load(sys.stdin)
    try:
        findings = run(Policy.from_json(request["policy"]), request["secret"])
    except lockdown.LockdownError as error:
        findings = Findings((), (str(error),))
    sys.stdout.write(json.dumps(asdict(findings)))


if __name__ == "__main__":
    _main()
