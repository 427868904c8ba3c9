"""Where a submission's random inputs come from: other ones for every student, the same ones for every regrading."""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path

SECRET_VARIABLE = "COURSE_SECRET"  # noqa: S105 - a name, no secret
SECRET_FILE = ".course_secret"  # noqa: S105 - a name, no secret


def course_secret(root: Path) -> bytes:
    """Return the course's secret: `COURSE_SECRET`, else the file `.course_secret`, else nothing (a public course)."""
    given = os.environ.get(SECRET_VARIABLE)
    if given:
        return given.encode()
    file = root / SECRET_FILE
    return file.read_bytes().strip() if file.is_file() else b""


def derive_seed(secret: bytes, *parts: str) -> int:
    """Derive a 32-bit seed from the secret and what the seed is for."""
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hmac.new(secret, text, hashlib.sha256).digest()[:4], "big")
