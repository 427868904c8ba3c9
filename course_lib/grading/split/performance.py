"""Asking: a worker with the student's notebook answers a script. No suite, no expected value, no secret is here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from course_lib.grading.errors import StudentBlocked, StudentError, StudentMemory, StudentTimeout
from course_lib.grading.judge import Judge
from course_lib.grading.plugin import MAX_HANGS
from course_lib.grading.sandbox.wire import WireError, encode
from course_lib.grading.session import Clock, Session
from course_lib.grading.split.conversation import Question
from course_lib.grading.split.script import Answers, Asked, Script, Test
from course_lib.grading.split.symbols import LostError

MAX_BYTES = 256 * 2**20  # of all answers of a submission


def perform(judge: Judge, script: Script, max_bytes: int = MAX_BYTES) -> Iterator[Answers]:
    """Ask a submission's notebooks in turn and yield what each said.

    Args:
        judge: has the workers.
        script: what to ask.
        max_bytes: what all answers together may take.

    """
    clock, room = Clock(judge.course.defaults.total_seconds), _Room(max_bytes)
    for asked in script.notebooks:
        session = judge.open_session(asked.cells, clock)
        try:
            yield _Performance(session, script.builds_on, room).answers(asked)
        finally:
            session.close()


class _Room:
    """What is left of the space for answers."""

    def __init__(self, max_bytes: int):
        self._left = max_bytes

    def take(self, answer: Any) -> Any:
        """Return the answer in a tuple of one, or an error in its place where it is too large."""
        try:
            size = sum(memoryview(part).nbytes for part in encode({"value": answer}))
        except WireError:
            size = self._left + 1
        if size > self._left:
            return StudentMemory(("MemoryError",), "the answers are too large to be judged")
        self._left -= size
        return (answer,)


class _Performance:
    """One notebook on its worker."""

    def __init__(self, session: Session, builds_on: dict[str, tuple[str, ...]], room: _Room):
        self._session = session
        self._builds_on = builds_on
        self._room = room
        self._hangs: Counter[str] = Counter()

    def answers(self, asked: Asked) -> Answers:
        """Ask test by test."""
        tests = tuple(self._test(test) for test in asked.tests)
        return Answers(dict(self._session.failures), tests)

    def _test(self, test: Test) -> tuple[Any, ...]:
        """Ask one test's questions, as long as the worker can still answer what the next one needs."""
        answers: list[Any] = []
        if not self._is_hopeless(test.slug):
            self._session.forget()
            for question in test.questions:
                answers.append(self._ask(question, answers))
                if answers[-1] is None or isinstance(answers[-1], StudentTimeout | StudentMemory | StudentBlocked):
                    break
        self._hangs[test.slug] += any(isinstance(answer, StudentTimeout) for answer in answers)
        return (*answers, *[None] * (len(test.questions) - len(answers)))

    def _is_hopeless(self, slug: str) -> bool:
        """Tell whether calls of this exercise, or of one that it builds on, never came back, as the judge does."""
        hung = {other for other in self._builds_on.get(slug, ()) if self._hangs[other]}
        return self._hangs[slug] >= MAX_HANGS or bool(hung - {slug})

    def _ask(self, question: Question, before: list[Any]) -> Any:
        plain = [answer[0] if type(answer) is tuple else answer for answer in before]
        try:
            target, args, kwargs = question.filled(plain)
        except LostError:
            return None
        try:
            answer = self._session.ask(question.op, target, args, kwargs, seed=question.seed, seconds=question.seconds)
        except StudentError as error:
            return error
        return self._room.take(answer)
