"""Running a chapter's suites on the mutants of its reference, in parallel, with results kept by content."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from course_lib.authoring.mutants import Mutant, mutants_of, read_survivors
from course_lib.authoring.source import read_source
from course_lib.authoring.workbench import Workbench
from course_lib.catalog import Chapter, Exercise
from course_lib.grading.cache import FOLDER, engine_hash, hash_files
from course_lib.grading.direct import first_failure, run_tests
from course_lib.grading.judge import Judge
from course_lib.grading.pool import ask_judge

IDENTITY = (b"", "mutants")
PATIENCE = 10.0
LEAST_SECONDS = 2.0
BATCH = 24
SURVIVED = "survived"


@dataclass(frozen=True)
class MutationScore:
    """What became of an exercise's mutants.

    Attributes:
        exercise: the exercise.
        killed: how many a test failed on.
        equivalent: survivors whose reason is written down.
        survivors: the others.
        stale: reasons for mutants that do not survive, or do not exist.

    """

    exercise: Exercise
    killed: int
    equivalent: tuple[Mutant, ...]
    survivors: tuple[Mutant, ...]
    stale: tuple[tuple[str, str, str], ...]

    @property
    def total(self) -> int:
        """How many mutants there are."""
        return self.killed + len(self.equivalent) + len(self.survivors)

    def problems(self) -> list[str]:
        """Return a sentence for each survivor without a reason and each reason without a survivor."""
        ref = self.exercise.ref
        alive = [
            f"{ref}: a mutant survives: `{m.before}` → `{m.after}`. "
            "Write the test that kills it, or its reason into survivors.toml"
            for m in self.survivors
        ]
        stale = [
            f"{ref}: survivors.toml explains `{before}` → `{after}`, but no such mutant survives; remove the entry"
            for _, before, after in self.stale
        ]
        return alive + stale


def judge_mutants(judge: Judge, chapter_name: str, batch: Sequence[Mutant]) -> list[str]:
    """Return for each mutant of one exercise the test that kills it, or `survived`."""
    chapter = judge.course.chapter(chapter_name)
    exercise = chapter.exercise(batch[0].slug)
    with Workbench(judge, chapter, exercise) as bench:
        seconds = _patience(bench, chapter, exercise)
        sessions = (bench.session_of(mutant.code) for mutant in batch)
        tried = (run_tests(exercise, session, bench.floors, IDENTITY, seconds) for session in sessions)
        return [first_failure(tests) or SURVIVED for tests in tried]


_patience_of: dict[str, float] = {}


def _patience(bench: Workbench, chapter: Chapter, exercise: Exercise) -> float:
    """Return how long a mutant's call may take: a multiple of the reference's whole suite, measured once."""
    if exercise.ref not in _patience_of:
        session = bench.session_of(read_source(chapter).reference(exercise.slug))
        began = time.monotonic()
        first_failure(run_tests(exercise, session, bench.floors, IDENTITY))
        _patience_of[exercise.ref] = max(LEAST_SECONDS, PATIENCE * (time.monotonic() - began))
    return _patience_of[exercise.ref]


def run_mutants(
    chapter: Chapter, root: Path, executor: Executor, advance: Callable[[int], None] = lambda _: None
) -> tuple[MutationScore, ...]:
    """Judge every mutant of a chapter that has no kept result.

    Args:
        chapter: the chapter.
        root: the course's folder, which holds the kept results.
        executor: a pool of judges (see `judge_pool`).
        advance: called with the number of mutants done, for a progress bar.

    """
    mutants = chapter_mutants(chapter)
    kept = _Kept(root, chapter)
    waiting = [mutant for mutant in mutants if kept.find(mutant) is None]
    advance(len(mutants) - len(waiting))
    batches = [*_batches(waiting)]
    futures = {executor.submit(ask_judge, judge_mutants, chapter.name, batch): batch for batch in batches}
    for future in as_completed(futures):
        for mutant, killer in zip(futures[future], future.result(), strict=True):
            kept.keep(mutant, killer)
        kept.write()
        advance(len(futures[future]))
    return tuple(_score(item, mutants, kept) for item in chapter.exercises if item.graded_by_suite)


def _batches(mutants: Sequence[Mutant]) -> Iterator[list[Mutant]]:
    for _, group in groupby(mutants, attrgetter("slug")):
        own = list(group)
        yield from (own[start : start + BATCH] for start in range(0, len(own), BATCH))


def chapter_mutants(chapter: Chapter) -> list[Mutant]:
    """Return the mutants of every exercise of a chapter."""
    source = read_source(chapter)
    return [mutant for slug in source.code_slugs for mutant in mutants_of(slug, source.reference(slug))]


def _score(exercise: Exercise, mutants: Sequence[Mutant], kept: _Kept) -> MutationScore:
    own = [mutant for mutant in mutants if mutant.slug == exercise.slug]
    alive = [mutant for mutant in own if kept.find(mutant) == SURVIVED]
    reasons = {key for key in read_survivors(exercise.hidden) if key[0] == exercise.slug}
    equivalent = tuple(mutant for mutant in alive if mutant.key in reasons)
    survivors = tuple(mutant for mutant in alive if mutant.key not in reasons)
    stale = tuple(sorted(reasons - {mutant.key for mutant in alive}))
    return MutationScore(exercise, len(own) - len(alive), equivalent, survivors, stale)


class _Kept:
    """Results on disk: a mutant is judged again when it, the reference, a suite's helper or the engine changes."""

    def __init__(self, root: Path, chapter: Chapter):
        self._path = root / FOLDER / f"mutants-{chapter.name}.json"
        self._chapter = chapter
        helpers = (chapter.oracles, chapter.probes, chapter.measures, chapter.calibration, chapter.source)
        self._base = f"{engine_hash()}{hash_files(helpers)}"
        self._suites = {item.slug: hash_files([item.suite]) for item in chapter.exercises}
        self._results: dict[str, str] = json.loads(self._path.read_text()) if self._path.exists() else {}

    def find(self, mutant: Mutant) -> str | None:
        return self._results.get(self._key(mutant))

    def keep(self, mutant: Mutant, killer: str) -> None:
        self._results[self._key(mutant)] = killer

    def write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps(self._results, indent=0), "utf-8")
        part.replace(self._path)

    def _key(self, mutant: Mutant) -> str:
        return hashlib.sha256(f"{self._base}{self._suites[mutant.slug]}{mutant.code}".encode()).hexdigest()
