"""What a picture shows, read by the judge from the raw numbers that a probe brought back."""

import numpy as np

VISIBLE = 20  # of 255: two colours that differ by more look different to a reader
# Coordinates away from the corners of XOR: half of them to the left of all corners, half to the right.
AWAY_FROM_CORNERS = np.array([-0.45, -0.36, -0.27, -0.18, 1.18, 1.27, 1.36, 1.45])
WITHIN = 1e-6


def best_curve(curves, wanted):
    """Return the curve (n, 2) that comes closest to the one that is wanted, or None where nothing is drawn."""
    whole = [curve for curve in curves if curve.shape == wanted.shape] or curves
    return min(whole, key=lambda curve: _distance(curve, wanted), default=None)


def _distance(curve, wanted):
    common = min(len(curve), len(wanted))
    return np.abs(curve[:common] - wanted[:common]).sum()


def quarters(colours):
    """Return the usual colour in each quarter of the plane: left low, left high, right low, right high."""
    half = len(colours) // 2
    sides = (slice(None, half), slice(half, None))
    return [np.median(colours[across, up].reshape(-1, 3), axis=0) for across in sides for up in sides]


def look_alike(left, right):
    """Tell whether two colours look the same to a reader."""
    return bool(np.abs(left - right).max() <= VISIBLE)


def looks_at(points, corners):
    """Return, for each corner, the set of ways in which points are drawn there; empty where there is none."""
    return [{looks for x, y, looks in points if abs(x - a) < WITHIN and abs(y - b) < WITHIN} for a, b in corners]
