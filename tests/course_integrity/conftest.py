"""The real course, which these tests hold to its promises."""

from pathlib import Path

import pytest

from course_lib.catalog import load_course

COURSE = load_course(Path(__file__).resolve().parents[2])


@pytest.fixture(scope="session")
def course():
    """The course of this repository."""
    return COURSE


def pytest_generate_tests(metafunc):
    """Run a test once for every chapter, or for every exercise, where it asks for one."""
    if "chapter" in metafunc.fixturenames:
        metafunc.parametrize("chapter", COURSE.chapters, ids=lambda chapter: chapter.name)
    if "exercise" in metafunc.fixturenames:
        metafunc.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.ref)
