"""A session that nobody is behind: recorded answers, as long as a suite asks what was asked.

It takes the place of `session.Session` where the judge has no student code. What was not asked before is answered by
the reference, so that the suite goes on and shows what else it would ask; such a test counts for nothing yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_lib.grading.errors import GraderError, StudentError
from course_lib.grading.session import Session
from course_lib.grading.split.agreement import agree
from course_lib.grading.split.conversation import Conversation, Numbers, Question
from course_lib.grading.split.script import Answers, Asked
from course_lib.grading.split.symbols import LostError

UNASKED = "its tests asked your code more than the rounds of this run could carry there and back"
Nudge = Callable[[Any, np.ndarray], Any]


class PendingError(GraderError):
    """A question has no answer yet. Ours: nobody asked the student's code."""


@dataclass
class Recorded:
    """What was asked of one notebook, and answered.

    Attributes:
        failures: cells that did not load, by position.
        tests: by the seed of a test's first call, its questions and answers; None where one was not put.

    """

    failures: dict[int, StudentError] = field(default_factory=dict)
    tests: dict[int, list[tuple[Question, Any]]] = field(default_factory=dict)

    def learn(self, asked: Asked, answers: Answers) -> None:
        """Take up what came of a round; it replaces what an earlier round heard in the same tests."""
        self.failures.update(answers.failures)
        for test, heard in zip(asked.tests, answers.tests, strict=True):
            self.tests[test.questions[0].seed] = list(zip(test.questions, heard, strict=True))


@dataclass
class Substitute:
    """The reference, asked where the student's code was not.

    Attributes:
        session: the reference.
        nudge: changes its answers by as little as possible; a question that changes with them is nobody's business.
        wanted: tells by the seed of its first call whether a test is worth asking.
        spared: by the seed of its first call, which answers of a test are not nudged.

    """

    session: Session
    nudge: Nudge | None = None
    wanted: Callable[[int], bool] = lambda _: True
    spared: Mapping[int, set[int]] = field(default_factory=dict)


class TranscriptSession(Session):
    """One notebook's recorded answers: a session without a worker.

    Args:
        recorded: what was asked and answered.
        substitute: answers what was not asked; None where that is a failure.

    Attributes:
        conversations: by the seed of its first call, what each test asked and heard.
        failures: as of a `Session`.

    """

    is_asked = False  # each test has a conversation of its own

    def __init__(self, recorded: Recorded, substitute: Substitute | None):
        self._recorded = recorded
        self._substitute = substitute
        self.failures = recorded.failures
        self.conversations: dict[int, Conversation] = {}
        self._test: _Test | None = None

    @property
    def alive(self) -> bool:
        """Whether a worker holds the notebook: never."""
        return False

    def forget(self) -> None:
        """Begin the next test."""
        self._test = None

    def load(self) -> None:
        """Load nothing."""

    def close(self) -> None:
        """End nothing."""

    def ask(self, name: str, target: Any, args: Any, kwargs: Any, *, seed: int, seconds: float) -> Any:  # noqa: PLR0913
        """Return the recorded answer, or the reference's where there is none.

        Raises:
            StudentError: it is one.
            PendingError: nobody can answer.

        """
        if self._test is None:
            self._test = _Test(self._recorded.tests.get(seed, []), self._substitute, seed)
            self.conversations[seed] = self._test.conversation
        return self._test.ask(Question(name, target, args, kwargs, (), seed, seconds))


class _Test:
    """One test: the recorded answers first, then the reference's."""

    def __init__(self, recorded: list[tuple[Question, Any]], substitute: Substitute | None, first_seed: int):
        self.conversation = Conversation()
        self._recorded = recorded
        self._substitute = substitute if substitute and substitute.wanted(first_seed) else None
        self._theirs, self._ours = Numbers(0), Numbers(1)
        self._spared = substitute.spared.get(first_seed, set()) if substitute else set()

    def ask(self, question: Question) -> Any:
        talk = self.conversation
        position, all_known = len(talk.questions), not talk.waits
        talk.ask(question)
        if all_known and position < len(self._recorded):
            asked, answer = self._recorded[position]
            if answer is not None and self._is_same(asked, talk.questions[-1]):
                own = answer if isinstance(answer, StudentError) else self._theirs.renumber(answer[0])
                return talk.hear(own, known=True)
        return talk.hear(self._predict(question, first=all_known), known=False)

    def _is_same(self, asked: Question, question: Question) -> bool:
        answers = self.conversation.answers
        try:
            same = agree(asked.filled(answers), question.filled(answers))
        except LostError:
            return False
        return same and (asked.op, asked.seed) == (question.op, question.seed)

    def _predict(self, question: Question, *, first: bool) -> Any:
        if self._substitute is None:
            raise PendingError(UNASKED)
        session, nudge = self._substitute.session, self._substitute.nudge
        if first:
            session.forget()
        try:
            parts = [self._ours.original(part) for part in (question.target, question.args, question.kwargs)]
        except KeyError:
            raise PendingError(UNASKED) from None
        try:
            answer = session.ask(question.op, *parts, seed=question.seed, seconds=question.seconds)
        except StudentError as error:
            return error
        answer = self._ours.renumber(answer)
        spared = len(self.conversation.answers) in self._spared
        return nudge(answer, self.conversation.numbers) if nudge and not spared else answer
