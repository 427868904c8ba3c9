"""What a floor depends on, as short hashes: a floor that was measured on something else is stale.

Comments, docstrings and layout do not count, nor does code that the floor does not reach. So another exercise's suite,
another measure in the same file or a better hint make no floor stale, and a change of `train` does so for every floor
of an exercise that trains with it.
"""

from __future__ import annotations

import ast
import hashlib
import json
import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import course_lib
from course_lib.authoring.source import ChapterSource, read_source
from course_lib.catalog import Chapter, Exercise
from course_lib.grading.bank import BankAnswer, read_bank
from course_lib.grading.dependencies import builds_on
from course_lib.grading.errors import GraderError
from course_lib.grading.healing import CodeCell

PARTS = {
    "measure": "its measure",
    "tests": "the tests that demand it",
    "reference": "the reference",
    "right": "a right answer",
    "wrong": "a wrong answer",
}
LIBRARIES = ("numpy", "torch")
LENGTH = 12


@dataclass(frozen=True)
class Demand:
    """A floor that a suite asks for.

    Attributes:
        name: of the floor and its measure.
        exercise: whose suite it is.
        tests: those that call `meets_floor(name)`.

    """

    name: str
    exercise: Exercise
    tests: tuple[str, ...]

    def is_to_catch(self, answer: BankAnswer) -> bool:
        """Tell whether a wrong answer says that one of the floor's tests catches it."""
        return not set(self.tests).isdisjoint(answer.caught_by)


def demands_of(chapter: Chapter) -> dict[str, Demand]:
    """Return the floors that a chapter's suites ask for, in the order of the suites.

    Raises:
        GraderError: two exercises share a floor, or suites and `measures.py` do not fit.

    """
    found: dict[str, Demand] = {}
    for exercise in chapter.exercises:
        for name, tests in _demanded(exercise).items():
            if name in found:
                raise GraderError(
                    f"the suites of {found[name].exercise.ref} and {exercise.ref} both demand the floor {name!r}; "
                    "give each its own measure"
                )
            found[name] = Demand(name, exercise, tests)
    _fit(chapter, found)
    return found


def _fit(chapter: Chapter, found: Mapping[str, Demand]) -> None:
    measures = set(_public_functions(chapter.measures))
    for name in sorted(found.keys() - measures):
        raise GraderError(
            f"{found[name].exercise.suite.name} demands the floor {name!r}, but measures.py of {chapter.name} has no "
            f"such function; write `def {name}(student, seed)`"
        )
    for name in sorted(measures - found.keys()):
        raise GraderError(
            f"measures.py of {chapter.name} has {name!r}, but no suite demands it; call `meets_floor({name!r})` in a "
            "test, or begin its name with an underscore"
        )


def _demanded(exercise: Exercise) -> dict[str, tuple[str, ...]]:
    if not exercise.graded_by_suite or not exercise.suite.is_file():
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for test in _parse(exercise.suite).body:
        for name in _floors_in(test):
            found[name] = (*found.get(name, ()), getattr(test, "name", ""))
    return found


def _floors_in(node: ast.AST) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "meets_floor":
            yield from (str(a.value) for a in call.args[:1] if isinstance(a, ast.Constant))


def _public_functions(path: Path) -> Iterator[str]:
    if path.is_file():
        functions = (node.name for node in _parse(path).body if isinstance(node, ast.FunctionDef))
        yield from (name for name in functions if not name.startswith("_"))


Signature = tuple[tuple[Path, int, int], ...]


def signature_of(chapter: Chapter) -> Signature:
    """Return times and sizes of the files that floors may depend on: while these stay, so do the keys."""
    files = (chapter.source, chapter.calibration, *sorted(chapter.hidden.rglob("*.py")))
    states = ((file, file.stat()) for file in files if file.is_file())
    return tuple((file, state.st_mtime_ns, state.st_size) for file, state in states)


def key_of(demand: Demand, chapter: Chapter) -> dict[str, str]:
    """Return a short hash for each part that a floor depends on (see `PARTS`)."""
    exercise, source = demand.exercise, read_source(chapter)
    suite = {node.name: node for node in _parse(exercise.suite).body if isinstance(node, ast.FunctionDef)}
    wrong = {a.name: (demand.is_to_catch(a), normal(a.code)) for a in read_bank(exercise.wrong_answers)}
    return {
        "measure": _short(Reach().of(chapter.measures, [demand.name])),
        "tests": _short({name: normal(ast.unparse(suite[name])) for name in demand.tests}),
        "reference": _short({slug: normal(source.reference(slug)) for slug in _relied_on(exercise, source)}),
        "right": _short({answer.name: normal(answer.code) for answer in read_bank(exercise.right_answers)}),
        "wrong": _short(wrong),
    }


def _relied_on(exercise: Exercise, source: ChapterSource) -> list[str]:
    cells = tuple(CodeCell(slug, source.reference(slug), frozenset({slug})) for slug in source.code_slugs)
    owner = {name: slug for slug in source.code_slugs for name in source.defines(slug)}
    return sorted(builds_on(exercise, cells, owner) | {exercise.slug})


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
        definitions, modules = _definitions(_parse(path)), _modules(path)
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
            self.found[path.name] = normal(path.read_text("utf-8"))
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
    for node in _parse(path).body:
        folder = _folder(node.module, path) if isinstance(node, ast.ImportFrom) and node.module else None
        if folder is None or not isinstance(node, ast.ImportFrom):
            continue
        for alias in node.names:
            module, name = folder / f"{alias.name}.py", alias.asname or alias.name
            found[name] = (module, "") if module.is_file() else (folder.with_suffix(".py"), alias.name)
    return {alias: item for alias, item in found.items() if item[0].is_file()}


def _folder(module: str, path: Path) -> Path | None:
    first, *rest = module.split(".")
    if first == "autograder":
        return path.parent.parent.joinpath(*rest)
    return _library().joinpath(*rest) if first == "course_lib" and rest[:1] != ["grading"] else None


def _library() -> Path:
    return Path(course_lib.__file__).parent


def _parse(path: Path) -> ast.Module:
    state = path.stat()
    return _parsed(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=256)
def _parsed(path: Path, _mtime_ns: int, _size: int) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _short(parts: Mapping[str, object]) -> str:
    text = json.dumps(parts, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def versions_now() -> dict[str, str]:
    """Return the versions of Python and the libraries that results depend on."""
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}


def minor(number: str) -> str:
    """Return major and minor version: `2.13` for `2.13.0+cpu`."""
    return ".".join(number.split("+", maxsplit=1)[0].split(".")[:2])


def machine_now() -> dict[str, str]:
    """Say what kind of machine this is, without its name."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        models = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        cpu = models[0] if models else cpu
    return {"cpu": cpu, "platform": f"{platform.system()} {platform.machine()}"}
