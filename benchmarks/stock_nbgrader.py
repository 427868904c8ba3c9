"""The class in nbgrader as it is: its own command, its own kernel, our tests in the notebook's test cells."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.generated_class import Member, hand_in
from benchmarks.watch import Watched, watch
from course_lib.authoring.source import ChapterSource, read_source
from course_lib.catalog import Chapter, Course

CHECK = "__check"
CONFIGURATION = """\
c = get_config()
c.CourseDirectory.root = {root!r}
c.CourseDirectory.course_id = "stock"
"""
OURS = ("from course_lib", "start(")  # lines of the set-up cell that this notebook does without
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def grade(course: Course, chapter: Chapter, everybody: Sequence[Member], slugs: Sequence[str], folder: Path) -> Watched:
    """Make the assignment, hand in, and run `nbgrader autograde` once on the whole class; only that is measured.

    Args:
        course: where the tests come from.
        chapter: whose exercises are graded.
        everybody: the class.
        slugs: the exercises.
        folder: an empty folder; the gradebook stays there.

    """
    (folder / "nbgrader_config.py").write_text(CONFIGURATION.format(root=str(folder)), "utf-8")
    source = folder / "source" / chapter.name / chapter.release.name
    source.parent.mkdir(parents=True)
    source.write_text(json.dumps(notebook(read_source(chapter), chapter, slugs)), "utf-8")
    environment = surroundings(course)
    subprocess.run(  # noqa: S603 - our own command
        _command("generate_assignment", chapter), cwd=folder, env=environment, check=True, capture_output=True
    )
    hand_in(everybody, folder / "release" / chapter.name / chapter.release.name, folder / "submitted")
    return watch(_command("autograde", chapter), environment, folder)


def surroundings(course: Course) -> dict[str, str]:
    """Return an environment in which our tests are found and computing keeps to one thread, as in our own workers."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    places = os.pathsep.join((str(course.root), str(Path(__file__).parents[1])))
    return os.environ | threads | {"PATH": path, "PYTHONPATH": places, "COURSE_ROOT": str(course.root)}


def _command(step: str, chapter: Chapter) -> list[str]:
    return [str(Path(sys.executable).with_name("nbgrader")), step, chapter.name]


def notebook(source: ChapterSource, chapter: Chapter, slugs: Sequence[str]) -> dict[str, Any]:
    """Return nbgrader's source notebook: set-up, and for each exercise its solution cell and a cell with our tests.

    The chapter's prose and demonstrations are left out: they judge nothing, and stock nbgrader would run the latter.
    """
    setup = "\n".join(line for line in source.setup.splitlines() if not line.startswith(OURS))
    cells = [_cell("setup", setup, locked=True)]
    for slug in slugs:
        tests = f"from benchmarks.in_process import points\n\npoints({chapter.name!r}, {slug!r}, globals())"
        cells.append(_cell(slug, source.cell(slug).source, solution=True))
        cells.append(_cell(slug + CHECK, tests, locked=True, grade=True, points=chapter.exercise(slug).points))
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": KERNEL}, "cells": cells}


def _cell(grade_id: str, source: str, **marks: Any) -> dict[str, Any]:
    mark = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    metadata = {"nbgrader": mark | {"grade_id": grade_id} | marks}
    common = {"cell_type": "code", "id": grade_id, "source": source, "metadata": metadata}
    return common | {"outputs": [], "execution_count": None}


def scores(gradebook: Path) -> Mapping[str, dict[str, float]]:
    """Return what a gradebook holds: by student, the points of each exercise that were given automatically."""
    found: dict[str, dict[str, float]] = {}
    for student, cell, points in _rows(gradebook):
        found.setdefault(student, {})[cell.removesuffix(CHECK)] = points
    return found


def _rows(gradebook: Path) -> Iterator[tuple[str, str, float]]:
    query = (
        "SELECT a.student_id, c.name, g.auto_score FROM submitted_assignment a "
        "JOIN submitted_notebook n ON n.assignment_id = a.id JOIN grade g ON g.notebook_id = n.id "
        "JOIN base_cell c ON c.id = g.cell_id WHERE g.auto_score IS NOT NULL"
    )
    database = sqlite3.connect(gradebook)
    try:
        yield from database.execute(query).fetchall()
    finally:
        database.close()
