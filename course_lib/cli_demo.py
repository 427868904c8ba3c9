"""`course demo`: a sample class, graded through nbgrader's gradebook."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from course_lib.catalog import load_course
from course_lib.readme import markdown_table, write_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.catalog import Chapter, Course
    from course_lib.grading.report import ExerciseResult
    from course_lib.nbgrader.sample_run import Graded

COLUMNS = ("student", "hands in", "score", "known mistakes", "remark")
README_NAME = "demo"
DISAGREES, UNUSABLE = 1, 2


def demo(
    chapter: Annotated[
        str | None, typer.Argument(help="The chapter; without, the one with the largest sample class.")
    ] = None,
    *,
    keep: Annotated[Path | None, typer.Option(help="Folder for all of it; build/demo without.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Judges that work at the same time.")] = 2,
    readme: Annotated[bool, typer.Option("--readme", help="Write the table into README.md as well.")] = False,
) -> None:
    """Grade a small sample class through nbgrader, and print the scores that its gradebook holds.

    Exit status: 0 when the gradebook agrees with `course grade`, 1 when it does not, 2 when there is no sample class.
    """
    from course_lib.authoring.problems import AuthoringError  # noqa: PLC0415 - only this command needs it
    from course_lib.nbgrader.gradebook import NbgraderError  # noqa: PLC0415 - as above
    from course_lib.nbgrader.sample_run import run_class  # noqa: PLC0415 - as above

    course = load_course()
    which = course.chapter(chapter) if chapter else largest_class(course)
    folder = keep or course.root / "build" / "demo"
    terminal = Console(stderr=True)
    try:
        with terminal.status("") as status:
            graded = run_class(course, which, folder, jobs, lambda words: status.update(f"{words} …"))
    except (AuthoringError, NbgraderError) as error:
        terminal.print(f"[red]{escape(str(error))}[/]")
        raise typer.Exit(UNUSABLE) from error
    _show(which, graded, folder)
    if readme:
        write_table(course.root / "README.md", README_NAME, markdown(graded))
    raise typer.Exit(0 if all(item.agrees for item in graded) else DISAGREES)


def largest_class(course: Course) -> Chapter:
    """Return the chapter whose sample class has the most students; the first one where no chapter has a class."""
    from course_lib.authoring.sample_class import PLAN, read_class  # noqa: PLC0415 - as above

    return max(course.chapters, key=lambda item: len(read_class(item)) if (item.hidden / PLAN).exists() else 0)


def rows(graded: Sequence[Graded]) -> list[tuple[str, ...]]:
    """Return the table's rows, in the order of `COLUMNS`; the same in every run."""
    return [
        (
            item.student.name,
            item.student.hands_in,
            f"{item.marks.score:g} / {item.marks.max_score:g}",
            ", ".join(_mistakes(item)),
            "; ".join(_remarks(item)),
        )
        for item in graded
    ]


def markdown(graded: Sequence[Graded]) -> list[str]:
    """Return the lines of the table as Markdown."""
    return markdown_table(COLUMNS, rows(graded), numeric=["score"])


def _mistakes(item: Graded) -> list[str]:
    from course_lib.nbgrader.panels import mistakes, spoken  # noqa: PLC0415 - as above

    return [f"{result.exercise}: {spoken(name)}" for result in item.report.exercises for name in mistakes(result.tests)]


def _remarks(item: Graded) -> list[str]:
    """Say in a few words what a score does not say."""
    from course_lib.grading.verdict import ENDED  # noqa: PLC0415 - as above

    results = item.report.exercises
    idle = sum(result.state == "not_attempted" for result in results)
    stopped = [result.exercise for result in results if "timeout" in _outcomes(result)]
    crashed = [result.exercise for result in results if any(test.message == ENDED for test in result.tests)]
    waiting = len(item.marks.waiting)
    remarks = {
        "all left out": idle == len(results),
        f"{idle} left out": 0 < idle < len(results),
        f"stopped: {', '.join(stopped)}": bool(stopped),
        f"crashed: {', '.join(crashed)}": bool(crashed),
        f"{waiting} to read": bool(waiting),
        "marks mended": any("lost its grading marks" in note for note in item.report.notes),
    }
    return [words for words, holds in remarks.items() if holds]


def _outcomes(result: ExerciseResult) -> set[str]:
    return {test.outcome for test in result.tests}


def _show(chapter: Chapter, graded: Sequence[Graded], folder: Path) -> None:
    console = Console()
    table = Table(title=f"{chapter.title}: what nbgrader's gradebook holds", title_justify="left", box=SIMPLE_HEAD)
    for name in COLUMNS:
        table.add_column(name, justify="right" if name == "score" else "left", no_wrap=name in COLUMNS[:3])
    for row in rows(graded):
        table.add_row(*(escape(cell) for cell in row))
    console.print(table)
    console.print("To read: written answers that wait for a person. Left out: exercises that were not attempted.")
    disagreeing = [item.student.name for item in graded if not item.agrees]
    if disagreeing:
        console.print(f"[red]✗[/] The gradebook differs from `course grade` for {', '.join(disagreeing)}.")
    else:
        count = len(graded)
        console.print(f"[green]✓[/] The gradebook agrees with `course grade` on all {count}, exercise by exercise.")
    shown = _most_telling(graded)
    lines = [
        "",
        "Look at what students get back, in a browser:",
        *(f"  {_near(item.feedback)}" for item in shown),
        "Mark the written answers: start JupyterLab in the folder, then Nbgrader, Formgrader in its menu:",
        f"  cd {_near(folder)} && {_jupyter(folder)} lab",
    ]
    for line in lines:
        console.print(line, highlight=False, soft_wrap=True, markup=False)


def _most_telling(graded: Sequence[Graded]) -> list[Graded]:
    """Choose up to three pages: with a known mistake, stopped or crashed, right."""
    named = [item for item in graded if _mistakes(item)]
    stopped = [item for item in graded if any("stopped" in remark for remark in _remarks(item))]
    best = sorted(graded, key=lambda item: -item.marks.score)
    chosen = {item.student.name: item for item in (*named[:1], *stopped[:1], *best[:1])}
    return list(chosen.values())


def _jupyter(folder: Path) -> str:
    """Return how to call Jupyter, which lies beside the Python that runs this, from a folder."""
    program = Path(sys.executable).with_name("jupyter")
    here = Path.cwd()
    near = folder.absolute().is_relative_to(here) and program.is_relative_to(here)
    return os.path.relpath(program, folder.absolute()) if near else str(program)


def _near(path: Path) -> str:
    """Return a path as one would type it in the current folder."""
    absolute = path.absolute()
    return str(absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else absolute)
