"""An open grid from mgrid; two plain regions with a line at 0.5, and a marker for each corner, drawn one by one."""


def decision_boundary(params, resolution=100):
    """Evaluate the network on the grid."""
    if not resolution > 1:
        raise ValueError(f"resolution must exceed 1, not {resolution}")
    yy, xx = np.mgrid[-0.5 : 1.5 : resolution * 1j, -0.5 : 1.5 : resolution * 1j]
    output, _ = forward(params, np.c_[np.ravel(xx), np.ravel(yy)])
    return [xx, yy, output.reshape(resolution, resolution)]


def plot_decision_boundary(ax, params):
    """Draw the plane and the corners."""
    xx, yy, zz = decision_boundary(params)
    ax.contourf(xx, yy, zz, levels=[-0.1, 0.5, 1.1], colors=["lightblue", "moccasin"])
    ax.contour(xx, yy, zz, levels=[0.5], colors="black")
    for (x, y), target in zip(XOR_X, XOR_Y[:, 0], strict=True):
        ax.plot(x, y, "r^" if target else "bo", markersize=9)
    ax.set(xlabel="a", ylabel="b", title="XOR", aspect="equal", xlim=(-0.5, 1.5), ylim=(-0.5, 1.5))
