"""`course export`: the marks of a chapter for Canvas, Moodle or a spreadsheet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from course_lib.catalog import load_course
from course_lib.classroom.export import Target, export

UNUSABLE = 2


def export_marks(
    chapter: Annotated[str, typer.Argument(help="The chapter; a unique beginning is enough, such as ch04.")],
    *,
    to: Annotated[Target, typer.Option(help="Whose format.")] = Target.csv,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The file; standard output without.")] = None,
) -> None:
    """Write the marks that nbgrader's gradebook holds, manual points included and late penalties taken off, as CSV.

    Exit status: 0 when written, 2 when the gradebook holds nothing or the file cannot be written.
    """
    from course_lib.classroom.marks import NoGradebookError, read_marks  # noqa: PLC0415 - loads nbgrader

    course = load_course()
    which = course.chapter(chapter)
    try:
        marks = read_marks(course.root, which)
        _write(export(which, marks, to), output)
    except (NoGradebookError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(UNUSABLE) from error
    waiting = sum(bool(mark.waiting) for mark in marks.marks.values())
    if waiting:
        typer.echo(
            f"{waiting} of {len(marks.marks)} submissions have answers that wait for a person; points that are missing "
            "count as 0. Mark them in formgrader, then export again.",
            err=True,
        )


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text.replace("\r\n", "\n"))
    else:
        output.write_text(text, "utf-8", newline="")
