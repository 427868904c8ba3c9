"""What came of a class: counts, problems, the mean."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from course_lib.classroom.ledger import Known
from course_lib.classroom.work import Outcome


@dataclass
class Tally:
    """What came of a class.

    Attributes:
        found: how many submissions there are.
        counts: how many are `graded`, `unchanged`, `unusable` and `failed` (the grader's own failures).
        problems: a sentence for each submission without a verdict, by student.
        score: the sum of all scores, for their mean.
        max_score: points of the assignment.

    """

    found: int
    counts: Counter[str] = field(default_factory=Counter)
    problems: dict[str, str] = field(default_factory=dict)
    score: float = 0.0
    max_score: float = 0.0

    @property
    def mean(self) -> float | None:
        """The mean score of those with a verdict."""
        judged = self.counts["graded"] + self.counts["unchanged"]
        return self.score / judged if judged else None

    def add(self, outcome: Outcome) -> None:
        """Count one submission."""
        entry = outcome.entry
        self.counts[_kind(outcome)] += 1
        if entry.report is None:
            self.problems[entry.student] = entry.problem
        else:
            self.score += entry.report.score
            self.max_score = entry.report.max_score

    def keep(self, known: Known) -> None:
        """Count one submission that is as it was when it was graded."""
        self.counts["unchanged"] += 1
        self.score += known.score
        self.max_score = known.max_score


def _kind(outcome: Outcome) -> str:
    if outcome.entry.report is None:
        return "failed" if outcome.ours else "unusable"
    return "unchanged" if outcome.unchanged else "graded"
