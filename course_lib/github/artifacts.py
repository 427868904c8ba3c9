"""Files between jobs. A job that met student code may have written them: regular and of limited size, or refused."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path
from typing import Any

from course_lib.github.surroundings import GitHubError


def read_artifact(path: Path, limit: int) -> bytes:
    """Return what a file holds, without following a link and without waiting for a pipe.

    Args:
        path: the file.
        limit: most bytes that are read.

    Raises:
        OSError: it is not there, is a link, or cannot be read.
        ValueError: it is no regular file, or larger.

    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise ValueError("it is no regular file")
        content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError(f"it is larger than {limit // 2**20} MiB")
    return content


def write_json(path: Path, data: Any) -> str:
    """Write data for a later job; return the digest by which that job knows it."""
    content = json.dumps(data, indent=1).encode()
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def read_json(path: Path, limit: int, digest: str | None, made: str) -> Any:
    """Read what `write_json` wrote.

    Args:
        path: the file.
        limit: most bytes that are read.
        digest: what `write_json` returned; None where nobody else could have written there.
        made: what the file must be, in words.

    Raises:
        GitHubError: it is another file.
        OSError: see `read_artifact`.
        ValueError: see `read_artifact`, or it is no JSON.

    """
    content = read_artifact(path, limit)
    if digest is not None and hashlib.sha256(content).hexdigest() != digest:
        raise GitHubError(f"{path} is not {made} in this run; nothing of it is used.")
    return json.loads(content)
