import numpy as np
import pytest

from autograder.ch04_first_network import oracles, pictures, probes
from course_lib.grading import assert_close, fail, refuses

PICTURE = probes.boundary_picture, oracles.divided_square(0.45), pictures.AWAY_FROM_CORNERS


def test_grid_covers_the_square(student, rng):
    """`xx` and `yy` hold equally spaced coordinates from end to end, and every pair of them once.

    Ask for a grid of 3 by 3 points and compare it with the drawing in the text.
    """
    params, _, _ = oracles.problem(rng, 1, 2, 3, 1)
    for size in (2, int(rng.integers(4, 12))):
        xx, yy, zz = student.decision_boundary(params, size)

        assert_close([xx.shape, yy.shape, zz.shape], [(size, size)] * 3, name="list of shapes")
        ticks = -0.5 + 2.0 * np.arange(size) / (size - 1)
        across, up = (xx, yy) if xx[0, 0] != xx[0, -1] else (xx.T, yy.T)
        assert_close(across, np.tile(ticks, (size, 1)), atol=1e-9, name="xx")
        assert_close(up, np.tile(ticks[:, None], (1, size)), atol=1e-9, name="yy")


def test_answers_belong_to_their_points(student, rng):
    """`zz` holds the network's output at the point that `xx` and `yy` name in the same place.

    Take a corner of the grid, send that one point through `forward`, and compare with the same corner of zz.
    """
    size = int(rng.integers(5, 12))
    params, _, _ = oracles.problem(rng, 1, 2, int(rng.integers(3, 8)), 1)

    xx, yy, zz = student.decision_boundary(params, resolution=size)

    assert_close(zz.shape, (size, size), name="shape of zz")
    points = np.column_stack([xx.ravel(), yy.ravel()])
    assert_close(zz, oracles.output(params, points).reshape(size, size), rtol=1e-9, atol=1e-12, name="zz")


def test_resolution_is_one_hundred_unless_given(student, rng):
    """Without a resolution there are a hundred points along each side.

    The default belongs into the first line of the function.
    """
    params, _, _ = oracles.problem(rng, 1, 2, 3, 1)

    grids = student.decision_boundary(params)

    assert_close([grid.shape for grid in grids], [(100, 100)] * 3, name="list of shapes")


@pytest.mark.supporting
def test_refuses_a_resolution_below_two(student, rng):
    """A grid of fewer than two points along a side is refused, and the number shown.

    One point cannot have both ends of the interval.
    """
    params, _, _ = oracles.problem(rng, 1, 2, 3, 1)

    for resolution in (1, 0, -int(rng.integers(2, 9))):
        with refuses("resolution", shown=resolution):
            student.decision_boundary(params, resolution)


@pytest.mark.supporting
def test_network_stays_as_it_was(student, rng):
    """The network is only asked, not changed.

    Its arrays may be ones that cannot be changed.
    """
    params, _, _ = oracles.problem(rng, 1, 2, 3, 1)

    after = student.run(probes.arguments_after, "decision_boundary", params, 4)
    frozen = student.run(probes.with_frozen, "decision_boundary", params, 4)

    assert_close(after[0], params, rtol=0, name="dict of parameters afterwards")
    assert_close(len(frozen), 3, name="number of grids for read-only parameters")


def test_plane_is_coloured_by_the_answer(student):
    """The plane is coloured by the network's answer: the first input runs across, the second up.

    Try a network that looks at its first input alone. Its regions lie side by side, not one above the other.
    """
    picture = student.run_once(*PICTURE)

    left_low, left_high, right_low, right_high = pictures.quarters(picture["colours"])
    if pictures.look_alike(left_low, right_low) and pictures.look_alike(left_high, right_high):
        fail("Two regions where the network answers differently have the same colour.")
    if not (pictures.look_alike(left_low, left_high) and pictures.look_alike(right_low, right_high)):
        fail("Two regions where the network answers alike have different colours.")


def test_four_corners_are_drawn(student):
    """The four corners of XOR are drawn as points.

    Which four pairs of inputs did the network learn from? Each of them is a place in the plane.
    """
    picture = student.run_once(*PICTURE)

    if not all(pictures.looks_at(picture["points"], oracles.XOR_X)):
        fail("A corner of XOR has no point on the Axes that the function was given.")


def test_targets_can_be_told_apart(student):
    """Corners with different targets look different.

    Colour, marker or size: one of them has to say which answer is the right one.
    """
    picture = student.run_once(*PICTURE)

    ways = [pictures.looks_at(picture["points"], oracles.XOR_X[oracles.XOR_Y[:, 0] == target]) for target in (0, 1)]
    if not all(all(corners) for corners in ways):
        fail("A corner of XOR has no point on the Axes that the function was given.")
    zeros, ones = ({frozenset(looks) for looks in corners} for corners in ways)
    if zeros & ones:
        fail("A corner with target 0 looks like a corner with target 1.")


def test_both_axes_have_a_label(student):
    """Both axes say which input they show.

    The label belongs to the Axes that the function was given, which need not be the current one.
    """
    picture = student.run_once(*PICTURE)

    if not all(label.strip() for label in picture["labels"]):
        elsewhere = " Something was drawn on another picture instead." if picture["figures"] else ""
        fail(f"An axis has no label.{elsewhere}")
