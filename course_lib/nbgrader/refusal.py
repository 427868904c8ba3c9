"""A submission that nbgrader cannot take: one sentence for the instructor, and the class goes on.

nbgrader answers any exception with a traceback in its log, removes what it had begun for that student, and takes the
next. The gradebook keeps what it had. We only replace the traceback by the sentence.
"""

from __future__ import annotations

import logging

KEPT = "Its score in the gradebook stays as it was."


class SubmissionRefused(Exception):
    """This submission is not autograded; the message says whose it is, why, and what to do."""


def refuse(student: str, sentence: str) -> SubmissionRefused:
    """Return the exception that names the student.

    Args:
        student: nbgrader's id.
        sentence: what is wrong and what to do.

    """
    return SubmissionRefused(f"{student}: {sentence} {KEPT}")


class _SentenceOnly(logging.Filter):
    """Leaves of the traceback of a `SubmissionRefused` its sentence."""

    _mark = f"{SubmissionRefused.__module__}.{SubmissionRefused.__qualname__}: "

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if message.startswith("Traceback") and self._mark in message:
            record.msg, record.args = message.rpartition(self._mark)[2].strip(), ()
        return True


_SENTENCE_ONLY = _SentenceOnly()


def tell_refusals_in_a_sentence(log: logging.Logger | logging.LoggerAdapter[logging.Logger]) -> None:
    """Make a log show refusals without their traceback; asking twice changes nothing."""
    logger = log.logger if isinstance(log, logging.LoggerAdapter) else log
    logger.addFilter(_SENTENCE_ONLY)
