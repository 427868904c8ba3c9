"""`course verify`: what an author runs to prove a chapter."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from course_lib.catalog import load_course
from course_lib.readme import markdown_table, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    from course_lib.authoring.evidence import Evidence
    from course_lib.authoring.mutation_run import MutationScore
    from course_lib.authoring.verify import Proof
    from course_lib.catalog import Chapter, Course

    Result = tuple[Proof, tuple[MutationScore, ...], list[str]]

JOBS = os.cpu_count() or 1
README_NAME = "proof"
SUMMARY = ("chapter", "exercises", "tests", "right passed", "wrong caught", "named", "mutants killed", "seconds")


def verify(
    chapter: Annotated[str | None, typer.Argument(help="A chapter; all of them without.")] = None,
    *,
    mutants: Annotated[
        bool, typer.Option("--mutants", help="Judge machine-made mistakes in the reference too.")
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Answers judged at the same time.")] = JOBS,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON per chapter.")] = False,
    readme: Annotated[bool, typer.Option("--readme", help="Write a line per chapter into README.md as well.")] = False,
) -> None:
    """Prove the tests: by the reference, right, wrong and lazy answers, the untouched stub, and mutants.

    Exit status: 0 when every suite is proven, 1 when not, 3 when a suite cannot be run.
    """
    from course_lib.grading.errors import GraderError  # noqa: PLC0415 - heavy

    course = load_course()
    chapters = [course.chapter(chapter)] if chapter else list(course.chapters)
    try:
        results = [*_verify(course, chapters, jobs, mutants=mutants, as_json=as_json)]
    except GraderError as error:
        typer.echo(f"A suite cannot be run: {error}", err=True)
        raise typer.Exit(3) from error
    if readme:
        lines = [summary(proof, scores) for proof, scores, _ in results]
        write_table(course.root / "README.md", README_NAME, markdown_table(SUMMARY, lines, numeric=SUMMARY[1:]))
    raise typer.Exit(1 if any(problems for *_, problems in results) else 0)


def _verify(
    course: Course, chapters: Sequence[Chapter], jobs: int, *, mutants: bool, as_json: bool
) -> Iterator[Result]:
    from course_lib.authoring.verify import begin_proofs, proven_exercises  # noqa: PLC0415 - heavy
    from course_lib.grading.pool import judge_pool  # noqa: PLC0415 - as above

    with judge_pool(course.root, jobs) as pool, _given_up(pool), _progress() as progress:
        bars = {item: progress.add_task(item.name, total=len(proven_exercises(item))) for item in chapters}
        for pending in begin_proofs(chapters, pool, lambda item: progress.advance(bars[item])):
            proof, item = pending.proof(), pending.chapter
            scores = _run_mutants(item, course.root, pool, progress) if mutants else ()
            problems = [*proof.problems, *(sentence for score in scores for sentence in score.problems())]
            _show(item.name, table_rows(proof, scores), problems, as_json=as_json)
            yield proof, scores, problems


@contextmanager
def _given_up(pool: Executor) -> Iterator[None]:
    """Let what waits in a pool go when something ends the work early."""
    try:
        yield
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise


def _run_mutants(chapter: Chapter, root: Path, pool: Executor, progress: Progress) -> tuple[MutationScore, ...]:
    from course_lib.authoring.mutation_run import chapter_mutants, run_mutants  # noqa: PLC0415 - heavy

    bar = progress.add_task(f"{chapter.name} mutants", total=len(chapter_mutants(chapter)))
    return run_mutants(chapter, root, pool, lambda count: progress.advance(bar, count))


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)


def _show(name: str, rows: dict[str, dict[str, str]], problems: list[str], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"chapter": name, "exercises": rows, "problems": problems}))
        return
    table = Table(title=name, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("exercise", no_wrap=True)
    for column in next(iter(rows.values()), {}):
        table.add_column(column, justify="right", min_width=max(len(row[column]) for row in rows.values()))
    for slug, row in rows.items():
        table.add_row(slug, *row.values())
    console = Console()
    console.print(table)
    for sentence in problems:
        console.print(f"[red]✗[/] {escape(sentence)}", highlight=False)
    if not problems:
        console.print("[green]✓[/] Every suite is proven.")


def table_rows(proof: Proof, scores: tuple[MutationScore, ...] = ()) -> dict[str, dict[str, str]]:
    """Return the table of a chapter's evidence: by exercise, what was found of what there is."""
    rows = {item.exercise.slug: _row(item) for item in proof.evidence}
    for score in scores:
        explained = f" + {len(score.equivalent)} explained" if score.equivalent else ""
        rows[score.exercise.slug]["mutants killed"] = f"{score.killed} of {score.total}{explained}"
    return rows


def _row(evidence: Evidence) -> dict[str, str]:
    right, wrong, lazy = (evidence.of(kind) for kind in ("right", "wrong", "lazy"))
    return {
        "tests": str(len(evidence.tests)),
        "right passed": f"{sum(evidence.full(outcome) for outcome in right)} of {len(right)}",
        "wrong caught": f"{len(evidence.caught)} of {len(wrong)}",
        "diagnosed": f"{len(evidence.diagnosed)} of {len(wrong)}",
        "lazy at 0": f"{sum(outcome.points == 0 for outcome in lazy)} of {len(lazy)}",
        "seconds": f"{sum(outcome.seconds for outcome in evidence.of('reference')):.2f}",
    }


def summary(proof: Proof, scores: tuple[MutationScore, ...] = ()) -> tuple[str, ...]:
    """Return a chapter's line of README's table, in the order of `SUMMARY`."""
    found = proof.evidence
    right = [outcome for item in found for outcome in item.of("right")]
    wrong = sum(len(item.of("wrong")) for item in found)
    explained = sum(len(score.equivalent) for score in scores)
    killed = f"{sum(score.killed for score in scores)} of {sum(score.total for score in scores)}"
    return (
        found[0].exercise.chapter if found else "",
        str(len(found)),
        str(sum(len(item.tests) for item in found)),
        f"{sum(item.full(outcome) for item in found for outcome in item.of('right'))} of {len(right)}",
        f"{sum(len(item.caught) for item in found)} of {wrong}",
        f"{sum(len(item.diagnosed) for item in found)} of {wrong}",
        killed + (f", {explained} explained" if explained else "") if scores else "",
        f"{sum(outcome.seconds for item in found for outcome in item.of('reference')):.1f}",
    )
