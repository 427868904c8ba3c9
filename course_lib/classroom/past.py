"""Which work there is: what earlier runs left, and what has changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from course_lib.catalog import Chapter, Course
from course_lib.classroom.find import Handed
from course_lib.classroom.ledger import Known
from course_lib.classroom.unchanged import stamp, surroundings
from course_lib.classroom.work import Outcome, Task, judge_of, place_of
from course_lib.nbgrader.gradebook import ClassFolder


@dataclass
class Past:
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


def tasks(found: Sequence[Handed], past: Past, keep: Callable[[Known], None], *, force: bool) -> Iterator[Task]:
    """Yield the work that there is; what is as it was is only counted."""
    for handed in found:
        task = past.task(handed, force=force)
        known = None if force else past.holds(task)
        if known is None:
            yield task
        else:
            keep(known)
