"""Visible checks: found in a chapter's `checks.py`, run in the notebook's own process."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from course_lib.grading.errors import Mismatch, StudentError
from course_lib.grading.report import TestResult, describe_docstring
from course_lib.grading.student import LocalBackend, Student

Check = Callable[..., None]


def visible(slug: str) -> Callable[[Check], Check]:
    """Mark a function of `checks.py` as a visible check of the exercise `slug`."""

    def mark(function: Check) -> Check:
        function.exercise = slug  # type: ignore[attr-defined]
        return function

    return mark


def load_checks(path: Path) -> dict[str, list[Check]]:
    """Read a `checks.py` and return its checks by exercise, in the order of the file."""
    module = ModuleType("checks")
    module.__file__ = str(path)
    exec(compile(path.read_text("utf-8"), str(path), "exec"), module.__dict__)  # noqa: S102 - our own released file
    found: dict[str, list[Check]] = {}
    for value in vars(module).values():
        if inspect.isfunction(value) and hasattr(value, "exercise"):
            found.setdefault(value.exercise, []).append(value)
    return found


def run_check(
    check: Check, objects: dict[str, Any], seed: int = 0, tell: Callable[[StudentError], str] | None = None
) -> TestResult:
    """Run one visible check on a notebook's variables.

    Args:
        check: a function marked by `visible`, taking `student` and perhaps `rng`.
        objects: the notebook's global variables.
        seed: of `rng` and of the global random states.
        tell: what to say about an exception of the student's code; `tell_error` unless given.

    """
    title, hint = describe_docstring(check)
    fixtures = {"student": Student(LocalBackend(objects, seed)), "rng": np.random.default_rng(seed)}
    wanted = {name: fixtures[name] for name in inspect.signature(check).parameters}
    began = time.perf_counter()
    outcome, message = _outcome(check, wanted, tell or tell_error)
    seconds = time.perf_counter() - began
    shown = hint if outcome == "failed" else None
    return TestResult(check.__name__, title, outcome, message, shown, None, round(seconds, 4))


def _outcome(check: Check, fixtures: dict[str, Any], tell: Callable[[StudentError], str]) -> tuple[str, str]:
    try:
        check(**fixtures)
    except Mismatch as error:
        return "failed", f"{error.sentence} {error.detail}".strip()
    except AssertionError:
        return "failed", ""
    except StudentError as error:
        return error.outcome, tell(error)
    return "passed", ""


def tell_error(error: StudentError) -> str:
    """Tell a student about an exception of their own code, with its text."""
    if error.is_a("NotImplementedError"):
        return "Not written yet: the stub still raises NotImplementedError."
    place = f" (line {error.line} of the cell `{error.cell}`)" if error.line and error.cell else ""
    return f"Your code raised {error.types[0]}: {error.message}{place}"
