"""Who is in the class and what of each is known: the ledger's verdicts, the gradebook's marks, the folders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from course_lib.catalog import Chapter, Course
from course_lib.classroom.find import find_submissions
from course_lib.classroom.ledger import Entry, Ledger
from course_lib.classroom.marks import ClassMarks, Mark, NoGradebookError, read_marks
from course_lib.grading.report import ExerciseResult, Report
from course_lib.nbgrader.gradebook import CONFIGURATION, ClassFolder


class NothingGradedError(RuntimeError):
    """Nothing of the chapter is graded. The message says what to do."""


@dataclass(frozen=True)
class Work:
    """One student's graded submission.

    Attributes:
        student: the folder that it was handed in in.
        report: the judge's verdict.
        points: by exercise, the points that are decided, by the judge or by a person; those of the gradebook count.
        waiting: exercises that a person has to read.

    """

    student: str
    report: Report
    points: Mapping[str, float]
    waiting: frozenset[str]

    @cached_property
    def results(self) -> Mapping[str, ExerciseResult]:
        """The verdicts by exercise."""
        return {result.exercise: result for result in self.report.exercises}

    @property
    def seconds(self) -> float:
        """Time that the tests took."""
        return sum(test.seconds for result in self.report.exercises for test in result.tests)


@dataclass(frozen=True)
class Members:
    """A class and its work on one chapter.

    Attributes:
        works: what is graded.
        unusable: by student, why the submission could not be graded.
        ungraded: handed in, not graded yet.
        missing: known to the gradebook or from other chapters, nothing handed in.
        submitted: nbgrader's folder of submissions.
        by_hand: whether points and waiting answers come from the gradebook.

    """

    works: tuple[Work, ...]
    unusable: Mapping[str, str]
    ungraded: tuple[str, ...]
    missing: tuple[str, ...]
    submitted: Path
    by_hand: bool

    @property
    def everybody(self) -> tuple[str, ...]:
        """All students, in order."""
        graded = [work.student for work in self.works]
        return tuple(sorted([*graded, *self.unusable, *self.ungraded, *self.missing]))


def gather(course: Course, chapter: Chapter) -> Members:
    """Collect what is known about a class and a chapter.

    Args:
        course: where everything lies.
        chapter: the assignment.

    Raises:
        NothingGradedError: the ledger has no entry.

    """
    entries = Ledger(course.root, chapter).read()
    if not entries:
        message = f"Nothing of {chapter.name} is graded yet. Run: course grade-class {chapter.name}"
        raise NothingGradedError(message)
    marks = _marks(course.root, chapter)
    submitted = _submitted(course.root)
    handed = {item.student for item in find_submissions(submitted, chapter)} | set(marks.marks if marks else ())
    known = {folder.name for folder in submitted.iterdir() if folder.is_dir()} if submitted.is_dir() else set()
    known |= set(marks.roster if marks else ())
    return Members(
        tuple(_work(entry, marks) for _, entry in sorted(entries.items()) if entry.report),
        {name: entry.problem for name, entry in sorted(entries.items()) if entry.report is None},
        tuple(sorted(handed - entries.keys())),
        tuple(sorted(known - handed - entries.keys())),
        submitted,
        marks is not None,
    )


def _marks(root: Path, chapter: Chapter) -> ClassMarks | None:
    try:
        return read_marks(root, chapter)
    except NoGradebookError:
        return None


def _submitted(root: Path) -> Path:
    return ClassFolder(root).submitted() if (root / CONFIGURATION).is_file() else root / "submitted"


def _work(entry: Entry, marks: ClassMarks | None) -> Work:
    report = entry.report
    assert report is not None  # noqa: S101 - for mypy; `gather` has looked
    points = {result.exercise: result.points for result in report.exercises if result.points is not None}
    waiting = frozenset(result.exercise for result in report.exercises if result.state == "needs_review")
    mark = marks.marks.get(entry.student) if marks else None
    return Work(entry.student, report, *(_decided(points, mark) if mark else (points, waiting)))


def _decided(points: Mapping[str, float], mark: Mark) -> tuple[Mapping[str, float], frozenset[str]]:
    """Return the gradebook's points over the judge's, and what waits there."""
    decided = {slug: value for slug, value in mark.points.items() if slug not in mark.waiting}
    judged = {slug: value for slug, value in points.items() if slug not in mark.waiting}
    return judged | decided, mark.waiting
