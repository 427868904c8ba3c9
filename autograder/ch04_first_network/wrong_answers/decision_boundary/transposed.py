"""Your answers are transposed: the one for the point (x, y) stands where (y, x) is. On XOR nobody would notice,
because the problem looks the same when the inputs change places; a network that looks at one input only gives it
away. Put xx into the first column of the batch and yy into the second, and fold the answers back in the same order.

Caught by: test_answers_belong_to_their_points, test_plane_is_coloured_by_the_answer
"""


def decision_boundary(params, resolution=100):
    if resolution < 2:
        raise ValueError(f"resolution must be at least 2, got {resolution}")
    ticks = np.linspace(-0.5, 1.5, resolution)
    xx, yy = np.meshgrid(ticks, ticks)
    points = np.column_stack([xx.ravel(), yy.ravel()])
    zz = forward(params, points)[0].reshape(xx.shape).T
    return xx, yy, zz


def plot_decision_boundary(ax, params):
    xx, yy, zz = decision_boundary(params)
    ax.contourf(xx, yy, zz, levels=20, cmap="coolwarm")
    ax.scatter(XOR_X[:, 0], XOR_X[:, 1], c=XOR_Y[:, 0], cmap="gray", edgecolors="black")
    ax.set_xlabel("first input")
    ax.set_ylabel("second input")
