"""The sample class from release to feedback, in a folder of its own: what `course demo` runs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, as_completed
from dataclasses import dataclass
from pathlib import Path

from course_lib.authoring.problems import AuthoringError
from course_lib.authoring.release import write_source
from course_lib.authoring.sample_class import SampleStudent, read_class, write_class
from course_lib.catalog import Chapter, Course
from course_lib.grading.grade_file import Answer, Request, grade_file
from course_lib.grading.judge import Judge
from course_lib.grading.pool import ask_judge, judge_pool
from course_lib.grading.report import Report
from course_lib.nbgrader.gradebook import CHECK, CONFIGURATION, ClassFolder, Marks

MARKER = ".sample_class"
CONFIGURATION_TEXT = '''\
"""The course's configuration, pointed at this folder. Written by `course demo`."""

load_subconfig("{name}", path={course!r})
c = get_config()
c.CourseDirectory.root = {folder!r}
c.CourseDirectory.source_directory = "source"
c.CourseDirectory.release_directory = "release"
c.CourseDirectory.db_url = {db_url!r}
'''


@dataclass(frozen=True)
class Graded:
    """One student's submission, as the judge and as the gradebook see it."""

    student: SampleStudent
    report: Report
    marks: Marks
    feedback: Path

    @property
    def agrees(self) -> bool:
        """Whether the gradebook holds the report's points, to the last digit, for every exercise and in sum."""
        expected = {item.exercise: item.points or 0.0 for item in self.report.exercises}
        stored = {name.removesuffix(CHECK): points for name, points in self.marks.points.items()}
        sums = (round(self.marks.score, 2), round(self.marks.max_score, 2))
        return expected == stored and sums == (self.report.score, self.report.max_score)


def run_class(
    course: Course, chapter: Chapter, folder: Path, jobs: int, advance: Callable[[str], None] = lambda _: None
) -> tuple[Graded, ...]:
    """Release a chapter, hand in the sample class, grade it through nbgrader, write the feedback.

    Args:
        course: the course.
        chapter: the assignment.
        folder: where all of it goes; made, or made anew where an earlier run left it.
        jobs: how many judges work at a time.
        advance: told what is done next, a few words.

    Raises:
        AuthoringError: the folder holds something else, or the chapter has no sample class.
        NbgraderError: a step of nbgrader failed.

    """
    students = read_class(chapter)
    _empty(folder)
    with judge_pool(course.root, jobs) as pool:
        for _ in range(jobs):
            pool.submit(ask_judge, _wake)
        advance(f"releasing {chapter.name}")
        classroom = _release(course, chapter, folder)
        release = folder / "release" / chapter.name / chapter.release.name
        paths = write_class(chapter, release, folder / "submitted")
        # Who did most comes first in the class and is graded last, so that nbgrader has work while the judges have.
        asked = {pool.submit(ask_judge, grade_file, _request(paths[name], chapter)): name for name in reversed(paths)}
        reports = dict(_graded(classroom, chapter, asked, advance))
    return tuple(
        Graded(
            student,
            reports[student.name],
            classroom.marks(chapter.name, student.name),
            folder / "feedback" / student.name / chapter.name / f"{chapter.name}.html",
        )
        for student in students
    )


def _wake(judge: Judge) -> str:
    """Let a process of the pool load its libraries while nbgrader makes the release."""
    return judge.tier


def _request(path: Path, chapter: Chapter) -> Request:
    return Request(path, assignment=chapter.name, name=path.parent.parent.name)


def _graded(
    classroom: ClassFolder, chapter: Chapter, asked: dict[Future[Answer], str], advance: Callable[[str], None]
) -> Iterator[tuple[str, Report]]:
    """Have nbgrader grade each submission as soon as its report is there; nbgrader's own question is then answered."""
    for done, future in enumerate(as_completed(asked)):
        advance(f"{done} of {len(asked)} graded")
        answer, name = future.result(), asked[future]
        problem = answer.problem if answer.report is None else classroom.autograde(chapter.name, name)
        if problem or answer.report is None:
            for waiting in asked:
                waiting.cancel()
            raise AuthoringError(problem)
        classroom.generate_feedback(chapter.name, name)
        yield name, answer.report


def _release(course: Course, chapter: Chapter, folder: Path) -> ClassFolder:
    write_source(chapter, folder / "source" / chapter.name)
    text = CONFIGURATION_TEXT.format(
        name=CONFIGURATION,
        course=str(course.root),
        folder=str(folder.resolve()),
        db_url=f"sqlite:///{(folder.resolve() / 'gradebook.db').as_posix()}",
    )
    (folder / CONFIGURATION).write_text(text, "utf-8")
    classroom = ClassFolder(folder)
    classroom.generate_assignment(chapter.name)
    return classroom


def _empty(folder: Path) -> None:
    """Make the folder; empty it where an earlier run made it, and leave everything else alone."""
    if folder.exists():
        if not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARKER).exists()):
            message = f"{folder} holds something that is not from `course demo`: choose another folder."
            raise AuthoringError(message)
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / MARKER).touch()
