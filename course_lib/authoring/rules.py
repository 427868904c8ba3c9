"""The rules that the cells of a chapter keep, among themselves and with the manifest.

Every function yields what is broken, so that an author sees all of it at once.
"""

from __future__ import annotations

import ast
import itertools
from typing import TYPE_CHECKING

from course_lib.authoring import markers
from course_lib.authoring.problems import Problem
from course_lib.authoring.title import table_problems
from course_lib.manifest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from course_lib.authoring.percent import RawCell
    from course_lib.catalog import Chapter

_ANSWERS = ("exercise", "written")


def broken(cells: Sequence[RawCell], chapter: Chapter) -> list[Problem]:
    """Everything that is wrong with the cells of a chapter."""
    return [
        *_frame(cells, chapter),
        *_slugs(cells, chapter),
        *_order(cells, chapter),
        *_partners(cells, chapter),
        *_markers(cells),
        *_bodies(cells),
        *table_problems(cells, chapter),
    ]


def _frame(cells: Sequence[RawCell], chapter: Chapter) -> Iterator[Problem]:
    """One setup cell before all code, which starts this chapter; one closing cell after everything."""
    code = [cell for cell in cells if cell.role not in ("text", "written")]
    setups = [cell for cell in cells if cell.role == "setup"]
    closings = [cell for cell in cells if cell.role == "closing"]
    if not setups:
        yield Problem(1, "no setup cell", f'write `# %% setup` before all other code, with start("{chapter.name}").')
    elif code[0].role != "setup":
        yield Problem(setups[0].line, "code before the setup cell", "make it the first code cell.")
    if not closings:
        yield Problem(1, "no closing cell", "end the script with `# %% closing` and progress().")
    elif cells[-1].role != "closing":
        yield Problem(closings[0].line, "cells after the closing cell", "make it the last cell.")
    for cell in (*setups[1:], *closings[1:]):
        yield Problem(cell.line, f"a second {cell.role} cell", "keep one.")
    for cell in setups[:1]:
        yield from _call(cell, "start", chapter.name)
    for cell in closings[:1]:
        yield from _call(cell, "progress", None)


def _call(cell: RawCell, function: str, argument: str | None) -> Iterator[Problem]:
    """The cell calls `function`, once, with that argument or none."""
    wanted = f'{function}("{argument}")' if argument else f"{function}()"
    try:
        nodes = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
    except SyntaxError:
        return  # reported with the bodies
    calls = [node for node in nodes if isinstance(node.func, ast.Name) and node.func.id == function]
    if len(calls) != 1:
        yield Problem(cell.line, f"{function} is called {len(calls)} times here", f"call {wanted} once.")
    for node in calls:
        if ast.unparse(node) != ast.unparse(ast.parse(wanted)):
            yield Problem(cell.line + node.lineno, f"{ast.unparse(node)} is not this chapter", f"write {wanted}.")


def _slugs(cells: Sequence[RawCell], chapter: Chapter) -> Iterator[Problem]:
    """Every slug is in the manifest and has one cell per role, of the kind that the manifest says."""
    kinds = {exercise.slug: exercise.kind for exercise in chapter.exercises}
    seen: dict[tuple[str, str], int] = {}
    for cell in cells:
        if not cell.slug:
            continue
        # The two kinds of answer cells share their id.
        key = ("answer" if cell.role in _ANSWERS else cell.role, cell.slug)
        if key in seen:
            what = f"a second {cell.role} cell for {cell.slug!r}; the first is on line {seen[key]}"
            yield Problem(cell.line, what, "give it a slug of its own, or remove it.")
        seen.setdefault(key, cell.line)
        kind = kinds.get(cell.slug)
        if kind is None:
            what = f"course.toml knows no exercise {cell.slug!r} in {chapter.name}{nearest(cell.slug, kinds)}"
            yield Problem(cell.line, what.rstrip("."), "correct the slug, or run `course new-exercise`.")
        elif cell.role in _ANSWERS and (kind == "written") != (cell.role == "written"):
            what = f"{cell.slug!r} is of kind {kind!r} in course.toml, but the role here is {cell.role}"
            yield Problem(cell.line, what, "correct one of them.")
    answered = {slug for role, slug in seen if role == "answer"}
    for exercise in chapter.exercises:
        if exercise.slug not in answered:
            what = f"course.toml lists {exercise.slug!r}, but no cell is for its answer"
            header = (
                f'[markdown] written="{exercise.slug}"' if exercise.kind == "written" else f'exercise="{exercise.slug}"'
            )
            yield Problem(1, what, f"write `# %% {header}`, or remove it from course.toml.")


def _order(cells: Sequence[RawCell], chapter: Chapter) -> Iterator[Problem]:
    """The exercises come in the order of the manifest."""
    ranks = {slug: rank for rank, slug in enumerate(chapter.slugs)}
    known = [cell for cell in cells if cell.role in _ANSWERS and cell.slug in ranks]
    for before, after in itertools.pairwise(known):
        if ranks[before.slug] > ranks[after.slug]:
            what = f"{after.slug!r} comes after {before.slug!r} here, but before it in course.toml"
            yield Problem(after.line, what, "put one of them into the other's order.")


def _partners(cells: Sequence[RawCell], chapter: Chapter) -> Iterator[Problem]:
    """Exercises have checks, which follow them; written answers have none."""
    written = {exercise.slug for exercise in chapter.exercises if exercise.kind == "written"}
    answers = {cell.slug: number for number, cell in enumerate(cells) if cell.role in _ANSWERS}
    checked = {cell.slug for cell in cells if cell.role == "check"}
    for number, cell in enumerate(cells):
        if cell.role == "exercise" and cell.slug and cell.slug not in checked:
            remedy = f'write `# %% check="{cell.slug}"` below it, with check("{cell.slug}").'
            yield Problem(cell.line, f"the exercise {cell.slug!r} has no check", remedy)
        if cell.role in ("check", "demo") and cell.slug:
            if cell.slug not in answers:
                what = f"a {cell.role} for {cell.slug!r}, but no such exercise"
                yield Problem(cell.line, what, "write the exercise above it, or remove this cell.")
            elif answers[cell.slug] > number:
                yield Problem(cell.line, f"this {cell.role} comes before its exercise", "move it below the exercise.")
        if cell.role == "check" and cell.slug in written:
            yield Problem(cell.line, f"a check for the written answer {cell.slug!r}", "remove it; a person marks it.")


def _markers(cells: Sequence[RawCell]) -> Iterator[Problem]:
    """Solution markers are balanced, filled, and only where answers are."""
    for cell in cells:
        if cell.role:
            yield from markers.marker_problems(cell.source, cell.line + 1, expected=cell.role in _ANSWERS)


def _bodies(cells: Sequence[RawCell]) -> Iterator[Problem]:
    """Code parses, with the answer and with the stub; a check is its call and nothing else."""
    for cell in cells:
        if cell.role in ("text", "written", ""):
            continue
        yield from _parses(cell.source, cell, "")
        if cell.role == "exercise" and not markers.marker_problems(cell.source, 1, expected=True):
            stub = markers.take_apart(cell.source, markers.CODE_STUB).kept
            yield from _parses(stub, cell, "with the stub in place of the answer, ")
        if cell.role == "check" and cell.source != f'check("{cell.slug}")':
            yield Problem(cell.line, "a check cell holds more than its check", f'write check("{cell.slug}") alone.')


def _parses(code: str, cell: RawCell, when: str) -> Iterator[Problem]:
    """The code is Python."""
    try:
        ast.parse(code)
    except SyntaxError as error:
        line = cell.line if when else cell.line + (error.lineno or 1)
        remedy = "begin the region on a line of the same depth as what it replaces." if when else "correct it."
        yield Problem(line, f"{when}this is no Python: {error.msg}", remedy)
