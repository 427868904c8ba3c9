"""What a large course costs, in hours of computing and in money, worked out from what `scaling` measured.

The time of one submission is the slope between the two largest classes of one worker, so that starting does not count.
What the command itself computes for one submission is what no number of workers shares: it bounds how many are of use.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import RESULTS
from benchmarks.scaling import LOCAL, PICTURE, WARM, Run, pick, read_runs
from course_lib.readme import markdown_table, write_table

PAGE = Path(__file__).parents[1] / "docs" / "cost-model.md"
CLASSES = (1_000, 10_000, 1_000_000)
CORES = (2, 16, 64)
HOUR = 3600.0


@dataclass(frozen=True)
class Costs:
    """What one submission takes.

    Attributes:
        core_seconds: of a worker.
        own_seconds: of the command that hands out the work and writes the gradebook.
        unchanged_seconds: where nothing has changed since it was graded, with all workers.
        disk_mib: on the disk.
        start_seconds: before the first one.

    """

    core_seconds: float
    own_seconds: float
    unchanged_seconds: float
    disk_mib: float
    start_seconds: float

    @property
    def useful_cores(self) -> int:
        """How many cores have work, as long as one command hands it out."""
        return max(1, int(self.core_seconds / self.own_seconds))

    def seconds(self, count: int, cores: int) -> float:
        """Return how long a class takes."""
        return self.start_seconds + count * max(self.core_seconds / cores, self.own_seconds)


def main(arguments: Sequence[str]) -> int:
    """Write the tables of `docs/cost-model.md`, and print them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks cost", description=__doc__.partition("\n")[0])
    parser.add_argument("--json", type=Path, default=RESULTS / "scaling.json", help="what `scaling` wrote")
    parser.add_argument("--price", type=float, default=0.05, help="of one core for one hour, in dollars (default 0.05)")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page with the markers")
    options = parser.parse_args(arguments)
    data = json.loads(options.json.read_text("utf-8"))
    costs = costs_of(read_runs(data))
    lines = [f"Measured on {data['machine']}; a core for an hour is taken to cost ${options.price:g}.", ""]
    lines += [*_measured(costs), "", *_table(costs, options.price)]
    if PICTURE.is_file():
        lines += ["", f"![Throughput and memory by size of the class](pictures/{PICTURE.name})"]
    write_table(options.page, "cost", lines)
    print("\n".join(lines))  # noqa: T201 - what was written
    return 0


def costs_of(runs: Sequence[Run]) -> Costs:
    """Work out what one submission takes from two sizes of class or more."""
    *_, middle, largest = pick(runs, LOCAL, 1)
    more = largest.count - middle.count
    each = (largest.seconds - middle.seconds) / more
    own = (largest.own_cpu - middle.own_cpu) / more
    unchanged = next(run for run in runs if run.by == WARM)
    return Costs(
        core_seconds=each,
        own_seconds=max(own, 1e-4),
        unchanged_seconds=unchanged.seconds / unchanged.count,
        disk_mib=largest.disk_mib / largest.count,
        start_seconds=max(0.0, middle.seconds - middle.count * each),
    )


def _measured(costs: Costs) -> Iterator[str]:
    rows = [
        ("one submission, one worker", f"{costs.core_seconds:.3f} s"),
        ("one submission, the command itself (handing out, gradebook, ledger)", f"{costs.own_seconds * 1e3:.1f} ms"),
        ("one unchanged submission, starting included", f"{costs.unchanged_seconds * 1e3:.1f} ms"),
        ("starting, before the first", f"{costs.start_seconds:.1f} s"),
        ("on the disk for one submission", f"{costs.disk_mib:.2f} MiB"),
        ("cores that one command keeps busy", f"{costs.useful_cores}"),
    ]
    yield from markdown_table(("measured", "value"), rows, numeric=("value",))


def _table(costs: Costs, price: float) -> list[str]:
    header = ("students", "core-hours", "dollars", *(f"on {cores} cores" for cores in CORES), "all unchanged", "disk")
    rows = [
        (
            f"{count:,}".replace(",", " "),
            _short(count * costs.core_seconds / HOUR),
            _short(count * costs.core_seconds / HOUR * price),
            *(_time(costs.seconds(count, cores)) for cores in CORES),
            _time(count * costs.unchanged_seconds),
            f"{count * costs.disk_mib / 1024:.1f} GiB",
        )
        for count in CLASSES
    ]
    return markdown_table(header, rows, numeric=header)


def _short(number: float) -> str:
    """Return a number with two digits that tell something."""
    return f"{number:.0f}" if number >= 10 else f"{number:.2g}"  # noqa: PLR2004 - two digits


def _time(seconds: float) -> str:
    if seconds < 2 * 60:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 2 * HOUR else f"{seconds / HOUR:.1f} h"
