"""Calibration: how the floors of a chapter are measured, placed, written down and drawn.

- `tails`: what the samples say about the worst that honest work does; `placing`: the floor that follows from it.
- `sampling`: the measures run over many seeds, in workers, as in a verdict; `run`: all of it for a chapter.
- `record`: `calibration.json`; `keys`: what a floor depends on, so that a stale one is noticed; `picture`: the plot.

A verdict needs `record` and `keys` alone, and these load neither SciPy nor Matplotlib.
"""
