"""Matplotlib in notebooks: the course's look, and no half-made figures left behind."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Okabe and Ito's colours, told apart by colour-blind readers too; the yellow is left out, it is too pale on white.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")

STYLE: dict[str, Any] = {
    "figure.dpi": 100,
    "figure.figsize": (6.4, 4.0),
    "figure.constrained_layout.use": True,
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.alpha": 0.3,
    "lines.linewidth": 2,
    "image.cmap": "viridis",
    "legend.frameon": False,
}


def use_style() -> None:
    """Give the notebook's plots the course's look. Does nothing where Matplotlib is not loaded."""
    matplotlib = sys.modules.get("matplotlib")
    if matplotlib is None:
        return
    from cycler import cycler  # noqa: PLC0415 - comes with Matplotlib, which a notebook may do without

    matplotlib.rcParams.update(STYLE)
    matplotlib.rcParams["axes.prop_cycle"] = cycler(color=COLOURS)


@contextmanager
def figures_closed(*, only_after_errors: bool = False) -> Iterator[None]:
    """Close the figures that the block opened.

    Args:
        only_after_errors: keep them where the block ends well.

    """
    before = _open_figures()
    try:
        yield
    except BaseException:
        _close(_open_figures() - before)
        raise
    if not only_after_errors:
        _close(_open_figures() - before)


def _open_figures() -> set[int]:
    pyplot = sys.modules.get("matplotlib.pyplot")
    return set() if pyplot is None else set(pyplot.get_fignums())


def _close(numbers: set[int]) -> None:
    for number in numbers:
        sys.modules["matplotlib.pyplot"].close(number)
