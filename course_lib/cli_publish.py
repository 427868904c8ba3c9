"""`course publish`: the repository that students get."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course_lib.catalog import CatalogError, load_course

if TYPE_CHECKING:
    from course_lib.publishing.update import Update

REFUSED, UNUSABLE = 1, 2


def publish(
    directory: Annotated[Path, typer.Argument(help="The student repository; made where it does not exist.")],
    *,
    repository: Annotated[
        str | None, typer.Option(help="OWNER/NAME on GitHub, for badges and updates; else the folder's git remote.")
    ] = None,
) -> None:
    """Make or update the repository that students get, without answers and hidden suites.

    Nothing that students wrote is overwritten. Exit status: 0 when published, 1 when an answer would have been in it,
    2 when the course or the directory cannot be used.
    """
    from course_lib.publishing.publish import LeakError, publish  # noqa: PLC0415 - only this command needs it

    try:
        done, known = publish(load_course(), directory, repository)
    except CatalogError as error:
        typer.echo(f"course: {error}", err=True)
        raise typer.Exit(REFUSED if isinstance(error, LeakError) else UNUSABLE) from error
    _tell(directory, done, known)


def _tell(directory: Path, done: Update, known: str | None) -> None:
    typer.echo(
        f"Published into {directory}: {len(done.written)} files written, {len(done.removed)} removed, "
        f"{len(done.unchanged)} up to date."
    )
    for name in done.kept:
        typer.echo(f"Kept: {name} was changed there. Delete it and publish again to get the new one.")
    if known is None:
        typer.echo("No Colab badges, no `make update`: say where it will be, --repository OWNER/NAME.")
    if done.written or done.removed:
        typer.echo(f"Next: git -C {directory} add --all, then commit and push.")
