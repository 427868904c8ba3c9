"""`course grade-class`: what an instructor runs on a whole class."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from course_lib.catalog import load_course
from course_lib.cli_grade import demand_tier

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.classroom.grade import Tally

JOBS = os.cpu_count() or 1
UNUSABLE, FAILED = 2, 3
SHOWN = 20


def grade_class(  # noqa: PLR0913 - one parameter per option
    chapter: Annotated[str, typer.Argument(help="The assignment, such as ch04.")],
    *,
    student: Annotated[list[str] | None, typer.Option("--student", "-s", help="Only this student; repeatable.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Submissions graded at the same time.")] = JOBS,
    scheduler: Annotated[str | None, typer.Option(help="Address of a Dask scheduler whose workers grade.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Grade again what is graded already.")] = False,
    require_tier: Annotated[str | None, typer.Option(help="Refuse to grade in a weaker sandbox, such as T2.")] = None,
) -> None:
    """Grade all submissions of a chapter into nbgrader's gradebook. Stop it when you like: it goes on where it was.

    Exit status: 0 when all have a verdict, 2 when some files are unusable or nothing can be graded, 3 when the grader
    itself failed on some.
    """
    from course_lib.classroom.grade import ClassError  # noqa: PLC0415 - heavy, and only this command needs it
    from course_lib.classroom.grade import grade_class as run  # noqa: PLC0415 - as above
    from course_lib.classroom.hire import ClusterError, ClusterLostError, crew_of  # noqa: PLC0415 - as above
    from course_lib.classroom.record import GradebookBusy  # noqa: PLC0415 - as above

    demand_tier(require_tier)
    course = load_course()
    which = course.chapter(chapter)
    began = time.monotonic()
    try:
        with _progress(which.name) as advance:
            crew = crew_of(jobs, scheduler, which)
            tally = run(course, which, crew, student or (), force=force, advance=advance)
    except (GradebookBusy, ClusterLostError, OSError) as error:
        typer.echo(f"{error} What is written so far stays; start the same command again.", err=True)
        raise typer.Exit(FAILED) from error
    except (ClassError, ClusterError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(UNUSABLE) from error
    _show(which.name, tally, time.monotonic() - began)
    raise typer.Exit(FAILED if tally.counts["failed"] else UNUSABLE if tally.problems else 0)


@contextmanager
def _progress(name: str) -> Iterator[Callable[[Tally], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    rate = TextColumn("{task.fields[rate]}")
    with Progress(*columns, TimeRemainingColumn(), rate, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task(name, total=None, rate="")
        began = time.monotonic()

        def advance(tally: Tally) -> None:
            done = sum(tally.counts.values())
            rate = f"{done / (time.monotonic() - began):.1f} a second"
            progress.update(bar, completed=done, total=tally.found, rate=rate)

        yield advance


def _show(name: str, tally: Tally, seconds: float) -> None:
    console = Console()
    table = Table(title=f"{name}: {tally.found} submissions", title_justify="left", box=SIMPLE_HEAD)
    for column in ("graded", "unchanged", "unusable", "grader failed", "mean score", "seconds", "a second"):
        table.add_column(column, justify="right")
    counts = [str(tally.counts[kind]) for kind in ("graded", "unchanged", "unusable", "failed")]
    mean = "" if tally.mean is None else f"{tally.mean:.1f} / {tally.max_score:g}"
    table.add_row(*counts, mean, f"{seconds:.1f}", f"{tally.found / seconds:.1f}")
    console.print(table)
    for student, problem in [*tally.problems.items()][:SHOWN]:
        console.print(f"[red]✗[/] {escape(student)}: {escape(problem)}", highlight=False)
    if len(tally.problems) > SHOWN:
        console.print(f"and {len(tally.problems) - SHOWN} more")
