"""What a hidden test may ask for by the name of a parameter, for the judge and for proofs alike."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from course_lib.grading.floors import Floors
from course_lib.grading.student import Backend, Student

NAMES = frozenset({"student", "rng", "meets_floor"})


class Fixtures:
    """One test's fixtures, each made when it is first asked for.

    Args:
        backend: opens the way to the student's code.
        floors: loads the chapter's.
        seed: gives the seed of a purpose; it differs from student to student and is the same in every regrading.

    """

    def __init__(self, backend: Callable[[], Backend], floors: Callable[[], Floors], seed: Callable[[str], int]):
        self._backend = backend
        self._floors = floors
        self._seed = seed

    @cached_property
    def student(self) -> Student:
        """The student's notebook, in its worker."""
        return Student(self._backend())

    @cached_property
    def rng(self) -> np.random.Generator:
        """Random numbers."""
        return np.random.default_rng(self._seed("rng"))

    @cached_property
    def meets_floor(self) -> Callable[[str], None]:
        """A function that demands a measure to reach its calibrated floor."""
        floors, student = self._floors(), self.student
        return lambda name: floors.demand(name, student, self._seed(name))

    def for_test(self, function: Callable[..., None]) -> dict[str, Any]:
        """Return what a test asks for, by parameter."""
        return {name: getattr(self, name) for name in parameters_of(function)}


@lru_cache(maxsize=2048)
def parameters_of(function: Callable[..., None]) -> tuple[str, ...]:
    """Return the names of a test's parameters."""
    return tuple(inspect.signature(function).parameters)
