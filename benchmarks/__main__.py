"""Measure: `python -m benchmarks` prints the short figures, and with a word one of the long measurements.

`class` compares graders, `scaling` grades classes of several sizes, `cost` writes the cost model from what `scaling`
measured. With `--readme` a table goes into README (for `scaling` with `--page` and for `cost` always: into docs).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import cost, github, graders, grading, sandbox, scaling
from benchmarks.measure import Figure, machine
from course_lib.readme import markdown_table, write_table

README = Path(__file__).parent.parent / "README.md"
HEADER = ("measured", "value", "aim: at most")
LONG = {"class": graders.main, "scaling": scaling.main, "cost": cost.main, "github": github.main}


def main() -> None:
    """Run the short benchmarks, or the long one that is named."""
    arguments = sys.argv[1:]
    if arguments and arguments[0] in LONG:
        sys.exit(LONG[arguments[0]](arguments[1:]))
    rows = [*sandbox.figures(), *grading.figures()]
    table = Table(title=f"{machine()}, load {os.getloadavg()[0]:.1f}", title_justify="left")
    for name in HEADER:
        table.add_column(name)
    for row in rows:
        table.add_row(row.what, row.value, row.aim)
    Console().print(table)
    if "--readme" in arguments:
        write_readme(rows)


def write_readme(rows: list[Figure]) -> None:
    """Put the table between README's markers."""
    table = markdown_table(HEADER, [(row.what, row.value, row.aim) for row in rows], numeric=HEADER[1:])
    write_table(README, "bench", [f"Measured on {machine()}.", "", *table])


if __name__ == "__main__":
    main()
