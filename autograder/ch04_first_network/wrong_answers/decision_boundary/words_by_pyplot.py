"""The colours are on the right Axes, but your labels went to the picture that happens to be current, since you set
them with `plt`. `ax.set_xlabel` and `ax.set_ylabel` stay with the picture.

Caught by: test_both_axes_have_a_label
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
    ax.contourf(xx, yy, zz, levels=20, cmap="coolwarm")
    ax.scatter(XOR_X[:, 0], XOR_X[:, 1], c=XOR_Y[:, 0], cmap="gray", edgecolors="black")
    plt.xlabel("first input")
    plt.ylabel("second input")
