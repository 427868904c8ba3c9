"""What a worker may touch and use: one frozen value that travels as JSON from the judge to the worker."""

from __future__ import annotations

import itertools
import os
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

MIB = 2**20
HOME = "course-zygote-"  # begins the name of the folder that a judge makes for its zygote
LIBRARY = Path(__file__).resolve().parents[2]  # the folder course_lib

# Layers by tier, in the order in which they are put on. `uid` is put on only where the policy names one.
LAYERS = {
    "T0": ("session", "descriptors", "rlimits", "parent_death"),
    "T1m": ("session", "descriptors", "rlimits"),
    "T1": ("session", "descriptors", "rlimits", "uid", "no_new_privs", "parent_death", "undumpable", "seccomp"),
    "T2": (
        "session",
        "descriptors",
        "rlimits",
        "uid",
        "no_new_privs",
        "landlock",
        "parent_death",
        "undumpable",
        "seccomp",
    ),
}
LAYERS["T3"] = LAYERS["T2"]

# Beside course_lib in a checkout; a policy under which a worker could read one of these is refused.
HIDDEN = ("autograder", "solutions", "submitted", "autograded", "gradebook.db", ".git")

_SYSTEM = (
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/lib",
    "/lib64",
    "/nix/store",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/mime.types",
    "/usr/share/zoneinfo",
    "/usr/share/locale",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/sys/devices/system/cpu",
    "/sys/devices/system/node",
    "/dev/urandom",
    "/dev/random",
    "/dev/zero",
)
_PARTS_OF_A_PREFIX = ("bin", "lib", "lib64", "share", "etc", "pyvenv.cfg")

# Uids that belong to nobody: Debian reserves them, and the usual maps of containers (65536 wide) contain them.
_FIRST_UID, _UIDS = 65000, 500
_THREADS_OWN_UID = 64
_THREADS_SHARED_UID = 1024
_CAP_SETGID, _CAP_SETUID = 6, 7
_worker_numbers = itertools.count()


class PolicyError(ValueError):
    """A policy that cannot keep its promise; the message says why and what to change."""


@dataclass(frozen=True)
class Policy:
    """Limits of one worker.

    Args:
        tier: which layers must hold: T3, T2, T1, T1m or T0.
        read: files and folders that may be read; those that do not exist are ignored.
        write: files and folders that may be written; the first is the scratch folder, where the worker starts.
        memory_bytes: memory that may be allocated on top of what the imported libraries occupy.
        cpu_seconds: computing time, summed over threads. Sleeping costs none: the judge keeps a wall clock as well.
        file_bytes: size of one file.
        disk_bytes: size of the whole scratch folder, held at T3 only.
        open_files: descriptors, counted with the three standard ones.
        threads: threads and processes of the worker's uid, or None for no limit of our own.
        uid: the user to become, where the zygote is root; None to stay who we are.
        gid: the group to become with it.

    """

    tier: str
    read: tuple[str, ...]
    write: tuple[str, ...]
    memory_bytes: int
    cpu_seconds: int
    file_bytes: int
    disk_bytes: int
    open_files: int
    threads: int | None
    uid: int | None = None
    gid: int | None = None

    @property
    def scratch(self) -> str:
        """The folder where the worker starts and may write."""
        return self.write[0]

    def to_json(self) -> dict[str, Any]:
        """Return the policy as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Policy:
        """Rebuild a policy from `to_json` after a journey through JSON, which turns tuples into lists."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        return cls(**values)


def default_policy(  # noqa: PLR0913 - one argument per limit
    scratch: str | os.PathLike[str],
    tier: str = "T2",
    memory_mib: int = 2048,
    *,
    cpu_seconds: int = 600,
    file_mib: int = 64,
    disk_mib: int = 256,
    read_also: tuple[str, ...] = (),
) -> Policy:
    """Return the policy of a worker whose one folder to write in is `scratch`.

    It may read the interpreter, the installed packages, `course_lib` and a few system files; nothing else of the
    checkout. Each call takes another uid where this process may change its uid.

    Args:
        scratch: the worker's folder; made, and given to its uid, when the policy is applied.
        tier: which layers must hold.
        memory_mib: memory on top of the imported libraries, in MiB.
        cpu_seconds: computing time, summed over threads.
        file_mib: size of one file, in MiB.
        disk_mib: size of the scratch folder, in MiB; held at T3 only.
        read_also: further files and folders to read, such as a folder of data sets.

    Raises:
        PolicyError: the tier is unknown, or a path to read contains suites, solutions or the gradebook.

    """
    if tier not in LAYERS:
        message = f"unknown tier {tier!r}: one of {', '.join(LAYERS)} is expected"
        raise PolicyError(message)
    read = (*readable(), *read_also)
    _keep_hidden(read)
    uid = _unused_uid() if "uid" in LAYERS[tier] else None
    return Policy(
        tier=tier,
        read=read,
        write=(os.path.abspath(scratch), os.devnull),  # noqa: PTH100 - resolving would follow a link in scratch
        memory_bytes=memory_mib * MIB,
        cpu_seconds=cpu_seconds,
        file_bytes=file_mib * MIB,
        disk_bytes=disk_mib * MIB,
        open_files=128,
        threads=_THREADS_OWN_UID if uid is not None else _THREADS_SHARED_UID + _threads_of(os.getuid()),
        uid=uid,
        gid=uid,
    )


@lru_cache
def readable() -> tuple[str, ...]:
    """Return what every worker may read: interpreter, installed packages, `course_lib`, and a few system files.

    Folders are named one by one, because a virtual environment often lies within the checkout, and an editable install
    puts the checkout itself on `sys.path`.
    """
    prefixes = dict.fromkeys(
        path for prefix in (sys.prefix, sys.base_prefix, sys.base_exec_prefix) for path in (prefix, _resolved(prefix))
    )
    installed = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    found = [
        *(f"{prefix}/{part}" for prefix in prefixes for part in _PARTS_OF_A_PREFIX),
        *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
        *installed,
        _resolved(sys.executable).rpartition("/")[0],
        str(LIBRARY),
        *_SYSTEM,
    ]
    return tuple(_without_nested(path for path in dict.fromkeys(found) if os.path.lexists(path)))


@cache
def _resolved(path: str) -> str:
    return os.path.realpath(path)


def _without_nested(paths: Iterable[str]) -> list[str]:
    """Drop what lies within another folder of the list: fewer rules to open for every worker."""
    kept: list[str] = []
    for path in sorted(paths, key=len):
        if not any(Path(path).is_relative_to(folder) for folder in kept):
            kept.append(path)
    return kept


def _keep_hidden(read: tuple[str, ...]) -> None:
    for name in HIDDEN:
        secret = f"{LIBRARY.parent}/{name}"
        for path in read if os.path.lexists(secret) else ():
            if f"{secret}/".startswith(f"{_resolved(path).rstrip('/')}/"):
                message = (
                    f"a worker may read {path}, and {secret} lies in it. Move the checkout out of that folder, and "
                    "install the course with `pip install --editable .`, so that suites stay in the checkout"
                )
                raise PolicyError(message)


def _unused_uid() -> int | None:
    """Return a uid of its own for a worker, or None where this process cannot change its uid."""
    if not _may_change_uid():
        return None
    return _FIRST_UID + (os.getpid() + next(_worker_numbers)) % _UIDS


@lru_cache
def _may_change_uid() -> bool:
    """Tell whether this process is root, with the capabilities for it, in a user namespace that knows the uids."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    status = Path("/proc/self/status").read_text(encoding="ascii")
    effective = int(status.partition("CapEff:")[2].split()[0], 16)
    if not (effective >> _CAP_SETUID & 1 and effective >> _CAP_SETGID & 1):
        return False
    ends = (_FIRST_UID, _FIRST_UID + _UIDS - 1)
    return all(_is_mapped(number, table) for number in ends for table in ("uid_map", "gid_map"))


def _is_mapped(number: int, table: str) -> bool:
    """Tell whether the user namespace of this process knows a uid or gid."""
    rows = (line.split() for line in Path(f"/proc/self/{table}").read_text(encoding="ascii").splitlines())
    return any(int(first) <= number < int(first) + int(count) for first, _outside, count in rows)


@lru_cache
def _threads_of(uid: int) -> int:
    """Count the threads that a user runs already: the kernel's limit is per user, not per worker."""
    if sys.platform != "linux":
        return 0
    count = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if process.stat().st_uid == uid:
                count += sum(1 for _ in (process / "task").iterdir())
        except OSError:
            continue  # it ended meanwhile
    return count
