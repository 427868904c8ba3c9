"""The table of exercises in the title cell: where it lists points, they are those of the manifest.

A row counts when it names an exercise in backticks; the points stand in the column headed “points”, or in the last
one. A row without a slug but with a number there is the total. A title cell without such rows is fine.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from course_lib.authoring.problems import Problem
from course_lib.manifest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from course_lib.authoring.percent import RawCell
    from course_lib.catalog import Chapter, Exercise

_SLUG = re.compile(r"`([a-z0-9_]+)`")
_NUMBER = re.compile(r"(\**)(\d+(?:\.\d+)?)\**")
_RULE = re.compile(r"[\s|:-]+")


class _Row(NamedTuple):
    """One row of the table."""

    line: int  # counted from 0
    fields: list[str]
    column: int  # of the points
    slug: str  # "" for the heading and the total
    points: float | None


def table_problems(cells: Sequence[RawCell], chapter: Chapter) -> Iterator[Problem]:
    """What disagrees with the manifest in a table of the first cell."""
    if not cells or cells[0].role != "text":
        return
    wanted = {exercise.slug: exercise.points for exercise in chapter.exercises}
    listed: set[str] = set()
    for row in _rows(cells[0].source.split("\n")):
        line = cells[0].line + 1 + row.line
        if row.points is None:
            continue
        if row.slug and row.slug not in wanted:
            wrong = f"course.toml knows no exercise {row.slug!r}{nearest(row.slug, wanted)}".rstrip(".")
            yield Problem(line, wrong, "correct the row, or run `course new-exercise`.")
            continue
        listed.add(row.slug)
        right = wanted[row.slug] if row.slug else chapter.points
        if row.points != right:
            what = f"points of {row.slug!r}" if row.slug else "sum of the points"
            wrong = f"the {what} is {row.points:g} here, but {right:g} in course.toml"
            yield Problem(line, wrong, "correct one of them.")
    for missing in [slug for slug in wanted if listed - {""} and slug not in listed]:
        yield Problem(cells[0].line, f"the table of points leaves out {missing!r}", "add a row, or list no points.")


def with_row(text: str, chapter: Chapter, position: int) -> str:
    """A script whose title cell lists the exercise at `position` too, where it lists points; the total is corrected.

    The new row follows that of the exercise before it and has its form; what cannot be known is left empty.
    """
    lines = text.split("\n")
    headers = [number for number, line in enumerate(lines) if line.startswith("# %%")]
    first, end = headers[0], headers[1]
    rows = _rows([line.removeprefix("# ") for line in lines[first:end]])
    headings = [row for row in rows if "points" in [field.lower() for field in row.fields]]
    neighbours = [row for row in rows if row.slug and row.points is not None and row.slug in chapter.slugs[:position]]
    for row in rows:
        if row.points is not None and not row.slug:
            stars = "**" if "**" in row.fields[row.column] else ""
            lines[first + row.line] = _line(row, {row.column: f"{stars}{chapter.points:g}{stars}"})
    if neighbours or headings:
        # Without an exercise before it, below the heading and the rule under it.
        model, place = (neighbours[-1], neighbours[-1].line + 1) if neighbours else (headings[0], headings[0].line + 2)
        lines.insert(first + place, _new_line(model, chapter.exercises[position]))
    return "\n".join(lines)


def _rows(lines: list[str]) -> list[_Row]:
    """The rows of the tables among lines of Markdown."""
    rows: list[_Row] = []
    column = -1
    for number, line in enumerate(lines):
        text = line.strip()
        if not text.startswith("|") or _RULE.fullmatch(text):
            continue
        fields = [part.strip() for part in text[1:].removesuffix("|").split("|")]
        heads = [part.lower() for part in fields]
        column = heads.index("points") if "points" in heads else column
        value = _NUMBER.fullmatch(fields[column]) if column < len(fields) else None
        slug = _SLUG.search(text)
        at = column % len(fields)
        rows.append(_Row(number, fields, at, slug[1] if slug else "", float(value[2]) if value else None))
    return rows


def _new_line(model: _Row, exercise: Exercise) -> str:
    """A row like another one, for another exercise."""
    changes = dict.fromkeys(range(len(model.fields)), "")
    named = next((n for n, field in enumerate(model.fields) if _SLUG.search(field) or field == "exercise"), 0)
    told = next((n for n in range(named + 1, len(model.fields)) if n != model.column), None)
    changes |= {named: f"`{exercise.slug}`", model.column: f"{exercise.points:g}"}
    if told is not None:
        changes[told] = exercise.title
    return _line(model, changes)


def _line(row: _Row, changes: dict[int, str]) -> str:
    """A row as a line of the script."""
    fields = [changes.get(number, field) for number, field in enumerate(row.fields)]
    return "# |" + "|".join(f" {field} " if field else " " for field in fields) + "|"
