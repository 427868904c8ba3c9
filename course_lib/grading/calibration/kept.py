"""Results kept by content: a calibration that was interrupted goes on, and an edited answer alone is measured again."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from course_lib.grading.cache import FOLDER


@dataclass(frozen=True)
class Runs:
    """What is known of one group: results by the number of the run, and the seconds that they took."""

    results: dict[int, float] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)

    def add(self, numbers: Iterable[int], values: Iterable[float], seconds: float) -> None:
        """Add a batch of runs."""
        batch = dict(zip(numbers, values, strict=True))
        self.results.update(batch)
        self.seconds.update(dict.fromkeys(batch, seconds / len(batch)))

    def first(self, count: int) -> list[float]:
        """Return the results of the first runs."""
        return [self.results[number] for number in range(count)]


class Kept:
    """Runs on disk, by what they depend on.

    Args:
        root: the course's folder.
        chapter: its name.

    """

    def __init__(self, root: Path, chapter: str):
        self._path = root / FOLDER / f"calibration-{chapter}.json"
        try:
            items = json.loads(self._path.read_text("utf-8")).items()
            self._runs = {key: _from_json(item) for key, item in items}
        except (OSError, ValueError, TypeError, AttributeError):
            self._runs = {}  # none yet, or not ours: they can be made again

    def runs(self, **depends: object) -> Runs:
        """Return the runs of a group; what is added to them is kept with the next `write`."""
        key = hashlib.sha256(json.dumps(depends, sort_keys=True).encode()).hexdigest()
        return self._runs.setdefault(key, Runs())

    def write(self) -> None:
        """Write all runs; a reader never sees half a file."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_suffix(".part")
        runs = {key: _to_json(runs) for key, runs in self._runs.items() if runs.results}
        part.write_text(json.dumps(runs), "utf-8")
        part.replace(self._path)


def _to_json(runs: Runs) -> list[list[float | None]]:
    results = runs.results.items()
    return [[n, None if math.isinf(value) else value, round(runs.seconds[n], 3)] for n, value in results]


def _from_json(items: Iterable[list[float | None]]) -> Runs:
    runs = Runs()
    for number, value, seconds in items:
        runs.add([int(number or 0)], [-math.inf if value is None else value], seconds or 0.0)
    return runs
