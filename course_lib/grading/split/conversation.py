"""A conversation: what one test asks of a notebook, and what it hears."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from course_lib.grading.errors import StudentError
from course_lib.grading.portable import Reference, substitute
from course_lib.grading.session import shippable
from course_lib.grading.split.symbols import Seen, Symbol, fingerprint, resolve


@dataclass(frozen=True)
class Question:
    """One question, with symbols in the place of earlier answers of its test.

    Attributes:
        op: the operation (see `Operations`).
        target: a name, a symbol, or a probe as it is shipped.
        args: positional arguments.
        kwargs: arguments by name.
        symbols: what the references in target and arguments stand for.
        seed: of the call.
        seconds: what it may take.

    """

    op: str
    target: Any
    args: Any
    kwargs: Any
    symbols: tuple[Symbol, ...]
    seed: int
    seconds: float

    def filled(self, answers: list[Any]) -> tuple[Any, Any, Any]:
        """Return target and arguments with the answers in the place of their symbols.

        Raises:
            LostError: an answer lacks what the question needs of it.

        """
        target, args, kwargs = (resolve(part, self.symbols, answers) for part in (self.target, self.args, self.kwargs))
        return target, args, kwargs

    @property
    def identity(self) -> bytes:
        """The same bytes for the same question."""
        return fingerprint([self.op, self.target, self.args, self.kwargs, list(self.symbols), self.seed])


@dataclass
class Conversation:
    """One test's questions and answers, in order.

    Attributes:
        questions: what was asked.
        answers: what came; a StudentError where there was no result.
        known: how many answers are the student's own; later ones were given by the reference.
        draws: for each question, whether it holds data that nobody has seen in the test before.

    """

    questions: list[Question] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    known: int = 0
    draws: list[bool] = field(default_factory=list)
    _seen: Seen = field(default_factory=Seen)

    @property
    def waits(self) -> bool:
        """Whether it holds a question that the student's code has not answered."""
        return self.known < len(self.questions)

    @property
    def numbers(self) -> np.ndarray:
        """Every number that questions showed as data."""
        return self._seen.numbers

    def ask(self, plain: Question) -> None:
        """Note a question, with symbols as it would be put to anybody.

        Args:
            plain: the question with the answers themselves in it, and none of its symbols.

        """
        symbols: list[Symbol] = []
        target, drawn = plain.target, self._seen.drawn
        if plain.op == "run":
            target = shippable(target)
        elif type(target) is Reference:
            target = self._seen.pack(target, symbols)
        args = tuple(self._seen.pack(item, symbols) for item in plain.args)
        kwargs = {name: self._seen.pack(item, symbols) for name, item in plain.kwargs.items()}
        self.questions.append(replace(plain, target=target, args=args, kwargs=kwargs, symbols=tuple(symbols)))
        self.draws.append(self._seen.drawn > drawn)

    def hear(self, answer: Any, *, known: bool) -> Any:
        """Note the answer to the last question and return it.

        Raises:
            StudentError: it is one.

        """
        self.answers.append(answer)
        self.known += known
        if isinstance(answer, StudentError):
            raise answer
        self._seen.add(len(self.answers) - 1, answer)
        return answer


@dataclass
class Numbers:
    """New numbers for the kept objects of one source, so that objects of two sources are told apart."""

    first: int
    _given: dict[int, int] = field(default_factory=dict)

    def renumber(self, answer: Any) -> Any:
        """Return an answer with the new numbers."""
        return substitute(answer, lambda kept: Reference(self._given.setdefault(kept.number, self._next())))

    def original(self, value: Any) -> Any:
        """Return arguments with the numbers that the source knows.

        Raises:
            KeyError: an object comes from elsewhere.

        """
        numbers = {new: old for old, new in self._given.items()}
        return substitute(value, lambda kept: Reference(numbers[kept.number]))

    def _next(self) -> int:
        return self.first + 2 * len(self._given)
