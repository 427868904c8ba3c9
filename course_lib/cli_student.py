"""`course status`, `course check`, `course lab`: the student's commands. They run on every system."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from course_lib.catalog import CatalogError, Chapter, Course, load_course

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.teaching.notebook_check import NotebookCheck
    from course_lib.teaching.status_file import ChapterStatus

ALL_HOLD, SOMETHING_FAILS, UNUSABLE = 0, 1, 2
PLAIN_WIDTH = 110  # of tables, where the output is no terminal
STYLES = {"holds": "green", "fails": "red", "waits": "dim"}
SINCE = {
    "checked": "",
    "changed": "changed since it was checked",
    "never": "not checked yet",
    "absent": "no notebook yet",
}
AsJson = Annotated[bool, typer.Option("--json", help="For machines: JSON.")]


def check(
    chapter: Annotated[
        str | None, typer.Argument(help="A chapter, such as ch04; else the one you are in, else all.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Run the visible checks of the notebook on disk. Save it first.

    Exit status: 0 when every check holds, 1 when one does not, 2 when an input is unusable.
    """
    from course_lib.grading.notebook_file import SubmissionError  # noqa: PLC0415 - only this command needs it
    from course_lib.teaching.status_file import remember  # noqa: PLC0415 - as above

    code = ALL_HOLD
    try:
        course = load_course()
        for wanted in _wanted(course, chapter):
            checked = _run(course, wanted)
            remember(course.root, checked)
            _print_check(checked, as_json=as_json)
            code = max(code, _code(checked))
    except (CatalogError, SubmissionError) as error:
        _refuse(str(error))
    raise typer.Exit(code)


def status(*, as_json: AsJson = False) -> None:
    """Show every chapter and exercise, what held when it was checked last, and what is next.

    Exit status: 0, or 2 when the course cannot be read.
    """
    from course_lib.teaching.status_file import recall  # noqa: PLC0415 - only this command needs it

    try:
        course = load_course()
    except CatalogError as error:
        _refuse(str(error))
    known = [recall(course.root, chapter) for chapter in course.chapters]
    if as_json:
        typer.echo(json.dumps(_status_data(course, known), ensure_ascii=False))
    else:
        _print_status(course, known)


def lab(
    arguments: Annotated[
        list[str] | None, typer.Argument(help="For JupyterLab, after `--`: course lab -- --port 9000")
    ] = None,
) -> None:
    """Open JupyterLab on the notebooks of the course."""
    try:
        folder = load_course().root / "assignments"
    except CatalogError as error:
        _refuse(str(error))
    if not folder.is_dir():
        _refuse(f"{folder} does not exist: there are no notebooks here yet. Authors make them with `course build`.")
    if importlib.util.find_spec("jupyterlab") is None:
        _refuse(f"JupyterLab is not installed: {sys.executable} -m pip install jupyterlab")
    raise typer.Exit(_open_lab(folder, arguments or []))


def _open_lab(folder: Path, arguments: Sequence[str]) -> int:
    as_root = ["--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else []  # in a container; else it refuses
    command = [sys.executable, "-m", "jupyter", "lab", str(folder), *as_root, *arguments]
    with subprocess.Popen(command) as process:  # noqa: S603 - Jupyter, with the arguments of whoever sits here
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # Jupyter heard it as well, and asks whether to stop


# --- check ------------------------------------------------------------------------------------------------------------


def _wanted(course: Course, name: str | None) -> list[Chapter]:
    """Return the chapters to check: the one named, the one whose folder this is, or all that have a notebook."""
    if name:
        return [course.chapter(name)]
    here = Path.cwd().resolve()
    inside = [chapter for chapter in course.chapters if chapter.release_folder.resolve() in (here, *here.parents)]
    found = inside or [chapter for chapter in course.chapters if chapter.release.exists()]
    if not found:
        message = f"there is no notebook in {course.root / 'assignments'}: get the chapters first."
        raise CatalogError(message)
    return found


def _run(course: Course, chapter: Chapter) -> NotebookCheck:
    from course_lib.teaching.notebook_check import check_notebook  # noqa: PLC0415 - only one command needs it

    with _progress_bar(chapter.name) as on_step:
        return check_notebook(chapter, course.defaults.cell_seconds, on_step)


@contextmanager
def _progress_bar(name: str) -> Iterator[Callable[[int, int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(name, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _code(checked: NotebookCheck) -> int:
    from course_lib.teaching.examine import HOLDS  # noqa: PLC0415 - only one command needs it

    hold = all(finding.state == HOLDS for finding in checked.findings if finding.outcomes)
    return ALL_HOLD if hold else SOMETHING_FAILS


def _print_check(checked: NotebookCheck, *, as_json: bool) -> None:
    from course_lib.teaching.notebook_process import UNDEFINED_REMEDY  # noqa: PLC0415 - only one command needs it
    from course_lib.teaching.panel import make_panel, panel_lines  # noqa: PLC0415 - as above
    from course_lib.teaching.summary import standing  # noqa: PLC0415 - as above

    if as_json:
        typer.echo(json.dumps(_check_data(checked), ensure_ascii=False))
        return
    for finding in checked.findings:
        if finding.outcomes:
            _print("")
        for tone, line in panel_lines(make_panel(finding, UNDEFINED_REMEDY)):
            _print(line, STYLES.get(tone, ""))
    _print("")
    for note in checked.notes:
        _print(f"Note: {note}")
    known = {finding.exercise.slug: finding for finding in checked.findings}
    _print(f"{checked.chapter.title}: {standing(checked.chapter, known)}", "bold")


def _check_data(checked: NotebookCheck) -> dict[str, Any]:
    return {
        "format": "course-check/1",
        "assignment": checked.chapter.name,
        "exercises": [finding.to_dict() for finding in checked.findings],
        "notes": list(checked.notes),
    }


# --- status -----------------------------------------------------------------------------------------------------------


def _status_data(course: Course, known: Sequence[ChapterStatus]) -> dict[str, Any]:
    upcoming = _next(known)
    return {
        "format": "course-status/1",
        "title": course.title,
        "chapters": [
            {
                "name": status.chapter.name,
                "title": status.chapter.title,
                "state": status.state,
                "exercises": [
                    {"exercise": exercise.slug, "title": exercise.title, "worth": exercise.points, **vars(at)}
                    for exercise, at in zip(status.chapter.exercises, status.standings, strict=True)
                ],
            }
            for status in known
        ],
        "next": upcoming,
    }


def _next(known: Sequence[ChapterStatus]) -> str | None:
    """Return the first exercise of the course that does not hold yet, as chapter/slug."""
    open_ones = (status.next_exercise for status in known if status.state != "absent")
    return next((exercise.ref for exercise in open_ones if exercise), None)


def _print_status(course: Course, known: Sequence[ChapterStatus]) -> None:
    _print(course.title, "bold")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, justify in (("Chapter and exercise", "left"), ("Worth", "right"), ("Visible checks", "left")):
        table.add_column(heading, justify=justify)  # type: ignore[arg-type]
    for status in known:
        table.add_row(*_chapter_row(status))
        for row in _exercise_rows(status):
            table.add_row(*row)
    _console().print(table)
    _print(_advice(known))


def _advice(known: Sequence[ChapterStatus]) -> str:
    if all(status.state == "absent" for status in known):
        return "There are no notebooks here yet."
    stale = [status.chapter.name for status in known if status.state in ("changed", "never")]
    upcoming = _next(known)
    sentence = f"Next: {upcoming}" if upcoming else "Every check holds: well done."
    return f"{sentence}\nBring this up to date: course check {' '.join(stale[:1])}" if stale else sentence


def _chapter_row(status: ChapterStatus) -> tuple[Text, ...]:
    chapter = status.chapter
    title = f"{chapter.name}: {chapter.title}"
    return tuple(_text(part, "bold") for part in (title, f"{chapter.points:g}", SINCE[status.state]))


def _exercise_rows(status: ChapterStatus) -> Iterator[tuple[Text, ...]]:
    from course_lib.teaching.panel import MARKS, state_words, tone_of  # noqa: PLC0415 - one command needs it

    if status.state == "absent":
        return
    for exercise, at in zip(status.chapter.exercises, status.standings, strict=True):
        tone = tone_of(at.state)
        said = f"{MARKS[tone]} {state_words(at.state, at.passed, at.total)}"
        yield _text(f"  {exercise.title}"), _text(f"{exercise.points:g}"), _text(said, STYLES[tone])


# --- printing ---------------------------------------------------------------------------------------------------------


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=PLAIN_WIDTH)


def _print(text: str, style: str = "") -> None:
    _console().print(_text(text, style), soft_wrap=True)


def _text(text: str, style: str = "") -> Text:
    """Return text for Rich that is not read as markup, in letters that the output has."""
    from course_lib.grading.safe_text import plain  # noqa: PLC0415 - only some commands need it
    from course_lib.teaching.show import in_letters_of  # noqa: PLC0415 - as above

    return Text(in_letters_of(sys.stdout, plain(text)), style)


def _refuse(sentence: str) -> Any:
    typer.echo(f"course: {sentence}", err=True)
    raise typer.Exit(UNUSABLE)
