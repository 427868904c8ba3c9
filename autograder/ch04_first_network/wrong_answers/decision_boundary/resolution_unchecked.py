"""A grid of one point, or of none, is not refused, or only deep inside NumPy. One point cannot be at both ends of the
interval. Check the number first and show it.

Caught by: test_refuses_a_resolution_below_two
"""


def decision_boundary(params, resolution=100):
    ticks = np.linspace(-0.5, 1.5, resolution)
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
