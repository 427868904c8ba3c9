"""`course grade-class`: all submissions of a chapter, in parallel, into nbgrader's gradebook."""

from __future__ import annotations

import fcntl
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from course_lib.catalog import Chapter, Course
from course_lib.classroom.find import Handed, find_submissions
from course_lib.classroom.ledger import FOLDER, Ledger
from course_lib.classroom.record import GradebookWriter, patiently, read_timestamp
from course_lib.classroom.run import Crew, grade_all, in_batches
from course_lib.classroom.work import Outcome, Task
from course_lib.nbgrader.gradebook import ClassFolder

BATCH = 20


class ClassError(RuntimeError):
    """The class cannot be graded; the message says why and what to do."""


@dataclass
class Tally:
    """What came of a class.

    Attributes:
        found: how many submissions there are.
        counts: how many are `graded`, `unchanged`, `unusable` and `failed` (the grader's own failures).
        problems: a sentence for each submission without a verdict, by student.
        score: the sum of all scores, for their mean.
        max_score: points of the assignment.

    """

    found: int
    counts: Counter[str] = field(default_factory=Counter)
    problems: dict[str, str] = field(default_factory=dict)
    score: float = 0.0
    max_score: float = 0.0

    @property
    def mean(self) -> float | None:
        """The mean score of those with a verdict."""
        judged = self.counts["graded"] + self.counts["unchanged"]
        return self.score / judged if judged else None

    def add(self, outcome: Outcome) -> None:
        """Count one submission."""
        entry = outcome.entry
        self.counts[_kind(outcome)] += 1
        if entry.report is None:
            self.problems[entry.student] = entry.problem
        else:
            self.score += entry.report.score
            self.max_score = entry.report.max_score


def _kind(outcome: Outcome) -> str:
    if outcome.entry.report is None:
        return "failed" if outcome.ours else "unusable"
    return "unchanged" if outcome.unchanged else "graded"


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
    classroom, ledger = ClassFolder(course.root), Ledger(course.root, chapter)
    found = find_submissions(classroom.submitted(), chapter, students)
    _refuse(chapter, classroom, found, students)
    tally = Tally(len(found))
    with _alone(course.root, chapter):
        writer = _writer(classroom, chapter)
        outcomes = grade_all(_tasks(course, chapter, classroom, found, ledger, force=force), crew)
        for batch in in_batches(_counted(outcomes, tally, advance), BATCH):
            fresh = [outcome.entry for outcome in batch if not (outcome.unchanged or outcome.ours)]
            writer.write([entry.report for entry in fresh if entry.report is not None])
            ledger.append(fresh)
    return tally


def _counted(outcomes: Iterator[Outcome], tally: Tally, advance: Callable[[Tally], None]) -> Iterator[Outcome]:
    for outcome in outcomes:
        tally.add(outcome)
        advance(tally)
        yield outcome


def _tasks(  # noqa: PLR0913 - what a task is made of
    course: Course,
    chapter: Chapter,
    classroom: ClassFolder,
    found: tuple[Handed, ...],
    ledger: Ledger,
    *,
    force: bool,
) -> Iterator[Task]:
    known = ledger.keys()
    for handed in found:
        autograded = classroom.autograded(chapter.name, handed.student)
        key = known.get(handed.student, "")
        yield Task(course.root, chapter.name, handed.student, handed.path, autograded, key, force)


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
