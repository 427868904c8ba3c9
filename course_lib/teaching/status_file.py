"""What the last `course check` found, kept in `.course/status.json` beside `course.toml`."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from course_lib.catalog import Chapter, Exercise
from course_lib.grading.notebook_file import SubmissionError, read_notebook
from course_lib.teaching.examine import HOLDS, UNCHECKED, WRITTEN
from course_lib.teaching.notebook_check import NotebookCheck, digest_of

FORMAT = "course-status/1"
CHECKED, CHANGED, NEVER, ABSENT = "checked", "changed", "never", "absent"


@dataclass(frozen=True)
class Standing:
    """Where one exercise stood when it was checked last.

    Attributes:
        state: as of `examine.Finding`.
        passed: how many visible checks held.
        total: how many there were.

    """

    state: str
    passed: int = 0
    total: int = 0

    @property
    def holds(self) -> bool:
        """Whether every check held."""
        return self.state == HOLDS


@dataclass(frozen=True)
class ChapterStatus:
    """Where a chapter stands.

    Attributes:
        chapter: the chapter.
        state: `checked`; `changed` since then; `never` checked; or `absent`, where there is no notebook.
        standings: one per exercise, in order.

    """

    chapter: Chapter
    state: str
    standings: tuple[Standing, ...]

    @property
    def next_exercise(self) -> Exercise | None:
        """The first exercise whose checks do not all hold."""
        pairs = zip(self.chapter.exercises, self.standings, strict=True)
        return next((exercise for exercise, at in pairs if exercise.graded_by_suite and not at.holds), None)


def status_path(root: Path) -> Path:
    """Where the file lies."""
    return root / ".course" / "status.json"


def remember(root: Path, checked: NotebookCheck) -> None:
    """Store what a check found, in place of what was known about that chapter."""
    exercises = {
        finding.exercise.slug: asdict(Standing(finding.state, finding.passed, len(finding.outcomes)))
        for finding in checked.findings
    }
    chapters = _read(root) | {checked.chapter.name: {"digest": checked.digest, "exercises": exercises}}
    path = status_path(root)
    path.parent.mkdir(exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    draft.write_text(json.dumps({"format": FORMAT, "chapters": chapters}, indent=1) + "\n", "utf-8")
    draft.replace(path)


def recall(root: Path, chapter: Chapter) -> ChapterStatus:
    """Return what is known about a chapter."""
    try:
        digest = digest_of(read_notebook(chapter.release))
    except SubmissionError:
        digest = ""
    stored = _read(root).get(chapter.name, {})
    known = {slug: Standing(**at) for slug, at in stored.get("exercises", {}).items()}
    standings = tuple(known.get(exercise.slug, _unknown(exercise)) for exercise in chapter.exercises)
    return ChapterStatus(chapter, _state(chapter, digest, stored.get("digest")), standings)


def _state(chapter: Chapter, digest: str, stored: str | None) -> str:
    if not chapter.release.exists():
        return ABSENT
    if stored is None:
        return NEVER
    return CHECKED if digest == stored else CHANGED


def _unknown(exercise: Exercise) -> Standing:
    return Standing(UNCHECKED if exercise.graded_by_suite else WRITTEN)


def _read(root: Path) -> dict[str, Any]:
    """Return the stored chapters; a missing, broken or foreign file counts as none, since checking again mends it."""
    try:
        data = json.loads(status_path(root).read_text("utf-8"))
        chapters = data["chapters"] if data["format"] == FORMAT else {}
        for chapter in chapters.values():
            str(chapter["digest"])
            [Standing(**at) for at in chapter["exercises"].values()]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
    return dict(chapters)
