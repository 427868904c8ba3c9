"""`course data list` and `course data fetch NAME`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from course_lib.teaching.data.registry import DATA_SETS, data_folder, find

app = typer.Typer(help="Data sets: what there is, and downloading the full ones.", no_args_is_help=True)


@app.command("list")
def list_sets() -> None:
    """Show every data set: size, shape, licence and source."""
    table = Table(title=f"Data sets (downloads go to {data_folder()})", title_justify="left")
    for name in ("name", "what", "download", "shape", "licence"):
        table.add_column(name)
    for item in DATA_SETS:
        size = f"{item.megabytes:g} MB" if item.megabytes else "none needed"
        table.add_row(item.name, item.what, size, item.shape, item.licence)
    Console().print(table)


@app.command()
def fetch(name: Annotated[str, typer.Argument(help="A name from `course data list`.")]) -> None:
    """Download a data set, check it, and say where it lies."""
    try:
        item = find(name)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if not item.megabytes:
        typer.echo(f"{name} needs no download: it comes {item.source}.")
        return
    from course_lib.teaching.data.digits import fetch_full  # noqa: PLC0415 - loads torch

    typer.echo(f"Downloading {item.megabytes:g} MB to {data_folder()} …")
    try:
        typer.echo(f"Ready in {fetch_full()}.")
    except ConnectionError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
