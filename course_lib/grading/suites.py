"""What a hidden suite declares, read from its text: its tests, and which of the student's names it relies on."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path

from course_lib.catalog import Exercise
from course_lib.grading.code import text_of, tree_of

STUDENT_NAME = re.compile(r"\bstudent\.([A-Za-z_]\w*)")
HELPER = re.compile(r"\b(?:probes|measures)\.([A-Za-z_]\w*)|meets_floor\(\s*[\"'](\w+)[\"']")


def declared_tests(suite: Path) -> tuple[str, ...]:
    """Return the names of a suite's tests, in the order of the file."""
    return _tests_in(text_of(suite))


@lru_cache(maxsize=512)
def _tests_in(text: str) -> tuple[str, ...]:
    body = tree_of(text).body
    return tuple(node.name for node in body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def relied_on(exercise: Exercise) -> frozenset[str]:
    """Return the notebook names that an exercise's suite asks for, through its probes and measures too."""
    files = (exercise.suite, exercise.hidden / "probes.py", exercise.hidden / "measures.py")
    return _relied_on(*(text_of(path) if path.exists() else "" for path in files))


@lru_cache(maxsize=512)
def _relied_on(text: str, *beside: str) -> frozenset[str]:
    helpers = {a or b for a, b in HELPER.findall(text)}
    sources = [text, *(_functions_in(other, helpers) for other in beside)]
    return frozenset(name for source in sources for name in STUDENT_NAME.findall(source))


def _functions_in(text: str, wanted: set[str]) -> str:
    """Return the functions of a module that are wanted, and those that they use."""
    lines = text.splitlines()
    functions = {
        node.name: "\n".join(lines[node.lineno - 1 : node.end_lineno])
        for node in tree_of(text).body
        if isinstance(node, ast.FunctionDef)
    }
    texts: dict[str, str] = {}
    waiting = [name for name in wanted if name in functions]
    while waiting:
        name = waiting.pop()
        if name in texts:
            continue
        texts[name] = functions[name]
        waiting.extend(other for other in functions if other not in texts and re.search(rf"\b{other}\b", texts[name]))
    return "\n".join(texts.values())
