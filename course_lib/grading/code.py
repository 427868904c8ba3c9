"""Looking at a cell's code without running it: which names it defines and uses, whether it is still the stub."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path

from course_lib.grading.errors import GraderError

MAGIC = re.compile(r"^\s*(%|!|\?)|^[\w.\s,]+=\s*(%|!)|^[\w.]+\?{1,2}\s*$")
CELL_MAGIC = re.compile(r"\A\s*%%(\w+)[^\n]*\n?")
HARMLESS_CELL_MAGICS = frozenset({"time", "timeit", "capture", "prun"})
KEPT = 512  # texts: a chapter's banks and the submission at hand, and no more memory for a class of a thousand
DEFINITION = re.compile(r"^(?:async\s+def|def|class)\s+(\w+)|^(\w+)\s*(?::[^=\n]+)?=(?!=)", re.MULTILINE)


@lru_cache(maxsize=KEPT)
def parse(source: str) -> ast.Module | None:
    """Return the syntax tree, or None where the code has a syntax error or is beyond what the parser takes."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def text_of(path: Path) -> str:
    """Return the text of a file of the course's own.

    Raises:
        GraderError: it is no UTF-8.

    """
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        message = f"{path} is no text in UTF-8 ({error.reason} at byte {error.start}); save it in that encoding"
        raise GraderError(message) from error


def tree_of(source: str) -> ast.Module:
    """Return the syntax tree of code of the course's own. It is kept, and must not be changed.

    Raises:
        SyntaxError: the code has one.

    """
    tree = parse(source)
    return tree if tree is not None else ast.parse(source)


def file_tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file of the course's own (see `tree_of`).

    Raises:
        GraderError: it is no text, or no Python.

    """
    try:
        return tree_of(text_of(path))
    except SyntaxError as error:
        message = f"{path}, line {error.lineno}: {error.msg}; mend the file"
        raise GraderError(message) from error


def without_magics(source: str) -> str:
    """Comment out IPython's magics and shell lines. Code that is Python already is left alone."""
    if parse(source) is not None:
        return source
    found = CELL_MAGIC.match(source)
    if found and found.group(1) not in HARMLESS_CELL_MAGICS:
        return "\n".join(f"# {line}" for line in source.split("\n"))
    body = f"# {source}" if found else source
    return "\n".join(_without_magic(line) for line in body.split("\n"))


def _without_magic(line: str) -> str:
    if not MAGIC.match(line):
        return line
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}pass  # {line.lstrip()}"


@lru_cache(maxsize=KEPT)
def defined_names(source: str) -> frozenset[str]:
    """Return the names that the cell's top level defines, by its text where it does not parse."""
    tree = parse(source)
    if tree is None:
        return frozenset(a or b for a, b in DEFINITION.findall(source))
    names: set[str] = set()
    for node in tree.body:
        names.update(_names_of(node))
    return frozenset(names)


def _names_of(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)}


def definition(source: str, name: str) -> str:
    """Return how the cell's top level defines a name last, as text that equal definitions share; else nothing."""
    tree = parse(source)
    found = [node for node in (tree.body if tree else ()) if name in _names_of(node)]
    return ast.dump(found[-1]) if found else ""


@lru_cache(maxsize=KEPT)
def used_names(source: str) -> frozenset[str]:
    """Return every name that the cell reads, at any depth."""
    tree = parse(source)
    if tree is None:
        return frozenset(re.findall(r"\w+", source))
    return frozenset(
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )


@lru_cache(maxsize=KEPT)
def skeleton(source: str) -> str:
    """Return what remains when comments, docstrings and layout are taken away; two cells that do the same share it."""
    if parse(source) is None:
        return "\n".join(line.strip() for line in source.strip().splitlines())
    tree = ast.parse(source)  # a tree of its own: the cached one must stay whole
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module):
            node.body = [part for part in node.body if not _is_text(part)] or [ast.Pass()]
    try:
        return ast.dump(tree)
    except RecursionError:
        return source


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
