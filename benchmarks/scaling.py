"""How a class grows: 1 and 2 workers, 10 to 1000 submissions, processes of this machine and a Dask cluster.

Every run starts `course grade-class` with nothing kept: no verdict, no gradebook entry, no warm process. What is handed
in is made by `benchmarks.generated_class`, each different. At the end the largest class is graded again, unchanged.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from benchmarks.generated_class import hand_in, members, own_course, without_training
from benchmarks.measure import RESULTS, machine
from benchmarks.stock_nbgrader import surroundings
from benchmarks.watch import Watched, watch
from course_lib.catalog import Chapter, Course, load_course
from course_lib.readme import markdown_table, write_table

CHAPTER = "ch02_math"
LOCAL, DASK, WARM = "processes", "Dask", "unchanged"
HEADER = ("workers", "submissions", "seconds", "a second", "MiB of the command", "MiB of all processes")
GRADEBOOK = "gradebook.db"
PAGE = Path(__file__).parents[1] / "docs" / "cost-model.md"
PICTURE = PAGE.parent / "pictures" / "scaling.svg"


@dataclass(frozen=True)
class Run:
    """One run of the command.

    Attributes:
        by: who grades: `processes` or `Dask`; `unchanged` where processes found nothing to do.
        workers: how many of them.
        count: submissions.
        seconds: from the command's start to its end.
        own_mib: the most memory of the command's own process.
        tree_mib: the most memory of everything that works for it.
        own_cpu: seconds of computing in the command's own process: what more workers do not share.
        disk_mib: what lies on the disk for it afterwards.

    """

    by: str
    workers: int
    count: int
    seconds: float
    own_mib: float
    tree_mib: float
    own_cpu: float
    disk_mib: float


def main(arguments: Sequence[str]) -> int:
    """Run everything, print the table and the aims, write JSON and the picture; with `--page` the table in docs."""
    options = _options(arguments)
    course = load_course()
    with tempfile.TemporaryDirectory(prefix="scaling-") as name:
        runs = list(measure(course, Path(options.folder or name), options))
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(
        json.dumps({"machine": machine(), "chapter": CHAPTER, "runs": [dataclasses.asdict(run) for run in runs]}),
        "utf-8",
    )
    _print(runs)
    from benchmarks.scaling_picture import draw  # noqa: PLC0415 - Matplotlib, after what is measured

    draw(runs, options.picture)
    if options.page:
        write_table(PAGE, "scaling", _lines(runs))
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks scaling", description=__doc__.partition("\n")[0])
    parser.add_argument("--counts", type=int, nargs="+", default=[10, 100, 1000], help="sizes of the class")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="how many work at a time")
    parser.add_argument("--by", nargs="+", default=[LOCAL, DASK], choices=[LOCAL, DASK], help="who works")
    parser.add_argument("--folder", help="an empty folder to work in and leave behind (default: a temporary one)")
    parser.add_argument("--json", type=Path, default=RESULTS / "scaling.json", help="where the figures go")
    parser.add_argument("--picture", type=Path, default=PICTURE, help="where the picture goes, SVG or PNG")
    parser.add_argument("--page", action="store_true", help="write the table into docs/cost-model.md")
    return parser.parse_args(arguments)


def measure(course: Course, folder: Path, options: argparse.Namespace) -> Iterator[Run]:
    """Yield what every run took, the largest class of all workers unchanged at the end."""
    folder.mkdir(exist_ok=True)
    own = own_course(course, course.chapter(CHAPTER), folder)
    shutil.copy(own.root / GRADEBOOK, folder / "empty.db")
    for by in reversed(options.by):  # processes last: what they leave is handed in again
        for count in sorted(options.counts):
            for workers in sorted(options.workers):
                _begin(own, count)
                yield _run(own, by, workers, count)
    if LOCAL in options.by:
        yield _run(own, WARM, max(options.workers), max(options.counts))


def _begin(course: Course, count: int) -> None:
    """Hand in, and forget every earlier run."""
    chapter = course.chapter(CHAPTER)
    for name in ("submitted", "autograded", ".course"):
        shutil.rmtree(course.root / name, ignore_errors=True)
    shutil.copy(course.root / "empty.db", course.root / GRADEBOOK)
    hand_in(list(members(chapter, without_training(chapter), count)), chapter.release, course.root / "submitted")


def _run(course: Course, by: str, workers: int, count: int) -> Run:
    chapter = course.chapter(CHAPTER)
    if by == DASK:
        with _cluster(course, workers) as (address, pids):
            seen = _grade(course, chapter, ["--scheduler", address], pids)
    else:
        seen = _grade(course, chapter, ["--jobs", str(workers)], ())
    size = sum(path.stat().st_size for name in ("autograded", ".course") for path in _files(course.root / name))
    return Run(by, workers, count, **dataclasses.asdict(seen), disk_mib=size / 2**20)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _grade(course: Course, chapter: Chapter, options: Sequence[str], others: Sequence[int]) -> Watched:
    command = [str(Path(sys.executable).with_name("course")), "grade-class", chapter.name, *options]
    return watch(command, surroundings(course), course.root, others=others)


@contextmanager
def _cluster(course: Course, workers: int) -> Iterator[tuple[str, list[int]]]:
    """Start a scheduler and its workers as processes; give the address and the processes."""
    from distributed import LocalCluster  # noqa: PLC0415 - an extra

    before = {child.pid for child in psutil.Process().children()}
    settings = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(**settings, local_directory=str(course.root), env=surroundings(course)) as cluster:
        pids = [child.pid for child in psutil.Process().children() if child.pid not in before]
        yield cluster.scheduler_address, pids


def pick(runs: Sequence[Run], by: str, workers: int) -> list[Run]:
    """Return the runs of some workers, by size of the class."""
    return sorted((run for run in runs if (run.by, run.workers) == (by, workers)), key=lambda run: run.count)


def aims(runs: Sequence[Run]) -> Iterator[tuple[str, bool]]:
    """Yield each aim with what was measured, and whether it is met."""
    few, many = min(run.workers for run in runs), max(run.workers for run in runs)
    one, two = pick(runs, LOCAL, few), pick(runs, LOCAL, many)
    if len(two) > 1 and one:
        largest, middle = two[-1], two[-2]
        yield f"{largest.count} submissions in {largest.seconds:.0f} s; at most 180 s", largest.seconds < 180  # noqa: PLR2004
        more = largest.own_mib - middle.own_mib
        yield f"{more:+.0f} MiB from {middle.count} to {largest.count}; within 50 MiB", abs(more) <= 50  # noqa: PLR2004
        sizes = {run.count: run.seconds for run in one}
        both = [run for run in two if run.count in sizes][-1:]
        for run in both:
            gain = sizes[run.count] / run.seconds
            sentence = f"{many} workers are {gain:.2f} times as fast as {few} for {run.count}; at least 1.8"
            yield sentence, gain >= 1.8  # noqa: PLR2004
    for run in pick(runs, WARM, many):
        yield f"{run.count} unchanged in {run.seconds:.1f} s; at most 15 s", run.seconds < 15  # noqa: PLR2004


def _cells(runs: Sequence[Run]) -> list[tuple[str, ...]]:
    return [
        (
            f"{run.workers}, {run.by}",
            str(run.count),
            f"{run.seconds:.1f}",
            f"{run.count / run.seconds:.1f}",
            f"{run.own_mib:.0f}",
            f"{run.tree_mib:.0f}",
        )
        for run in sorted(runs, key=lambda run: (run.by == WARM, run.by == DASK, run.workers, run.count))
    ]


def _print(runs: Sequence[Run]) -> None:
    table = Table(title=f"{CHAPTER}, {machine()}", title_justify="left")
    for name in HEADER:
        table.add_column(name, justify="right")
    for cells in _cells(runs):
        table.add_row(*cells)
    console = Console()
    console.print(table)
    for sentence, met in aims(runs):
        console.print(f"{'[green]✓' if met else '[red]✗'}[/] {sentence}", highlight=False)


def _lines(runs: Sequence[Run]) -> list[str]:
    about = f"Generated submissions of chapter 2, nothing kept from before; {machine()}."
    return [about, "", *markdown_table(HEADER, _cells(runs), numeric=HEADER[1:])]


def read_runs(data: Mapping[str, list[Mapping[str, float]]]) -> list[Run]:
    """Return the runs that `main` wrote as JSON."""
    return [Run(**run) for run in data["runs"]]
