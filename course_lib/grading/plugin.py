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


class JudgePlugin:
    """Runs hidden suites on one submission.

    Args:
        chapter: whose suites they are.
        sessions: the submission's code.
        secret: the course's.
        submission: the student's name; with the secret it decides the random inputs.

    """

    def __init__(self, chapter: Chapter, sessions: Sessions, secret: bytes, submission: str):
        self.chapter = chapter
        self.records: dict[str, list[TestRecord]] = {}
        self.broken: list[str] = []
        self._sessions = sessions
        self._secret = secret
        self._submission = submission
        self._hangs: dict[str, int] = {}

    @pytest.fixture
    def student(self, request: pytest.FixtureRequest) -> Student:
        """The student's notebook, in its worker."""
        record = self._record(request.node)
        exercise = self.chapter.exercise(record.slug)
        if self._hangs.get(record.slug, 0) >= MAX_HANGS:
            raise StudentTimeout(("TimeoutError",), "not run, since earlier calls never came back")
        session = self._sessions.for_exercise(exercise)
        session.forget()
        seed = self._seed(record, "calls")
        backend = RecordingBackend(session, seed, exercise.limits.call_seconds)
        record.calls = backend.calls
        return Student(backend)

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """Random numbers that differ from student to student and are the same in every regrading."""
        return np.random.default_rng(self._seed(self._record(request.node), "rng"))

    @pytest.fixture
    def meets_floor(self, request: pytest.FixtureRequest, student: Student) -> Callable[[str], None]:
        """A function that demands a measure to reach its calibrated floor."""
        record = self._record(request.node)
        floors = Floors.load(self.chapter)
        return lambda name: floors.demand(name, student, self._seed(record, name))

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Note every test, so that one that does not run is missed."""
        for item in items:
            slug = item.path.stem.removeprefix("test_")
            supporting = item.get_closest_marker("supporting") is not None
            function = item.function  # type: ignore[attr-defined]
            record = TestRecord(slug, item.name, function, supporting)
            item.stash[RECORD] = record
            self.records.setdefault(slug, []).append(record)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Time each test."""
        began = time.perf_counter()
        result = yield
        self._record(item).seconds = round(time.perf_counter() - began, 4)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
        """Keep the exception that ended a phase."""
        report = yield
        record = self._record(item)
        if call.excinfo is not None and record.error is None:
            record.error = call.excinfo.value
            outside = call.when != "call" and not isinstance(record.error, StudentError)
            record.ours = outside or isinstance(record.error, GraderError)
            if isinstance(record.error, StudentTimeout):
                self._hangs[record.slug] = self._hangs.get(record.slug, 0) + 1
                self._sessions.hung(self.chapter.exercise(record.slug))
        return report

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep what could not be collected: a failure of ours."""
        if report.failed:
            self.broken.append(f"{report.nodeid}: {report.longreprtext[-2000:]}")

    def _record(self, item: Any) -> TestRecord:
        record: TestRecord = item.stash[RECORD]
        return record

    def _seed(self, record: TestRecord, purpose: str) -> int:
        return derive_seed(self._secret, self._submission, record.slug, record.name, purpose)


RECORD = pytest.StashKey[TestRecord]()
