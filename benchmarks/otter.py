"""The class in otter-grader, without containers: `otter run`, once for each submission, with our tests as its tests."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks import stock_nbgrader
from benchmarks.generated_class import Member, filled
from benchmarks.watch import Watched, watch
from course_lib.authoring.source import read_source
from course_lib.catalog import Chapter, Course, Exercise
from course_lib.grading.suites import declared_tests

RELEASE = "otter-grader==7.0.0"
BESIDE = ("numpy", "matplotlib", "torch", "pytest", "ipykernel")  # what the tests and the notebook need, as we have it
TEST_FILE = """\
from otter.test_files import test_case

from benchmarks.in_process import run_test

OK_FORMAT = False
name = {slug!r}
points = None
"""
TEST = """

@test_case(points={points!r}, name={name!r})
def {name}(env):
    run_test({chapter!r}, {slug!r}, {name!r}, env)
"""


def venv(cache: Path) -> Path:
    """Return the folder of programs of an environment that holds otter; it is made where there is none.

    Args:
        cache: where it lies. Otter's requirements differ from ours, so that it cannot share our environment.

    """
    folder = cache / RELEASE.replace("==", "-")
    programs = folder / "bin"
    if not (programs / "otter").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)  # noqa: S603 - Python itself
        wanted = [RELEASE, *(f"{name}=={version(name).partition('+')[0]}" for name in BESIDE)]
        subprocess.run([str(programs / "python"), "-m", "pip", "install", "--quiet", *wanted], check=True)  # noqa: S603
    return programs


def grade(  # noqa: PLR0913 - as for the other graders, and where otter is
    course: Course, chapter: Chapter, everybody: Sequence[Member], slugs: Sequence[str], folder: Path, *, programs: Path
) -> list[Watched]:
    """Make otter's tests, and run it on each submission; the results lie in `results/STUDENT/results.json`.

    Args:
        course: where the tests come from.
        chapter: whose exercises are graded.
        everybody: the class.
        slugs: the exercises.
        folder: an empty folder.
        programs: see `venv`.

    """
    (folder / "tests").mkdir()
    for slug in slugs:
        (folder / "tests" / f"{slug}.py").write_text(_tests(chapter.exercise(slug)), "utf-8")
    environment = stock_nbgrader.surroundings(course) | {"PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin"}
    otter = str(programs / "otter")
    subprocess.run([otter, "generate", "-t", "tests"], cwd=folder, env=environment, check=True, capture_output=True)  # noqa: S603
    cells = stock_nbgrader.notebook(read_source(chapter), chapter, slugs)
    release = {**cells, "cells": [cell for cell in cells["cells"] if not cell["id"].endswith(stock_nbgrader.CHECK)]}
    stubs = {slug: read_source(chapter).stub(slug) for slug in slugs}
    watched = []
    for member in everybody:
        path = folder / "submitted" / f"{member.name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(filled(release, stubs | dict(member.answers))), "utf-8")
        results = folder / "results" / member.name
        results.mkdir(parents=True)
        command = [otter, "run", "-a", "autograder.zip", "-o", str(results), "--no-logo", str(path)]
        watched.append(watch(command, environment, folder))
    return watched


def _tests(exercise: Exercise) -> str:
    names = declared_tests(exercise.suite)
    share = exercise.points / len(names)
    about = {"chapter": exercise.chapter, "slug": exercise.slug, "points": share}
    return TEST_FILE.format(slug=exercise.slug) + "".join(TEST.format(name=name, **about) for name in names)


def scores(folder: Path) -> Mapping[str, dict[str, float]]:
    """Return by student the points of each exercise."""
    found: dict[str, dict[str, float]] = {}
    for path in sorted(folder.glob("results/*/results.json")):
        tests = json.loads(path.read_text("utf-8"))["tests"]
        found[path.parent.name] = {item["name"]: round(item["score"], 2) for item in tests if "score" in item}
    return found
