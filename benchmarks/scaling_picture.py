"""The picture of `benchmarks.scaling`: how fast, and with how much memory, as the class grows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.scaling import DASK, LOCAL, Run, pick

COLOURS = {LOCAL: "#0b6e99", DASK: "#d9730d"}
LINES = {1: "--", 2: "-"}
QUIET = "#6b6b6b"


def draw(runs: Sequence[Run], path: Path) -> None:
    """Draw throughput and memory over the size of the class, and write the picture.

    Args:
        runs: what was measured.
        path: the file; its ending says which format.

    """
    settings = {"font.size": 11, "svg.hashsalt": "scaling", "svg.fonttype": "none", "font.family": "sans-serif"}
    with mpl.rc_context(settings):
        figure = Figure(figsize=(10, 4.2), layout="constrained")
        fast, big = figure.subplots(1, 2)
        _throughput(fast, runs)
        _memory(big, runs)
        for axes in (fast, big):
            _tidy(axes, sorted({run.count for run in runs}))
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, dpi=150, metadata={"Date": None} if path.suffix == ".svg" else None)


def _lines(runs: Sequence[Run]) -> list[tuple[str, int, list[Run]]]:
    workers = sorted({run.workers for run in runs})
    lines = [(by, number, pick(runs, by, number)) for by in (LOCAL, DASK) for number in workers]
    return [line for line in lines if line[2]]


def _throughput(axes: Axes, runs: Sequence[Run]) -> None:
    ends = []
    for by, number, line in _lines(runs):
        counts, speeds = [run.count for run in line], [run.count / run.seconds for run in line]
        axes.plot(counts, speeds, LINES.get(number, ":"), color=COLOURS[by], marker="o", markersize=5, linewidth=2)
        ends.append((speeds[-1], f"{number} {'worker' if number == 1 else 'workers'}, {by}", COLOURS[by]))
    _label(axes, max(run.count for run in runs), ends)
    axes.set_title("Submissions a second", loc="left", fontweight="bold")


def _memory(axes: Axes, runs: Sequence[Run]) -> None:
    ends = []
    for by, number, line in _lines(runs):
        if by == LOCAL:
            counts, sizes = [run.count for run in line], [run.tree_mib for run in line]
            axes.plot(counts, sizes, LINES.get(number, ":"), color=COLOURS[by], marker="o", markersize=5, linewidth=2)
            ends.append((sizes[-1], f"all processes, {number} {'worker' if number == 1 else 'workers'}", COLOURS[by]))
    *_, (_, _, line) = [item for item in _lines(runs) if item[0] == LOCAL]
    sizes = [run.own_mib for run in line]
    axes.plot([run.count for run in line], sizes, color=QUIET, marker="o", markersize=5, linewidth=2)
    _label(axes, max(run.count for run in runs), [*ends, (sizes[-1], "the command itself", QUIET)])
    axes.set_title("Memory in MiB", loc="left", fontweight="bold")


def _label(axes: Axes, right: int, ends: Sequence[tuple[float, str, str]]) -> None:
    """Write each line's name at its end, so far apart that none covers another."""
    top = 1.15 * max(value for value, _, _ in ends)
    axes.set_ylim(0, top)
    place = -top
    for value, name, colour in sorted(ends):
        place = max(value, place + 0.075 * top)
        axes.annotate(name, (right, place), xytext=(9, 0), textcoords="offset points", color=colour, va="center")


def _tidy(axes: Axes, counts: Sequence[int]) -> None:
    axes.set_xscale("log")
    axes.set_xticks(counts, [f"{count:,}".replace(",", " ") for count in counts])
    axes.minorticks_off()
    axes.set_xlabel("submissions in the class")
    axes.grid(axis="y", color="#e6e6e6")
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(length=0, colors=QUIET)
