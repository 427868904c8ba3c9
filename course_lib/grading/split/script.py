"""What is to be asked of one submission, and what came of it. Plain data, without suites and expected values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from course_lib.grading.errors import StudentError
from course_lib.grading.healing import CodeCell
from course_lib.grading.split.conversation import Question
from course_lib.grading.split.outcomes import demand, next_of, pack_error, pack_outcome, read_error, read_outcome
from course_lib.grading.split.symbols import fingerprint

MAX_CELLS = 10_000

Cells = tuple[CodeCell, ...]


@dataclass(frozen=True)
class Test:
    """One test's questions: the exercise that it belongs to, and what to ask in turn."""

    __test__ = False

    slug: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Asked:
    """One notebook and what its worker is asked: the cells to load, and the tests in order."""

    cells: Cells
    tests: tuple[Test, ...]


@dataclass(frozen=True)
class Script:
    """What is asked about one submission.

    Attributes:
        notebooks: its own code, and its code with the reference of some exercises put in.
        builds_on: by exercise, those that it calls: where one of them hangs, it is not asked.

    """

    notebooks: tuple[Asked, ...]
    builds_on: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Answers:
    """What one notebook's worker said.

    Attributes:
        failures: cells that did not load, by position.
        tests: for each test and question the result in a tuple of one, a StudentError, or None where it was not put.

    """

    failures: dict[int, StudentError]
    tests: tuple[tuple[Any, ...], ...]


def identity(cells: Cells) -> bytes:
    """Return the same bytes for the same code."""
    return fingerprint([[cell.name, cell.source] for cell in cells])


def pack_script(script: Script) -> Iterator[Any]:
    """Yield a script as plain data: what it holds, then question by question."""
    probes: dict[str, int] = {}
    packed = [_pack_question(q, probes) for asked in script.notebooks for test in asked.tests for q in test.questions]
    notebooks = [
        [[[cell.name, cell.source] for cell in asked.cells], [[t.slug, len(t.questions)] for t in asked.tests]]
        for asked in script.notebooks
    ]
    yield {"builds_on": script.builds_on, "probes": list(probes), "notebooks": notebooks}
    yield from packed


def read_script(messages: Iterator[Any]) -> Script:
    """Read a script of ours (see `pack_script`)."""
    head = next(messages)
    notebooks = []
    for cells, tests in head["notebooks"]:
        asked = [
            Test(slug, tuple(_read_question(next(messages), head["probes"]) for _ in range(n))) for slug, n in tests
        ]
        notebooks.append(Asked(tuple(CodeCell(name, source) for name, source in cells), tuple(asked)))
    return Script(tuple(notebooks), head["builds_on"])


def _pack_question(question: Question, probes: dict[str, int]) -> list[Any]:
    target = question.target
    if question.op == "run":
        target = [probes.setdefault(target["source"], len(probes)), target["function"]]
    symbols = [[number, list(path)] for number, path in question.symbols]
    return [question.op, target, question.args, question.kwargs, symbols, question.seed, question.seconds]


def _read_questions(messages: Iterator[Any], probes: list[str], count: int) -> tuple[Question, ...]:
    return tuple(_read_question(next(messages), probes) for _ in range(count))


def _read_question(data: list[Any], probes: list[str]) -> Question:
    op, target, args, kwargs, symbols, seed, seconds = data
    if op == "run":
        target = {"source": probes[target[0]], "function": target[1]}
    return Question(op, target, args, kwargs, tuple((k, tuple(path)) for k, path in symbols), seed, seconds)


def pack_answers(answers: Answers) -> Iterator[Any]:
    """Yield one notebook's answers as plain data: which cells failed, then answer by answer."""
    yield {"failures": [[position, pack_error(error)] for position, error in answers.failures.items()]}
    yield from (pack_outcome(answer) for test in answers.tests for answer in test)


def read_answers(messages: Iterator[Any], asked: Asked) -> Answers:
    """Read the answers to what was asked of one notebook.

    Raises:
        MalformedError: they have another form than `pack_answers` gives them, or there are too few.

    """
    head = next_of(messages)
    demand(type(head) is dict and head.keys() == {"failures"} and type(head["failures"]) is list, "a notebook")
    failures = dict(_read_failure(item, len(asked.cells)) for item in head["failures"][:MAX_CELLS])
    tests = tuple(tuple(read_outcome(next_of(messages)) for _ in test.questions) for test in asked.tests)
    return Answers(failures, tests)


def _read_failure(data: Any, cells: int) -> tuple[int, StudentError]:
    demand(type(data) is list and len(data) == 2, "a cell that failed")  # noqa: PLR2004 - position and error
    demand(type(data[0]) is int and 0 <= data[0] < cells, "a cell's position")
    return data[0], read_error(data[1])
