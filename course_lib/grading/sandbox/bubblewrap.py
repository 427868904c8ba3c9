"""Bubblewrap: a file tree, process table and network of its own for the zygote: hidden paths do not even exist."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import PurePath

from course_lib.grading.sandbox.policy import Policy

# What a zygote that is root needs to give each worker its own uid and scratch folder, to read an interpreter that
# belongs to somebody else, to clean up, and to end workers. `lockdown` takes them from the workers.
_CAPABILITIES = ("CAP_SETUID", "CAP_SETGID", "CAP_CHOWN", "CAP_KILL", "CAP_DAC_READ_SEARCH", "CAP_DAC_OVERRIDE")
_MADE_BY_BUBBLEWRAP = (PurePath("/proc"), PurePath("/dev"))


def executable() -> str | None:
    """Return the path of `bwrap`, or None where it is not installed."""
    return shutil.which("bwrap", path="/usr/bin:/usr/local/bin:/bin")


def bubblewrap_argv(policy: Policy, argv: Sequence[str], writable: Sequence[str] = ()) -> list[str]:
    """Return the command that starts `argv` (the zygote) where nothing but the policy's paths exists.

    `policy.scratch` becomes memory of `policy.disk_bytes` that ends with the zygote. Workers' scratch folders are made
    below it by `lockdown.apply`; they cannot be seen from outside. Inherited descriptors stay open.

    Args:
        policy: what may be read; its scratch is the folder above the workers' scratch folders.
        argv: the zygote's command.
        writable: folders that the zygote may write, such as a cache; Landlock keeps workers out of them.

    Raises:
        FileNotFoundError: bubblewrap is not installed.

    """
    bwrap = executable()
    if bwrap is None:
        message = "bwrap is not installed, and tier T3 needs it (Debian, Ubuntu: `apt install bubblewrap`)"
        raise FileNotFoundError(message)
    command = [bwrap, "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    command += ["--die-with-parent", "--new-session", *_privileges()]
    bound = [path for path in policy.read if not _is_below(path, _MADE_BY_BUBBLEWRAP)]
    for folder in _ancestors([*bound, *writable, policy.scratch]):
        command += ["--dir", folder]
    for path in bound:
        command += ["--ro-bind-try", path, path]
    for path in writable:
        command += ["--bind-try", path, path]
    command += ["--proc", "/proc", "--dev", "/dev"]
    command += ["--perms", "0711", "--size", str(policy.disk_bytes), "--tmpfs", policy.scratch]
    return [*command, "--chdir", policy.scratch, "--", *argv]


def _privileges() -> list[str]:
    if os.geteuid() != 0:
        return ["--unshare-user"]
    return ["--cap-drop", "ALL", *(word for capability in _CAPABILITIES for word in ("--cap-add", capability))]


def _ancestors(paths: Sequence[str]) -> list[str]:
    """Return the folders above the paths, outermost first.

    Bubblewrap would make them with the permissions of the originals, so that a worker's own uid could not pass `/root`.
    """
    above = {parent for path in paths for parent in PurePath(path).parents if parent != PurePath("/")}
    return [str(folder) for folder in sorted(above, key=lambda folder: len(folder.parts))]


def _is_below(path: str, folders: Sequence[PurePath]) -> bool:
    return any(PurePath(path).is_relative_to(folder) for folder in folders)
