"""What a student waits for after a push, and an instructor for publishing: `python -m benchmarks github`.

GitHub is the stand-in of the tests, on a local port. So these are our own seconds, from the checkout on, with packages
installed and nothing else in between: every step is a process of its own, as in the workflow. The processor's seconds
stand beside them, since the others grow with whatever else the machine does.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measure import Figure, machine
from course_lib.authoring.source import read_source
from course_lib.catalog import Chapter, Course, load_course
from course_lib.grading.bank import read_bank
from course_lib.publishing.publish import publish
from tests.github.places import git
from tests.github.stand_in import StandIn

CHAPTER = "ch02_math"  # nothing is trained there; one known mistake is looked for
# By the rounds that it takes, exercise and mistake: another exercise builds on the second, and is judged once more.
MISTAKES = {"one round": ("softmax", "clipped"), "two rounds": ("dot", "drops_the_first")}
RUNS = 3
STUDENTS = "intro/deep-learning"
COURSE = ("course.toml", "solutions", "autograder", "assignments")


def _processor() -> float:
    times = os.times()
    return times.children_user + times.children_system


@dataclass
class Taken:
    """Seconds on the clock and of the processor in child processes: while it runs the times of its beginning."""

    clock: float = field(default_factory=time.perf_counter)
    processor: float = field(default_factory=_processor)

    def end(self) -> Taken:
        """Return what was taken."""
        return Taken(time.perf_counter() - self.clock, _processor() - self.processor)


def main(_: Sequence[str] = ()) -> int:
    """Measure and print the table."""
    table = Table(title=f"{machine()}, load {os.getloadavg()[0]:.1f}", title_justify="left")
    for name in ("measured", "clock (processor)", "aim: at most"):
        table.add_column(name)
    with tempfile.TemporaryDirectory() as folder:
        for figure in figures(load_course(), Path(folder)):
            table.add_row(figure.what, figure.value, figure.aim)
    Console().print(table)
    return 0


def figures(course: Course, folder: Path) -> Iterator[Figure]:
    """Measure and yield the rows."""
    for rounds, mistake in MISTAKES.items():
        taken = pushes(course, folder / rounds, mistake, rounds)
        yield Figure(f"push to comment, {CHAPTER}, {rounds} of questions", _seconds(taken), "15 s")
    student = folder / "student"
    yield Figure("course publish, into an empty folder", _seconds([_publish(course, student)]), "10 s")
    yield Figure("course publish, up to date", _seconds([_publish(course, student) for _ in range(RUNS)]), "10 s")
    chapters = [chapter for chapter in course.chapters if chapter.release.exists()]
    yield Figure(f"visible checks of {len(chapters)} chapters, untouched", _seconds([_check(student)]), "60 s")
    for chapter in chapters:
        path = student / chapter.release.relative_to(course.root)
        path.write_text(solved(chapter, path), encoding="utf-8")
    yield Figure(f"visible checks of {len(chapters)} chapters, all solved", _seconds([_check(student)]), "60 s")


# --- a push -----------------------------------------------------------------------------------------------------------


def pushes(course: Course, folder: Path, mistake: tuple[str, str], rounds: str) -> list[Taken]:
    """Return the times from checkout to comment."""
    teachers, mine = folder / "teachers", folder / "mine"
    for name in COURSE:
        copy = shutil.copytree if (course.root / name).is_dir() else shutil.copy
        teachers.mkdir(parents=True, exist_ok=True)
        copy(course.root / name, teachers / name)
    (teachers / "roster.csv").write_text(f"student,login,repository\nAda,ada,{STUDENTS}\n", encoding="utf-8")
    github = StandIn(folder / "github")
    try:
        _fork(course, github, mine)
        return [_push(course, github, mine, teachers, Push(number, mistake, rounds)) for number in range(RUNS)]
    finally:
        github.close()


@dataclass(frozen=True)
class Push:
    """One push: its number, exercise and name of the mistake, and the rounds of questions that this takes."""

    number: int
    mistake: tuple[str, str]
    rounds: str


def _fork(course: Course, github: StandIn, mine: Path) -> None:
    publish(course, mine, STUDENTS)
    git(mine, "init", "--quiet")
    git(mine, "add", "--all")
    git(mine, "commit", "--quiet", "--message", "release")
    for repository in (STUDENTS, "ada/deep-learning"):
        git(mine, "push", "--quiet", github.bare(repository), "main:main")


def _push(course: Course, github: StandIn, mine: Path, teachers: Path, push: Push) -> Taken:
    chapter = course.chapter(CHAPTER)
    path = mine / chapter.release.relative_to(course.root)
    slug, name = push.mistake
    wrong = next(answer.code for answer in read_bank(chapter.exercise(slug).wrong_answers) if answer.name == name)
    path.write_text(solved(chapter, path, {slug: f"{wrong}\n# push {push.number}\n"}), encoding="utf-8")
    git(mine, "add", "--all")
    git(mine, "commit", "--quiet", "--message", "work")
    git(mine, "push", "--quiet", github.bare("ada/deep-learning"), "HEAD:refs/heads/work")
    github.push("ada/deep-learning", "work", STUDENTS, 1)
    began = Taken()
    rounds = _jobs(github, teachers, str(push.number))
    taken = began.end()
    (comment,) = github.comments[STUDENTS, 1]
    if "Hint:" not in comment["body"] or rounds != list(MISTAKES).index(push.rounds) + 1:
        sys.exit(f"The comment is not what was to be measured, after {rounds} rounds:\n{comment['body']}")
    return taken


def _jobs(github: StandIn, teachers: Path, number: str) -> int:
    """Run the workflow's commands; return how many rounds there were."""
    event, output = teachers / "event.json", teachers / "output"
    event.write_text("{}", encoding="utf-8")
    environment = os.environ | {
        "OMP_NUM_THREADS": "1",
        "GITHUB_API_URL": github.url,
        "GITHUB_EVENT_NAME": "schedule",
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_OUTPUT": str(output),
        "GITHUB_REPOSITORY": "teachers/course",
    }
    work, questions, answers, verdicts = (f"{name}-{number}" for name in ("work", "questions", "answers", "verdicts"))

    def step(*arguments: str) -> str:
        output.write_text("", encoding="utf-8")
        _run(teachers, environment, "-m", "course_lib.cli_github", *arguments)
        return output.read_text(encoding="utf-8")

    step("collect", work)
    step("ask", work, questions)
    rounds, more = 0, True
    while more:
        rounds += 1
        step("run", f"{questions}/{rounds}", f"{answers}/{rounds}")
        more = "more=true" in step("judge", work, questions, answers, verdicts, "--more")
    step("comment", work, verdicts)
    return rounds


# --- the student's repository -----------------------------------------------------------------------------------------


def solved(chapter: Chapter, path: Path, answers: dict[str, str] | None = None) -> str:
    """Return a released notebook with the reference, or other answers, in place of the stubs."""
    source = read_source(chapter)
    code = {slug: source.reference(slug) for slug in source.code_slugs} | (answers or {})
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        slug = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if slug in code:
            cell["source"] = code[slug]
    return json.dumps(notebook)


def _publish(course: Course, folder: Path) -> Taken:
    began = Taken()
    _run(
        course.root,
        dict(os.environ),
        "-c",
        "from course_lib.cli import main; main()",
        "publish",
        str(folder),
        "--repository",
        STUDENTS,
    )
    return began.end()


def _check(folder: Path) -> Taken:
    began = Taken()
    _run(folder, dict(os.environ), "-m", "course_lib.student.cli", "check", codes=(0, 1))
    return began.end()


def _run(folder: Path, environment: dict[str, str], *command: str, codes: Sequence[int] = (0,)) -> None:
    ran = subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if ran.returncode not in codes:
        sys.exit(f"{' '.join(command)} ended with {ran.returncode}:\n{ran.stdout}{ran.stderr}")


def _seconds(times: Sequence[Taken]) -> str:
    clock, processor = (statistics.median(getattr(taken, name) for taken in times) for name in ("clock", "processor"))
    return f"{clock:.1f} s ({processor:.1f} s)"
