"""The lockdown: what a fresh child does to itself before it touches student code. Order matters, and is the point.

Descriptors go first, since every later layer judges only what is opened afterwards. Landlock's paths are opened while
the process can still reach them, and enforced after the uid is gone. The parent-death signal comes after the change of
uid, which clears it; the system-call filter comes last, because it forbids what all the others need.
"""

from __future__ import annotations

import os
import signal
import stat
import struct
import sys
import tempfile
from collections.abc import Callable, Collection

from course_lib.grading.sandbox import landlock, libc, limits, seccomp
from course_lib.grading.sandbox.policy import LAYERS, Policy
from course_lib.grading.sandbox.syscalls import AARCH64, X86_64

# Reported beside the layers where files of the interpreter lie in somebody's private folder; see `_become`.
READS_ALL_OWNERS = "reads_all_owners"

_STANDARD_STREAMS = (0, 1, 2)
_CAPSET = {X86_64: 126, AARCH64: 91}
_CAPABILITIES_VERSION = 0x20080522
_CAP_DAC_READ_SEARCH = 2

# Modules whose files stand for all installed ones when we ask whether a user can read them.
_SAMPLES = ("os", "numpy", "torch", "matplotlib", "course_lib")


class LockdownError(RuntimeError):
    """A layer could not be put on; the process must end without running student code."""


def apply(policy: Policy, keep_fds: Collection[int] = ()) -> tuple[str, ...]:
    """Lock this process down for good and return the names of the layers that hold.

    Call it in a process with one thread: a fresh child of the zygote. It makes the scratch folder, gives it to the
    worker's uid, and enters it.

    Args:
        policy: what the process may still do.
        keep_fds: descriptors to keep open beside 0, 1 and 2, which the caller points at something harmless.

    Raises:
        LockdownError: a layer that the tier promises does not hold.

    """
    child = _Child(policy, keep_fds)
    return tuple(name for layer in LAYERS[policy.tier] for name in child.put_on(layer))


class _Child:
    """This process, on its way into the sandbox: one method per layer."""

    def __init__(self, policy: Policy, keep_fds: Collection[int]):
        self._policy = policy
        self._keep = {*_STANDARD_STREAMS, *keep_fds}
        self._parent = os.getppid()
        self._ruleset: landlock.Ruleset | None = None

    def put_on(self, layer: str) -> tuple[str, ...]:
        method: Callable[[], tuple[str, ...] | None] = getattr(self, f"_{layer}")
        try:
            held = method()
        except OSError as error:
            message = (
                f"the layer {layer!r} of tier {self._policy.tier} could not be put on: {error}. Let `tiers.probe()` "
                "choose the tier of this machine"
            )
            raise LockdownError(message) from error
        return (layer,) if held is None else held

    def _session(self) -> None:
        if os.getsid(0) != os.getpid():
            os.setsid()

    def _descriptors(self) -> None:
        for descriptor in _open_descriptors() - self._keep:
            try:
                os.close(descriptor)
            except OSError:
                continue  # the one that the listing itself used

    def _rlimits(self) -> None:
        limits.apply(self._policy)
        _make_scratch(self._policy)
        if "landlock" in LAYERS[self._policy.tier]:
            self._ruleset = landlock.prepare(self._policy.read, self._policy.write)

    def _uid(self) -> tuple[str, ...]:
        if self._policy.uid is None or self._policy.gid is None:
            _set_capabilities(0)
            return ()
        return _become(self._policy, self._policy.uid, self._policy.gid)

    def _no_new_privs(self) -> None:
        libc.prctl("PR_SET_NO_NEW_PRIVS", libc.PR_SET_NO_NEW_PRIVS, 1)

    def _landlock(self) -> None:
        if self._ruleset is not None:
            self._ruleset.enforce()

    def _parent_death(self) -> None:
        libc.prctl("PR_SET_PDEATHSIG", libc.PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != self._parent:
            os._exit(1)  # the zygote ended before the kernel was told to end us with it

    def _undumpable(self) -> None:
        """No core dump, and `/proc/<pid>` and ptrace are closed to other processes, also of the same user.

        The process itself still reads what torch and the C library look at (`/proc/self/maps`, `status`, `task`); its
        `environ`, `mem` and `auxv` are closed to itself as well.
        """
        libc.prctl("PR_SET_DUMPABLE", libc.PR_SET_DUMPABLE, 0)

    def _seccomp(self) -> None:
        seccomp.enforce()


def _open_descriptors() -> set[int]:
    for folder in ("/proc/self/fd", "/dev/fd"):
        try:
            return {int(name) for name in os.listdir(folder)}  # noqa: PTH208 - without pathlib
        except OSError:
            continue
    return set(range(os.sysconf("SC_OPEN_MAX")))


def _make_scratch(policy: Policy) -> None:
    os.makedirs(policy.scratch, mode=0o700, exist_ok=True)  # noqa: PTH103 - without pathlib
    os.chdir(policy.scratch)
    os.umask(0o077)
    os.environ["TMPDIR"] = policy.scratch
    tempfile.tempdir = None  # what a library found before the fork is closed now
    if policy.uid is not None and policy.gid is not None:
        os.chown(policy.scratch, policy.uid, policy.gid)


def _become(policy: Policy, uid: int, gid: int) -> tuple[str, ...]:
    """Become the worker's user and lose every capability, except one where the interpreter is out of its reach.

    Python often lies under a private home (pyenv, uv): another user cannot even pass `/root`, and imports would fail.
    Where Landlock bounds what can be read, the worker then keeps CAP_DAC_READ_SEARCH, reading whatever the owner but
    only there; where a container does not have it, the worker keeps its user, without capabilities. Without Landlock
    either would open everything, so the lockdown fails instead.
    """
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, 0, 0)
    out_of_reach = _out_of_reach(policy)
    kept = 0
    if out_of_reach:
        if "landlock" not in LAYERS[policy.tier]:
            message = (
                f"the user {uid} cannot read {out_of_reach}, and without Landlock must not be given the right to. "
                "Install Python outside private homes, with permissions for everyone to read"
            )
            raise LockdownError(message)
        if not _has_capability(_CAP_DAC_READ_SEARCH):
            _stay(policy)
            return ()
        libc.prctl("PR_SET_KEEPCAPS", libc.PR_SET_KEEPCAPS, 1)
        kept = 1 << _CAP_DAC_READ_SEARCH
    os.setresuid(uid, uid, uid)
    _set_capabilities(kept)
    return ("uid", READS_ALL_OWNERS) if kept else ("uid",)


def _stay(policy: Policy) -> None:
    os.setresuid(0, 0, 0)
    os.setresgid(0, 0, 0)
    os.chown(policy.scratch, 0, 0)
    _set_capabilities(0)


def _out_of_reach(policy: Policy) -> str | None:
    """Return a path that exists and that the real uid, which `access` asks for, cannot read."""
    loaded = [sys.modules[name].__file__ for name in _SAMPLES if name in sys.modules]
    for path in (*policy.read, *policy.write, *(file for file in loaded if file)):
        try:
            mode = os.stat(path).st_mode  # noqa: PTH116 - without pathlib
        except OSError:
            continue  # it does not exist, so nothing is lost
        if not os.access(path, os.R_OK | os.X_OK if stat.S_ISDIR(mode) else os.R_OK):
            return path
    return None


def _has_capability(number: int) -> bool:
    with open("/proc/self/status", encoding="ascii") as file:  # noqa: PTH123 - without pathlib
        effective = int(file.read().partition("CapEff:")[2].split()[0], 16)
    return bool(effective >> number & 1)


def _set_capabilities(kept: int) -> None:
    """Keep these capabilities (a bit mask) and no others."""
    name = seccomp.machine()
    if name is None:
        message = "no table of system calls for this machine"
        raise OSError(message)
    header = struct.pack("=Ii", _CAPABILITIES_VERSION, 0)
    sets = struct.pack("=6I", kept, kept, 0, 0, 0, 0)  # effective, permitted, inheritable; lower half, then upper
    libc.syscall("capset", _CAPSET[name], header, sets)
