"""The one writer of nbgrader's gradebook: verdicts in batches, each batch whole or not at all.

Everything goes through nbgrader's own API and means what `nbgrader autograde` would have meant: manual marks stay, what
a person must read waits for one, untouched answers get the comment "No response.", late work its penalty.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from course_lib.catalog import Chapter
from course_lib.grading.report import Report
from course_lib.nbgrader.gradebook import CHECK, quiet

T = TypeVar("T")
PATIENCE = 60.0  # seconds for which a gradebook that somebody else holds is waited for
PAUSE = 0.5
NO_RESPONSE = "No response."


class GradebookBusy(RuntimeError):
    """Somebody else kept the gradebook locked; nothing of the batch was written."""


class GradebookWriter:
    """Writes reports.

    Args:
        db_url: the gradebook.
        chapter: the assignment; the gradebook knows it since its release was made.
        penalty: given student, score and seconds late, the points that are taken off, or None.
        timestamp: given a student, when the submission was handed in, or None.

    """

    def __init__(
        self,
        db_url: str,
        chapter: Chapter,
        penalty: Callable[[str, float, float], float | None],
        timestamp: Callable[[str], Any],
    ):
        self._db_url = db_url
        self._chapter = chapter
        self._penalty = penalty
        self._timestamp = timestamp

    def students(self) -> frozenset[str]:
        """Return who has a submission of the assignment in the gradebook.

        Raises:
            GradebookBusy: the gradebook stayed locked.

        """
        return patiently(self._students)

    def _students(self) -> frozenset[str]:
        from nbgrader.api import Assignment, Gradebook, SubmittedAssignment  # noqa: PLC0415 - slow to load

        with quiet(), Gradebook(self._db_url) as gradebook:
            query = gradebook.db.query(SubmittedAssignment.student_id).join(Assignment)
            return frozenset(str(student) for (student,) in query.filter(Assignment.name == self._chapter.name))

    def write(self, reports: Sequence[Report]) -> None:
        """Write a batch.

        Raises:
            GradebookBusy: the gradebook stayed locked.

        """
        if reports:
            patiently(lambda: self._write(reports))

    def _write(self, reports: Sequence[Report]) -> None:
        from nbgrader.api import Gradebook  # noqa: PLC0415 - as above

        with quiet(), Gradebook(self._db_url) as gradebook, _one_transaction(gradebook.db):
            cells = self._cells(gradebook)
            for report in reports:
                gradebook.update_or_create_student(report.submission)
            gradebook.db.flush()
            kept = self._load(gradebook, reports)  # for as long as this is held, the API's queries find it in memory
            notebooks = [self._note(gradebook, report, cells) for report in reports]
            gradebook.db.flush()
            for report, notebook in zip(reports, notebooks, strict=True):
                self._punish(gradebook, notebook, report.submission)
            del kept

    def _cells(self, gradebook: Any) -> dict[str, str]:
        """Return the exercise of every cell that has points or takes a comment, by the cell's id."""
        (notebook,) = gradebook.find_assignment(self._chapter.name).notebooks
        cells = (*notebook.grade_cells, *notebook.solution_cells, *notebook.task_cells)
        return {cell.id: cell.name.removesuffix(CHECK) for cell in cells}

    def _load(self, gradebook: Any, reports: Sequence[Report]) -> Sequence[Any]:
        """Read what the gradebook has of a batch already, in three queries and not in three for each student."""
        from nbgrader.api import Assignment, SubmittedAssignment, SubmittedNotebook  # noqa: PLC0415 - as above
        from sqlalchemy.orm import selectinload  # noqa: PLC0415 - comes with nbgrader

        notebooks = selectinload(SubmittedAssignment.notebooks)
        parts = (notebooks.selectinload(SubmittedNotebook.grades), notebooks.selectinload(SubmittedNotebook.comments))
        of_chapter = gradebook.db.query(SubmittedAssignment).options(*parts).join(Assignment)
        students = [report.submission for report in reports]
        chosen = of_chapter.filter(Assignment.name == self._chapter.name, SubmittedAssignment.student_id.in_(students))
        return tuple(chosen)

    def _note(self, gradebook: Any, report: Report, cells: Mapping[str, str]) -> Any:
        student, assignment = report.submission, self._chapter.name
        stamp = self._timestamp(student)
        submission = gradebook.update_or_create_submission(
            assignment, student, **({"timestamp": stamp} if stamp is not None else {})
        )
        (notebook,) = submission.notebooks
        results = {result.exercise: result for result in report.exercises}
        for grade in notebook.grades:
            result = results[cells[grade.cell_id]]
            grade.auto_score = result.points
            grade.needs_manual_grade = result.points is None or grade.manual_score is not None
        for comment in notebook.comments:
            untouched = results[cells[comment.cell_id]].state == "not_attempted"
            comment.auto_comment = NO_RESPONSE if untouched else None
        return notebook

    def _punish(self, gradebook: Any, notebook: Any, student: str) -> None:
        late = notebook.assignment.total_seconds_late
        notebook.late_submission_penalty = None
        if late > 0:
            gradebook.db.refresh(notebook)
            points = self._penalty(student, notebook.score, late)
            notebook.late_submission_penalty = None if points is None else min(max(points, 0.0), notebook.score)


def patiently(action: Callable[[], T]) -> T:
    """Do something with the gradebook, again and again while somebody else holds it.

    Raises:
        GradebookBusy: it stayed locked for `PATIENCE`.

    """
    from sqlalchemy.exc import OperationalError  # noqa: PLC0415 - comes with nbgrader, and is slow to load

    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return action()
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                message = (
                    f"The gradebook cannot be used ({error.orig}). Close what holds it, such as another grader or a "
                    "database browser; on a server, look whether it runs and `COURSE_GRADEBOOK` names it."
                )
                raise GradebookBusy(message) from error
            time.sleep(PAUSE)


@contextmanager
def _one_transaction(session: Any) -> Iterator[None]:
    """Let the API's many commits do nothing; commit once at the end, or not at all."""
    commit, session.commit = session.commit, lambda: None
    try:
        with session.no_autoflush:
            yield
        commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.commit = commit


def read_timestamp(folder: Path) -> Any:
    """Return when a submission was handed in, as `nbgrader collect` noted it, or None where nobody did.

    A file that holds no time counts as none.
    """
    from nbgrader.utils import parse_utc  # noqa: PLC0415 - as above

    try:
        return parse_utc((folder / "timestamp.txt").read_text("utf-8").strip() or None)
    except (OSError, ValueError, OverflowError):
        return None
