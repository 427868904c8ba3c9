"""You draw with `plt`, which always means the picture that happens to be current. The function was given an `ax`, and
that may be another one: use its methods.

Caught by: test_plane_is_coloured_by_the_answer, test_four_corners_are_drawn, test_targets_can_be_told_apart,
test_both_axes_have_a_label
"""


def decision_boundary(params, resolution=100):
    if resolution < 2:
        raise ValueError(f"resolution must be at least 2, got {resolution}")
    ticks = np.linspace(-0.5, 1.5, resolution)
    xx, yy = np.meshgrid(ticks, ticks)
    points = np.column_stack([xx.ravel(), yy.ravel()])
    zz = forward(params, points)[0].reshape(xx.shape)
    return xx, yy, zz


def plot_decision_boundary(ax, params):
    xx, yy, zz = decision_boundary(params)
    plt.contourf(xx, yy, zz, levels=20, cmap="coolwarm")
    plt.scatter(XOR_X[:, 0], XOR_X[:, 1], c=XOR_Y[:, 0], cmap="gray", edgecolors="black")
    plt.xlabel("first input")
    plt.ylabel("second input")
