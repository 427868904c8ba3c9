"""The command `course`. Each command lives in a module of its own that loads what it needs when it runs."""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer
from rich.console import Console
from rich.markup import escape

from course_lib import (
    cli_author,
    cli_calibrate,
    cli_class,
    cli_data,
    cli_demo,
    cli_export,
    cli_github,
    cli_grade,
    cli_publish,
    cli_report,
    cli_student,
    cli_verify,
)
from course_lib.catalog import CatalogError

UNUSABLE = 2

app = typer.Typer(
    help="A deep-learning course that grades itself.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

COMMANDS: dict[str, Callable[..., None]] = {
    "status": cli_student.status,
    "check": cli_student.check,
    "lab": cli_student.lab,
    "grade": cli_grade.grade,
    "grade-class": cli_class.grade_class,
    "report": cli_report.report,
    "export": cli_export.export_marks,
    "build": cli_author.build,
    "verify": cli_verify.verify,
    "calibrate": cli_calibrate.calibrate,
    "demo": cli_demo.demo,
    "publish": cli_publish.publish,
    "show": cli_author.show,
    "new-exercise": cli_author.new_exercise,
}
for _name, _function in COMMANDS.items():
    app.command(_name)(_function)
app.add_typer(cli_data.app, name="data")
app.add_typer(cli_github.app, name="github")


def main() -> None:
    """Run the command line; an unusable manifest is a sentence, not a traceback."""
    try:
        app()
    except CatalogError as error:
        Console(stderr=True).print(f"[red]{escape(str(error))}[/]")
        sys.exit(UNUSABLE)
