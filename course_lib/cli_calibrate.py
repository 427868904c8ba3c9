"""`course calibrate`: measures the floors of a chapter anew, or says whether they still hold."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from course_lib.catalog import load_course

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from course_lib.catalog import Chapter
    from course_lib.grading.calibration.record import Recorded
    from course_lib.grading.calibration.run import Calibration

JOBS = os.cpu_count() or 1
SEEDS = 60


def calibrate(
    chapter: Annotated[str | None, typer.Argument(help="A chapter; all that have floors without.")] = None,
    *,
    floor: Annotated[list[str] | None, typer.Option("--floor", help="This floor alone; may be repeated.")] = None,
    seeds: Annotated[int, typer.Option("--seeds", min=20, help="Seeds for the reference, at first.")] = SEEDS,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Answers measured at the same time.")] = JOBS,
    check: Annotated[bool, typer.Option("--check", help="Measure nothing; say whether the floors still hold.")] = False,
) -> None:
    """Measure the floors of a chapter over many seeds, place them, and draw the picture.

    Writes calibration.json and calibration.png beside the hidden suites. Exit status: 0 when every floor is placed
    (with --check: still holds), 1 when not, 2 when nothing can be measured.
    """
    from course_lib.grading.errors import GraderError  # noqa: PLC0415 - heavy

    course = load_course()
    chapters = [course.chapter(chapter)] if chapter else [item for item in course.chapters if item.measures.is_file()]
    holds = True
    for item in chapters:
        try:
            problems = check_chapter(item) if check else _measure(item, course.root, floor or [], seeds, jobs)
        except GraderError as error:
            Console(stderr=True).print(f"[red]✗[/] {escape(str(error))}", highlight=False)
            raise typer.Exit(2) from None
        holds = holds and not problems
        _tell(item, problems, check=check)
    raise typer.Exit(0 if holds else 1)


def check_chapter(chapter: Chapter) -> list[str]:
    """Return a sentence for each floor that is missing, stale, or not what its samples give."""
    from course_lib.grading.calibration.record import read_records  # noqa: PLC0415 - heavy
    from course_lib.grading.calibration.run import disagreements  # noqa: PLC0415 - heavy
    from course_lib.grading.errors import GraderError  # noqa: PLC0415 - heavy

    try:
        records = read_records(chapter)
    except GraderError as error:
        return [str(error)]
    remedy = f"run: course calibrate {chapter.name}"
    return [f"{sentence}; {remedy}" for sentence in disagreements(chapter, records)]


def _measure(chapter: Chapter, root: Path, floors: list[str], seeds: int, jobs: int) -> list[str]:
    from course_lib.grading.calibration.record import write_records  # noqa: PLC0415 - heavy

    calibration = _run(chapter, root, floors, seeds, jobs)
    records = _kept(chapter, floors) | calibration.records
    if calibration.records:
        from course_lib.grading.calibration.picture import draw  # noqa: PLC0415 - heavy

        write_records(chapter, records)
        draw(chapter, records)
        _show(chapter, calibration.records)
    return list(calibration.problems)


def _kept(chapter: Chapter, floors: list[str]) -> dict[str, Recorded]:
    """Return the floors that stay as they are."""
    from course_lib.grading.calibration.keys import demands_of  # noqa: PLC0415 - heavy
    from course_lib.grading.calibration.record import read_records  # noqa: PLC0415 - heavy

    if not floors or not chapter.calibration.exists():
        return {}
    old = read_records(chapter)
    return {name: old[name] for name in demands_of(chapter) if name in old}


def _run(chapter: Chapter, root: Path, floors: list[str], seeds: int, jobs: int) -> Calibration:
    from course_lib.grading.calibration.run import calibrate_chapter  # noqa: PLC0415 - heavy
    from course_lib.grading.pool import judge_pool  # noqa: PLC0415 - heavy

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with (
        judge_pool(root, jobs) as pool,
        Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as progress,
    ):
        bar = progress.add_task(chapter.name, total=0)

        def expect(count: int) -> None:
            progress.update(bar, total=(progress.tasks[bar].total or 0) + count)

        return calibrate_chapter(
            chapter, pool, floors=floors, seeds=seeds, expect=expect, advance=lambda count: progress.advance(bar, count)
        )


def _show(chapter: Chapter, records: Mapping[str, Recorded]) -> None:
    table = Table(title=chapter.name, title_justify="left")
    table.add_column("floor", no_wrap=True)
    for column in ("at", "rerun from", "false fail", "caught", "runs", "seconds"):
        table.add_column(column, justify="right")
    for name, record in records.items():
        gray = "-∞" if record.gray == float("-inf") else f"{record.gray:g}"
        caught = f"{min(record.catch.values()):.1%}" if record.catch else "–"
        runs, seconds = sum(map(len, record.samples.values())), record.measured["seconds"]
        table.add_row(name, f"{record.floor:g}", gray, f"{record.false_fail:.1e}", caught, f"{runs}", f"{seconds:.0f}")
    Console().print(table)


def _tell(chapter: Chapter, problems: list[str], *, check: bool) -> None:
    console = Console()
    for sentence in problems:
        console.print(f"[red]✗[/] {escape(sentence)}", highlight=False)
    if not problems:
        said = "Every floor still holds." if check else "Every floor is placed."
        console.print(f"[green]✓[/] {chapter.name}: {said}", highlight=False)
