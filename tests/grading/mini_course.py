"""A course of one small chapter, so that the engine is tested in milliseconds and on every path."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CHAPTER = "ch00_mini"

MANIFEST = """
format = 1
title = "Mini"

[defaults]
call_seconds = 1.0
cell_seconds = 2.0
total_seconds = 60.0
memory_mib = 512

[[chapter]]
name = "ch00_mini"
title = "Mini"
book = "Chapter 0"
minutes = 5

  [[chapter.exercise]]
  slug = "double"
  title = "Double"
  kind = "code"
  points = 4

  [[chapter.exercise]]
  slug = "scale"
  title = "Scale"
  kind = "code"
  points = 3

  [[chapter.exercise]]
  slug = "fact"
  title = "A fact"
  kind = "answer"
  points = 2

  [[chapter.exercise]]
  slug = "why"
  title = "Why"
  kind = "written"
  points = 1
"""

SCRIPT = '''
# %% [markdown]
# # Mini

# %% setup
import numpy as np
from course_lib import check, demo, progress, start

start("ch00_mini")

# %% exercise="double"
def double(x):
    """Return twice the array."""
    ### BEGIN SOLUTION
    if not np.all(np.isfinite(x)):
        raise ValueError(f"x must be finite, received {x}")
    return 2.0 * x
    ### END SOLUTION

# %% check="double"
check("double")

# %% demo="double"
with demo("double"):
    print(double(np.ones(2)))

# %% exercise="scale"
def scale(x, times):
    """Double an array some number of times."""
    ### BEGIN SOLUTION
    for _ in range(times):
        x = double(x)
    return x
    ### END SOLUTION

# %% check="scale"
check("scale")

# %% exercise="fact"
### BEGIN SOLUTION
fact = {"answer": 42}
### END SOLUTION

# %% check="fact"
check("fact")

# %% [markdown] written="why"
# Why twice?
#
# ### BEGIN SOLUTION
# Because.
# ### END SOLUTION

# %% closing
progress()
'''

SUITES = {
    "double": '''
import numpy as np
import pytest

from course_lib.grading import assert_close, refuses


def test_values(student, rng):
    """Every entry is doubled.

    Twice means times two.
    """
    x = rng.standard_normal(5)

    assert_close(student.double(x), 2 * x)


def test_matrix(student, rng):
    """A matrix keeps its shape."""
    x = rng.standard_normal((2, 3))

    assert_close(student.double(x), x + x)


@pytest.mark.supporting
def test_refuses_nan(student):
    """NaN is refused."""
    with refuses("x"):
        student.double(np.array([np.nan]))


@pytest.mark.supporting
def test_keeps_the_sign(student, rng):
    """The sign stays."""
    x = rng.standard_normal(4)

    assert_close(np.sign(student.double(x)), np.sign(x))
''',
    "scale": '''
from course_lib.grading import assert_close


def test_eight_times(student, rng):
    """Three doublings are a factor of eight."""
    x = rng.standard_normal(4)

    assert_close(student.scale(x, 3), 8 * x)


def test_no_times(student, rng):
    """No doubling changes nothing, and one doubles."""
    x = rng.standard_normal(4)

    assert_close(student.scale(x, 0), x)
    assert_close(student.scale(x, times=1), 2 * x)


def test_twice(student, rng):
    """Two doublings are a factor of four."""
    x = rng.standard_normal(4)

    assert_close(student.scale(x, 2), 4 * x)
''',
    "fact": '''
from course_lib.grading import assert_close


def test_answer(student):
    """The answer is right."""
    assert_close(student.value("fact"), {"answer": 42})
''',
}

REFUSAL = """    if not np.isfinite(x).all():
        raise ValueError(f"x is {x}")
"""


def wrong(text: str, caught: str, code: str) -> str:
    """Return a file of the bank of wrong answers."""
    return f'"""{text}\n\nCaught by: {caught}\n"""\n{code}\n'


BANK = {
    "right_answers/double/adds.py": f'"""Adds the array to itself."""\ndef double(x):\n{REFUSAL}    return x + x\n',
    "wrong_answers/double/squares.py": wrong(
        "You squared the entries.", "test_values, test_matrix", "def double(x):\n    return x**2"
    ),
    "wrong_answers/double/triples.py": wrong(
        "You took the entries three times.", "test_values, test_matrix", "def double(x):\n    return 3.0 * x"
    ),
    "wrong_answers/double/keeps_nan.py": wrong(
        "You let NaN through.", "test_refuses_nan", "def double(x):\n    return 2.0 * x"
    ),
    "wrong_answers/scale/once.py": wrong(
        "You doubled once, however often was asked for.",
        "test_eight_times, test_no_times",
        "def scale(x, times):\n    return 2.0 * x",
    ),
    "wrong_answers/scale/one_more.py": wrong(
        "You doubled once too often.",
        "test_eight_times, test_no_times",
        "def scale(x, times):\n    return x * 2.0 ** (times + 1)",
    ),
    "wrong_answers/fact/other.py": wrong("That is another answer.", "test_answer", 'fact = {"answer": 41}'),
}

DOUBLE = f"def double(x):\n{REFUSAL}    return x * 2.0\n"
SCALE = "def scale(x, times):\n    return x if times == 0 else scale(double(x), times - 1)\n"
FACT = "fact = dict(answer=42)\n"


def write_course(root: Path) -> Path:
    """Write the course into an empty folder."""
    files = {"course.toml": MANIFEST, f"solutions/{CHAPTER}/{CHAPTER}.py": SCRIPT.lstrip()}
    files |= {f"autograder/{CHAPTER}/test_{slug}.py": text for slug, text in SUITES.items()}
    files |= {f"autograder/{CHAPTER}/{name}": text for name, text in BANK.items()}
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def code_cell(source: str, grade_id: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a code cell as a notebook holds it."""
    metadata: dict[str, Any] = {"nbgrader": {"grade_id": grade_id}} if grade_id else {}
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": [], **more}


def answers(double: str = DOUBLE, scale: str = SCALE, fact: str = FACT) -> list[dict[str, Any]]:
    """Return the cells of a submission."""
    setup = 'import numpy as np\nfrom course_lib import check, demo, progress, start\n\nstart("ch00_mini")'
    why = {"cell_type": "markdown", "metadata": {"nbgrader": {"grade_id": "why"}}, "source": "Why twice?\n\nSo."}
    return [
        code_cell(setup, "setup"),
        code_cell(double, "double"),
        code_cell('check("double")', "double__check"),
        code_cell(scale, "scale"),
        code_cell('check("scale")', "scale__check"),
        code_cell(fact, "fact"),
        why,
    ]


def write_notebook(path: Path, cells: list[dict[str, Any]], minor: int = 5) -> Path:
    """Write a notebook file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": minor, "metadata": {}, "cells": cells}), "utf-8")
    return path
