"""`course grade-class`: all submissions of a chapter, in parallel, into nbgrader's gradebook."""

from __future__ import annotations

import fcntl
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from course_lib.catalog import Chapter, Course
from course_lib.classroom.find import Handed, find_submissions
from course_lib.classroom.ledger import FOLDER, Known, Ledger
from course_lib.classroom.record import GradebookWriter, patiently, read_timestamp
from course_lib.classroom.run import Crew, grade_all, in_batches
from course_lib.classroom.unchanged import stamp, surroundings
from course_lib.classroom.work import Outcome, Task, judge_of, place_of
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

    def keep(self, known: Known) -> None:
        """Count one submission that is as it was when it was graded."""
        self.counts["unchanged"] += 1
        self.score += known.score
        self.max_score = known.max_score


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
        there = writer.students()
        known = {student: verdict for student, verdict in ledger.known().items() if student in there}
        past = _Past(course, chapter, classroom, known)
        outcomes = grade_all(_tasks(found, past, _keeper(tally, advance), force=force), crew)
        for batch in in_batches(_counted(outcomes, tally, advance), BATCH):
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


@dataclass
class _Past:
    """What earlier runs left: verdicts that ledger, gradebook and graders' folders all have.

    Args:
        course: the course.
        chapter: the assignment.
        classroom: where the graders' notebooks lie.
        known: by student, the verdict.

    """

    course: Course
    chapter: Chapter
    classroom: ClassFolder
    known: Mapping[str, Known]

    @cached_property
    def around(self) -> str:
        """What verdicts depend on besides file and student, now."""
        return surroundings(self.course, self.chapter)

    @cached_property
    def place(self) -> str:
        """Where student code would run, if this process graded."""
        return place_of(judge_of(self.course.root))

    def task(self, handed: Handed, *, force: bool) -> Task:
        """Return the work on a submission."""
        known = self.known.get(handed.student)
        folder = self.classroom.autograded(self.chapter.name, handed.student)
        key = known.key if known else ""
        return Task(self.course.root, self.chapter.name, handed.student, handed.path, folder, key, self.around, force)

    def looks_other(self, outcome: Outcome) -> bool:
        """Tell whether only the stamp of a known verdict is another; noted, it spares the next look."""
        known = self.known.get(outcome.entry.student)
        return outcome.unchanged and known is not None and known.stamp != outcome.entry.stamp

    def holds(self, task: Task) -> Known | None:
        """Return the verdict on a submission where nothing has changed since, without opening it."""
        known = self.known.get(task.student)
        if known is None or not known.stamp or not (task.autograded / task.path.name).is_file():
            return None
        return known if known.stamp == stamp(self.around, self.place, task.student, task.path) else None


def _tasks(found: Sequence[Handed], past: _Past, keep: Callable[[Known], None], *, force: bool) -> Iterator[Task]:
    """Yield the work that there is; what is as it was is only counted."""
    for handed in found:
        task = past.task(handed, force=force)
        known = None if force else past.holds(task)
        if known is None:
            yield task
        else:
            keep(known)


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
