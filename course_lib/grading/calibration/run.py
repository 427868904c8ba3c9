"""Calibrating a chapter: sample, place each floor, and sample more of the honest answers where that would settle it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from course_lib.catalog import Chapter
from course_lib.grading.calibration.kept import Kept
from course_lib.grading.calibration.keys import PARTS, Demand, demands_of, key_of
from course_lib.grading.calibration.placing import NoFloorError, Placement, Samples, place
from course_lib.grading.calibration.record import Recorded
from course_lib.grading.calibration.sampling import Group, Sampler, Wanted, groups_of
from course_lib.grading.calibration.surroundings import machine_now, versions_now
from course_lib.grading.calibration.tails import ENOUGH
from course_lib.grading.errors import GraderError
from course_lib.grading.floors import load_measure

FACTORS = (1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
MOST = 1000  # honest results for one floor


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
class Plan:
    """One floor and the answers that it is measured with.

    Attributes:
        demand: the floor.
        groups: the answers.
        key: what the floor depends on, when sampling began.
        starts: of how many independent starts the measure is the share, where it says so.

    """

    demand: Demand
    groups: tuple[Group, ...]
    key: dict[str, str]
    starts: int | None

    def place(self, samples: Samples) -> Placement:
        """Place the floor by these samples."""
        honest = {group.label: samples[group.label] for group in self.groups if group.honest}
        wrong = {group.name: samples[group.label] for group in self.groups if not group.honest}
        caught = {group.name: wrong[group.name] for group in self.groups if group.caught}
        return place(honest, caught, {name: wrong[name] for name in wrong if name not in caught}, self.starts)

    def settle(self, samples: Samples) -> Placement | Wanted:
        """Place the floor, or return the runs that would settle it.

        First more of the wrong answers that come near, since these are few; then more honest ones, where a floor would
        follow if they went on alike.

        Raises:
            NoFloorError: no number of runs would.

        """
        try:
            return self.place(samples)
        except NoFloorError as error:
            refused = error
        near = [group for group in self.groups if group.caught and group.name in refused.names]
        if any(len(samples[group.label]) < ENOUGH for group in near):
            return [(self.demand, group, ENOUGH) for group in near]
        honest = [group for group in self.groups if group.honest]
        have = sum(len(samples[group.label]) for group in honest)
        for factor in (factor for factor in FACTORS if factor * have <= MOST):
            counts = {group.label: math.ceil(len(samples[group.label]) * factor) for group in honest}
            try:
                self.place({**samples, **{label: _as_many(samples[label], count) for label, count in counts.items()}})
            except NoFloorError as error:
                refused = error
            else:
                return [(self.demand, group, counts[group.label]) for group in honest]
        raise refused


def _as_many(values: Sequence[float], count: int) -> list[float]:
    return [float(value) for value in np.resize(values, count)]


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
        seeds: for the reference; a right answer takes a third of it, a wrong one a sixth, one that other tests catch
            a twentieth. Where the statistics need more, honest answers are measured for more.
        expect: called with the number of runs that come, for a progress bar; more may follow.
        advance: called with the number of runs that are done.

    Raises:
        GraderError: suites and measures do not fit, an honest answer gives no result, or files change meanwhile.

    """
    plans = [_plan(demand, chapter) for demand in _chosen(chapter, floors)]
    sampler = Sampler(chapter, executor, Kept(chapter.root, chapter.name), advance)
    wanted = [(plan.demand, group, group.seeds(seeds)) for plan in plans for group in plan.groups]
    placed: dict[str, Placement] = {}
    problems: dict[str, str] = {}
    while wanted:
        expect(sampler.missing(wanted))
        sampler.collect(wanted)
        waiting = [plan for plan in plans if plan.demand.name not in placed | problems]
        wanted = [more for plan in waiting for more in _settle(plan, sampler, placed, problems)]
    for plan in plans:
        _check_unchanged(plan, chapter)
    done = [plan for plan in plans if plan.demand.name in placed]
    records = {plan.demand.name: _record(plan, sampler, placed[plan.demand.name]) for plan in done}
    return Calibration(records, tuple(problems.values()))


def _chosen(chapter: Chapter, floors: Sequence[str]) -> list[Demand]:
    demands = demands_of(chapter)
    for name in floors:
        if name not in demands:
            raise GraderError(f"no suite of {chapter.name} demands a floor {name!r}; it has: {', '.join(demands)}")
    return [demand for name, demand in demands.items() if not floors or name in floors]


def _plan(demand: Demand, chapter: Chapter) -> Plan:
    starts = getattr(load_measure(chapter, demand.name), "starts", None)
    return Plan(demand, groups_of(demand, chapter), key_of(demand, chapter), starts)


def _settle(plan: Plan, sampler: Sampler, placed: dict[str, Placement], problems: dict[str, str]) -> Wanted:
    """Note where a floor goes, or why it goes nowhere; or return the further runs that would settle it."""
    name, samples = plan.demand.name, sampler.results[plan.demand.name]
    try:
        found = plan.settle(samples)
    except NoFloorError as error:
        problems[name] = f"{plan.demand.exercise.ref}, floor {name!r}: {error}"
        return []
    if isinstance(found, Placement):
        placed[name] = found
        return []
    return found


def _check_unchanged(plan: Plan, chapter: Chapter) -> None:
    now = key_of(plan.demand, chapter)
    changed = [said for part, said in PARTS.items() if now[part] != plan.key[part]]
    if changed:
        raise GraderError(
            f"{' and '.join(changed)} of the floor {plan.demand.name!r} changed while it was measured; "
            f"run again: course calibrate {chapter.name} (what has not changed is kept)"
        )


def _record(plan: Plan, sampler: Sampler, placement: Placement) -> Recorded:
    name = plan.demand.name
    caught = {group.name for group in plan.groups if group.caught}
    return Recorded(
        exercise=plan.demand.exercise.slug,
        key=plan.key,
        measured={
            "date": dt.datetime.now(dt.UTC).date().isoformat(),
            "seconds": round(sum(took for (floor, _), took in sampler.seconds.items() if floor == name), 1),
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


def _differs(plan: Plan, record: Recorded) -> bool:
    try:
        placement = plan.place(record.samples)
    except (NoFloorError, KeyError):
        return True
    return (placement.floor, placement.gray) != (record.floor, record.gray)
