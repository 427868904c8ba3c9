"""Verdicts kept by content: an unchanged submission is not run again, nor an exercise on which nothing can differ.

The key covers everything that a verdict depends on: the healed cells, the student's name (it decides the random
inputs), suites, banks, reference, manifest, the engine's own code, the libraries' versions, the sandbox's tier and
the secret.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import stat
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from course_lib.catalog import Chapter
from course_lib.grading.identity import course_secret
from course_lib.grading.report import Report
from course_lib.grading.submission import Submission

FOLDER = Path(".course", "cache")
EXERCISES = Path(".course", "exercises")
LIBRARIES = ("numpy", "torch", "matplotlib")
ENGINE = Path(__file__).parent


class ReportCache:
    """Reports on disk, one file per key. The chapter's files are looked at once: make another one for what comes later.

    Args:
        root: the course's folder.

    """

    def __init__(self, root: Path):
        self._root = root
        self._hash_of = cache(self._hash_chapter)

    def key(self, submission: Submission, place: str, slugs: Sequence[str] | None, *, hints: bool) -> str:
        """Return the key of a verdict; `place` is the sandbox's tier and the device."""
        chapter = submission.chapter
        parts = [
            *(*versions(), place, str(hints)),
            *(submission.name, ",".join(slugs) if slugs is not None else "*"),
            *(f"{cell.name}\0{cell.source}\0{sorted(cell.exercises)}" for cell in submission.cells),
            *(*sorted(submission.attempted), "", *submission.notes),
            *(engine_hash(), self._hash_of(chapter)),
            *(hashlib.sha256(course_secret(self._root)).hexdigest(),),
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def _hash_chapter(self, chapter: Chapter) -> str:
        folders = os.walk(chapter.hidden)
        suites = sorted(os.path.join(top, name) for top, _, names in folders for name in names if name.endswith(".py"))  # noqa: PTH118 - a hundred paths for each submission
        return hash_unchanged(_states([self._root / "course.toml", chapter.source, *suites, chapter.calibration]))

    def find(self, key: str) -> Report | None:
        """Return the report of a key, if it is there and whole."""
        try:
            return Report.from_dict(json.loads(self._file(key).read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, key: str, report: Report) -> None:
        """Write a report, unless the grader failed in it; a reader never sees half a file."""
        if any(result.state == "grader_error" for result in report.exercises):
            return
        _write(self._file(key), report.to_json())

    def around(self, submission: Submission, place: str, *, hints: bool) -> str:
        """Return what stands for everything that a verdict depends on besides the notebook."""
        nothing = Submission(submission.name, submission.chapter, (), frozenset(), ())
        return self.key(nothing, place, None, hints=hints)

    def find_last(self, around: str) -> Any:
        """Return what was kept of a student's last grading (see `last_grading`), or None."""
        try:
            return json.loads(self._last(around).read_text("utf-8"))
        except (OSError, ValueError):
            return None

    def keep_last(self, around: str, grading: Mapping[str, Any]) -> None:
        """Write what there is to keep of a student's last grading."""
        _write(self._last(around), json.dumps(grading))

    def _file(self, key: str) -> Path:
        return self._root / FOLDER / key[:2] / f"{key}.json"

    def _last(self, around: str) -> Path:
        return self._root / EXERCISES / around[:2] / f"{around}.json"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, delete=False) as part:
        part.write(text)
    Path(part.name).replace(file)


@lru_cache(maxsize=8)
def hash_unchanged(states: tuple[tuple[str, int, int], ...]) -> str:
    """Hash files by name and content, once for each state in which they are met (see `_states`)."""
    return hash_files(Path(path) for path, _, _ in states)


def _states(files: Iterable[Path | str]) -> tuple[tuple[str, int, int], ...]:
    """Return files with the size and time of their last change, or zeros where there is none."""
    return tuple(_state(os.fspath(file)) for file in files)


def _state(file: str) -> tuple[str, int, int]:
    try:
        state = os.stat(file)  # noqa: PTH116 - a `Path` of each would take longer than the asking
    except OSError:
        return file, 0, 0
    return (file, state.st_size, state.st_mtime_ns) if stat.S_ISREG(state.st_mode) else (file, 0, 0)


def hash_files(files: Iterable[Path]) -> str:
    """Hash files by name and content; those that do not exist count as absent."""
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes() if file.is_file() else b"absent"
        digest.update(f"{file.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def versions() -> tuple[str, ...]:
    """Return the versions of Python and of the libraries that results depend on, as this process has them."""
    return platform.python_version(), *(version(name) for name in LIBRARIES)


@lru_cache(maxsize=1)
def engine_hash() -> str:
    """Hash the engine's own code."""
    return hash_files(sorted(ENGINE.rglob("*.py")))
