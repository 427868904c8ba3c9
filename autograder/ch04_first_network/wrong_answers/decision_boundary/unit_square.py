"""Your grid runs from 0 to 1, so the corners of XOR lie on the very edge of the picture. The contract asks for -0.5
to 1.5, which shows what the network makes up beyond the corners.

Caught by: test_grid_covers_the_square, test_plane_is_coloured_by_the_answer
"""


def decision_boundary(params, resolution=100):
    if resolution < 2:
        raise ValueError(f"resolution must be at least 2, got {resolution}")
    ticks = np.linspace(0, 1, resolution)
    xx, yy = np.meshgrid(ticks, ticks)
    points = np.column_stack([xx.ravel(), yy.ravel()])
    zz = forward(params, points)[0].reshape(xx.shape)
    return xx, yy, zz


def plot_decision_boundary(ax, params):
    xx, yy, zz = decision_boundary(params)
    ax.contourf(xx, yy, zz, levels=20, cmap="coolwarm")
    ax.scatter(XOR_X[:, 0], XOR_X[:, 1], c=XOR_Y[:, 0], cmap="gray", edgecolors="black")
    ax.set_xlabel("first input")
    ax.set_ylabel("second input")
