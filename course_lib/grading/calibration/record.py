"""`calibration.json`: the floors of a chapter, how they were placed, all samples. Written by `course calibrate`."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.catalog import Chapter
from course_lib.grading.calibration.keys import PARTS, Demand, key_of
from course_lib.grading.calibration.surroundings import minor, versions_now
from course_lib.grading.errors import GraderError

FORMAT = "course-calibration/1"
REFERENCE, RIGHT, WRONG = "reference", "right", "wrong"


@dataclass(frozen=True)
class Recorded:
    """A floor as it stands in the file.

    Attributes:
        exercise: the slug of the exercise that it belongs to.
        key: what it was measured on, by part (see `keys.PARTS`).
        measured: when, for how many seconds of computing, with which versions, on what kind of machine.
        floor: a result at or above it holds.
        gray: a result below it fails at once; -inf (null in the file): every result below the floor is run again.
        false_fail: upper bound on the chance that honest work fails.
        method: how that was found.
        numbers: what it was computed from.
        catch: by wrong answer that its test has to catch, the estimated share of verdicts in which it does.
        caught_elsewhere: the same for the wrong answers that other tests catch.
        samples: results by group: `reference`, `right/NAME`, `wrong/NAME`. -inf (null in the file): no result.

    """

    exercise: str
    key: dict[str, str]
    measured: dict[str, Any]
    floor: float
    gray: float
    false_fail: float
    method: str
    numbers: dict[str, float]
    catch: dict[str, float]
    caught_elsewhere: dict[str, float]
    samples: dict[str, tuple[float, ...]]

    def stale(self, demand: Demand, chapter: Chapter) -> str | None:
        """Say what has changed since the floor was measured; None where it still holds."""
        now, then = versions_now(), self.measured["versions"]
        for name, number in now.items():
            if minor(then.get(name, "0")) != minor(number):
                return f"it was measured with {name} {then.get(name, '?')}, and this is {number}"
        parts = key_of(demand, chapter)
        changed = [said for part, said in PARTS.items() if parts[part] != self.key.get(part)]
        return f"{' and '.join(changed)} changed since it was measured ({self.measured['date']})" if changed else None


def read_records(chapter: Chapter) -> dict[str, Recorded]:
    """Read a chapter's calibration, by floor.

    Raises:
        GraderError: there is none, or it is none.

    """
    path, remedy = chapter.calibration, f"run: course calibrate {chapter.name}"
    if not path.is_file():
        raise GraderError(f"{chapter.name} has no calibration.json; {remedy}")
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["format"] != FORMAT:
            raise GraderError(f"{path.name} of {chapter.name} has format {data['format']!r}, not {FORMAT!r}; {remedy}")
        return {name: _from_json(item) for name, item in data["floors"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GraderError(f"calibration.json of {chapter.name} cannot be read ({error!r}); {remedy}") from error


def write_records(chapter: Chapter, records: Mapping[str, Recorded]) -> Path:
    """Write a chapter's calibration: the same floors give the same text, and each group is one line."""
    floors = {name: _to_json(record) for name, record in records.items()}
    text = _lines({"format": FORMAT, "chapter": chapter.name, "floors": floors}, depth=3)
    part = chapter.calibration.with_suffix(".part")
    part.write_text(text + "\n", "utf-8")
    return part.replace(chapter.calibration)


def _from_json(item: dict[str, Any]) -> Recorded:
    samples = {name: tuple(_number(value) for value in values) for name, values in item["samples"].items()}
    return Recorded(**item | {"floor": float(item["floor"]), "gray": _number(item["gray"]), "samples": samples})


def _to_json(record: Recorded) -> dict[str, Any]:
    samples = {name: [_plain(value) for value in values] for name, values in record.samples.items()}
    return vars(record) | {"gray": _plain(record.gray), "samples": samples}


def _number(value: float | None) -> float:
    return -math.inf if value is None else float(value)


def _plain(value: float) -> float | None:
    return None if math.isinf(value) else value


def _lines(value: Any, depth: int, indent: str = "") -> str:
    """Write dictionaries over several lines down to a depth, samples one group per line, all else in one."""
    groups = isinstance(value, dict) and all(isinstance(item, list) for item in value.values())
    if not isinstance(value, dict) or not value or (depth == 0 and not groups):
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    inner = indent + "  "
    items = [f"{inner}{json.dumps(key)}: {_lines(item, depth - 1, inner)}" for key, item in value.items()]
    return "{\n" + ",\n".join(items) + f"\n{indent}}}"
