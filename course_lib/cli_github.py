"""`course github …`: the steps of `.github/workflows/grade.yml`, which run anywhere."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course_lib.catalog import CatalogError, Course, load_course

if TYPE_CHECKING:
    from course_lib.github.plan import Plan, Target
    from course_lib.github.verdicts import Verdict
    from course_lib.grading.report import Report

FAILED, UNUSABLE, GRADER_FAILED = 1, 2, 3
PLAN = "COURSE_PLAN"  # the digest that `collect` gave out; a workflow hands it on beside the artifact

app = typer.Typer(help="Grade pull requests: the steps of a workflow, one command each.", no_args_is_help=True)

Work = Annotated[Path, typer.Argument(help="Folder of the plan and its notebooks.")]
Verdicts = Annotated[Path, typer.Argument(help="Folder of the verdicts.")]


@app.command()
def collect(work: Work) -> None:
    """Find what an event asks to grade, and take the notebooks as blobs of a commit."""
    from course_lib.github.api import GitHub  # noqa: PLC0415 - each step loads what it needs
    from course_lib.github.collect import collect as write_plan  # noqa: PLC0415 - as above
    from course_lib.github.surroundings import Surroundings, set_output  # noqa: PLC0415 - as above

    with _sentences():
        surroundings = Surroundings.read()
        with GitHub(surroundings.api, surroundings.token) as github:
            plan, digest = write_plan(load_course(), github, surroundings, work)
        set_output("any", "true" if plan.targets else "false")
        set_output("plan", digest)


@app.command()
def grade(
    work: Work,
    verdicts: Verdicts,
    *,
    require_tier: Annotated[str, typer.Option(help="Refuse to grade in a weaker sandbox.")] = "T2",
    classroom50: Annotated[bool, typer.Option(help="Write each verdict for Classroom 50 too.")] = False,
) -> None:
    """Judge a plan. No token, no secret; the reference first.

    Exit status: 0, or 3 when the grader itself failed somewhere; the verdicts are written all the same.
    """
    from course_lib.cli_grade import demand_tier  # noqa: PLC0415 - as above
    from course_lib.github import verdicts as files  # noqa: PLC0415 - as above
    from course_lib.github.grade import grade_plan  # noqa: PLC0415 - as above
    from course_lib.github.plan import Plan  # noqa: PLC0415 - as above

    with _sentences():
        demand_tier(require_tier)
        plan, course = Plan.read(work, os.environ.get(PLAN)), load_course()
        verdicts.mkdir(parents=True, exist_ok=True)
        found = []
        for verdict in grade_plan(course, plan, work):
            found.append(verdict)
            files.write_verdicts(verdicts / files.FILE, found)
            if classroom50 and verdict.report:
                _write_classroom50(verdicts, plan.targets[verdict.target], verdict.report)
    if any(verdict.state == files.GRADER_FAILED for verdict in found):
        raise typer.Exit(GRADER_FAILED)


@app.command()
def comment(work: Work, verdicts: Verdicts) -> None:
    """Answer on the pull requests, from verdicts that are checked first."""
    _answer(work, verdicts, "comment")


@app.command()
def mark(work: Work, verdicts: Verdicts) -> None:
    """Put a check run on the graded commits: green only where something was graded."""
    _answer(work, verdicts, "mark")


def _answer(work: Path, verdicts: Path, how: str) -> None:
    from course_lib.github.answer import comment_all, mark_all  # noqa: PLC0415 - as above
    from course_lib.github.api import GitHub  # noqa: PLC0415 - as above
    from course_lib.github.plan import Plan  # noqa: PLC0415 - as above
    from course_lib.github.surroundings import Surroundings  # noqa: PLC0415 - as above

    with _sentences():
        surroundings, course, plan = Surroundings.read(), load_course(), Plan.read(work, os.environ.get(PLAN))
        found, failures = _read(verdicts, plan, course)
        with GitHub(surroundings.api, surroundings.token) as github:
            if how == "comment":
                failures += comment_all(course, plan, found, github, surroundings)
            else:
                failures += mark_all(course, plan, found, github)
    if failures:
        raise typer.Exit(FAILED)


def _read(verdicts: Path, plan: Plan, course: Course) -> tuple[list[Verdict], int]:
    """Return the verdicts; where they cannot be believed none, so that everybody is told that we failed."""
    from course_lib.github.surroundings import GitHubError, say  # noqa: PLC0415 - as above
    from course_lib.github.verdicts import FILE, read_verdicts  # noqa: PLC0415 - as above

    try:
        return read_verdicts(verdicts / FILE, plan, course), 0
    except GitHubError as error:
        say(str(error))
        return [], 1


def _write_classroom50(folder: Path, target: Target, report: Report) -> None:
    from course_lib.github.classroom50 import result  # noqa: PLC0415 - as above

    server = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
    name = f"classroom50-{target.repository.replace('/', '-')}-{target.pull}-{report.assignment}.json"
    (folder / name).write_text(json.dumps(result(target, report, server), indent=1), encoding="utf-8")


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn what is expected to go wrong into a sentence and an exit status."""
    from course_lib.github.api import ApiError  # noqa: PLC0415 - as above
    from course_lib.github.surroundings import GitHubError  # noqa: PLC0415 - as above
    from course_lib.grading.safe_text import for_workflow_log  # noqa: PLC0415 - as above

    try:
        yield
    except (ApiError, CatalogError, GitHubError) as error:
        typer.echo(f"course: {for_workflow_log(str(error))}", err=True)
        raise typer.Exit(FAILED if isinstance(error, ApiError) else UNUSABLE) from error


if __name__ == "__main__":  # jobs that only answer install no more than this needs
    app()
