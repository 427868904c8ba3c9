"""Floors that are measured: a suite asks for one by name, and `calibration.json` knows it."""

from __future__ import annotations

import importlib.util
import math
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from course_lib.catalog import Chapter
from course_lib.grading.assertions import fail
from course_lib.grading.calibration.keys import Signature, demands_of, signature_of
from course_lib.grading.calibration.record import Recorded, read_records
from course_lib.grading.errors import GraderError
from course_lib.grading.student import Student

FRESH_RUNS = 2
STRIDE = 1_000_003  # measures use seed + 1, seed + 2 for their own networks; fresh runs share none with them

Measure = Callable[[Student, int], float]


@dataclass(frozen=True)
class Floors:
    """A chapter's floors.

    Attributes:
        chapter: the chapter.
        records: the floors by name, as `calibration.json` holds them.

    """

    chapter: Chapter
    records: dict[str, Recorded]

    @classmethod
    def load(cls, chapter: Chapter) -> Floors:
        """Read a chapter's calibration.

        Raises:
            GraderError: there is none, or it is of another format.

        """
        return cls(chapter, read_records(chapter))

    def demand(self, name: str, student: Student, seed: int) -> None:
        """Measure student code and fail the test where it stays below the floor.

        A result at or above the floor holds, one below the gray line fails. Between the two the measure is run on two
        fresh seeds, and the median of the three results counts.

        Args:
            name: of the floor and of the function in `measures.py`.
            student: the code.
            seed: of the first run.

        Raises:
            Mismatch: the code stays below the floor, or what it gives is not a finite number.
            GraderError: there is no such floor, or it is stale.

        """
        record, measure = self.fresh(name), load_measure(self.chapter, name)
        values = [result_of(measure, student, seed)]
        if record.gray <= values[0] < record.floor:
            values += [result_of(measure, student, fresh) for fresh in fresh_seeds(seed)]
        if statistics.median(values) < record.floor:
            said = (measure.__doc__ or name).strip().splitlines()[0]
            fail(f"The measured result stays below its floor: {said}", f"Floor {record.floor:g}, measured {values}.")

    def fresh(self, name: str) -> Recorded:
        """Return a floor that still belongs to the suite, the measure, the answers and the versions of today.

        Raises:
            GraderError: there is no such floor, or it is stale.

        """
        remedy = f"run: course calibrate {self.chapter.name}"
        if name not in self.records:
            raise GraderError(f"calibration.json of {self.chapter.name} has no floor {name!r}; {remedy}")
        stale = _stale(self.chapter, name, signature_of(self.chapter))
        if stale:
            raise GraderError(f"the floor {name!r} of {self.chapter.name} is stale: {stale}; {remedy}")
        return self.records[name]


@lru_cache(maxsize=256)
def _stale(chapter: Chapter, name: str, _signature: Signature) -> str | None:
    demand = demands_of(chapter).get(name)
    if demand is None:
        return "no suite demands it any more"
    return read_records(chapter)[name].stale(demand, chapter)


def fresh_seeds(seed: int) -> list[int]:
    """Return the seeds of the fresh runs."""
    return [(seed + number * STRIDE) % 2**32 for number in range(1, FRESH_RUNS + 1)]


def load_measure(chapter: Chapter, name: str) -> Measure:
    """Return the function of that name in the chapter's `measures.py`.

    Raises:
        GraderError: there is no such function.

    """
    path = chapter.measures
    functions = vars(_module(path, path.stat().st_mtime_ns)) if path.is_file() else {}
    if name not in functions:
        raise GraderError(f"measures.py of {chapter.name} has no function {name!r}")
    measure: Measure = functions[name]
    return measure


@lru_cache(maxsize=64)
def _module(path: Path, _mtime_ns: int) -> Any:
    """Read the module from its place: another course's may have the same name."""
    spec = importlib.util.spec_from_file_location(f"autograder.{path.parent.name}.measures", path)
    if spec is None or spec.loader is None:
        raise GraderError(f"{path} is not a module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def result_of(measure: Measure, student: Student, seed: int) -> float:
    """Measure once. What student code computed may be anything, so what is not a finite number fails the test."""
    value: Any = measure(student, seed)
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        fail("What was measured is not a finite number.")
    return number
