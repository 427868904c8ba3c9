"""What tests were told: shared by those of a suite that run a probe once, and by nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from course_lib.grading.errors import StudentCrash, StudentError, StudentTimeout
from course_lib.grading.judge import Judge
from course_lib.grading.plugin import Judging, TestRecord
from course_lib.grading.portable import Reference
from course_lib.grading.recording import Call, RecordingBackend
from course_lib.grading.sandbox import wire
from course_lib.grading.session import Session
from course_lib.grading.split.transcript import TranscriptSession
from course_lib.grading.student import LocalBackend, Student
from tests.grading.mini_course import CHAPTER


class Asked(Session):
    """A notebook whose answers are given beforehand; `questions` counts."""

    def __init__(self, *answers: Any):
        self.questions: list[tuple[str, Any, int]] = []
        self._answers = iter(answers)

    def ask(self, name: str, target: Any, args: Any, kwargs: Any, *, seed: int, seconds: float) -> Any:  # noqa: ARG002, PLR0913
        """Give the next answer."""
        self.questions.append((name, args, seed))
        answer = next(self._answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def forget(self) -> None:
        """Keep nothing."""


def probe(student: Any, *args: Any) -> Any:
    """Stands for one; only its text is looked at."""


def other_probe(student: Any, *args: Any) -> Any:
    """Stands for another one in the same module."""


def backends(session: Session, count: int) -> Iterator[RecordingBackend]:
    """Yield the backends of a suite's tests."""
    told: dict[bytes, Call] = {}
    for number in range(count):
        yield RecordingBackend(session, 100 * number, 1.0, told)


def test_a_question_is_put_once_for_all_tests_of_a_suite() -> None:
    """Equal arguments share an answer; other arguments and other probes do not, and every test has it on record."""
    session = Asked({"label": "x"}, "other arguments", "other probe")
    first, second, third, fourth = backends(session, 4)

    told = [Student(test).run_once(probe, np.arange(3.0)) for test in (first, second)]
    others = Student(third).run_once(probe, np.arange(4.0)), Student(fourth).run_once(other_probe, np.arange(3.0))

    assert told == [{"label": "x"}] * 2
    assert others == ("other arguments", "other probe")
    assert [question[0] for question in session.questions] == ["run"] * 3
    assert second.calls == first.calls
    assert [call.seed for call in second.calls] == [0]  # asked again, as for a hint, it is the same question


def test_run_asks_every_time() -> None:
    """What is shared is said so by the test that asks."""
    session = Asked(1, 2, 3)
    first, second, third = backends(session, 3)

    assert [Student(test).run(probe) for test in (first, second)] == [1, 2]
    assert Student(third).run_once(probe) == 3


def test_an_exception_is_told_again_and_a_death_is_not() -> None:
    """An exception is an answer; where nothing came back, the next test asks."""
    error = StudentError(("ValueError",), "no")
    deaths = StudentTimeout(("TimeoutError",)), StudentCrash(("SystemExit",))
    session = Asked(*deaths, error)
    tests = list(backends(session, 4))
    for test, kind in zip(tests, (StudentTimeout, StudentCrash, StudentError, StudentError), strict=True):
        with pytest.raises(kind) as caught:
            Student(test).run_once(probe)
        assert type(caught.value) is kind

    assert len(session.questions) == 3
    assert [test.calls[0].error for test in tests] == [*deaths, error, error]


def test_objects_that_stay_in_the_worker_are_not_shared() -> None:
    """A worker drops them after each test."""
    session = Asked([Reference(0)], [Reference(0)], 1, 2)
    tests = list(backends(session, 4))
    for test in tests[:2]:
        Student(test).run_once(probe)
    handles = [test.request("run_once", probe, (Reference(number),)) for number, test in enumerate(tests[2:])]

    assert handles == [1, 2]
    assert len(session.questions) == 4


def test_an_answer_that_cannot_be_written_is_not_shared() -> None:
    """A hostile worker may write numbers shorter than we do; such an answer is only too large to be remembered."""
    large = [[1234567890.0] * (wire.LONG - 1)] * 14_000
    with pytest.raises(wire.WireError, match="too large"):
        wire.encode(large)
    session = Asked(large, large)
    told = [Student(test).run_once(probe) for test in backends(session, 2)]

    assert told == [large, large]
    assert len(session.questions) == 2


def test_the_judge_shares_within_a_suite_and_a_run(judge: Judge) -> None:
    """The tests of another exercise ask for themselves, and so does whatever is judged a second time."""
    chapter = judge.course.chapter(CHAPTER)

    def asked(session: Session) -> list[int]:
        sessions = type("Sessions", (), {"for_exercise": lambda *_: session, "hung": lambda *_: None})()
        judging = Judging(chapter, sessions, b"secret", "ada")
        backends = [judging._backend(record(slug, name)) for slug, name in TESTS]
        return [backend.request("run_once", probe) for backend in backends]

    session = Asked(*range(9))
    assert asked(session) == [0, 0, 1]
    assert asked(session) == [2, 2, 3]


TESTS = (("double", "test_a"), ("double", "test_b"), ("scale", "test_a"))


def record(slug: str, name: str) -> Any:
    """Return what the judge notes about a test."""
    return TestRecord(slug, name, probe, supporting=False)


def test_a_conversation_is_each_tests_own(judge: Judge) -> None:
    """Where answers come from elsewhere, which test waits for which answer must be known."""
    assert not TranscriptSession.is_asked
    sessions = type("Sessions", (), {"for_exercise": lambda *_: Elsewhere(1, 2), "hung": lambda *_: None})()
    judging = Judging(judge.course.chapter(CHAPTER), sessions, b"secret", "ada")

    assert judging._backend(record(*TESTS[0]))._told is None


class Elsewhere(Asked):
    """Answers that somebody else has asked for."""

    is_asked = False


def test_a_notebook_runs_the_probe() -> None:
    """In visible checks it is a `run`."""
    student = Student(LocalBackend({"x": 3}))

    assert [student.run_once(lambda space, by: space.x * by, by) for by in (2, 3)] == [6, 9]
