"""The judge as a pytest plugin: fixtures that reach the student's code, and a record of every test."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import pytest

from course_lib.catalog import Chapter, Exercise
from course_lib.grading.errors import GraderError, StudentError, StudentTimeout
from course_lib.grading.floors import Floors
from course_lib.grading.identity import derive_seed
from course_lib.grading.session import Call, RecordingBackend, Session
from course_lib.grading.student import Student

MAX_HANGS = 2


class Sessions(Protocol):
    """Gives the session that an exercise is judged in."""

    def for_exercise(self, exercise: Exercise) -> Session:
        """Return the session for an exercise, with the reference in place of what may not be called."""

    def hung(self, exercise: Exercise) -> None:
        """Hear that a call of an exercise's test did not come back."""


@dataclass
class TestRecord:
    """What happened in one test: the material of its verdict."""

    __test__ = False

    slug: str
    name: str
    function: Callable[..., None]
    supporting: bool
    calls: list[Call] = field(default_factory=list)
    error: BaseException | None = None
    ours: bool = False
    seconds: float = 0.0


class Judging:
    """One submission while its suites run: where its code is, and what happened so far.

    Args:
        chapter: whose suites they are.
        sessions: the submission's code.
        secret: the course's.
        submission: the student's name; with the secret it decides the random inputs.

    Attributes:
        records: by exercise, what happened in its tests.

    """

    def __init__(self, chapter: Chapter, sessions: Sessions, secret: bytes, submission: str):
        self.chapter = chapter
        self.records: dict[str, list[TestRecord]] = {}
        self._sessions = sessions
        self._secret = secret
        self._submission = submission
        self._hangs: dict[str, int] = {}

    def expect(self, items: list[pytest.Item]) -> None:
        """Note every test before any is run, so that one that does not run is missed."""
        for item in items:
            slug = item.path.stem.removeprefix("test_")
            supporting = item.get_closest_marker("supporting") is not None
            function = item.function  # type: ignore[attr-defined]
            record = TestRecord(slug, item.name, function, supporting)
            item.stash[RECORD] = record
            self.records.setdefault(slug, []).append(record)

    def student(self, record: TestRecord) -> Student:
        """Return the student's notebook, in its worker.

        Raises:
            StudentTimeout: earlier calls of the exercise's tests never came back.

        """
        exercise = self.chapter.exercise(record.slug)
        if self._hangs.get(record.slug, 0) >= MAX_HANGS:
            raise StudentTimeout(("TimeoutError",), "not run, since earlier calls never came back")
        session = self._sessions.for_exercise(exercise)
        session.forget()
        backend = RecordingBackend(session, self.seed(record, "calls"), exercise.limits.call_seconds)
        record.calls = backend.calls
        return Student(backend)

    def seed(self, record: TestRecord, purpose: str) -> int:
        """Return the seed of one purpose in one test of this submission."""
        return derive_seed(self._secret, self._submission, record.slug, record.name, purpose)

    def ended(self, record: TestRecord, phase: str, error: BaseException) -> None:
        """Note the exception that ended a phase of a test; the first one counts."""
        if record.error is not None:
            return
        record.error = error
        outside = phase != "call" and not isinstance(error, StudentError)
        record.ours = outside or isinstance(error, GraderError)
        if isinstance(error, StudentTimeout):
            self._hangs[record.slug] = self._hangs.get(record.slug, 0) + 1
            self._sessions.hung(self.chapter.exercise(record.slug))


class JudgePlugin:
    """What pytest asks of us while it runs hidden suites.

    Attributes:
        judging: the submission that they run on; set before each run.

    """

    def __init__(self) -> None:
        self.judging: Judging | None = None

    @property
    def _now(self) -> Judging:
        if self.judging is None:
            raise GraderError("a hidden suite was run without a submission")
        return self.judging

    @pytest.fixture
    def student(self, request: pytest.FixtureRequest) -> Student:
        """The student's notebook, in its worker."""
        return self._now.student(request.node.stash[RECORD])

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """Random numbers that differ from student to student and are the same in every regrading."""
        return np.random.default_rng(self._now.seed(request.node.stash[RECORD], "rng"))

    @pytest.fixture
    def meets_floor(self, request: pytest.FixtureRequest, student: Student) -> Callable[[str], None]:
        """A function that demands a measure to reach its calibrated floor."""
        record, judging = request.node.stash[RECORD], self._now
        floors = Floors.load(judging.chapter)
        return lambda name: floors.demand(name, student, judging.seed(record, name))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Time each test."""
        began = time.perf_counter()
        result = yield
        item.stash[RECORD].seconds = round(time.perf_counter() - began, 4)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
        """Keep the exception that ended a phase."""
        report = yield
        if call.excinfo is not None:
            self._now.ended(item.stash[RECORD], call.when, call.excinfo.value)
        return report


RECORD = pytest.StashKey[TestRecord]()
