"""The judge: grades submissions of a course. Trusted; student code never runs in its process."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

from course_lib.authoring.source import ChapterSource, read_source
from course_lib.catalog import Chapter, Course, Exercise
from course_lib.grading.dependencies import builds_on, redefined_below
from course_lib.grading.diagnosis import diagnose
from course_lib.grading.errors import GraderError, StudentError
from course_lib.grading.healing import CodeCell
from course_lib.grading.identity import course_secret
from course_lib.grading.plugin import Judging, TestRecord
from course_lib.grading.report import ExerciseResult, Report
from course_lib.grading.run_pytest import run_suites
from course_lib.grading.safe_text import plain
from course_lib.grading.sandbox.launcher import Zygote
from course_lib.grading.session import Clock, Session
from course_lib.grading.submission import Submission
from course_lib.grading.verdict import exercise_result, points_of, tell_hidden
from course_lib.grading.warm_bank import WarmBank

MAX_NOTE = 300
UNLOCKED = "T0"
# What shows that code may use a library that the zygote does not have from the start.
USES = {
    "pictures": re.compile(r"matplotlib|\bplt\b"),
    "torch": re.compile(r"torch"),
    "compiler": re.compile(r"\boptim\b|\btorch\.func\b|\bimport func\b"),  # only beside torch
}
OpenSession = Callable[[tuple[CodeCell, ...], Clock], Session]


class Judge:
    """Grades any number of submissions. Close it, or use it as a context manager.

    Args:
        course: the course.
        tier: how workers are locked down; None takes the best that the machine offers.
        device: where tensors of graded code live. Drivers of other devices than the CPU do not work under lockdown.

    Attributes:
        secret: the course's; it decides the random inputs.

    """

    def __init__(self, course: Course, tier: str | None = None, device: str = "cpu"):
        self.course = course
        self.device = device
        self._zygote = Zygote(tier if device == "cpu" else UNLOCKED, device)
        self.secret = course_secret(course.root)
        self.bank = WarmBank(self.open_session, course.defaults.total_seconds)

    def __enter__(self) -> Self:
        """Return the judge itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """End all workers."""
        with suppress(GraderError):  # the zygote went first, and its workers with it
            self.bank.close()
        self._zygote.close()

    @property
    def tier(self) -> str:
        """The sandbox's tier."""
        return self._zygote.tier

    def grade(self, submission: Submission, slugs: Sequence[str] | None = None, *, hints: bool = True) -> Report:
        """Give the full verdict on a submission.

        Args:
            submission: the healed notebook.
            slugs: the exercises to judge; None takes all.
            hints: whether failing exercises are compared with the bank of wrong answers.

        Raises:
            GraderError: the grader itself failed.

        """
        return self.grade_on(self.open_session, submission, slugs, hints=hints)

    def grade_on(
        self,
        opened: OpenSession,
        submission: Submission,
        slugs: Sequence[str] | None = None,
        *,
        hints: bool = True,
    ) -> Report:
        """Give the verdict as `grade` does, with sessions from elsewhere in the place of the student's worker."""
        chosen = [item for item in submission.chapter.exercises if slugs is None or item.slug in slugs]
        with Notebooks(self, submission, opened) as notebooks:
            grading = _Grading(self, submission, notebooks, hints=hints)
            results = grading.results(chosen)
            notes = (*submission.notes, *notebooks.notes(), *grading.notes)
        return Report(submission.chapter.name, submission.name, self.tier, results, tuple(dict.fromkeys(notes)))

    def open_session(self, cells: tuple[CodeCell, ...], clock: Clock) -> Session:
        """Open a session on some code with the course's limits."""
        used = {name for name, pattern in USES.items() if any(pattern.search(cell.source) for cell in cells)}
        for name in USES:
            if name in used and not (name == "compiler" and "torch" not in used):
                self._zygote.import_library(name)
        limits = self.course.defaults
        return Session(self._zygote, cells, clock, limits.memory_mib, limits.cell_seconds)


class Notebooks:
    """One submission's sessions: its own code, and its code with the reference of some exercises put in."""

    def __init__(self, judge: Judge, submission: Submission, open_session: OpenSession):
        self._open_session = open_session
        self._submission = submission
        self._clock = Clock(judge.course.defaults.total_seconds)
        self._open: dict[tuple[frozenset[str], int | None], Session] = {}
        self.source = read_source(submission.chapter)
        self.owner = {name: slug for slug in self.source.code_slugs for name in self.source.defines(slug)}
        self.substituted: dict[str, frozenset[str]] = {}
        self.cut: dict[str, tuple[int, frozenset[str]]] = {}
        self._hung: set[str] = set()

    def __enter__(self) -> Self:
        """Return the notebooks themselves."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close every session."""
        for session in self._open.values():
            session.close()

    def builds_on(self, exercise: Exercise) -> frozenset[str]:
        """Return the exercises that this one builds on in this submission."""
        return builds_on(exercise, self._submission.cells, self.owner)

    def substitute(self, exercise: Exercise, slugs: frozenset[str]) -> None:
        """Judge the exercise on the reference of others from now on."""
        self.substituted[exercise.slug] = slugs

    def cut_below(self, exercise: Exercise) -> bool:
        """Judge the exercise on the notebook down to its own cell from now on, where names are defined anew below."""
        end, names = redefined_below(exercise, self._submission.cells)
        if names:
            self.cut[exercise.slug] = end, names
        return bool(names)

    def hung(self, exercise: Exercise) -> None:
        """Note that a call never came back."""
        self._hung.add(exercise.slug)

    def for_exercise(self, exercise: Exercise) -> Session:
        """Return the session that an exercise is judged in."""
        replaced = self.substituted.get(exercise.slug, frozenset())
        if self._hung - {exercise.slug}:
            replaced |= self._hung & self.builds_on(exercise)
            self.substituted[exercise.slug] = replaced
        return self.session(replaced, self.cut[exercise.slug][0] if exercise.slug in self.cut else None)

    def session(self, replaced: frozenset[str] = frozenset(), end: int | None = None) -> Session:
        """Return the session with the reference of some exercises in place of the student's answers.

        Args:
            replaced: those exercises.
            end: how many of the notebook's cells to load; None takes all.

        """
        if (replaced, end) not in self._open:
            cells = with_reference(self._submission.cells[:end], self.source, replaced)
            self._open[replaced, end] = self._open_session(cells, self._clock)
        return self._open[replaced, end]

    def unloaded(self, slug: str) -> StudentError | None:
        """Return why a cell of an exercise could not be run, if so."""
        cells = self._submission.cells
        failures = self.session().failures.items()
        return next((error for position, error in failures if slug in cells[position].exercises), None)

    def notes(self) -> list[str]:
        """Say which cells failed to run and whose reference was used."""
        notes = []
        if (frozenset(), None) in self._open:
            for position, error in sorted(self.session().failures.items()):
                told = f"The cell `{self._submission.cells[position].name}` could not be run: {tell_hidden(error)}"
                notes.append(plain(f"{told} {error.message}".strip(), MAX_NOTE))
        for slug, replaced in self.substituted.items():
            names = ", ".join(f"`{name}`" for name in sorted(replaced))
            if replaced:
                notes.append(f"`{slug}` was graded on our {names}, since yours does not hold yet.")
        for slug, (_, redefined) in self.cut.items():
            names = plain(", ".join(f"`{name}`" for name in sorted(redefined)), MAX_NOTE)
            notes.append(f"`{slug}` was graded as it stood at its own cell: a later cell defines {names} anew.")
        return notes


def with_reference(
    cells: tuple[CodeCell, ...], source: ChapterSource, replaced: frozenset[str]
) -> tuple[CodeCell, ...]:
    """Put the reference of some exercises after the student's own answers to them, or at their place in the chapter."""
    result = list(cells)
    for slug in source.code_slugs:
        if slug in replaced:
            reference = CodeCell(f"our {slug}", source.reference(slug))
            own = [position for position, cell in enumerate(result) if slug in cell.exercises]
            result.insert(own[-1] + 1 if own else 1, reference)
    return tuple(result)


@dataclass
class _Grading:
    """The steps of one verdict: judge, judge again on references where an earlier mistake is to blame, diagnose."""

    judge: Judge
    submission: Submission
    notebooks: Notebooks
    hints: bool
    records: dict[str, list[TestRecord]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def results(self, chosen: Sequence[Exercise]) -> tuple[ExerciseResult, ...]:
        """Return the verdicts on the chosen exercises."""
        attempted = [item for item in chosen if item.graded_by_suite and item.slug in self.submission.attempted]
        self.records = self._run(attempted)
        self._as_it_stood(attempted)
        self._follow_through(attempted)
        return tuple(self._result(exercise) for exercise in chosen)

    def _run(self, exercises: Sequence[Exercise]) -> dict[str, list[TestRecord]]:
        if not exercises:
            return {}
        chapter: Chapter = self.submission.chapter
        judging = Judging(chapter, self.notebooks, self.judge.secret, self.submission.name)
        run_suites([exercise.suite for exercise in exercises], self.judge.course.root, judging)
        return judging.records

    def _as_it_stood(self, attempted: Sequence[Exercise]) -> None:
        """Judge what fails once more on the notebook down to its cell, where a later cell took one of its names."""
        again = [item for item in attempted if not self._holds(item.slug) and self.notebooks.cut_below(item)]
        second = self._run(again)
        for exercise in again:
            if points_of(exercise, second[exercise.slug]) > points_of(exercise, self.records[exercise.slug]):
                self.records[exercise.slug] = second[exercise.slug]
            else:
                del self.notebooks.cut[exercise.slug]

    def _follow_through(self, attempted: Sequence[Exercise]) -> None:
        again, not_holding = [], self._not_holding()
        for exercise in attempted:
            if self._holds(exercise.slug):
                continue
            blamed = self.notebooks.builds_on(exercise) & not_holding - {exercise.slug}
            fresh = blamed - self.notebooks.substituted.get(exercise.slug, frozenset())
            if fresh:
                again.append((exercise, blamed | self.notebooks.substituted.get(exercise.slug, frozenset())))
        before = dict(self.notebooks.substituted)
        for exercise, blamed in again:
            self.notebooks.substitute(exercise, blamed)
        second = self._run([exercise for exercise, _ in again])
        for exercise, _ in again:
            if points_of(exercise, second[exercise.slug]) >= points_of(exercise, self.records[exercise.slug]):
                self.records[exercise.slug] = second[exercise.slug]
            else:
                self.notebooks.substituted[exercise.slug] = before.get(exercise.slug, frozenset())

    def _not_holding(self) -> frozenset[str]:
        suites = [item.slug for item in self.submission.chapter.exercises if item.graded_by_suite]
        absent = {slug for slug in suites if slug not in self.submission.attempted}
        broken = {slug for slug in self.records if not self._holds(slug)}
        return frozenset(absent | broken | self.notebooks.cut.keys())  # those below meet what a later cell made of it

    def _holds(self, slug: str) -> bool:
        return all(record.error is None for record in self.records[slug])

    def _result(self, exercise: Exercise) -> ExerciseResult:
        if exercise.slug not in self.submission.attempted:
            return ExerciseResult(exercise.slug, "not_attempted", 0.0, exercise.points)
        if not exercise.graded_by_suite:
            return ExerciseResult(exercise.slug, "needs_review", None, exercise.points)
        records = self.records.get(exercise.slug, [])
        self.notes += [f"The grader failed in `{exercise.slug}`: {r.error}" for r in records if r.ours]
        unloaded = self.notebooks.unloaded(exercise.slug)
        return exercise_result(exercise, records, self._named(exercise, records), unloaded)

    def _named(self, exercise: Exercise, records: Sequence[TestRecord]) -> dict[str, tuple[str, str]]:
        if not self.hints or all(record.error is None or record.ours for record in records):
            return {}

        def session_of(code: str) -> Session:
            return self.judge.bank.session_of(self.notebooks.source, exercise.slug, code)

        return diagnose(exercise, records, session_of, self.judge.bank.known)
