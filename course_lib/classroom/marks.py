"""What nbgrader's gradebook holds about a class, read with a few queries however many students there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_lib.catalog import Chapter
from course_lib.nbgrader.gradebook import CHECK, CONFIGURATION, ClassFolder


class NoGradebookError(RuntimeError):
    """There is no gradebook, it cannot be read, or it does not know the chapter. The message says what to do."""


@dataclass(frozen=True)
class Student:
    """A member of the class as the gradebook knows one; all but the id may be empty."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""

    @property
    def name(self) -> str:
        """First and last name, or the id where there is none."""
        return f"{self.first_name} {self.last_name}".strip() or self.id


@dataclass(frozen=True)
class Mark:
    """What one student's submission is worth.

    Attributes:
        points: by exercise, manual points included.
        waiting: exercises that wait for a person.
        comments: by exercise, what graders wrote.
        penalty: points that are taken off for being late.

    """

    points: Mapping[str, float]
    waiting: frozenset[str] = frozenset()
    comments: Mapping[str, str] = field(default_factory=dict)
    penalty: float = 0.0

    @property
    def total(self) -> float:
        """Points that count: late penalty taken off, never below zero."""
        return round(max(0.0, sum(self.points.values()) - self.penalty), 4)


@dataclass(frozen=True)
class ClassMarks:
    """The roster, and the marks of those who have some, both by student's id."""

    roster: Mapping[str, Student]
    marks: Mapping[str, Mark]
    max_score: float


def read_marks(root: Path, chapter: Chapter) -> ClassMarks:
    """Read what the gradebook holds about a chapter.

    Args:
        root: holds `nbgrader_config.py`.
        chapter: the assignment.

    Raises:
        NoGradebookError: there is nothing to read; the message says what to do.

    """
    with _opened(root) as gradebook:
        max_scores = {item.name: float(item.max_score) for item in gradebook.assignments}
        if chapter.name not in max_scores:
            message = f"The gradebook does not know {chapter.name}. Run: course build {chapter.name}"
            raise NoGradebookError(message)
        roster = {item.id: item for item in map(_student, gradebook.students)}
        return ClassMarks(roster, _marks(gradebook, chapter.name), max_scores[chapter.name])


@contextmanager
def _opened(root: Path) -> Iterator[Any]:
    """Open the gradebook; nbgrader would make one where there is none."""
    if not (root / CONFIGURATION).is_file():
        message = f"{root} has no {CONFIGURATION}, so there is no gradebook: change into the folder of the course."
        raise NoGradebookError(message)
    from nbgrader.api import Gradebook  # noqa: PLC0415 - slow to load
    from sqlalchemy.engine import make_url  # noqa: PLC0415 - comes with nbgrader
    from sqlalchemy.exc import OperationalError  # noqa: PLC0415 - as above

    url = ClassFolder(root).db_url
    file = make_url(url).database
    if url.startswith("sqlite") and not (file and Path(file).is_file()):
        message = f"There is no gradebook at {file} yet: `course build` makes one, `course grade-class` fills it."
        raise NoGradebookError(message)
    try:
        with Gradebook(url) as gradebook:
            yield gradebook
    except OperationalError as error:
        message = f"The gradebook cannot be read ({error.orig}). Close what holds it, or check its address."
        raise NoGradebookError(message) from error


def _student(row: Any) -> Student:
    fields = (row.first_name, row.last_name, row.email, row.lms_user_id)
    return Student(str(row.id), *(str(value or "") for value in fields))


def _marks(gradebook: Any, assignment: str) -> dict[str, Mark]:
    from nbgrader import api  # noqa: PLC0415 - as above

    grade = (api.BaseCell.name, api.Grade.score, api.Grade.needs_manual_grade)
    points: dict[str, dict[str, float]] = defaultdict(dict)
    waiting: dict[str, set[str]] = defaultdict(set)
    for student, cell, score, manual in _rows(gradebook, assignment, api.Grade, *grade):
        points[student][cell.removesuffix(CHECK)] = float(score)
        waiting[student].update([cell.removesuffix(CHECK)] if manual else [])
    comments: dict[str, dict[str, str]] = defaultdict(dict)
    for student, cell, comment in _rows(
        gradebook, assignment, api.Comment, api.BaseCell.name, api.Comment.manual_comment
    ):
        comments[student].update({cell.removesuffix(CHECK): comment} if comment else {})
    penalties = _penalties(gradebook, assignment)
    return {
        student: Mark(points[student], frozenset(waiting[student]), comments[student], penalty)
        for student, penalty in penalties.items()
    }


def _rows(gradebook: Any, assignment: str, about: Any, *columns: Any) -> Any:
    """Return the student and the columns for every cell of every submission."""
    from nbgrader import api  # noqa: PLC0415 - as above

    query = gradebook.db.query(api.SubmittedAssignment.student_id, *columns).select_from(about)
    joined = query.join(api.BaseCell, about.cell_id == api.BaseCell.id)
    joined = joined.join(api.SubmittedNotebook, about.notebook_id == api.SubmittedNotebook.id)
    joined = joined.join(api.SubmittedAssignment, api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id)
    return joined.join(api.Assignment).filter(api.Assignment.name == assignment)


def _penalties(gradebook: Any, assignment: str) -> dict[str, float]:
    from nbgrader import api  # noqa: PLC0415 - as above

    columns = (api.SubmittedAssignment.student_id, api.SubmittedAssignment.late_submission_penalty)
    query = gradebook.db.query(*columns).join(api.Assignment).filter(api.Assignment.name == assignment)
    return {str(student): float(penalty or 0.0) for student, penalty in query}
