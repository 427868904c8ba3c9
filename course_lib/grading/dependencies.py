"""Which exercises an exercise builds on, so that a mistake is paid for once."""

from __future__ import annotations

from course_lib.catalog import Exercise
from course_lib.grading.code import defined_names, definition, used_names
from course_lib.grading.healing import CodeCell
from course_lib.grading.suites import relied_on


def builds_on(exercise: Exercise, cells: tuple[CodeCell, ...], owner: dict[str, str]) -> frozenset[str]:
    """Return the slugs of the exercises whose functions this one's answer or suite uses, directly or through helpers.

    Args:
        exercise: the exercise.
        cells: the notebook's code.
        owner: slug by each name that the chapter's exercises define.

    """
    names = set(relied_on(exercise))
    waiting = [cell for cell in cells if exercise.slug in cell.exercises]
    names.update(*(used_names(cell.source) for cell in waiting))
    seen: set[str] = set()
    while fresh := names - seen:
        seen |= fresh
        for cell in cells:
            if defined_names(cell.source) & fresh:
                names |= used_names(cell.source)
    return frozenset(owner[name] for name in names if name in owner) - {exercise.slug}


def redefined_below(exercise: Exercise, cells: tuple[CodeCell, ...]) -> tuple[int, frozenset[str]]:
    """Return where an exercise's answer ends in a notebook, and which of its names mean something else further down.

    Args:
        exercise: the exercise.
        cells: the notebook's code.

    Returns:
        The number of cells down to the answer's last one, and the names that this answer defines or uses, that are
        defined there, and that a later cell defines in another way.

    """
    own = [position for position, cell in enumerate(cells) if exercise.slug in cell.exercises]
    end = own[-1] + 1 if own else len(cells)
    sources = [cells[position].source for position in own]
    names = frozenset().union(*(defined_names(source) | used_names(source) for source in sources))
    twice = names & _defined(cells[:end]) & _defined(cells[end:])  # few, so that few definitions are compared
    there = {name: _meaning(name, cells[:end]) for name in twice}
    below = {name: _meaning(name, cells[end:]) for name in twice}
    return end, frozenset(name for name in twice if there[name] and below[name] and there[name] != below[name])


def _defined(cells: tuple[CodeCell, ...]) -> frozenset[str]:
    return frozenset().union(*(defined_names(cell.source) for cell in cells))


def _meaning(name: str, cells: tuple[CodeCell, ...]) -> str:
    """Return the last definition of a name, or nothing where no cell that parses has one."""
    found = (definition(cell.source, name) for cell in reversed(cells) if name in defined_names(cell.source))
    return next(filter(None, found), "")
