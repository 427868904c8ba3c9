"""A class through nbgrader, quietly, from Python: its own steps, its own gradebook, no word on the terminal.

Loading nbgrader takes a second or two, so everything of it is loaded when a `ClassFolder` is made.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.authoring.release import venv_on_path
from course_lib.catalog import Chapter

CONFIGURATION = "nbgrader_config.py"
CHECK = "__check"  # ends the id of the cell that holds an exercise's points
RECORD = re.compile(r"^\[(DEBUG|INFO|WARNING|ERROR|CRITICAL)\] ", re.MULTILINE)  # begins a record of nbgrader's log
ERRORS = ("ERROR", "CRITICAL")
AROUND = ("There was an error processing", "Please see the")  # what nbgrader says beside the reason


class NbgraderError(RuntimeError):
    """A step of nbgrader failed; the message is what it logged."""


@dataclass(frozen=True)
class Marks:
    """What the gradebook holds about one student's submission.

    Attributes:
        score: points so far, late penalty not taken off.
        max_score: points of the whole assignment.
        points: by cell, its points.
        waiting: cells that wait for a person.

    """

    score: float
    max_score: float
    points: Mapping[str, float]
    waiting: tuple[str, ...]


class ClassFolder:
    """A folder that nbgrader works in, with a configuration of its own.

    Args:
        folder: holds `nbgrader_config.py`.

    """

    def __init__(self, folder: Path):
        self.folder = folder.resolve()
        with quiet():
            from nbgrader.apps.api import NbGraderAPI  # noqa: PLC0415 - slow to load
            from nbgrader.coursedir import CourseDirectory  # noqa: PLC0415 - as above
            from traitlets.config.loader import PyFileConfigLoader  # noqa: PLC0415 - as above

            config = PyFileConfigLoader(CONFIGURATION, path=str(self.folder)).load_config()
            self._coursedir = CourseDirectory(config=config)
            self._api = NbGraderAPI(coursedir=self._coursedir, config=config)

    @property
    def db_url(self) -> str:
        """The address of the gradebook."""
        return str(self._coursedir.db_url)

    def submitted(self) -> Path:
        """Return the folder of submissions, one folder per student in it."""
        return Path(self._coursedir.format_path(self._coursedir.submitted_directory, ".", ".")).resolve()

    def autograded(self, assignment: str, student: str) -> Path:
        """Return the folder in which graders look for a student's graded notebook."""
        return Path(self._coursedir.format_path(self._coursedir.autograded_directory, student, assignment))

    def outdated(self, chapter: Chapter) -> str:
        """Say what to do where the gradebook does not know a chapter, or knows another version."""
        with quiet(), venv_on_path():
            from nbgrader.api import MissingEntry  # noqa: PLC0415 - as above

            from course_lib.nbgrader.heal import outdated  # noqa: PLC0415 - as above

            try:
                sentence = outdated(chapter, chapter.name, self.db_url)
            except MissingEntry:
                return f"The gradebook does not know {chapter.name}. Run: course build {chapter.name}"
        return sentence[:1].upper() + sentence[1:]

    def late_penalty(self, student: str, score: float, seconds_late: float) -> float | None:
        """Return the points that the configured plugin takes off late work, or None."""
        with quiet():
            from nbgrader.preprocessors import AssignLatePenalties  # noqa: PLC0415 - as above

            step = AssignLatePenalties(config=self._coursedir.config)
            step.init_plugin()
            points = step.plugin_inst.late_submission_penalty(student, score, seconds_late)
        return None if points is None else float(points)

    def generate_assignment(self, assignment: str) -> None:
        """Make the release and note the assignment in the gradebook.

        Raises:
            NbgraderError: nbgrader refuses.

        """
        self._succeed(self._run(lambda: self._api.generate_assignment(assignment)))

    def autograde(self, assignment: str, student: str, *, force: bool = True) -> str:
        """Grade one student's submission into the gradebook; return what went wrong, in a sentence, or nothing."""
        result = self._run(lambda: self._api.autograde(assignment, student, force=force))
        return "" if result["success"] else _reason(result)

    def generate_feedback(self, assignment: str, student: str | None = None) -> None:
        """Write the feedback pages of a student, or of all.

        Raises:
            NbgraderError: nbgrader refuses.

        """
        self._succeed(self._run(lambda: self._api.generate_feedback(assignment, student)))

    def marks(self, assignment: str, student: str) -> Marks:
        """Read back what the gradebook holds about a submission.

        Raises:
            nbgrader.api.MissingEntry: it knows nothing of it.

        """
        with quiet(), self._api.gradebook as gradebook:
            submission = gradebook.find_submission(assignment, student)
            grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
            points = {str(grade.name): float(grade.score) for grade in grades}
            waiting = tuple(str(grade.name) for grade in grades if grade.needs_manual_grade)
            return Marks(float(submission.score), float(submission.max_score), points, waiting)

    @staticmethod
    def _run(step: Any) -> dict[str, Any]:
        with quiet(), venv_on_path():
            result: dict[str, Any] = step()
        return result

    @staticmethod
    def _succeed(result: dict[str, Any]) -> None:
        if not result["success"]:
            raise NbgraderError(_reason(result))


def _reason(result: Mapping[str, Any]) -> str:
    """Return the first thing that nbgrader logged as an error, without what it says around it."""
    records = RECORD.split(str(result.get("log") or ""))
    errors = [text.strip() for level, text in zip(records[1::2], records[2::2], strict=True) if level in ERRORS]
    told = [text for text in errors if not text.startswith(AROUND)] or [str(result.get("error") or "nothing is known")]
    return told[0].splitlines()[-1] if told[0].startswith("Traceback") else told[0]


@contextmanager
def quiet() -> Iterator[None]:
    """Keep what nbgrader logs and warns about off the terminal."""
    logger = logging.getLogger("traitlets")
    before = logger.propagate, logger.level
    logger.propagate = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.propagate, logger.level = before
