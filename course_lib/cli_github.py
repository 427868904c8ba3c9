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
    from course_lib.github.questions import Item, Round
    from course_lib.github.verdicts import Verdict
    from course_lib.grading.report import Report

FAILED, UNUSABLE, GRADER_FAILED = 1, 2, 3
PLAN = "COURSE_PLAN"  # the digest that `collect` gave out; a workflow hands it on beside the artifact
QUESTIONS = "COURSE_QUESTIONS"  # the same of `ask`, and of each `judge` that asked for another round
VERDICTS = "COURSE_VERDICTS"  # the same of the job that judged last

app = typer.Typer(help="Grade pull requests: the steps of a workflow, one command each.", no_args_is_help=True)

Work = Annotated[Path, typer.Argument(help="Folder of the plan and its notebooks.")]
Questions = Annotated[Path, typer.Argument(help="Folder of the questions, one folder per round.")]
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
    """Judge a plan in one job, beside student code. No token, no secret; the reference first.

    Exit status: 0, or 3 when the grader itself failed somewhere; the verdicts are written all the same.
    """
    from course_lib.cli_grade import demand_tier  # noqa: PLC0415 - as above
    from course_lib.github.grade import grade_plan  # noqa: PLC0415 - as above
    from course_lib.github.plan import Plan  # noqa: PLC0415 - as above

    with _sentences():
        demand_tier(require_tier)
        plan, course = Plan.read(work, os.environ.get(PLAN)), load_course()
        judged = ((verdict, None) for verdict in grade_plan(course, plan, work))
        found, _ = _write_verdicts(verdicts, plan, judged, classroom50=classroom50)
    if any(_is_ours(verdict) for verdict in found):
        raise typer.Exit(GRADER_FAILED)


@app.command()
def ask(work: Work, questions: Questions) -> None:
    """Write what the notebooks of a plan are to be asked, as the first round. No student code."""
    from course_lib.github.plan import Plan  # noqa: PLC0415 - as above
    from course_lib.github.split import Steps, ask_plan  # noqa: PLC0415 - as above
    from course_lib.github.surroundings import set_output  # noqa: PLC0415 - as above

    with _sentences():
        plan = Plan.read(work, os.environ.get(PLAN))
        with Steps.begin(load_course(), work) as steps:
            digest, any_question = ask_plan(plan, steps, questions / "1")
    set_output("any", "true" if any_question else "false")
    set_output("questions", digest)


@app.command()
def run(
    questions: Annotated[Path, typer.Argument(help="Folder of one round of questions.")],
    answers: Annotated[Path, typer.Argument(help="Folder for its answers.")],
    *,
    require_tier: Annotated[str, typer.Option(help="Refuse to run student code in a weaker sandbox.")] = "T2",
) -> None:
    """Ask the notebooks: student code runs here. No token, no secret, no suites, no reference.

    Exit status: 0, or 3 when some notebook could not be asked.
    """
    from course_lib.cli_grade import demand_tier  # noqa: PLC0415 - as above
    from course_lib.github.questions import Round  # noqa: PLC0415 - as above
    from course_lib.github.split import Steps, run_round  # noqa: PLC0415 - as above

    with _sentences():
        demand_tier(require_tier)
        asked = Round.read(questions, os.environ.get(QUESTIONS))
        with Steps.begin(load_course(), questions) as steps:
            failures = run_round(asked, steps, answers)
    if failures:
        raise typer.Exit(GRADER_FAILED)


@app.command()
def judge(  # noqa: PLR0913 - one parameter per folder and option
    work: Work,
    questions: Questions,
    answers: Annotated[Path, typer.Argument(help="Folder of the answers, one folder per round.")],
    verdicts: Verdicts,
    *,
    more: Annotated[bool, typer.Option("--more", help="Write what is left to ask as another round.")] = False,
    classroom50: Annotated[bool, typer.Option(help="Write each verdict for Classroom 50 too.")] = False,
) -> None:
    """Judge a plan on the answers of its notebooks. No student code.

    Exit status: 0, or 3 when the grader itself failed somewhere; the verdicts are written all the same.
    """
    from course_lib.github.plan import Plan  # noqa: PLC0415 - as above
    from course_lib.github.questions import Round  # noqa: PLC0415 - as above
    from course_lib.github.split import Steps, judge_plan  # noqa: PLC0415 - as above
    from course_lib.github.surroundings import set_output  # noqa: PLC0415 - as above

    with _sentences():
        plan = Plan.read(work, os.environ.get(PLAN))
        rounds = [(round_, answers / round_.folder.name) for round_ in _rounds(questions)]
        following = questions / str(len(rounds) + 1) if more else None
        if following:
            following.mkdir(parents=True)
        with Steps.begin(load_course(), work) as steps:
            judged = judge_plan(plan, steps, rounds, following)
            found, items = _write_verdicts(verdicts, plan, judged, classroom50=classroom50)
        if following:
            set_output("questions", Round.write(following, items))
    set_output("more", "true" if items else "false")
    asked = {(item.target, item.chapter) for item in items}
    if any(_is_ours(verdict) and (verdict.target, verdict.chapter) not in asked for verdict in found):
        raise typer.Exit(GRADER_FAILED)


def _rounds(questions: Path) -> list[Round]:
    """Return the rounds that were asked: as many as digests were handed on, else as many as lie there."""
    from course_lib.github.questions import Round  # noqa: PLC0415 - as above

    digests: list[str | None] = [*os.environ.get(QUESTIONS, "").split()]
    if not digests:
        digests = [None] * sum(1 for folder in questions.iterdir() if folder.name.isdecimal())
    return [Round.read(questions / str(number), digest) for number, digest in enumerate(digests, start=1)]


def _write_verdicts(
    verdicts: Path, plan: Plan, judged: Iterator[tuple[Verdict, Item | None]], *, classroom50: bool
) -> tuple[list[Verdict], list[Item]]:
    """Write verdict after verdict, so that what breaks off later costs none that is ready."""
    from course_lib.github import verdicts as files  # noqa: PLC0415 - as above
    from course_lib.github.surroundings import set_output  # noqa: PLC0415 - as above

    verdicts.mkdir(parents=True, exist_ok=True)
    found: list[Verdict] = []
    items: list[Item] = []
    for verdict, item in judged:
        found.append(verdict)
        items += [item] if item else []
        set_output("verdicts", files.write_verdicts(verdicts / files.FILE, found))
        if classroom50 and verdict.report:
            _write_classroom50(verdicts, plan.targets[verdict.target], verdict.report)
    return found, items


def _is_ours(verdict: Verdict) -> bool:
    return verdict.state == "grader_error"


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
        return read_verdicts(verdicts / FILE, plan, course, os.environ.get(VERDICTS)), 0
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
