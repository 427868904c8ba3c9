"""What can go wrong with student code, told apart, so that a report can say which."""

from __future__ import annotations


class StudentError(Exception):
    """An exception that left the student's code.

    Args:
        types: class names along the exception's method resolution order, most specific first.
        message: the exception's text. Untrusted; it may carry anything that the code could see.
        cell: name of the notebook cell (an exercise's slug) whose line raised, or None.
        line: line within that cell, counted from 1, or None.

    """

    outcome = "error"

    def __init__(self, types: tuple[str, ...], message: str = "", cell: str | None = None, line: int | None = None):
        super().__init__(f"{types[0] if types else 'Exception'}: {message}")
        self.types = types
        self.message = message
        self.cell = cell
        self.line = line

    def is_a(self, *names: str) -> bool:
        """Tell whether the exception is an instance of one of the builtin classes named."""
        return any(name in self.types for name in names)


class StudentTimeout(StudentError):
    """The call did not come back in time."""

    outcome = "timeout"


class StudentMemory(StudentError):
    """The call needed more memory than it may have."""

    outcome = "memory"


class StudentBlocked(StudentError):
    """The call touched something that graded code may not touch: a file, the network, another process."""

    outcome = "blocked"


class StudentCrash(StudentError):
    """The process that ran the code ended, or broke the protocol."""


class Mismatch(AssertionError):
    """A result that is not the expected one.

    Args:
        sentence: safe to show for a hidden test: neither inputs nor expected values.
        detail: with values, shown for visible checks only.

    """

    def __init__(self, sentence: str, detail: str = ""):
        super().__init__(f"{sentence} {detail}".strip())
        self.sentence = sentence
        self.detail = detail


class GraderError(Exception):
    """A failure of ours. Never shown to a student as a mistake of theirs."""
