"""The judge's side of worker processes: starting the zygote, asking it for workers, talking to them, ending them."""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from course_lib.grading.errors import (
    GraderError,
    StudentBlocked,
    StudentCrash,
    StudentError,
    StudentMemory,
    StudentTimeout,
)
from course_lib.grading.sandbox import tiers
from course_lib.grading.sandbox.bubblewrap import bubblewrap_argv
from course_lib.grading.sandbox.channel import Channel, ChannelClosed, ChannelTimeout
from course_lib.grading.sandbox.policy import HOME, Policy, default_policy
from course_lib.grading.sandbox.request import Request
from course_lib.grading.sandbox.wire import WireError
from course_lib.teaching.device import CHOSEN

START_SECONDS = 120.0
FORK_SECONDS = 30.0
DEATH_SECONDS = 0.2
PIPE_BYTES = 2**20
PASSED_ON = ("OPENBLAS_", "NVPL_", "LD_LIBRARY_PATH", "COURSE_DATA")
OUTCOMES = {"error": StudentError, "memory": StudentMemory, "blocked": StudentBlocked}


class Zygote:
    """A warm process that forks workers. Close it, or use it as a context manager.

    Args:
        tier: which mechanisms lock workers down; see `tiers`.
        device: where tensors of graded code live: what `course_lib.choose_device()` answers there.

    """

    def __init__(self, tier: str | None = None, device: str = "cpu"):
        self.tier = tier or tiers.probe().name
        self._device = device
        self._forks = 0
        self._home = Path(tempfile.mkdtemp(prefix=HOME))
        self._home.chmod(0o711)  # a worker of another uid passes through, and lists nothing
        self._scratch_folder.mkdir(mode=0o711)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(START_SECONDS)
        with theirs:
            self._process = self._start(theirs)
        self._ready = False
        self._imported: set[str] = set()
        atexit.register(self.close)

    def _start(self, theirs: socket.socket) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-s", "-m", "course_lib.grading.sandbox.zygote", str(theirs.fileno())]
        if self.tier == "T3":
            fonts = (str(_font_cache(self._home)),)
            command = bubblewrap_argv(default_policy(self._scratch_folder, tier="T3"), command, fonts)
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            cwd=self._home,
            env=clean_environment(self._home) | {CHOSEN: self._device},
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    def wait_ready(self) -> None:
        """Wait until the libraries are imported.

        Raises:
            GraderError: the zygote did not start, or started a thread, after which forking is not safe.

        """
        if self._ready:
            return
        told = self._hear()
        _demand_one_thread(told["threads"])
        self._ready = True

    def import_library(self, name: str) -> None:
        """Import one of the zygote's `LIBRARIES` once for all workers that come: each would need seconds for it.

        Raises:
            GraderError: that started a thread, after which forking is not safe.

        """
        if name not in self._imported:
            self.wait_ready()
            _demand_one_thread(self._ask({"op": "import", "name": name})["threads"])
            self._imported.add(name)

    def fork(self, memory_mib: int) -> WorkerProcess:
        """Fork a locked-down worker and wait until it says that it is ready."""
        self.wait_ready()
        self._forks += 1
        scratch = self._scratch_folder / str(self._forks)
        policy = default_policy(str(scratch), tier=self.tier, memory_mib=memory_mib)
        to_worker, from_judge = os.pipe()
        to_judge, from_worker = os.pipe()
        try:
            told = self._ask({"op": "fork", "policy": policy.to_json()}, [to_worker, from_worker])
        finally:
            os.close(to_worker)
            os.close(from_worker)
        return WorkerProcess(self, int(told["pid"]), to_judge, from_judge)

    @property
    def _scratch_folder(self) -> Path:
        """Folder above the workers' own; at T3 it is memory that only the zygote sees."""
        return self._home / "scratch"

    def reap(self, pid: int, grace: float) -> int:
        """End a worker and return its wait status."""
        return int(self._ask({"op": "reap", "pid": pid, "grace": grace})["status"])

    def close(self) -> None:
        """End the zygote and every worker."""
        atexit.unregister(self.close)
        self._control.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._home, ignore_errors=True)

    def __enter__(self) -> Self:
        """Return the zygote itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def _ask(self, request: dict[str, Any], descriptors: list[int] | None = None) -> dict[str, Any]:
        try:
            socket.send_fds(self._control, [json.dumps(request).encode()], descriptors or [])
        except OSError as error:
            message = f"the zygote is gone: {error}"
            raise GraderError(message) from error
        return self._hear()

    def _hear(self) -> dict[str, Any]:
        try:
            data = self._control.recv(2**16)
        except OSError:  # too late, or gone
            data = b""
        if not data:
            message = f"the zygote does not answer (exit status {self._process.poll()})"
            raise GraderError(message)
        told: dict[str, Any] = json.loads(data)
        return told


def _demand_one_thread(threads: int) -> None:
    if threads != 1:
        message = f"the zygote has {threads} threads; it must have one to fork safely"
        raise GraderError(message)


def clean_environment(home: Path) -> dict[str, str]:
    """Return the environment of graded code: one thread, fixed hashing, nothing of the caller's."""
    passed = {name: value for name, value in os.environ.items() if name.startswith(PASSED_ON)}
    return passed | {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": str(_font_cache(home)),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }


def _font_cache(home: Path) -> Path:
    """Return a folder that outlives the zygote: without it Matplotlib looks for fonts at every start."""
    try:
        folder = Path.home() / ".cache" / "course-matplotlib"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return home
    return folder


class WorkerProcess:
    """One worker: a channel, a process and a scratch folder. Dead after the first timeout or broken frame."""

    def __init__(self, zygote: Zygote, pid: int, incoming: int, outgoing: int):
        self._zygote = zygote
        self._pid = pid
        self._sent = 0
        os.set_blocking(outgoing, False)
        fcntl.fcntl(outgoing, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        fcntl.fcntl(incoming, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self._channel = Channel(incoming, outgoing)
        self._taught: set[str] = set()
        self.alive = True
        self.layers = self._greeting()

    def _greeting(self) -> tuple[str, ...]:
        try:
            told = self._channel.receive(time.monotonic() + FORK_SECONDS)
        except (ChannelClosed, ChannelTimeout, WireError) as error:
            status = self.close(grace=DEATH_SECONDS)
            message = f"a worker did not start: {type(error).__name__}, wait status {status}"
            raise GraderError(message) from error
        return tuple(told["layers"])

    def _known(self, probe: dict[str, str]) -> dict[str, str]:
        """Return a probe as this worker needs it: with its module's source only the first time."""
        digest = digest_of(probe["source"])
        source = "" if digest in self._taught else probe["source"]
        self._taught.add(digest)
        return {"digest": digest, "source": source, "function": probe["function"]}

    def ask(self, request: Request, seconds: float) -> Any:
        """Send a request and return the plain value of its reply.

        Raises:
            StudentError: what the student's code raised, or how the worker died; one class per outcome.

        """
        self._sent += 1
        target = self._known(request.target) if request.op == "run" else request.target
        asked = request._replace(target=target, number=self._sent)
        deadline = time.monotonic() + seconds
        try:
            self._channel.refuse_surplus()
            self._channel.send(list(asked), deadline)
            reply = self._channel.receive(deadline)
        except ChannelTimeout:
            self.close()
            message = f"no result within {seconds:g} s"
            raise StudentTimeout(("TimeoutError",), message) from None
        except WireError:
            self.close()
            raise StudentCrash(("ProtocolError",), "the process broke the protocol") from None
        except ChannelClosed:
            raise how_it_died(self.close(grace=DEATH_SECONDS)) from None
        return self._open_reply(reply)

    def _open_reply(self, reply: Any) -> Any:
        if type(reply) is dict and reply.get("seq") == self._sent:
            if "value" in reply:
                return reply["value"]
            if "error" in reply:
                raise read_error(reply["error"])
        self.close()
        raise StudentCrash(("ProtocolError",), "the process broke the protocol")

    def close(self, grace: float = 0.0) -> int:
        """End the process, after `grace` seconds to die by itself, drop its scratch folder; return its wait status."""
        if not self.alive:
            return 0
        self.alive = False
        self._channel.close()
        return self._zygote.reap(self._pid, grace)


@lru_cache(maxsize=256)
def digest_of(source: str) -> str:
    """Return what stands for a module's source."""
    return hashlib.sha256(source.encode()).hexdigest()


def read_error(data: Any) -> StudentError:
    """Build the exception that a worker described. The student may forge it: only types are checked."""
    known = type(data) is dict and type(data.get("outcome")) is str and data["outcome"] in OUTCOMES
    if not known or type(data.get("types")) is not list:
        return StudentCrash(("ProtocolError",), "the process broke the protocol")
    types = tuple(name for name in data["types"] if type(name) is str)
    message, cell, line = (data.get(key) for key in ("message", "cell", "line"))
    return OUTCOMES[data["outcome"]](
        types,
        message if type(message) is str else "",
        cell if type(cell) is str else None,
        line if type(line) is int else None,
    )


def read_errors(data: Any, count: int) -> list[StudentError | None]:
    """Build what a worker told of so many cells: an exception for each that failed.

    Raises:
        StudentCrash: that is not what it told.

    """
    if type(data) is not list or len(data) != count:
        raise StudentCrash(("ProtocolError",), "the process broke the protocol")
    return [None if told is None else read_error(told) for told in data]


def how_it_died(status: int) -> StudentError:
    """Tell from a wait status how a worker ended."""
    if not os.WIFSIGNALED(status):
        return StudentCrash(("SystemExit",), "the process ended itself")
    number = os.WTERMSIG(status)
    name = signal.Signals(number).name if number in set(signal.Signals) else str(number)
    if number == signal.SIGSYS:
        return StudentBlocked((name,), "the process made a forbidden system call")
    if number == signal.SIGXCPU:
        return StudentTimeout((name,), "the process used up its computing time")
    return StudentCrash((name,), f"the process was ended by {name}")


__all__ = ["Policy", "WorkerProcess", "Zygote", "clean_environment", "how_it_died", "read_error", "read_errors"]
