"""Shaded squares under the contours, corners in one colour with the target written beside them."""


def decision_boundary(params, resolution=100):
    """Evaluate the network on the grid."""
    if resolution in (0, 1) or resolution < 0:
        raise ValueError(f"resolution: {resolution}")
    ticks = -0.5 + 2 * np.arange(resolution) / (resolution - 1)
    xx = np.tile(ticks, (resolution, 1))
    yy = xx.T.copy()
    answers = forward(params, np.dstack([xx, yy]).reshape(-1, 2))[0]
    return xx, yy, answers.reshape(xx.shape)


def plot_decision_boundary(ax, params):
    """Draw the plane and the corners."""
    xx, yy, zz = decision_boundary(params)
    ax.pcolormesh(xx, yy, zz, cmap="Greys", shading="nearest", vmin=0, vmax=1)
    ax.contourf(xx, yy, zz, alpha=0.5)
    ax.plot(XOR_X[:, 0], XOR_X[:, 1], "ko", markersize=8)
    for (x, y), target in zip(XOR_X, XOR_Y[:, 0], strict=True):
        ax.text(x + 0.05, y + 0.05, f"{target:.0f}")
    ax.set_xlabel("first")
    ax.set_ylabel("second")
