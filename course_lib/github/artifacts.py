"""Files between jobs. A job that met student code may have written them: regular and of limited size, or refused."""

from __future__ import annotations

import os
import stat
from pathlib import Path


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
