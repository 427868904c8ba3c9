"""The same class, tests and machine in three graders: stock nbgrader, otter-grader and ours, in one run.

One process at a time for all three; ours with two, one for each core, is a line of its own. What each does: nbgrader's
`autograde` runs the whole class in one command, with a kernel of its own for each submission. Otter's `run` is its way
without containers: one command, and one kernel, for each submission. `course grade-class` starts with nothing kept, in
the best sandbox that the machine offers. Making the assignment is not measured for any. nbgrader and otter run student
code and tests in one process; only ours keeps them apart.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import otter, stock_nbgrader
from benchmarks.agreement import Agreement, compare, sentence
from benchmarks.generated_class import hand_in, members, own_course, without_training
from benchmarks.measure import RESULTS, machine
from benchmarks.watch import Watched, watch
from course_lib.catalog import Chapter, Course, load_course
from course_lib.classroom.ledger import FOLDER
from course_lib.readme import markdown_table, write_table

CHAPTER = "ch04_first_network"
README, OTHER_CHAPTERS = "README.md", "docs/cost-model.md"  # where the tables go
HEADER = (
    "grader",
    "student code runs",
    "submissions",
    "seconds each",
    "memory in MiB",
    "ours, one process",
    "ours, two",
)
BESIDE_TESTS, APART = "beside the tests", "in a sandbox"
SHOWN = 20


@dataclass(frozen=True)
class Row:
    """One grader: how many submissions it graded, in how many seconds, with how much memory in MiB."""

    grader: str
    runs: str
    graded: int
    seconds: float
    tree_mib: float

    @property
    def each(self) -> float:
        """Seconds for one submission."""
        return self.seconds / self.graded


def main(arguments: Sequence[str]) -> int:
    """Run all graders, print the table and the agreement, write JSON and, with `--readme`, the table in README."""
    options = _options(arguments)
    course = load_course()
    with tempfile.TemporaryDirectory(prefix="class-") as name:
        folder = Path(options.folder or name)
        rows, agreements = measure(course, folder, options)
    _print(rows, agreements, options.chapter)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(_as_data(rows, agreements, options.chapter), indent=1), "utf-8")
    if options.readme:
        page = README if options.chapter == CHAPTER else OTHER_CHAPTERS
        write_table(course.root / page, "class", _lines(rows, agreements, course.chapter(options.chapter)))
    return 1 if any(item.different for item in agreements.values()) else 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks class", description=__doc__.partition("\n")[0])
    parser.add_argument("--chapter", default=CHAPTER, help=f"whose exercises are answered (default {CHAPTER})")
    parser.add_argument("--count", type=int, default=100, help="submissions (default 100)")
    for name in ("nbgrader", "otter"):
        parser.add_argument(f"--{name}-count", type=int, help=f"submissions for {name}, the first ones (default: all)")
    parser.add_argument("--cache", type=Path, default=RESULTS, help="where otter's own environment is made and kept")
    parser.add_argument("--folder", help="an empty folder to work in and leave behind (default: a temporary one)")
    parser.add_argument("--json", type=Path, default=RESULTS / "class.json", help="where the figures go")
    parser.add_argument(
        "--readme", action="store_true", help="write the table into README, of another chapter into the cost model"
    )
    return parser.parse_args(arguments)


def measure(course: Course, folder: Path, options: argparse.Namespace) -> tuple[list[Row], dict[str, Agreement]]:
    """Run every grader on the class; ours first, since the others take their inputs from it."""
    programs = otter.venv(options.cache.resolve())
    for name in ("ours", "nbgrader", "otter"):
        (folder / name).mkdir(parents=True)
    own = own_course(course, course.chapter(options.chapter), folder / "ours")
    chapter = own.chapter(options.chapter)
    slugs = without_training(chapter)
    everybody = list(members(chapter, slugs, options.count))
    to_stock, to_otter = everybody[: options.nbgrader_count], everybody[: options.otter_count]
    hand_in(everybody, chapter.release, own.root / "submitted")

    one, two = (ours(own, chapter, jobs) for jobs in (1, 2))
    stock = stock_nbgrader.grade(own, chapter, to_stock, slugs, folder / "nbgrader")
    others = otter.grade(own, chapter, to_otter, slugs, folder / "otter", programs=programs)

    rows = [
        Row(f"nbgrader {version('nbgrader')}, `autograde`", BESIDE_TESTS, len(to_stock), stock.seconds, stock.tree_mib),
        Row(f"{otter.RELEASE.replace('==', ' ')}, `run`", BESIDE_TESTS, len(to_otter), *_together(others)),
        Row("`course grade-class --jobs 1`", APART, len(everybody), one.seconds, one.tree_mib),
        Row("`course grade-class --jobs 2`", APART, len(everybody), two.seconds, two.tree_mib),
    ]
    graded = {
        "nbgrader": stock_nbgrader.scores(folder / "nbgrader" / "gradebook.db"),
        "otter": otter.scores(folder / "otter"),
    }
    return rows, {name: compare(own, chapter, slugs, scores) for name, scores in graded.items()}


def ours(course: Course, chapter: Chapter, jobs: int) -> Watched:
    """Run `course grade-class` with nothing kept from before."""
    for name in (FOLDER.parts[0], "autograded"):
        shutil.rmtree(course.root / name, ignore_errors=True)
    command = [str(Path(sys.executable).with_name("course")), "grade-class", chapter.name, "--jobs", str(jobs)]
    return watch(command, stock_nbgrader.surroundings(course), course.root)


def _together(watched: Sequence[Watched]) -> tuple[float, float]:
    return sum(item.seconds for item in watched), max(item.tree_mib for item in watched)


def _cells(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    one, two = (row.each for row in rows if row.runs == APART)
    return [
        (row.grader, row.runs, str(row.graded), f"{row.each:.2f}", f"{row.tree_mib:.0f}", *_faster(row, one, two))
        for row in rows
    ]


def _faster(row: Row, *ours_each: float) -> list[str]:
    """Return how many times as fast ours are, for another grader."""
    return ["" if row.runs == APART else f"{row.each / each:.1f}× as fast" for each in ours_each]


def _print(rows: Sequence[Row], agreements: Mapping[str, Agreement], chapter: str) -> None:
    table = Table(title=f"{chapter}, {machine()}", title_justify="left")
    for name in HEADER:
        table.add_column(name)
    for cells in _cells(rows):
        table.add_row(*cells)
    console = Console()
    console.print(table)
    for name, agreement in agreements.items():
        console.print(f"{sentence(name, agreement)}.")
        for one in agreement.different[:SHOWN]:
            console.print(f"  {one}", highlight=False)


def _as_data(rows: Sequence[Row], agreements: Mapping[str, Agreement], chapter: str) -> dict[str, object]:
    return {
        "machine": machine(),
        "chapter": chapter,
        "rows": [{**dataclasses.asdict(row), "seconds_each": row.each} for row in rows],
        "agreement": {name: dataclasses.asdict(agreement) for name, agreement in agreements.items()},
    }


def _lines(rows: Sequence[Row], agreements: Mapping[str, Agreement], chapter: Chapter) -> list[str]:
    about = (
        f"A generated class answers *{chapter.title}*, its exercises that do not train; who grades fewer gets its "
        f"first ones. The same tests in all; {machine()}. "
        + " ".join(f"{sentence(name, agreement)}." for name, agreement in agreements.items())
    )
    return [about, "", *markdown_table(HEADER, _cells(rows), numeric=HEADER[2:])]
