"""`course grade`: the full verdict on notebooks."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from course_lib.catalog import load_course

if TYPE_CHECKING:
    from course_lib.grading.grade_file import Answer, Request


class Device(StrEnum):
    """Where tensors of graded code live."""

    cpu = "cpu"
    cuda = "cuda"
    mps = "mps"


def grade(  # noqa: PLR0913 - one parameter per option
    submissions: Annotated[list[Path], typer.Argument(metavar="SUBMISSION.ipynb…", help="Notebooks to grade.")],
    *,
    exercise: Annotated[
        list[str] | None, typer.Option("--exercise", "-e", help="Only this exercise; repeatable.")
    ] = None,
    assignment: Annotated[str | None, typer.Option(help="The chapter, where the notebook does not tell.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One report per line, in order.")] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Notebooks graded at the same time.")] = 1,
    require_tier: Annotated[str | None, typer.Option(help="Refuse to grade in a weaker sandbox, such as T2.")] = None,
    device: Annotated[Device, typer.Option(help="Where tensors live; all but cpu run in tier T0.")] = Device.cpu,
    hints: Annotated[bool, typer.Option(help="Compare failing answers with known mistakes.")] = True,
    cache: Annotated[bool, typer.Option(help="Use the verdict of an earlier run on the same content.")] = True,
) -> None:
    """Grade one or more notebooks, or some exercises of them.

    Exit status: 0 when verdicts came, 2 when an input is unusable, 3 when the grader itself failed.
    """
    from course_lib.grading.grade_file import Request  # noqa: PLC0415 - heavy, and only this command needs it

    slugs = tuple(exercise) if exercise else None
    requests = [Request(path, assignment, None, slugs, hints, cache) for path in submissions]
    _demand_device(device, require_tier)
    demand_tier(require_tier)
    code = 0
    for answer in _answers(requests, jobs, device):
        code = max(code, answer.code)
        _show(answer, as_json=as_json)
    raise typer.Exit(code)


def _demand_device(device: Device, tier: str | None) -> None:
    from course_lib.teaching.device import is_here  # noqa: PLC0415 - loads torch

    if device == Device.cpu:
        return
    if tier is not None:
        typer.echo(f"--require-tier cannot be kept on {device}: its driver does not work under lockdown.", err=True)
        raise typer.Exit(3)
    if not is_here(device):
        typer.echo(f"There is no {device} device here. Leave --device away to grade on the CPU.", err=True)
        raise typer.Exit(2)


def demand_tier(wanted: str | None) -> None:
    """Leave with a sentence where this machine's sandbox is weaker than `wanted`."""
    from course_lib.grading.sandbox import tiers  # noqa: PLC0415 - Linux and macOS only

    if wanted is None:
        return
    try:
        tiers.require(tiers.probe(), wanted)
    except (tiers.TierError, ValueError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(3) from error


def _answers(requests: Sequence[Request], jobs: int, device: str) -> Iterator[Answer]:
    from course_lib.grading.grade_file import grade_file  # noqa: PLC0415 - as above
    from course_lib.grading.judge import Judge  # noqa: PLC0415 - as above
    from course_lib.grading.pool import each_with_judge, judge_pool  # noqa: PLC0415 - as above

    course = load_course()
    if jobs == 1 or len(requests) == 1:
        with Judge(course, device=device) as judge:
            yield from (grade_file(judge, request) for request in requests)
    else:
        with judge_pool(course.root, min(jobs, len(requests)), device=device) as pool:
            yield from each_with_judge(pool, grade_file, [(request,) for request in requests])


def _show(answer: Answer, *, as_json: bool) -> None:
    from course_lib.grading.show_report import show_report  # noqa: PLC0415 - as above

    if answer.report is None:
        typer.echo(answer.problem, err=True)
    elif as_json:
        sys.stdout.write(answer.report.to_json() + "\n")
        sys.stdout.flush()
    else:
        show_report(answer.report, Console())
