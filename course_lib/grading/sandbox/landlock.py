"""Landlock: the kernel's own rule about which files a process may open, for every user, without root.

Rules can only be added, never lifted. What each version (ABI) of the kernel restricts is in `_FILES`; what an older
one lacks is refused by the system-call filter as well, except that reading files is Landlock's alone.

Source: Linux, Documentation/userspace-api/landlock.rst.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from course_lib.grading.sandbox import libc

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_QUESTION_VERSION = 1
_PATH_BENEATH = 1
_O_PATH = 0o10000000

_WRITE_FILE = 1 << 1
_READ_FILE = 1 << 2
_READ_DIR = 1 << 3
_REMOVE_DIR = 1 << 4
_REMOVE_FILE = 1 << 5
_MAKE_DIR = 1 << 7
_MAKE_REG = 1 << 8
_REFER = 1 << 13
_TRUNCATE = 1 << 14

# Never granted to anyone: executing, making devices, sockets, pipes and links, ioctl on devices.
_READ = _READ_FILE | _READ_DIR
_WRITE = _READ | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _REFER | _TRUNCATE
_FOR_A_FILE = _READ_FILE | _WRITE_FILE | _TRUNCATE

# ABI -> everything it can restrict: files; then TCP (bind, connect); then abstract sockets and signals.
_FILES = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF, 5: 0xFFFF}
_NEWEST_FILES = 5
_NETWORK_SINCE, _NETWORK = 4, 0b11
_SCOPES_SINCE, _SCOPES = 6, 0b11


def abi() -> int:
    """Return the version of Landlock in this kernel, 0 where there is none."""
    try:
        return libc.syscall("landlock_create_ruleset", _CREATE_RULESET, None, 0, _QUESTION_VERSION)
    except OSError:
        return 0


@dataclass(frozen=True)
class Ruleset:
    """Rules whose paths are opened already, so that they can be enforced as a user who cannot reach those paths."""

    descriptor: int

    def enforce(self) -> None:
        """Put the rules on this process, for good. `PR_SET_NO_NEW_PRIVS` must be set.

        Raises:
            OSError: the kernel refused.

        """
        libc.syscall("landlock_restrict_self", _RESTRICT_SELF, self.descriptor, 0)
        os.close(self.descriptor)


def prepare(read: Iterable[str], write: Iterable[str]) -> Ruleset:
    """Open a ruleset that allows nothing but reading under `read`, and reading and writing under `write`.

    Args:
        read: files and folders; those that do not exist are left out.
        write: files and folders; making sockets, pipes, devices and links stays forbidden there.

    Raises:
        OSError: the kernel has no Landlock.

    """
    version = libc.syscall("landlock_create_ruleset", _CREATE_RULESET, None, 0, _QUESTION_VERSION)
    handled = _FILES[min(version, _NEWEST_FILES)]
    ruleset = Ruleset(_create(version, handled))
    for paths, access in ((read, _READ), (write, _WRITE)):
        for path in paths:
            _allow(ruleset, path, access & handled)
    return ruleset


def _create(version: int, files: int) -> int:
    fields = [files]
    if version >= _NETWORK_SINCE:
        fields.append(_NETWORK)
    if version >= _SCOPES_SINCE:
        fields.append(_SCOPES)
    attributes = struct.pack(f"={len(fields)}Q", *fields)
    return libc.syscall("landlock_create_ruleset", _CREATE_RULESET, attributes, len(attributes), 0)


def _allow(ruleset: Ruleset, path: str, access: int) -> None:
    try:
        descriptor = os.open(path, _O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            access &= _FOR_A_FILE
        rule = struct.pack("=Qi", access, descriptor)
        libc.syscall("landlock_add_rule", _ADD_RULE, ruleset.descriptor, _PATH_BENEATH, rule, 0)
    finally:
        os.close(descriptor)
