"""The report: one format for the panel, the command line, nbgrader, HTML and pull requests."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

FORMAT = "course-report/1"
OUTCOMES = ("passed", "failed", "error", "timeout", "memory", "blocked")
STATES = ("graded", "not_attempted", "needs_review", "grader_error")


@dataclass(frozen=True)
class TestResult:
    """What one test found; `outcome` is one of `OUTCOMES`."""

    __test__ = False

    name: str
    title: str
    outcome: str
    message: str = ""
    hint: str | None = None
    misconception: str | None = None
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether the test holds."""
        return self.outcome == "passed"


@dataclass(frozen=True)
class ExerciseResult:
    """The verdict on one exercise; `points` is None while a person has to decide."""

    exercise: str
    state: str
    points: float | None
    max_points: float
    tests: tuple[TestResult, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain JSON data in the documented order."""
        return vars(self) | {"tests": [dict(vars(test)) for test in self.tests]}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> ExerciseResult:
        """Read a result back."""
        return cls(**(data | {"tests": tuple(TestResult(**test) for test in data["tests"])}))


@dataclass(frozen=True)
class Report:
    """The verdict on one submission."""

    assignment: str
    submission: str
    sandbox: str
    exercises: tuple[ExerciseResult, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def score(self) -> float:
        """Points that are decided."""
        return round(sum(item.points or 0.0 for item in self.exercises), 2)

    @property
    def max_score(self) -> float:
        """Points that the whole assignment is worth."""
        return round(sum(item.max_points for item in self.exercises), 2)

    def exercise(self, slug: str) -> ExerciseResult:
        """Return the verdict on one exercise."""
        return next(item for item in self.exercises if item.exercise == slug)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain JSON data in the documented order."""
        return {
            "format": FORMAT,
            "assignment": self.assignment,
            "submission": self.submission,
            "sandbox": self.sandbox,
            "score": self.score,
            "max_score": self.max_score,
            "exercises": [item.to_dict() for item in self.exercises],
            "notes": list(self.notes),
        }

    def to_json(self) -> str:
        """Return the report as one line of JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Report:
        """Read a report back.

        Raises:
            ValueError: the data is not in the format `course-report/1`.

        """
        if data.get("format") != FORMAT:
            message = f"format: expected {FORMAT!r}, received {data.get('format')!r}"
            raise ValueError(message)
        exercises = tuple(ExerciseResult.from_dict(item) for item in data["exercises"])
        return cls(data["assignment"], data["submission"], data["sandbox"], exercises, tuple(data["notes"]))


def describe_docstring(function: Callable[..., Any]) -> tuple[str, str | None]:
    """Split a test's docstring into its title (the first line) and its hint (the rest, or None)."""
    title, _, rest = (inspect.getdoc(function) or function.__name__.replace("_", " ")).partition("\n")
    return title.strip(), rest.strip() or None
