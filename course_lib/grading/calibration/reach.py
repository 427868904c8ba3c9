"""Which code a measure reaches: its own, and what it uses of the modules beside it and of the course's library."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import course_lib
from course_lib.grading.code import file_tree, text_of


@lru_cache(maxsize=4096)
def normal(code: str) -> str:
    """Return code without comments, docstrings and layout."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


@dataclass
class Reach:
    """Collects the definitions that some names rely on, through modules beside theirs and in `course_lib`."""

    found: dict[str, str] = field(default_factory=dict)

    def of(self, path: Path, names: Iterable[str]) -> dict[str, str]:
        """Return the code of the definitions by file and name."""
        definitions, modules = _definitions(parse_file(path)), _modules(path)
        for name in names:
            where = f"{path.name}:{name}"
            if where in self.found or name not in definitions:
                continue
            node = definitions[name]
            self.found[where] = normal(ast.unparse(node))
            used = {item.id for item in ast.walk(node) if isinstance(item, ast.Name)}
            attributes = (other for other in definitions if other.startswith(f"{name}."))
            self.of(path, sorted({*used & definitions.keys(), *attributes}))
            for alias in sorted(used & modules.keys()):
                self._through(modules[alias], node, alias)
        return self.found

    def _through(self, module: tuple[Path, str], node: ast.AST, alias: str) -> None:
        """Follow `alias.name` into a module, or `alias` itself where it was imported from one."""
        path, name = module
        if path.is_relative_to(_library()):
            is_package = path.name == "__init__.py" and path.parent != _library()
            files = sorted(path.parent.glob("*.py")) if is_package else [path]
            texts = {file.relative_to(_library()).as_posix(): normal(text_of(file)) for file in files}
            self.found.update(texts)
        elif name:
            self.of(path, [name])
        else:
            self.of(path, sorted(_attributes(node, alias)))


def _attributes(node: ast.AST, alias: str) -> set[str]:
    items = (item for item in ast.walk(node) if isinstance(item, ast.Attribute) and isinstance(item.value, ast.Name))
    return {item.attr for item in items if isinstance(item.value, ast.Name) and item.value.id == alias}


def _definitions(tree: ast.Module) -> dict[str, ast.stmt]:
    """Return what a module defines, by name; `name.attribute = …` under both."""
    found: dict[str, ast.stmt] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                parts = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
                found.update((ast.unparse(part), node) for part in parts)
    return found


def _modules(path: Path) -> dict[str, tuple[Path, str]]:
    """Return by alias the file that an import reads, and the name in it where it is not the module itself."""
    found: dict[str, tuple[Path, str]] = {}
    for node in parse_file(path).body:
        folder = _folder(node.module, path) if isinstance(node, ast.ImportFrom) and node.module else None
        if folder is None or not isinstance(node, ast.ImportFrom):
            continue
        for alias in node.names:
            module = folder / alias.name
            places = [(module.with_suffix(".py"), ""), (module / "__init__.py", "")]
            places += [(folder.with_suffix(".py"), alias.name), (folder / "__init__.py", alias.name)]
            found.update((alias.asname or alias.name, place) for place in places[::-1] if place[0].is_file())
    return found


def _folder(module: str, path: Path) -> Path | None:
    first, *rest = module.split(".")
    if first == "autograder":
        return path.parent.parent.joinpath(*rest)
    return _library().joinpath(*rest) if first == "course_lib" and rest[:1] != ["grading"] else None


def _library() -> Path:
    return Path(course_lib.__file__).parent


def parse_file(path: Path) -> ast.Module:
    """Return the syntax tree of a file; it is kept as long as the file does not change."""
    state = path.stat()
    return _parsed(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=256)
def _parsed(path: Path, _mtime_ns: int, _size: int) -> ast.Module:
    return file_tree(path)
