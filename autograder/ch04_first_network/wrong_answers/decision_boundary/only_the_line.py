"""You draw lines of equal output, and the plane between them stays white. `contour` draws lines, `contourf` fills the
areas between them; it is the filled picture that shows the answer everywhere.

Caught by: test_plane_is_coloured_by_the_answer
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
    ax.contour(xx, yy, zz, levels=[0.5], colors="black")
    ax.scatter(XOR_X[:, 0], XOR_X[:, 1], c=XOR_Y[:, 0], cmap="gray", edgecolors="black")
    ax.set_xlabel("first input")
    ax.set_ylabel("second input")
