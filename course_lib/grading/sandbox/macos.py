"""Tier T1m: the profile for macOS's `sandbox-exec`.

NOT YET RUN ON A MAC. The profile follows Apple's own in `/System/Library/Sandbox/Profiles` and is tested as text only;
`tiers.probe` therefore tries it on the machine itself before it offers the tier.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from course_lib.grading.sandbox.policy import Policy

SANDBOX_EXEC = "/usr/bin/sandbox-exec"

_SYSTEM = ("/System", "/usr/lib", "/usr/share", "/private/etc/localtime", "/private/var/db/timezone")
_DEVICES = ("/dev/null", "/dev/random", "/dev/urandom", "/dev/zero")

_RULES = """\
(version 1)
(deny default)
(import "system.sb")
; what the C library, NumPy and torch ask of the kernel
(allow sysctl-read)
(allow process-info* (target self))
(allow signal (target self))
(allow file-read-metadata)
(allow ipc-posix-shm* (ipc-posix-name-prefix "/__KMP_REGISTERED_LIB_"))
; files
(allow file-read* file-map-executable
{read})
(allow file-read* file-write*
{write})
; the interpreter itself is started inside the sandbox; it starts nothing else
(allow process-exec
{programs})
(deny process-fork)
(deny network*)
"""


def sandbox_argv(policy: Policy, argv: Sequence[str]) -> list[str]:
    """Return the command that starts `argv` under the profile of `policy`."""
    return [SANDBOX_EXEC, "-p", profile(policy), *argv]


def profile(policy: Policy) -> str:
    """Return the sandbox profile (SBPL). Later rules win, so the refusals stand last.

    Paths are resolved, because the kernel compares them after following links: `/tmp` is `/private/tmp` there. A
    framework build of Python starts a second program, `Python.app`, below its prefix.
    """
    return _RULES.format(
        read=_filters([*policy.read, *_SYSTEM, *_DEVICES]),
        write=_filters(policy.write),
        programs=_filters([sys.executable, f"{sys.base_prefix}/Resources/Python.app"]),
    )


def _filters(paths: Sequence[str]) -> str:
    resolved = dict.fromkeys(os.path.realpath(path) for path in paths)
    return "\n".join(f"  (subpath {_quoted(path)})" for path in resolved)


def _quoted(path: str) -> str:
    """Return a path as a string of the profile's language, which is Scheme."""
    if not path.isprintable():
        message = f"the path {path!r} has characters that a sandbox profile cannot name; rename the folder"
        raise ValueError(message)
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
