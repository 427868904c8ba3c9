"""A small course to learn in: two chapters, four exercises, visible checks of two of them."""

import json
import linecache
import textwrap

import pytest

from course_lib.teaching import session

MANIFEST = """
format = 1
title = "A small course"

[defaults]
call_seconds = 2.0
cell_seconds = 2.0

[[chapter]]
name = "ch01_curves"
title = "Curves & slopes"
book = "Chapter 1"
minutes = 90

  [[chapter.exercise]]
  slug = "square"
  title = "The square"
  kind = "code"
  points = 2

  [[chapter.exercise]]
  slug = "slope"
  title = "Its slope"
  kind = "code"
  points = 1.5

  [[chapter.exercise]]
  slug = "unchecked"
  title = "Without checks"
  kind = "plot"
  points = 1

  [[chapter.exercise]]
  slug = "why"
  title = "Why it is steep"
  kind = "written"
  points = 3

[[chapter]]
name = "ch02_sums"
title = "Sums"
book = "Chapter 2"
minutes = 20

  [[chapter.exercise]]
  slug = "total"
  title = "The total"
  kind = "code"
  points = 1
"""

CHECKS = '''
"""Visible checks."""

import numpy as np

from course_lib.grading import assert_close, refuses, visible


@visible("square")
def test_values(student, rng):
    """Values agree with `x * x`.

    A square is a number times itself: try `3` by hand.
    """
    x = rng.normal(size=5)

    assert_close(student.square(x), x * x)


@visible("square")
def test_negative_numbers(student):
    """The square of a negative number is positive."""
    assert_close(student.square(np.array([-2.0])), np.array([4.0]))


@visible("slope")
def test_slope(student):
    """The slope of the square at 3 is 6."""
    assert_close(student.slope(3.0), 6.0)


@visible("slope")
def test_refuses_text(student):
    """Text is refused."""
    with refuses("x"):
        student.slope("three")


@visible("total")
def test_total(student):
    """One and two are three."""
    assert student.total([1, 2]) + 0 == 3
'''


@pytest.fixture
def course_root(tmp_path, monkeypatch):
    """The folder of a small course, as a student has it."""
    monkeypatch.delenv("COURSE_ROOT", raising=False)
    monkeypatch.delenv("NBGRADER_VALIDATING", raising=False)
    (tmp_path / "course.toml").write_text(MANIFEST, "utf-8")
    for chapter in ("ch01_curves", "ch02_sums"):
        folder = tmp_path / "assignments" / chapter
        folder.mkdir(parents=True)
        (folder / "checks.py").write_text(CHECKS, "utf-8")
    return tmp_path


@pytest.fixture
def notebook(course_root, monkeypatch):
    """Run code as cells of the chapter's notebook, in its folder, in one namespace: `notebook("x = 1")`."""
    monkeypatch.chdir(course_root / "assignments" / "ch01_curves")
    monkeypatch.setattr(session._Notebook, "session", None)
    return Notebook()


class Notebook:
    """What a kernel does with cells, without a kernel."""

    def __init__(self):
        self.objects = {"__name__": "__main__"}
        self._count = 0
        self("from course_lib import check, demo, progress, start")

    def __call__(self, code):
        """Run a cell whose lines can be quoted, as IPython's can."""
        source = textwrap.dedent(code)
        self._count += 1
        filename = f"<ipython-input-{self._count}>"
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        exec(compile(source, filename, "exec"), self.objects)  # noqa: S102 - that is what cells are for


@pytest.fixture
def saved(course_root):
    """Save cells as the chapter's notebook: `saved({"square": "def square(x): ..."})`, by grade_id."""

    def save(cells, chapter="ch01_curves"):
        path = course_root / "assignments" / chapter / f"{chapter}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [_cell(*item) for item in cells.items()]}
        path.write_text(json.dumps(data), "utf-8")
        return path

    return save


def _cell(name, source):
    metadata = {"nbgrader": {"grade_id": name}}
    rest = {"outputs": [], "execution_count": None}
    return {"cell_type": "code", "id": name, "metadata": metadata, "source": textwrap.dedent(source), **rest}
