"""Measure every figure, print the table, and write it into README between its markers."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import grading, sandbox
from benchmarks.measure import Figure
from course_lib.readme import markdown_table, write_table

README = Path(__file__).parent.parent / "README.md"
HEADER = ("measured", "value", "aim: at most")


def main() -> None:
    """Run all benchmarks; with `--readme` the table goes into README."""
    rows = [*sandbox.figures(), *grading.figures()]
    table = Table(title=f"{machine()}, load {os.getloadavg()[0]:.1f}", title_justify="left")
    for name in HEADER:
        table.add_column(name)
    for row in rows:
        table.add_row(row.what, row.value, row.aim)
    Console().print(table)
    if "--readme" in sys.argv:
        write_readme(rows)


def machine() -> str:
    """Describe the machine."""
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def write_readme(rows: list[Figure]) -> None:
    """Put the table between README's markers."""
    table = markdown_table(HEADER, [(row.what, row.value, row.aim) for row in rows], numeric=HEADER[1:])
    write_table(README, "bench", [f"Measured on {machine()}.", "", *table])


main()
