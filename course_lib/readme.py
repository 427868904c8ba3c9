"""Tables in README that a command writes: each lies between two comments that carry its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path


class NoPlaceError(ValueError):
    """README has no place for a table."""


def write_table(path: Path, name: str, lines: Iterable[str]) -> None:
    """Put lines between `<!-- name:begin -->` and `<!-- name:end -->`, in place of what is there.

    Raises:
        NoPlaceError: one of the two comments is missing.

    """
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, found, rest = path.read_text("utf-8").partition(begin)
    _, found_end, after = rest.partition(end)
    if not (found and found_end):
        message = f"{path} has no {begin} followed by {end}: write them where the table belongs."
        raise NoPlaceError(message)
    path.write_text("\n".join([before + begin, *lines, end + after]), "utf-8")


def read_table(path: Path, name: str) -> list[list[str]]:
    """Return the cells of the table that is there, its header first and without the line of dashes."""
    _, _, rest = path.read_text("utf-8").partition(f"<!-- {name}:begin -->")
    lines = [line for line in rest.partition(f"<!-- {name}:end -->")[0].splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return rows[:1] + rows[2:]


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[str]], numeric: Iterable[str] = ()) -> list[str]:
    """Return the lines of a table.

    Args:
        header: names of the columns.
        rows: cells, as text.
        numeric: columns that are aligned on the right.

    """
    right = set(numeric)
    dashes = "|".join("---:" if name in right else "---" for name in header)
    return [f"| {' | '.join(header)} |", f"|{dashes}|", *(f"| {' | '.join(row)} |" for row in rows)]
