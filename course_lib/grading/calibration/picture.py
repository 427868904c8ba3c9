"""The picture of a calibration: for each floor what honest and wrong answers reach, the floor and its gray band."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from course_lib.catalog import Chapter
from course_lib.grading.calibration.record import REFERENCE, RIGHT, Recorded

WIDTH, ROW, AROUND, DPI = 9.0, 0.27, 1.25, 120
FEW_VALUES = 12
AREA = 130
NO_RESULT = "no result"
# Okabe and Ito's colours, told apart by every kind of eye; the markers say the same once more.
STYLES = {
    "reference": ("#0072B2", "o", "reference"),
    "right": ("#009E73", "s", "right answers"),
    "caught": ("#D55E00", "D", "wrong answers that this test catches"),
    "elsewhere": ("#666666", "v", "wrong answers that other tests catch"),
}


def draw(chapter: Chapter, records: Mapping[str, Recorded]) -> Path:
    """Draw a chapter's calibration beside its `calibration.json`, one panel for each floor; return the file."""
    heights = [len(record.samples) * ROW + AROUND for record in records.values()]
    figure = Figure(figsize=(WIDTH, sum(heights) + 0.5), layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(len(records), 1, squeeze=False, height_ratios=heights)[:, 0]
    for panel, (name, record) in zip(panels, records.items(), strict=True):
        _draw_floor(panel, name, record)
    handles = [_legend_entry(panels[0], kind) for kind in STYLES]
    figure.legend(handles=handles, loc="outside upper center", ncols=len(handles), frameon=False, fontsize=8)
    path = chapter.calibration.with_suffix(".png")
    figure.savefig(path, dpi=DPI, metadata={"Software": None})
    return path


def _draw_floor(panel: Axes, name: str, record: Recorded) -> None:
    low, high = _range(record)
    outside = low - 0.12 * (high - low)  # where runs without a result are shown
    panel.set_xlim(outside if _fails(record) else low, high)
    panel.axvspan(max(record.gray, low), record.floor, color="#ebebeb", zorder=0, linewidth=0)
    panel.axvline(record.floor, color="black", linewidth=1.2, zorder=1)
    rows = sorted(record.samples, key=lambda label: list(STYLES).index(_kind(label, record)))
    for row, label in enumerate(rows):
        _draw_group(panel, row, record.samples[label], _kind(label, record), (low + outside) / 2)
        panel.annotate(
            _remark(label, record), (1.03, row), xycoords=("axes fraction", "data"), fontsize=7.5, va="center"
        )
    if _fails(record):
        panel.axvline(low, color="#bbbbbb", linewidth=0.8, linestyle=":")
        panel.annotate(NO_RESULT, ((low + outside) / 2, len(rows) - 0.3), fontsize=7.5, ha="center", va="bottom")
    panel.annotate("floor", (record.floor, -0.95), (3, 0), textcoords="offset points", fontsize=7.5, va="top")
    panel.annotate("rerun ", (record.floor, -0.95), fontsize=7.5, va="top", ha="right", color="#555555")
    panel.set_yticks(range(len(rows)), [label.rpartition("/")[2] for label in rows], fontsize=8)
    panel.set_ylim(len(rows) - 0.25, -0.95)
    panel.tick_params(axis="y", length=0)
    panel.spines[["top", "right", "left"]].set_visible(False)
    panel.set_title(f"{record.exercise}: {_said(record)}", fontsize=9, loc="left")
    panel.set_xlabel(f"{name} (larger is better)", fontsize=8)
    panel.tick_params(axis="x", labelsize=8)


def _said(record: Recorded) -> str:
    band = "any result below is run again" if math.isinf(record.gray) else f"run again from {record.gray:g}"
    once = f"{float(f'{1 / record.false_fail:.2g}'):,.0f}".replace(",", " ") if record.false_fail else "∞"
    return f"floor {record.floor:g}, {band}; honest work fails less than once in {once} verdicts"


def _draw_group(panel: Axes, row: int, values: Sequence[float], kind: str, nowhere: float) -> None:
    """Draw few values as marks whose area is their share, many as a strip of points, absurd ones as an arrow."""
    colour, marker, _ = STYLES[kind]
    high = panel.get_xlim()[1]
    finite = [value for value in values if math.isfinite(value)]
    if farther := [value for value in finite if value > high]:
        finite = [value for value in finite if value <= high]
        area = max(6.0, AREA * len(farther) / len(values))
        panel.scatter([high], [row], s=area, c=colour, marker=">", zorder=3, linewidths=0, clip_on=False)
    counts = Counter(finite)
    if len(counts) <= FEW_VALUES:
        areas = [max(6.0, AREA * count / len(values)) for count in counts.values()]
        panel.scatter(list(counts), [row] * len(counts), s=areas, c=colour, marker=marker, zorder=3, linewidths=0)
    else:
        heights = row + 0.3 * (np.random.default_rng(row).random(len(finite)) - 0.5) * 2
        panel.scatter(finite, heights, s=9, c=colour, marker=marker, alpha=0.6, zorder=3, linewidths=0)
    if nothing := sum(math.isinf(value) for value in values):
        area = max(6.0, AREA * nothing / len(values))
        panel.scatter([nowhere], [row], s=area, c=colour, marker="x", zorder=3, linewidths=1.4)


def _kind(label: str, record: Recorded) -> str:
    kind, _, name = label.partition("/")
    return kind if kind in (REFERENCE, RIGHT) else "caught" if name in record.catch else "elsewhere"


def _remark(label: str, record: Recorded) -> str:
    kind, _, name = label.partition("/")
    if kind in (REFERENCE, RIGHT):
        return f"{len(record.samples[label])} runs"
    return f"caught {record.catch[name]:.0%}" if name in record.catch else "elsewhere"


def _fails(record: Recorded) -> bool:
    return any(math.isinf(value) for values in record.samples.values() for value in values)


def _range(record: Recorded) -> tuple[float, float]:
    values = [value for group in record.samples.values() for value in group if math.isfinite(value)]
    honest = [v for label, group in record.samples.items() if not label.startswith("wrong") for v in group]
    top = max(honest) + 2 * (max(honest) - record.floor)
    values = [*(value for value in values if value <= top), record.floor]
    margin = 0.05 * (max(values) - min(values))
    return min(values) - margin, max(values) + margin


def _legend_entry(panel: Axes, kind: str) -> object:
    colour, marker, said = STYLES[kind]
    return panel.scatter([], [], s=30, c=colour, marker=marker, label=said)
