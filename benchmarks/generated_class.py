"""A class of any size, made from the reference and the banks: the same for everybody who asks for the same one.

Each submission differs from every other, in what it answers and in its text. Nothing in it loops for ever or ends its
process: that would measure time limits, and one grader would stop where another goes on.
"""

from __future__ import annotations

import ast
import json
import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.authoring.release import build
from course_lib.authoring.source import ChapterSource, read_source
from course_lib.catalog import Chapter, Course, load_course
from course_lib.grading.bank import read_bank
from course_lib.grading.dependencies import builds_on
from course_lib.grading.warm_bank import reference_cells
from course_lib.nbgrader.gradebook import CONFIGURATION

TRAINS_ABOVE = 10.0  # seconds that a call may take: what is allowed more is a training
# Of those who hand in: their share, and how often an exercise of theirs is right and how often wrong; else untouched.
QUALITIES = {"strong": (0.40, 0.97, 0.03), "mixed": (0.35, 0.70, 0.25), "weak": (0.25, 0.35, 0.40)}
# Wrong answers that do not end in time, or end their process; see the module.
ENDLESS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Member:
    """One student: the name, and the text of the solution cell of each exercise that was worked on."""

    name: str
    answers: Mapping[str, str]


def without_training(chapter: Chapter) -> tuple[str, ...]:
    """Return the exercises whose functions answer in seconds and that build on none that trains."""
    source = read_source(chapter)
    owner = {name: slug for slug in source.code_slugs for name in source.defines(slug)}
    cells = reference_cells(source)
    suites = [exercise for exercise in chapter.exercises if exercise.graded_by_suite]
    trains = {exercise.slug for exercise in suites if exercise.limits.call_seconds > TRAINS_ABOVE}
    return tuple(item.slug for item in suites if not trains & {item.slug, *builds_on(item, cells, owner)})


def members(chapter: Chapter, slugs: Sequence[str], count: int) -> Iterator[Member]:
    """Yield the class; its first members are those of every smaller class.

    Args:
        chapter: whose reference and banks are used.
        slugs: the exercises that are worked on; the others stay stubs.
        count: how many students.

    """
    source = read_source(chapter)
    bank = {slug: _bank(chapter, source, slug) for slug in slugs}
    for number in range(1, count + 1):
        yield _member(number, bank)


def _member(number: int, bank: Mapping[str, tuple[list[str], list[str]]]) -> Member:
    draw = random.Random(number)  # noqa: S311 - a class to be made again, no secret
    _, right, wrong = draw.choices([*QUALITIES.values()], [share for share, _, _ in QUALITIES.values()])[0]
    name, answers = f"s{number:04}", {}
    for slug, (rights, wrongs) in bank.items():
        luck = draw.random()
        if luck < right + wrong:
            code = draw.choice(rights if luck < right else wrongs)
            answers[slug] = f"{code.rstrip()}\n\n\nwritten_by = {name!r}\n"
    return Member(name, answers)


def _bank(chapter: Chapter, source: ChapterSource, slug: str) -> tuple[list[str], list[str]]:
    exercise = chapter.exercise(slug)
    rights = [_as_written(answer.code) for answer in read_bank(exercise.right_answers)]
    wrongs = [a for a in read_bank(exercise.wrong_answers) if f"{slug}/{a.name}" not in ENDLESS]
    return [source.reference(slug), *rights], [_as_written(answer.code) for answer in wrongs]


def _as_written(code: str) -> str:
    """Return an answer of a bank without what the bank says about it."""
    tree = ast.parse(code)
    about = tree.body[0].end_lineno if ast.get_docstring(tree, clean=False) is not None else 0
    return "".join(code.splitlines(keepends=True)[about:]).strip("\n") + "\n"


def hand_in(everybody: Sequence[Member], release: Path, submitted: Path) -> None:
    """Write every submission where nbgrader looks for it: `submitted/STUDENT/CHAPTER/CHAPTER.ipynb`.

    Args:
        everybody: the class.
        release: the notebook that students received.
        submitted: nbgrader's folder of submissions.

    """
    notebook = json.loads(release.read_text("utf-8"))
    for member in everybody:
        path = submitted / member.name / release.stem / release.name
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(filled(notebook, member.answers), ensure_ascii=False, indent=1), "utf-8")


def filled(notebook: Mapping[str, Any], answers: Mapping[str, str]) -> dict[str, Any]:
    """Return a notebook with answers in place of its stubs."""
    return {**notebook, "cells": [_answered(cell, answers) for cell in notebook["cells"]]}


def _answered(cell: dict[str, Any], answers: Mapping[str, str]) -> dict[str, Any]:
    slug = cell["metadata"].get("nbgrader", {}).get("grade_id")
    return {**cell, "source": answers[slug]} if slug in answers else cell


def own_course(course: Course, chapter: Chapter, folder: Path) -> Course:
    """Copy what grading one chapter needs into an empty folder, with a gradebook of its own, and return that course."""
    for name in ("course.toml", CONFIGURATION):
        shutil.copy(course.root / name, folder)
    for path in (chapter.source_folder, chapter.hidden, chapter.release_folder):
        shutil.copytree(path, folder / path.relative_to(course.root), ignore=shutil.ignore_patterns("__pycache__"))
    for path in chapter.hidden.parent.glob("*.py"):
        shutil.copy(path, folder / chapter.hidden.parent.name)
    own = load_course(folder)
    build(own, own.chapter(chapter.name))
    return own
