"""Folder = role: the engine knows no chapter, and what is checked holds no machinery."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
AUTOGRADER = sorted((ROOT / "autograder").rglob("*.py"))
TOPS = ("solutions", "autograder", "assignments")
BANKS = ("right_answers", "wrong_answers")
SHORT = 16  # lines of code
CONTENT = [path for path in AUTOGRADER if not set(BANKS) & set(path.parts)]


def name_of(path):
    """A path as it is called in this repository."""
    return path.relative_to(ROOT).as_posix()


def imports_of(path):
    """Modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


# --- the engine -------------------------------------------------------------------------------------------------------


def test_the_engine_names_no_chapter(course):
    """A new chapter needs no line of course_lib; the manifest is the only list of chapters."""
    names = "|".join([*(re.escape(chapter.name) for chapter in course.chapters), r"\bch\d\d_[a-z]\w+"])
    files = [path for path in (ROOT / "course_lib").rglob("*") if path.suffix in (".py", ".html", ".j2", ".css", ".js")]

    found = [name_of(path) for path in files if re.search(names, path.read_text(encoding="utf-8"))]

    assert found == []


# --- what is checked --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CONTENT, ids=name_of)
def test_content_has_no_machinery(path):
    """Neither fixtures nor hooks nor processes: a suite speaks of the subject, and the engine runs it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    engine = {"subprocess", "multiprocessing", "threading", "socket", "ctypes", "importlib", "os", "sys"}
    if path.name == "probes.py":
        engine.remove("sys")  # a probe may have to find out which data student code asks for

    assert not [node.name for node in functions if node.name.startswith("pytest_")]
    assert not [node.name for node in functions if "fixture" in "".join(map(ast.unparse, node.decorator_list))]
    assert not {module.partition(".")[0] for module in imports_of(path)} & engine


@pytest.mark.parametrize("path", CONTENT, ids=name_of)
def test_content_knows_the_engine_by_its_vocabulary_only(path):
    """`course_lib.grading` is the one door, and the data sets are those of the notebooks; the rest may change."""
    known = {"course_lib.grading", "course_lib"}
    from_course = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
    taken = [alias.name for node in from_course if node.module == "course_lib" for alias in node.names]

    assert {module for module in imports_of(path) if module.startswith("course_lib")} <= known
    assert set(taken) <= {"data"}


@pytest.mark.parametrize("path", [path for path in CONTENT if path.name == "probes.py"], ids=name_of)
def test_probes_know_nothing(path):
    """They run beside student code, so they must hold no expectation and reach none."""
    assert not [module for module in imports_of(path) if module.startswith(("autograder", "course_lib", "pytest"))]


@pytest.mark.parametrize("path", [path for path in CONTENT if path.name.startswith("test_")], ids=name_of)
def test_suites_hold_tests(path):
    """Every test has a sentence; what several tests of a suite share is a short function, never a class."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    tests = [node for node in body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    shared = [node for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef) and node not in tests]

    assert [node.name for node in tests if not ast.get_docstring(node)] == []
    assert [node.name for node in shared if isinstance(node, ast.ClassDef)] == []
    assert [node.name for node in shared if len(ast.unparse(node).splitlines()) > SHORT] == []


# --- mirrored trees ---------------------------------------------------------------------------------------------------


def test_every_graded_exercise_has_its_files(exercise):
    """One slug, spelled the same everywhere: suite, right answers, wrong answers."""
    expected = exercise.graded_by_suite

    assert exercise.suite.exists() == expected
    assert exercise.right_answers.exists() == expected
    assert exercise.wrong_answers.exists() == expected


def test_no_file_belongs_to_an_unknown_exercise(chapter):
    """What was renamed was renamed everywhere."""
    suites = {path.stem.removeprefix("test_") for path in chapter.hidden.glob("test_*.py")}
    banks = {path.name for bank in BANKS for path in (chapter.hidden / bank).glob("[!_]*") if path.is_dir()}

    assert suites | banks <= set(chapter.slugs)


def test_every_folder_belongs_to_a_chapter(course):
    """In solutions/, autograder/ and assignments/ alike."""
    files = [path.relative_to(ROOT) for top in TOPS for path in (ROOT / top).glob("*/**/*") if path.is_file()]

    found = {path.parts[1] for path in files if "__pycache__" not in path.parts}

    assert found == {chapter.name for chapter in course.chapters}


def test_every_exercise_has_a_visible_check(exercise):
    """A student who runs a check cell sees at least one check."""
    if exercise.graded_by_suite:
        checks = (exercise.root / "solutions" / exercise.chapter / "checks.py").read_text(encoding="utf-8")

        assert f'@visible("{exercise.slug}")' in checks
