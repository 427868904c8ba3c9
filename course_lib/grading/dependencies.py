"""Which exercises an exercise builds on, so that a mistake is paid for once."""

from __future__ import annotations

from course_lib.catalog import Exercise
from course_lib.grading.code import defined_names, used_names
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
