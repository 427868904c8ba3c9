"""The small course as `course build` leaves it."""

from __future__ import annotations

import shutil
from pathlib import Path

from course_lib.authoring.release import build
from course_lib.catalog import load_course
from tests.grading.mini_course import CHAPTER, write_course

CONFIGURATION = Path(__file__).parents[1] / "nbgrader_config.py"
CHECKS = '"""Visible checks."""\n'


def prepare_mini(root: Path) -> Path:
    """Write the small course with what a release of it needs; return its folder."""
    write_course(root)
    (root / "solutions" / CHAPTER / "checks.py").write_text(CHECKS, "utf-8")
    shutil.copy(CONFIGURATION, root)
    return root


def build_mini(root: Path) -> None:
    """Write the small course and build it."""
    course = load_course(prepare_mini(root))
    build(course, course.chapters[0])
