"""Calibrating a chapter: sample, place each floor, and sample more of the honest answers where that would settle it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from course_lib.catalog import Chapter
from course_lib.grading.calibration.keys import Demand, demands_of, key_of
from course_lib.grading.calibration.placing import NoFloorError, Placement, Samples, place
from course_lib.grading.calibration.record import Recorded
from course_lib.grading.calibration.sampling import Group, Sampler, groups_of
from course_lib.grading.calibration.surroundings import machine_now, versions_now
from course_lib.grading.errors import GraderError
from course_lib.grading.floors import load_measure

FACTORS = (1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
ROUNDS = 3


@dataclass(frozen=True)
class Calibration:
    """What `course calibrate` found.

    Attributes:
        records: the floors that could be placed.
        problems: a sentence for each that could not.

    """

    records: dict[str, Recorded]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class _Plan:
    """One floor and the answers that it is measured with."""

    demand: Demand
    groups: tuple[Group, ...]
    starts: int | None

    def place(self, samples: Samples) -> Placement:
        """Place the floor by these samples."""
        honest = {group.label: samples[group.label] for group in self.groups if group.honest}
        wrong = {group.name: samples[group.label] for group in self.groups if not group.honest}
        caught = {group.name: wrong[group.name] for group in self.groups if group.caught}
        return place(honest, caught, {name: wrong[name] for name in wrong if name not in caught}, self.starts)

    def factor(self, samples: Samples) -> float | None:
        """Return how many times as many honest samples, if they went on alike, would give a floor; None where none."""
        for factor in FACTORS:
            more = {g.label: self._stretched(samples[g.label], factor if g.honest else 1) for g in self.groups}
            try:
                self.place(more)
            except NoFloorError:
                continue
            return factor
        return None

    @staticmethod
    def _stretched(values: Sequence[float], factor: float) -> list[float]:
        return [float(value) for value in np.resize(values, int(np.ceil(len(values) * factor)))]


def calibrate_chapter(  # noqa: PLR0913 - what a calibration depends on
    chapter: Chapter,
    executor: Executor,
    *,
    floors: Sequence[str] = (),
    seeds: int = 60,
    expect: Callable[[int], None] = lambda _: None,
    advance: Callable[[int], None] = lambda _: None,
) -> Calibration:
    """Measure a chapter's floors.

    Args:
        chapter: the chapter.
        executor: a pool of judges (see `judge_pool`).
        floors: which ones; all of them without.
        seeds: for the reference; a right answer takes a third of it, a wrong one a sixth. Where the statistics need
            more, honest answers are measured for more.
        expect: called with the number of runs that come, for a progress bar; more may follow.
        advance: called with the number of runs that are done.

    Raises:
        GraderError: suites and measures do not fit, or an honest answer gives no result.

    """
    plans = [_plan(demand, chapter) for demand in _chosen(chapter, floors)]
    sampler = Sampler(chapter, executor, advance)
    wanted = [(plan.demand, group, group.seeds(seeds)) for plan in plans for group in plan.groups]
    placed: dict[str, Placement] = {}
    problems: dict[str, str] = {}
    for _ in range(ROUNDS):
        expect(sum(count - len(sampler.have(demand.name, group.label)) for demand, group, count in wanted))
        sampler.collect(wanted)
        wanted = []
        for plan in plans:
            wanted += _place(plan, sampler.results[plan.demand.name], placed, problems)
        if not wanted:
            break
    done = {plan.demand.name: plan for plan in plans if plan.demand.name in placed}
    records = {name: _record(plan, chapter, sampler, placed[name]) for name, plan in done.items()}
    return Calibration(records, tuple(said for name, said in problems.items() if name not in placed))


def _chosen(chapter: Chapter, floors: Sequence[str]) -> list[Demand]:
    demands = demands_of(chapter)
    for name in floors:
        if name not in demands:
            raise GraderError(f"no suite of {chapter.name} demands a floor {name!r}; it has: {', '.join(demands)}")
    return [demand for name, demand in demands.items() if not floors or name in floors]


def _plan(demand: Demand, chapter: Chapter) -> _Plan:
    return _Plan(demand, groups_of(demand, chapter), getattr(load_measure(chapter, demand.name), "starts", None))


def _place(
    plan: _Plan, samples: Samples, placed: dict[str, Placement], problems: dict[str, str]
) -> list[tuple[Demand, Group, int]]:
    """Place a floor, or return which further samples would settle it."""
    name = plan.demand.name
    if name in placed:
        return []
    try:
        placed[name] = plan.place(samples)
    except NoFloorError as error:
        problems[name] = f"{plan.demand.exercise.ref}, floor {name!r}: {error}"
        factor = plan.factor(samples)
        honest = [group for group in plan.groups if group.honest and factor is not None]
        return [(plan.demand, group, int(np.ceil(len(samples[group.label]) * (factor or 1)))) for group in honest]
    return []


def _record(plan: _Plan, chapter: Chapter, sampler: Sampler, placement: Placement) -> Recorded:
    name = plan.demand.name
    caught = {group.name for group in plan.groups if group.caught}
    return Recorded(
        exercise=plan.demand.exercise.slug,
        key=key_of(plan.demand, chapter),
        measured={
            "date": dt.datetime.now(dt.UTC).date().isoformat(),
            "seconds": round(sampler.seconds[name], 1),
            "versions": versions_now(),
            "machine": machine_now(),
        },
        floor=placement.floor,
        gray=placement.gray,
        false_fail=placement.false_fail,
        method=placement.method,
        numbers=placement.numbers,
        catch={other: rate for other, rate in placement.catch.items() if other in caught},
        caught_elsewhere={other: rate for other, rate in placement.catch.items() if other not in caught},
        samples={label: tuple(values) for label, values in sampler.results[name].items()},
    )


def disagreements(chapter: Chapter, records: Mapping[str, Recorded]) -> list[str]:
    """Say what is wrong with a calibration: floors that are missing, stale, or not what their samples give."""
    found = []
    for name, demand in demands_of(chapter).items():
        if name not in records:
            found.append(f"{demand.exercise.ref} demands the floor {name!r}, which has not been measured")
        elif stale := records[name].stale(demand, chapter):
            found.append(f"the floor {name!r} of {demand.exercise.ref} is stale: {stale}")
        elif _differs(_plan(demand, chapter), records[name]):
            found.append(f"the floor {name!r} of {demand.exercise.ref} is not the one that its samples give")
    gone = (name for name in records if name not in demands_of(chapter))
    return [*found, *(f"calibration.json has a floor {name!r} that no suite demands" for name in gone)]


def _differs(plan: _Plan, record: Recorded) -> bool:
    try:
        placement = plan.place(record.samples)
    except (NoFloorError, KeyError):
        return True
    return (placement.floor, placement.gray) != (record.floor, record.gray)
