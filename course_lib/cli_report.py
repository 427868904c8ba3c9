"""`course report`: a page about a class."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from course_lib.catalog import load_course

UNUSABLE = 2


def report(
    chapter: Annotated[str, typer.Argument(help="The chapter; a unique beginning is enough, such as ch04.")],
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file; build/report/CHAPTER.html without.")
    ] = None,
    names: Annotated[bool, typer.Option("--names/--no-names", help="Call students by name, or by a pseudonym.")] = True,
    as_json: Annotated[
        bool, typer.Option("--json", help="The figures as JSON; to standard output without -o.")
    ] = False,
) -> None:
    """Write a page about a class: scores, exercises, misconceptions, who is missing, what to read, similar work.

    Exit status: 0 when written, 2 when nothing is graded yet or the file cannot be written.
    """
    from course_lib.authoring.problems import AuthoringError  # noqa: PLC0415 - only this command needs it
    from course_lib.classroom.class_page import class_page  # noqa: PLC0415 - as above
    from course_lib.classroom.class_report import make_report  # noqa: PLC0415 - as above
    from course_lib.classroom.members import NothingGradedError  # noqa: PLC0415 - as above

    course = load_course()
    which = course.chapter(chapter)
    try:
        made = make_report(course, which, names=names)
        if as_json:
            _write(json.dumps(made.to_dict(), ensure_ascii=False, indent=1) + "\n", output)
        else:
            page = output or course.root / "build" / "report" / f"{which.name}.html"
            _write(class_page(made, datetime.now(UTC).astimezone()), page)
            typer.echo(f"{len(made.members.works)} submissions: {page}")
    except (NothingGradedError, AuthoringError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(UNUSABLE) from error


def _write(text: str, output: Path | None) -> None:
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text.encode("utf-8", "replace").decode("utf-8"), "utf-8")
