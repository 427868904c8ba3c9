"""Bubblewrap: a mount, process and network namespace of their own for the zygote, so that hidden paths do not even exist."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import PurePath

from course_lib.grading.sandbox.policy import Policy

# What a zygote that is root needs to give each worker its own uid and scratch folder, and to end it. Not granted to
# workers: `lockdown` drops them.
_CAPABILITIES = ("CAP_SETUID", "CAP_SETGID", "CAP_CHOWN", "CAP_KILL", "CAP_DAC_READ_SEARCH", "CAP_DAC_OVERRIDE")
_KERNEL_FOLDERS = (PurePath("/proc"), PurePath("/dev"))


def executable() -> str | None:
    """Return the path of `bwrap`, or None where it is not installed."""
    return shutil.which("bwrap", path="/usr/bin:/usr/local/bin:/bin")


def bubblewrap_argv(policy: Policy, argv: Sequence[str]) -> list[str]:
    """Return the command that starts `argv` (the zygote) where nothing but the policy's paths exists.

    The folder above all scratch folders is memory of `policy.disk_bytes` that ends with the zygote: workers' scratch
    folders are made inside by `lockdown.apply`, and are not visible from outside. Inherited descriptors stay open.

    Args:
        policy: what may be read; `policy.scratch` is the folder above all scratch folders.
        argv: the zygote's command.

    Raises:
        FileNotFoundError: bubblewrap is not installed.

    """
    bwrap = executable()
    if bwrap is None:
        message = "bwrap is not installed (Debian, Ubuntu: `apt install bubblewrap`); tier T3 needs it"
        raise FileNotFoundError(message)
    command = [bwrap, "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    command += ["--die-with-parent", "--new-session"]
    if os.geteuid() == 0:
        command += [word for capability in _CAPABILITIES for word in ("--cap-add", capability)]
    else:
        command += ["--unshare-user"]
    for path in policy.read:
        if not any(PurePath(path).is_relative_to(folder) for folder in _KERNEL_FOLDERS):
            command += ["--ro-bind-try", path, path]
    command += ["--proc", "/proc", "--dev", "/dev"]
    command += ["--perms", "0711", "--size", str(policy.disk_bytes), "--tmpfs", policy.scratch]
    return [*command, "--chdir", policy.scratch, "--", *argv]
