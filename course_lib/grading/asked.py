"""What an exercise's suite asks of a notebook, read from its text, through every function of its helpers.

`suites.relied_on` looks for what is written as `student.name`, which is enough to say who is to blame. Here nothing may
be missed, so every attribute and every word of a string counts as a name that may be asked for.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from course_lib.catalog import Exercise
from course_lib.grading.code import file_tree
from course_lib.grading.plain_cell import is_literal
from course_lib.grading.suites import relied_on
from course_lib.grading.vocabulary import FILES

PEEKS = frozenset({"__globals__", "__dict__", "_objects", "vars", "globals", "dir", "gc", "__main__"})
CACHES = frozenset({"cache", "lru_cache", "cached_property"})
FIGURES, FOLDER, EVERYTHING = "<figures>", "<files>", "<everything>"
JUDGES_OWN = "oracles.py"  # runs beside the judge: what it gives away is copied
WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Asked:
    """What a suite may ask for.

    Attributes:
        names: of the notebook, as far as it has them.
        shared: what several exercises may share, by words that are no names: see the constants above.

    """

    names: frozenset[str]
    shared: frozenset[str]


@dataclass(frozen=True)
class _Helpers:
    """What the modules beside the suites define by name, the names of all modules, and which names are no constants."""

    defined: dict[str, list[ast.stmt]]
    modules: frozenset[str]
    memory: frozenset[str]


Files = tuple[tuple[Path, int, int], ...]


def files_beside(exercises: Iterable[Exercise]) -> Files:
    """Return the modules beside the exercises' suites, each with the time of its last change and its size."""
    files = sorted({file for folder in {item.suite.parent for item in exercises} for file in folder.glob("*.py")})
    return tuple((file, file.stat().st_mtime_ns, file.stat().st_size) for file in files)


@lru_cache(maxsize=512)
def asked(exercise: Exercise, files: Files) -> Asked:
    """Return what an exercise's tests ask for; `files` are the modules beside them (see `files_beside`)."""
    helpers = _helpers(files)
    names, shared = set(relied_on(exercise)), set[str]()
    waiting, seen = list[ast.AST](file_tree(exercise.suite).body), set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            words = {word for part in _parts(node) for word in _words_of(part)}
            names |= {word for part in _parts(node) for word in _names_in(part, helpers.modules)}
            shared |= _shared(words, helpers) | _made_up(node)
            waiting += [part for word in words for part in helpers.defined.get(word, ())]
    return Asked(frozenset(names), frozenset(shared))


@lru_cache(maxsize=8)
def _helpers(files: Files) -> _Helpers:
    defined: dict[str, list[ast.stmt]] = {}
    modules, memory = set[str](), set[str]()
    for path, _, _ in files:
        for node in file_tree(path).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                modules |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
            for name in _defines(node) if not path.name.startswith("test_") else ():
                defined.setdefault(name, []).append(node)
                memory |= {name} if path.name != JUDGES_OWN and _remembers(node) else set()
    return _Helpers(defined, frozenset(modules), frozenset(memory))


def _defines(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {inner.id for target in targets for inner in ast.walk(target) if isinstance(inner, ast.Name)}


def _remembers(node: ast.stmt) -> bool:
    """Tell whether a helper may be another one after it was used."""
    if isinstance(node, ast.FunctionDef):
        return any(set(_words_of(part)) & CACHES for mark in node.decorator_list for part in ast.walk(mark))
    return isinstance(node, ast.Assign | ast.AnnAssign) and not is_literal(node.value, fixed=True)


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what a piece of code is made of, without docstrings."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield from _parts(child)


def _words_of(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        return [node.attr]
    if isinstance(node, ast.alias):
        return WORD.findall(node.name)
    return WORD.findall(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _names_in(node: ast.AST, modules: frozenset[str]) -> list[str]:
    """Return the names that may be the notebook's: a module's own attributes and our variables are not."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
        return []
    return _words_of(node) if isinstance(node, ast.Attribute | ast.Constant) else []


def _shared(words: set[str], helpers: _Helpers) -> set[str]:
    shared = {FIGURES} if words & {"pyplot", "plt"} else set()
    shared |= {FOLDER} if words & FILES else set()
    shared |= {EVERYTHING} if words & PEEKS else set()
    return shared | {f"<{word}>" for word in words & helpers.memory}


def _made_up(node: ast.AST) -> set[str]:
    """Return that a suite may look at everything where it puts a name together from parts."""
    calls = [part for part in ast.walk(node) if isinstance(part, ast.Call) and _words_of(part.func) == ["getattr"]]
    known = all(isinstance(call.args[1], ast.Name | ast.Constant) for call in calls if len(call.args) > 1)
    return set() if known else {EVERYTHING}
