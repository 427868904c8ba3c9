"""A course with one chapter of every kind of exercise, so that authoring is tested on something small."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from course_lib.authoring import release
from course_lib.catalog import load_course

MANIFEST = """# The manifest of a tiny course.
format = 1
title = "Tiny"

[[chapter]]
name = "ch01_tiny"
title = "Tiny things"
book = "Chapter 1"
minutes = 30

  # the easy one
  [[chapter.exercise]]
  slug = "double"
  title = "Twice"
  kind = "code"
  points = 2

  [[chapter.exercise]]
  slug = "double_why"
  title = "Why twice"
  kind = "written"
  points = 1.5

  [[chapter.exercise]]
  slug = "draw"
  title = "A line"
  kind = "plot"
  points = 3

  [[chapter.exercise]]
  slug = "fact"
  title = "A fact"
  kind = "answer"
  points = 1
"""

SCRIPT = '''"""Chapter 1 of a tiny course."""

# %% [markdown]
# # Tiny things
#
# An equation: $y = 2x$, as in “twice”.
#
# | exercise | you write | points |
# |---|---|---:|
# | `double` | twice as much | 2 |
# | `double_why` | why | 1.5 |
# | `draw` | a line | 3 |
# | `fact` | a fact | 1 |
# | | **together** | **7.5** |

# %% setup
import numpy as np

from course_lib import check, progress, start

start("ch01_tiny")

# %% [markdown]
# ## Twice


# %% exercise="double"
def helper(x):
    """Return x as an array."""
    return np.asarray(x)


def double(x):
    """Return twice x.

    Raises:
        ValueError: x is not finite.
    """
    ### BEGIN SOLUTION
    if not np.all(np.isfinite(x)):
        raise ValueError(f"x must be finite, got {x} instead")

    return 2.0 * helper(x)
    ### END SOLUTION


def half(x):
    """Return half of x."""
    if x == 0:
        ### BEGIN SOLUTION
        return 0.0
        ### END SOLUTION
    ### BEGIN SOLUTION
    return x / 2.0
    ### END SOLUTION


# %% check="double"
check("double")

# %% demo="double"
print(double(np.ones(3)))

# %% [markdown] written="double_why"
# Why is *twice* so common?
#
# ### BEGIN SOLUTION
# One point for saying that most animals are symmetric,
# half a point for an example.
# ### END SOLUTION


# %% exercise="draw"
def draw(ax):
    """Draw a line on ax."""
    ### BEGIN SOLUTION
    ax.plot([0, 1], [0, 1], label="the secret diagonal")
    ### END SOLUTION


# %% check="draw"
check("draw")

# %% exercise="fact"
# What is the answer?
### BEGIN SOLUTION
fact = {"the answer to everything": 42}
### END SOLUTION

# %% check="fact"
check("fact")

# %% closing
progress()
'''

CHECKS = '''"""Visible checks of a tiny chapter."""

from course_lib.grading import assert_close, visible


@visible("double")
def test_double_of_three(student, rng):
    """Twice three is six."""
    assert_close(student.double(3.0), 6.0)


@visible("draw")
def test_draws(student, rng):
    """There is a line."""


@visible("fact")
def test_fact(student, rng):
    """There is a fact."""
    assert student.value("fact")
'''

HIDDEN = {
    "__init__.py": '"""What is checked in ch01_tiny."""\n',
    "oracles.py": '"""Slow truths."""\n\n\ndef doubled_by_adding_many_times(x):\n    """Add."""\n    return x + x\n',
    "test_double.py": (
        "from course_lib.grading import assert_close\n\n\n"
        'def test_secret_numbers(student, rng):\n    """It doubles."""\n'
        "    unlikely = rng.standard_normal(12345)\n    assert_close(student.double(unlikely), 2 * unlikely)\n"
    ),
    "test_draw.py": 'def test_line(student, rng):\n    """A line."""\n    assert student.draw\n',
    "test_fact.py": 'def test_fact(student, rng):\n    """A fact."""\n    assert student.value("fact")\n',
    "right_answers/double/adds.py": '"""Adds instead of multiplying."""\n\n\ndef double(x):\n    return x + x\n',
    "wrong_answers/double/squares.py": (
        '"""You squared the number instead of doubling it, which agrees at two only.\n\n'
        'Caught by: test_secret_numbers\n"""\n\n\ndef double(x):\n    return x**2\n'
    ),
}


class TinyCourse:
    """The files of the course; every text of them can be replaced."""

    def __init__(self, root: Path) -> None:
        """Write the course into an empty folder."""
        self.root = root
        self.script_path = root / "solutions/ch01_tiny/ch01_tiny.py"
        self.write("course.toml", MANIFEST)
        self.write("solutions/ch01_tiny/ch01_tiny.py", SCRIPT)
        self.write("solutions/ch01_tiny/checks.py", CHECKS)
        for name, text in HIDDEN.items():
            self.write(f"autograder/ch01_tiny/{name}", text)

    def write(self, name: str, text: str) -> Path:
        """Write one file."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the first occurrence of a text in a file; it must be there."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def edit_script(self, old: str, new: str) -> None:
        """Replace a text of the percent script."""
        self.edit("solutions/ch01_tiny/ch01_tiny.py", old, new)

    def line_of(self, text: str) -> int:
        """The line of the script that holds a text, counted from 1."""
        lines = self.script_path.read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if text in line)

    @property
    def course(self):
        """The course as it is now."""
        return load_course(self.root)

    @property
    def chapter(self):
        """Its chapter as it is now."""
        return self.course.chapters[0]


@pytest.fixture
def tiny(tmp_path):
    """A fresh copy of the tiny course."""
    return TinyCourse(tmp_path.resolve())


def build_tiny(tiny):
    """Make its release and a gradebook."""
    release.build(tiny.course, tiny.chapter)


@pytest.fixture(scope="session")
def released(make_once, tmp_path_factory):
    """The tiny course with its release in place; do not change it."""
    made = make_once("released_tiny_course", lambda folder: build_tiny(TinyCourse(folder)))
    root = tmp_path_factory.mktemp("released").resolve()
    shutil.copytree(made, root, dirs_exist_ok=True)
    return TinyCourse(root)
