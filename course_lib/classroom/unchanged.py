"""What a submission looked like when it was graded, so that one that is as it was need not be opened again.

A stamp stands for the bytes of the file and for everything else that the verdict depends on. It is made anew by the
process that grades, of its own engine and sandbox: where that is another one than here, stamps never agree, and the
submission goes to a worker, who looks closer.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from functools import lru_cache
from pathlib import Path

from course_lib.catalog import Chapter, Course
from course_lib.grading.cache import ReportCache, engine_hash, versions
from course_lib.grading.notebook_file import MAX_BYTES
from course_lib.grading.submission import Submission


def surroundings(course: Course, chapter: Chapter) -> str:
    """Return what stands for everything but the file and the student: suites, banks, reference, manifest, secret."""
    nothing = Submission("", chapter, (), frozenset(), ())
    return ReportCache(course.root).key(nothing, "", None, hints=True)


def stamp(around: str, place: str, student: str, path: Path) -> str:
    """Return a submission's stamp, or nothing where the file cannot be read.

    Args:
        around: see `surroundings`.
        place: the sandbox's tier and the device.
        student: whose it is.
        path: the notebook; links are not followed.

    """
    content = _hash(path)
    parts = [around, *_process(), place, student, content]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest() if content else ""


@lru_cache(maxsize=1)
def _process() -> tuple[str, ...]:
    return engine_hash(), *versions()


def _hash(path: Path) -> str:
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # a pipe would keep us waiting
    try:
        with open(os.open(path, flags), "rb") as file:  # noqa: PTH123 - Path.open knows no flags
            state = os.fstat(file.fileno())
            usable = stat.S_ISREG(state.st_mode) and state.st_size <= MAX_BYTES
            return hashlib.file_digest(file, "sha256").hexdigest() if usable else ""
    except OSError:
        return ""
