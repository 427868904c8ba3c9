"""Which modules of `course_lib` a student's repository needs: what students call, and everything that it imports."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGE = "course_lib"
ROOTS = (PACKAGE, f"{PACKAGE}.student", f"{PACKAGE}.teaching")  # loaded by name, so taken whole, with their templates


def needed_files(root: Path, released: Iterable[Path]) -> list[Path]:
    """Return the files of `course_lib` that students need, sorted.

    Args:
        root: the folder that holds `course_lib`.
        released: Python files of the release, such as visible checks.

    """
    whole = [path for name in ROOTS[1:] for path in _all_files(root.joinpath(*name.split(".")))]
    todo = [root / PACKAGE / "__init__.py", *(path for path in whole if path.suffix == ".py"), *released]
    found = set(whole)
    seen: set[Path] = set()
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        todo += [file for name in imported(path) for file in _files_of(root, name)]
    found |= {path for path in seen if path.is_relative_to(root / PACKAGE)}
    return sorted(found)


def imported(path: Path) -> Iterator[str]:
    """Yield every module of ours, and every name of one, that a file imports anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] == PACKAGE)


def _files_of(root: Path, name: str) -> Iterator[Path]:
    """Yield the file of a module and the packages around it; nothing for a name that is no module."""
    parts = name.split(".")
    for length in range(1, len(parts) + 1):
        place = root.joinpath(*parts[:length])
        yield from (path for path in (place / "__init__.py", place.with_suffix(".py")) if path.is_file())


def _all_files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
