"""Runs of a measure over many seeds: in workers, through a session, exactly as in a verdict."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass, field

from course_lib.authoring.source import read_source
from course_lib.catalog import Chapter
from course_lib.grading.bank import read_bank
from course_lib.grading.calibration.kept import Kept, Runs
from course_lib.grading.calibration.keys import Demand, key_of
from course_lib.grading.calibration.reach import normal
from course_lib.grading.calibration.record import REFERENCE, RIGHT, WRONG
from course_lib.grading.calibration.surroundings import versions_now
from course_lib.grading.errors import GraderError, StudentTimeout
from course_lib.grading.floors import load_measure, result_of
from course_lib.grading.identity import derive_seed
from course_lib.grading.judge import Judge
from course_lib.grading.pool import ask_judge
from course_lib.grading.recording import RecordingBackend
from course_lib.grading.session import Clock, Session
from course_lib.grading.student import Student
from course_lib.grading.warm_bank import reference_cells

CHUNK = 5
DIGITS = 6
LEAST_RIGHT, LEAST_WRONG, LEAST_ELSEWHERE = 10, 8, 3


@dataclass(frozen=True)
class Group:
    """One answer whose results are a group of samples.

    Attributes:
        label: `reference`, `right/NAME` or `wrong/NAME`.
        code: what stands in the solution cell.
        caught: for wrong answers, whether the floor's test has to catch it.

    """

    label: str
    code: str
    caught: bool = False

    @property
    def name(self) -> str:
        """The answer's own name."""
        return self.label.rpartition("/")[2]

    @property
    def honest(self) -> bool:
        """Whether it has to reach the floor."""
        return not self.label.startswith(WRONG)

    def seeds(self, reference: int) -> int:
        """Return for how many seeds it is measured at first, given the number for the reference."""
        if self.label == REFERENCE:
            return reference
        share, least = (3, LEAST_RIGHT) if self.honest else (6, LEAST_WRONG) if self.caught else (20, LEAST_ELSEWHERE)
        return max(least, reference // share)


def groups_of(demand: Demand, chapter: Chapter) -> tuple[Group, ...]:
    """Return the answers that a floor is measured with."""
    exercise = demand.exercise
    right = (Group(f"{RIGHT}/{answer.name}", answer.code) for answer in read_bank(exercise.right_answers))
    wrong = (
        Group(f"{WRONG}/{answer.name}", answer.code, demand.is_to_catch(answer))
        for answer in read_bank(exercise.wrong_answers)
    )
    return (Group(REFERENCE, read_source(chapter).reference(exercise.slug)), *right, *wrong)


@dataclass(frozen=True)
class Batch:
    """Some runs of one group, by number."""

    floor: str
    slug: str
    group: Group
    numbers: tuple[int, ...]


def run_batch(judge: Judge, chapter_name: str, batch: Batch) -> tuple[list[float], float]:
    """Measure an answer for some seeds; return the results, and the seconds that they took.

    A wrong answer may raise, hang or give no number: that is -inf, a run without a result. After the first call that
    does not come back the rest of the batch counts as the same.

    Raises:
        GraderError: the reference or a right answer gave no result.

    """
    chapter, group = judge.course.chapter(chapter_name), batch.group
    session = judge.open_session(reference_cells(read_source(chapter), {batch.slug: group.code}), Clock(math.inf))
    results: list[float] = []
    began = time.monotonic()
    try:
        for number in batch.numbers:
            session.forget()
            results.append(_measured(chapter, batch, session, number))
    except StudentTimeout:
        results += [-math.inf] * (len(batch.numbers) - len(results))
    finally:
        session.close()
    return results, time.monotonic() - began


def _measured(chapter: Chapter, batch: Batch, session: Session, number: int) -> float:
    group, exercise = batch.group, chapter.exercise(batch.slug)
    seed, calls = (derive_seed(b"", batch.floor, group.label, str(number), use) for use in ("seed", "calls"))
    student = Student(RecordingBackend(session, calls, exercise.limits.call_seconds))
    try:
        return float(f"{result_of(load_measure(chapter, batch.floor), student, seed):.{DIGITS}g}")
    except Exception as error:
        if group.honest:
            raise GraderError(f"{exercise.ref}: {group.label} gave no result for {batch.floor!r}: {error!r}") from None
        if isinstance(error, StudentTimeout):
            raise
        return -math.inf


Wanted = Sequence[tuple[Demand, Group, int]]


@dataclass
class Sampler:
    """Collects results by floor and group, in a pool of judges.

    Attributes:
        chapter: whose floors they are.
        executor: see `judge_pool`.
        kept: results of earlier.
        advance: called with the number of runs that are done.
        results: by floor and label.
        seconds: of computing, by floor and label.

    """

    chapter: Chapter
    executor: Executor
    kept: Kept
    advance: Callable[[int], None]
    results: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    seconds: dict[tuple[str, str], float] = field(default_factory=dict)
    _keys: dict[str, dict[str, str]] = field(default_factory=dict)

    def collect(self, wanted: Wanted) -> None:
        """Bring each group to the wanted number of results; wrong answers first, since some of them hang.

        Raises:
            GraderError: an honest answer gave no result.

        """
        futures: dict[Future[tuple[list[float], float]], tuple[Batch, Runs]] = {}
        for demand, group, count in sorted(wanted, key=lambda item: item[1].honest):
            runs = self._runs(demand, group)
            for batch in self._batches(demand, group, count):
                futures[self.executor.submit(ask_judge, run_batch, self.chapter.name, batch)] = (batch, runs)
        try:
            for future in as_completed(futures):
                batch, runs = futures[future]
                runs.add(batch.numbers, *future.result())
                self.kept.write()
                self.advance(len(batch.numbers))
        finally:
            for future in futures:
                future.cancel()
        for demand, group, count in wanted:
            runs = self._runs(demand, group)
            self.results.setdefault(demand.name, {})[group.label] = runs.first(count)
            self.seconds[demand.name, group.label] = sum(runs.seconds[number] for number in range(count))

    def missing(self, wanted: Wanted) -> int:
        """Return how many runs have to be made."""
        batches = (batch for item in wanted for batch in self._batches(*item))
        return sum(len(batch.numbers) for batch in batches)

    def _batches(self, demand: Demand, group: Group, count: int) -> Iterator[Batch]:
        known = self._runs(demand, group).results
        numbers = [number for number in range(count) if number not in known]
        size = CHUNK if group.honest else max(1, len(numbers))
        for start in range(0, len(numbers), size):
            yield Batch(demand.name, demand.exercise.slug, group, tuple(numbers[start : start + size]))

    def _runs(self, demand: Demand, group: Group) -> Runs:
        if demand.name not in self._keys:
            self._keys[demand.name] = key_of(demand, self.chapter)
        key = self._keys[demand.name]
        return self.kept.runs(
            floor=demand.name,
            measure=key["measure"],
            reference=key["reference"],
            group=group.label,
            code=normal(group.code),
            versions=versions_now(),
            seconds=demand.exercise.limits.call_seconds,
        )
