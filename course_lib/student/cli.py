"""The command `course` in a student's repository: the part of it that students need."""

from __future__ import annotations

import sys

import typer

from course_lib import cli_data, cli_student
from course_lib.catalog import CatalogError

app = typer.Typer(
    help="Check and open the notebooks of this course.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("status")(cli_student.status)
app.command("check")(cli_student.check)
app.command("lab")(cli_student.lab)
app.add_typer(cli_data.app, name="data")


def main() -> None:
    """Run the command line; an unusable manifest is a sentence, not a traceback."""
    try:
        app()
    except CatalogError as error:
        typer.echo(f"course: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
