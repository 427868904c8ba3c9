"""The judge as a pytest plugin: fixtures that reach the student's code, and a record of every test."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

import numpy as np
import pytest

from course_lib.catalog import Chapter, Exercise
from course_lib.grading.errors import GraderError, StudentError, StudentTimeout
from course_lib.grading.fixtures import NAMES, Fixtures
from course_lib.grading.floors import Floors
from course_lib.grading.identity import derive_seed
from course_lib.grading.recording import Call, RecordingBackend
from course_lib.grading.session import Session
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
        self._told: dict[str, dict[bytes, Call]] = {}

    def expect(self, items: list[pytest.Item]) -> None:
        """Note every test before any is run, so that one that does not run is missed."""
        for item in items:
            slug = item.path.stem.removeprefix("test_")
            supporting = item.get_closest_marker("supporting") is not None
            function = item.function  # type: ignore[attr-defined]
            record = TestRecord(slug, item.name, function, supporting)
            item.stash[RECORD] = record
            self.records.setdefault(slug, []).append(record)

    def fixtures(self, record: TestRecord) -> Fixtures:
        """Return what a test may ask for."""
        return Fixtures(partial(self._backend, record), partial(Floors.load, self.chapter), partial(self._seed, record))

    def _backend(self, record: TestRecord) -> RecordingBackend:
        exercise = self.chapter.exercise(record.slug)
        if self._hangs.get(record.slug, 0) >= MAX_HANGS:
            raise StudentTimeout(("TimeoutError",), "not run, since earlier calls never came back")
        session = self._sessions.for_exercise(exercise)
        session.forget()
        told = self._told.setdefault(record.slug, {}) if session.is_asked else None
        backend = RecordingBackend(session, self._seed(record, "calls"), exercise.limits.call_seconds, told)
        record.calls = backend.calls
        return backend

    def _seed(self, record: TestRecord, purpose: str) -> int:
        return derive_seed(self._secret, self._submission, record.slug, record.name, purpose)

    def call(self, record: TestRecord) -> None:
        """Run a test that needs nothing but fixtures of ours."""
        began, phase = time.perf_counter(), "setup"
        try:
            arguments = self.fixtures(record).for_test(record.function)
            phase = "call"
            record.function(**arguments)
        except (KeyboardInterrupt, pytest.exit.Exception):
            raise
        except BaseException as error:  # noqa: BLE001 - whatever ends a test fails it, SystemExit and pytest's own too
            self.ended(record, phase, error)
        record.seconds = round(time.perf_counter() - began, 4)

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
    def _ours(self, request: pytest.FixtureRequest) -> Fixtures:
        return self._now.fixtures(request.node.stash[RECORD])

    @pytest.fixture
    def student(self, _ours: Fixtures) -> Student:
        """The student's notebook, in its worker."""
        return _ours.student

    @pytest.fixture
    def rng(self, _ours: Fixtures) -> np.random.Generator:
        """Random numbers that differ from student to student and are the same in every regrading."""
        return _ours.rng

    @pytest.fixture
    def meets_floor(self, _ours: Fixtures) -> Callable[[str], None]:
        """A function that demands a measure to reach its calibrated floor."""
        return _ours.meets_floor

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


def is_plain(item: pytest.Item) -> bool:
    """Tell whether calling a test with our fixtures is all that pytest would do for it."""
    if not isinstance(item, pytest.Function) or item.cls is not None or inspect.iscoroutinefunction(item.function):
        return False
    marks = {mark.name for mark in item.iter_markers()}
    return marks <= {"supporting"} and set(item.fixturenames) <= {*NAMES, "_ours", "request"}
