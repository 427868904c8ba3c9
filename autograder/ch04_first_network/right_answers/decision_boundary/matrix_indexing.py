"""meshgrid with indexing="ij", so that the first input changes along the columns; one scatter coloured by target."""


def decision_boundary(params, resolution=100):
    """Evaluate the network on the grid."""
    if resolution < 2:
        raise ValueError(f"resolution={resolution} is below 2")
    ticks = np.linspace(-0.5, 1.5, num=resolution)
    xx, yy = np.meshgrid(ticks, ticks, indexing="ij")
    zz = np.empty_like(xx)
    for row in range(resolution):
        zz[row] = forward(params, np.stack([xx[row], yy[row]], axis=1), "sigmoid")[0][:, 0]
    return xx, yy, zz


def plot_decision_boundary(ax, params):
    """Draw the plane and the corners."""
    filled = ax.contourf(*decision_boundary(params, 50), cmap="RdBu")
    ax.figure.colorbar(filled, ax=ax)
    ax.scatter(XOR_X[:, 0], XOR_X[:, 1], c=XOR_Y[:, 0], cmap="gray", edgecolors="green")
    ax.set_xlabel("$x_1$")
    ax.set_ylabel("$x_2$")
