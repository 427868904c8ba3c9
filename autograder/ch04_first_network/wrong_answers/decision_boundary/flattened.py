"""You return the answers as the network gave them, one below the other. Fold them back into the shape of the grid:
the picture needs each answer at its place.

Caught by: test_grid_covers_the_square, test_answers_belong_to_their_points,
test_resolution_is_one_hundred_unless_given, test_plane_is_coloured_by_the_answer, test_four_corners_are_drawn,
test_targets_can_be_told_apart, test_both_axes_have_a_label
"""


def decision_boundary(params, resolution=100):
    if resolution < 2:
        raise ValueError(f"resolution must be at least 2, got {resolution}")
    ticks = np.linspace(-0.5, 1.5, resolution)
    xx, yy = np.meshgrid(ticks, ticks)
    points = np.column_stack([xx.ravel(), yy.ravel()])
    zz = forward(params, points)[0].ravel()
    return xx, yy, zz


def plot_decision_boundary(ax, params):
    xx, yy, zz = decision_boundary(params)
    ax.contourf(xx, yy, zz, levels=20, cmap="coolwarm")
    ax.scatter(XOR_X[:, 0], XOR_X[:, 1], c=XOR_Y[:, 0], cmap="gray", edgecolors="black")
    ax.set_xlabel("first input")
    ax.set_ylabel("second input")
