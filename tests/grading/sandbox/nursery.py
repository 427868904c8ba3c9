"""A process that forks a locked-down child for each attempt of a test, and tells how the attempt went.

An attempt is a function of a test, sent as source, so that it imports what it uses and holds nothing of the test's
process. Run as a program, this file is the process that forks; it may import NumPy, torch and Matplotlib first, as the
zygote does.
"""

from __future__ import annotations

import inspect
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECONDS = 60.0


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended: with a value, with an exception, or by a signal."""

    value: Any = None
    error: str | None = None
    errno: int | None = None
    message: str = ""
    signal: int | None = None
    layers: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Tell whether the kernel said no, or pretended that there is nothing."""
        return self.error in ("PermissionError", "FileNotFoundError")


class Nursery:
    """The test's side: starts the forking process, sends attempts, reads outcomes."""

    def __init__(self, command: Sequence[str], *libraries: str, **how: Any):
        self.process = subprocess.Popen(
            [*command, str(Path(__file__)), *libraries], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **how
        )

    def attempt(self, function: Callable[..., Any], *arguments: Any, policy: dict[str, Any] | None) -> Outcome:
        """Run `function(*arguments)` in a child under a policy (None: not locked down)."""
        self.send(function, *arguments, policy=policy)
        line = self.process.stdout.readline()
        assert line, f"the process that forks ended with status {self.process.wait()}"
        outcome = json.loads(line)
        return Outcome(**{**outcome, "layers": tuple(outcome.get("layers", ()))})

    def send(self, function: Callable[..., Any], *arguments: Any, policy: dict[str, Any] | None) -> None:
        """Start an attempt without waiting for its end."""
        source = textwrap.dedent(inspect.getsource(function))
        request = {"source": source, "name": function.__name__, "arguments": arguments, "policy": policy}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()

    def close(self) -> None:
        """End the process."""
        self.process.stdin.close()
        self.process.stdout.close()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _main(libraries: Sequence[str]) -> None:
    from course_lib.grading.sandbox import landlock, libc, lockdown, policy, seccomp, syscalls  # noqa: F401, PLC0415

    for name in libraries:
        __import__(name)
    os.pipe()  # what a zygote has open, and a child must not keep
    tempfile.gettempdir()  # what a library may have looked up before the fork
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_fork(json.loads(line))) + "\n")
        sys.stdout.flush()


def _fork(request: dict[str, Any]) -> dict[str, Any]:
    incoming, outgoing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(incoming)
        try:
            answer = json.dumps(_perform(request, outgoing)).encode()
            while answer:
                answer = answer[os.write(outgoing, answer) :]
        finally:
            os._exit(0)
    os.close(outgoing)
    with os.fdopen(incoming, "rb") as pipe:
        answer = _read_or_kill(pipe.fileno(), pid)
    status = os.waitpid(pid, 0)[1]
    if request["policy"] is not None:
        shutil.rmtree(request["policy"]["write"][0], ignore_errors=True)
    if os.WIFSIGNALED(status):
        return {"signal": os.WTERMSIG(status)}
    return json.loads(answer or b'{"error": "nothing was answered"}')


def _read_or_kill(descriptor: int, pid: int) -> bytes:
    import select  # noqa: PLC0415 - the test's side has no use for it

    deadline, parts = time.monotonic() + SECONDS, []
    while select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))[0]:
        parts.append(os.read(descriptor, 2**16))
        if not parts[-1]:
            return b"".join(parts)
    os.kill(pid, signal.SIGKILL)
    return b""


def _perform(request: dict[str, Any], descriptor: int) -> dict[str, Any]:
    from course_lib.grading.sandbox import lockdown, policy  # noqa: PLC0415 - as above

    told: dict[str, Any] = {}
    try:
        if request["policy"] is not None:
            told["layers"] = lockdown.apply(policy.Policy.from_json(request["policy"]), [descriptor])
        namespace: dict[str, Any] = {}
        exec(request["source"], namespace)  # noqa: S102 - the attempt of a test
        told["value"] = namespace[request["name"]](*request["arguments"])
    except BaseException as error:  # noqa: BLE001 - whatever happens is the outcome
        told |= {"error": type(error).__name__, "errno": getattr(error, "errno", None), "message": str(error)}
    return told


if __name__ == "__main__":
    _main(sys.argv[1:])
