"""Names that stand for students: the same one in every report of this course, and of no use outside."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

KEY = Path(".course", "pseudonyms.key")
LETTERS = 6  # 30 bits: among 1000 students, two share them in one class of 2000


def pseudonyms(root: Path, students: Iterable[str]) -> dict[str, str]:
    """Return a pseudonym for every student.

    Whoever has the class's list cannot compute them: they depend on a key that is made once and stays in the folder.

    Args:
        root: the course's folder.
        students: their names.

    """
    key = _key(root / KEY)
    result: dict[str, str] = {}
    taken: set[str] = set()
    for student in sorted(students):
        letters = base64.b32encode(hmac.new(key, student.encode("utf-8", "surrogatepass"), hashlib.sha256).digest())
        length = next(n for n in range(LETTERS, len(letters)) if letters[:n].decode() not in taken)
        taken.add(letters[:length].decode())
        result[student] = f"Student {letters[:length].decode()}"
    return result


def _key(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        key = secrets.token_bytes(32)
        file.write(key)
    return key
