"""Sessions and workers: what one call may cost, how deaths are told apart, and what is forgotten."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from concurrent.futures import as_completed
from pathlib import Path

import numpy as np
import pytest

from course_lib.catalog import Course
from course_lib.grading.errors import StudentBlocked, StudentCrash, StudentError, StudentMemory, StudentTimeout
from course_lib.grading.grade_file import Request, grade_file
from course_lib.grading.healing import CodeCell
from course_lib.grading.judge import Judge
from course_lib.grading.pool import ask_judge, judge_pool
from course_lib.grading.recording import RecordingBackend
from course_lib.grading.sandbox.launcher import how_it_died, read_error
from course_lib.grading.session import Clock, Session
from course_lib.grading.student import Student
from tests.grading.mini_course import answers, write_notebook

CODE = """
import numpy as np

calls = 0

def count():
    global calls
    calls += 1
    return calls

def sleep(seconds):
    import time
    time.sleep(seconds)

def draw():
    return float(np.random.rand())

class Counter:
    def __init__(self, start=0):
        self.value = start
    def add(self, amount=1):
        self.value += amount
        return self

def numbers(n):
    yield from range(n)

def keep(x):
    return {"inside": (x, object())}

def crash():
    import os
    os._exit(7)
"""


@pytest.fixture
def clock() -> Clock:
    """Plenty of time."""
    return Clock(60.0)


@pytest.fixture
def session(judge: Judge, clock: Clock) -> Iterator[Session]:
    """A small notebook in a worker."""
    session = Session(judge._zygote, (CodeCell("code", CODE),), clock, 512, 5.0)
    yield session
    session.close()


@pytest.fixture
def student(session: Session) -> Student:
    """The notebook as a test sees it."""
    return Student(RecordingBackend(session, 1, 1.0))


def test_objects_that_cannot_cross_are_handles(student: Student) -> None:
    """A handle can be called, asked for attributes, and passed back."""
    counter = student.Counter(start=5)

    assert counter.add(2).value == 7
    assert student.keep(counter)["inside"][0].value == 7


def test_generators_are_collected(student: Student) -> None:
    """Iterating over a handle collects its items."""
    assert list(student.numbers(4)) == [0, 1, 2, 3]


def test_variables_are_read(student: Student) -> None:
    """`value` reads a variable; an unknown one is a NameError of the student's."""
    assert student.value("calls") == 0
    with pytest.raises(StudentError, match="name 'nothing' is not defined"):
        student.value("nothing")


def test_every_call_is_seeded(judge: Judge, clock: Clock) -> None:
    """The same seed gives the same numbers, the next call others."""
    drawn = []
    for _ in range(2):
        session = Session(judge._zygote, (CodeCell("code", CODE),), clock, 512, 5.0)
        student = Student(RecordingBackend(session, 9, 1.0))
        drawn.append((student.draw(), student.draw()))
        session.close()

    assert drawn[0] == drawn[1]
    assert drawn[0][0] != drawn[0][1]


def test_arguments_cross_as_copies(student: Student) -> None:
    """What student code does to its argument is not seen by the test."""
    array = np.arange(3.0)
    student.keep(array)

    assert array.tolist() == [0.0, 1.0, 2.0]


def test_a_dead_worker_is_replaced(student: Student) -> None:
    """After a crash the notebook is loaded again into a new worker."""
    assert student.count() == 1
    with pytest.raises(StudentCrash):
        student.crash()

    assert student.count() == 1


def test_a_call_that_takes_too_long_is_a_timeout(student: Student) -> None:
    """The clock is the wall's, so sleeping counts."""
    with pytest.raises(StudentTimeout, match="no result within 1 s"):
        student.sleep(30)


def test_the_submissions_total_is_bounded(session: Session, clock: Clock) -> None:
    """When the total is used up no call is made any more."""
    clock.total_seconds = 0.5
    student = Student(RecordingBackend(session, 1, 10.0))
    with pytest.raises(StudentTimeout):
        student.sleep(5)
    with pytest.raises(StudentTimeout, match=r"the submission used up its 0\.5 s"):
        student.count()


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (0, StudentCrash, "ended itself"),
        (7 << 8, StudentCrash, "ended itself"),
        (signal.SIGSEGV, StudentCrash, "SIGSEGV"),
        (signal.SIGSYS, StudentBlocked, "forbidden system call"),
        (signal.SIGXCPU, StudentTimeout, "computing time"),
    ],
)
def test_deaths_are_told_apart(status: int, kind: type[StudentError], words: str) -> None:
    """The wait status tells how a worker ended."""
    error = how_it_died(int(status))

    assert type(error) is kind
    assert words in error.message


@pytest.mark.parametrize(
    "data",
    [None, [], {}, {"outcome": "passed", "types": []}, {"outcome": ["error"], "types": ["X"]}, {"outcome": "error"}],
)
def test_a_forged_error_is_a_broken_protocol(data: object) -> None:
    """An error that is not of our form ends as an error of the student's process."""
    assert "ProtocolError" in read_error(data).types


def test_an_errors_parts_are_checked_one_by_one() -> None:
    """Wrong types in an error's description are dropped, not believed."""
    error = read_error({"outcome": "memory", "types": ["A", 5], "message": 3, "cell": [], "line": "x"})

    assert type(error) is StudentMemory
    assert (error.types, error.message, error.cell, error.line) == (("A",), "", None, None)


def test_grading_in_parallel_gives_the_same_report(course: Course, tmp_path: Path) -> None:
    """Twenty verdicts on one submission, two at a time, are alike apart from seconds."""
    cells = answers(double="def double(x):\n    return x * len({'a', 'b', str(x)})\n")
    path = write_notebook(tmp_path / "alice" / "ch00_mini" / "ch00_mini.ipynb", cells)
    request = Request(path, cache=False)
    with judge_pool(course.root, 2) as pool:
        futures = [pool.submit(ask_judge, grade_file, request) for _ in range(20)]
        reports = {_without_seconds(future.result().report.to_dict()) for future in as_completed(futures)}

    assert len(reports) == 1


def _without_seconds(data: dict[str, object]) -> str:
    text = json.dumps(data)
    return json.dumps(json.loads(text, object_hook=lambda item: {k: v for k, v in item.items() if k != "seconds"}))


def call(session: Session, name: str) -> object:
    """Call a function of the notebook."""
    return session.ask("call", name, (), {}, seed=0, seconds=5.0)


def test_an_overlay_leaves_nothing_to_the_next_one(judge: Judge) -> None:
    """The bank's worker serves all exercises: what one wrong answer defines, the next one does not see."""
    cells = (CodeCell("one", "def one():\n    return 1\n"), CodeCell("two", "def two():\n    return one() + 1\n"))
    session = judge.open_session(cells, Clock(60.0))

    session.overlay(CodeCell("one", "helper = 9\ndef one():\n    return helper\n"))
    assert call(session, "two") == 10
    session.overlay(CodeCell("two", "def two():\n    return one() + 5\n"))
    assert call(session, "two") == 6
    with pytest.raises(StudentError, match="'helper' is not defined"):
        session.ask("value", "helper", (), {}, seed=0, seconds=5.0)
    session.close()


@pytest.mark.parametrize("bad", ["import os\nos._exit(1)", "while True:\n    pass", "raise SystemExit", "def f(:"])
def test_a_bad_cell_leaves_the_others_loaded(judge: Judge, bad: str) -> None:
    """All cells are loaded with one question; where that fails, one by one, and only the bad one is missing."""
    cells = (CodeCell("one", "one = 1"), CodeCell("bad", bad), CodeCell("three", "three = one + 2"))
    session = Session(judge._zygote, cells, Clock(60.0), 1024, 0.5)

    assert session.ask("value", "three", (), {}, seed=0, seconds=5.0) == 3
    assert list(session.failures) == [1]
    session.close()
