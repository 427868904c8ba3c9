"""What a floor depends on, as short hashes: a floor that was measured on something else is stale.

Comments, docstrings and layout do not count, nor does code that the floor does not reach. So another exercise's suite,
another measure in the same file or a better hint make no floor stale, and a change of `train` does so for every floor
of an exercise that trains with it.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from course_lib.authoring.source import ChapterSource, read_source
from course_lib.catalog import Chapter, Exercise
from course_lib.grading.bank import BankAnswer, read_bank
from course_lib.grading.calibration.reach import Reach, normal, parse_file
from course_lib.grading.code import text_of
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
LENGTH = 12
ASKED = "meets_floor"  # the fixture by which a test demands a floor


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
    if ASKED not in text_of(exercise.suite):  # most suites: a syntax tree takes longer to go through
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for test in parse_file(exercise.suite).body:
        for name in _floors_in(test):
            found[name] = (*found.get(name, ()), getattr(test, "name", ""))
    return found


def _floors_in(node: ast.AST) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == ASKED:
            yield from (str(a.value) for a in call.args[:1] if isinstance(a, ast.Constant))


def _public_functions(path: Path) -> Iterator[str]:
    if path.is_file():
        functions = (node.name for node in parse_file(path).body if isinstance(node, ast.FunctionDef))
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
    suite = {node.name: node for node in parse_file(exercise.suite).body if isinstance(node, ast.FunctionDef)}
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


def _short(parts: Mapping[str, object]) -> str:
    text = json.dumps(parts, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]
