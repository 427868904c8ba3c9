"""Floors that are measured: a suite asks for one by name, and `calibration.json` knows it."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.catalog import Chapter
from course_lib.grading.assertions import fail
from course_lib.grading.errors import GraderError
from course_lib.grading.student import Student

FORMAT = "course-calibration/1"
FRESH_RUNS = 2

Measure = Callable[[Student, int], float]


@dataclass(frozen=True)
class Floor:
    """A calibrated floor: at or above `floor` holds, below `gray` fails, between them fresh runs decide."""

    name: str
    floor: float
    gray: float


@dataclass(frozen=True)
class Floors:
    """A chapter's floors and the measures that they were calibrated with."""

    chapter: str
    floors: dict[str, Floor]

    @classmethod
    def load(cls, chapter: Chapter) -> Floors:
        """Read a chapter's calibration.

        Raises:
            GraderError: there is none, or it is of another format.

        """
        path: Path = chapter.calibration
        remedy = f"run: course calibrate {chapter.name}"
        if not path.exists():
            message = f"{chapter.name} has no calibration.json; {remedy}"
            raise GraderError(message)
        data = json.loads(path.read_text("utf-8"))
        if data.get("format") != FORMAT:
            message = f"{path.name} has format {data.get('format')!r}, not {FORMAT!r}; {remedy}"
            raise GraderError(message)
        floors = {name: Floor(name, item["floor"], item["gray"]) for name, item in data["floors"].items()}
        return cls(chapter.name, floors)

    def demand(self, name: str, student: Student, seed: int) -> None:
        """Measure student code and fail the test where it stays below the floor.

        Args:
            name: of the floor and of the function in `measures.py`.
            student: the code.
            seed: of the first run; a result in the gray band is run again on fresh seeds, and the median counts.

        """
        if name not in self.floors:
            message = f"{self.chapter} has no floor {name!r}; run: course calibrate {self.chapter}"
            raise GraderError(message)
        floor, measure = self.floors[name], load_measure(self.chapter, name)
        values = [_number(measure(student, seed))]
        if floor.gray <= values[0] < floor.floor:
            values += [_number(measure(student, seed + fresh)) for fresh in range(1, FRESH_RUNS + 1)]
        if not sorted(values)[len(values) // 2] >= floor.floor:
            said = (measure.__doc__ or name).strip().splitlines()[0]
            fail(f"The measured result stays below its floor: {said}", f"Floor {floor.floor:g}, measured {values}.")


def load_measure(chapter: str, name: str) -> Measure:
    """Return the function of that name in the chapter's `measures.py`."""
    measure: Measure = getattr(importlib.import_module(f"autograder.{chapter}.measures"), name)
    return measure


def _number(value: Any) -> float:
    if type(value) not in (int, float, bool) or value != value:  # noqa: PLR0124 - NaN
        fail("What was measured is not a number.")
    return float(value)
