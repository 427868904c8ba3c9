"""`course grade-class`: all submissions of a chapter, in parallel, into nbgrader's gradebook."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from course_lib.catalog import Chapter, Course
from course_lib.classroom.find import Handed, find_submissions
from course_lib.classroom.ledger import FOLDER, Known, Ledger
from course_lib.classroom.past import Past, tasks
from course_lib.classroom.record import GradebookWriter, patiently, read_timestamp
from course_lib.classroom.run import Crew, grade_all, in_batches
from course_lib.classroom.tally import Tally
from course_lib.classroom.work import Outcome
from course_lib.nbgrader.gradebook import ClassFolder

__all__ = ["ClassError", "Tally", "grade_class"]

BATCH, BATCH_SECONDS = 50, 5.0


class ClassError(RuntimeError):
    """The class cannot be graded; the message says why and what to do."""


def grade_class(  # noqa: PLR0913 - one parameter per wish
    course: Course,
    chapter: Chapter,
    crew: Crew,
    students: Collection[str] = (),
    *,
    force: bool = False,
    advance: Callable[[Tally], None] = lambda _: None,
) -> Tally:
    """Grade a class into the gradebook.

    Args:
        course: the course; its folder is nbgrader's too.
        chapter: the assignment.
        crew: does the work.
        students: only these; empty takes all.
        force: grade again what is graded already.
        advance: called after each submission.

    Raises:
        ClassError: nobody handed in, the gradebook does not fit the chapter, or another grader is at work.
        GradebookBusy: somebody else kept the gradebook locked.

    """
    ledger = Ledger(course.root, chapter)
    if not ledger.path.exists():  # there will be work: begin while nbgrader is loaded
        crew.begin()
    classroom = ClassFolder(course.root)
    found = find_submissions(classroom.submitted(), chapter, students)
    _refuse(chapter, classroom, found, students)
    tally = Tally(len(found))
    with _alone(course.root, chapter):
        writer = _writer(classroom, chapter)
        there = writer.students()
        known = {student: verdict for student, verdict in ledger.known().items() if student in there}
        past = Past(course, chapter, classroom, known)
        outcomes = grade_all(tasks(found, past, _keeper(tally, advance), force=force), crew)
        for batch in in_batches(_counted(outcomes, tally, advance), BATCH, BATCH_SECONDS):
            fresh = [outcome.entry for outcome in batch if not (outcome.unchanged or outcome.ours)]
            writer.write([entry.report for entry in fresh if entry.report is not None])
            ledger.append([*fresh, *(outcome.entry for outcome in batch if past.looks_other(outcome))])
    return tally


def _keeper(tally: Tally, advance: Callable[[Tally], None]) -> Callable[[Known], None]:
    def keep(known: Known) -> None:
        tally.keep(known)
        advance(tally)

    return keep


def _counted(outcomes: Iterator[Outcome], tally: Tally, advance: Callable[[Tally], None]) -> Iterator[Outcome]:
    for outcome in outcomes:
        tally.add(outcome)
        advance(tally)
        yield outcome


def _writer(classroom: ClassFolder, chapter: Chapter) -> GradebookWriter:
    def timestamp(student: str) -> object:
        return read_timestamp(classroom.submitted() / student / chapter.name)

    return GradebookWriter(classroom.db_url, chapter, classroom.late_penalty, timestamp)


def _refuse(chapter: Chapter, classroom: ClassFolder, found: tuple[Handed, ...], students: Collection[str]) -> None:
    missing = sorted(set(students) - {handed.student for handed in found})
    if missing:
        message = f"Nothing of {chapter.name} lies in {classroom.submitted()} for {', '.join(missing)}."
        raise ClassError(message)
    if not found:
        message = (
            f"Nobody has handed in {chapter.name}: no folder {classroom.submitted()}/STUDENT/{chapter.name}. "
            "Collect submissions first (`nbgrader collect`, `nbgrader zip_collect`), or copy them there."
        )
        raise ClassError(message)
    if sentence := patiently(lambda: classroom.outdated(chapter)):
        raise ClassError(sentence)


@contextmanager
def _alone(root: Path, chapter: Chapter) -> Iterator[None]:
    """Keep a second grader of the same chapter out for as long as this one works; the lock ends with the process."""
    path = root / FOLDER / f"{chapter.name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            message = f"Another `course grade-class` is at work on {chapter.name} (process {lock.read().strip()})."
            raise ClassError(message) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
