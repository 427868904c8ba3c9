"""A LineCollection, with the limits set by hand."""


def plot_losses(ax, losses):
    """Draw the losses."""
    from matplotlib.collections import LineCollection  # noqa: PLC0415 - an answer is one cell

    points = np.array([(float(epoch), loss) for epoch, loss in enumerate(losses)])
    ax.add_collection(LineCollection([points]))
    ax.set_yscale("log")
    ax.set_xlim(0, len(points))
    ax.set_ylim(points[:, 1].min(), points[:, 1].max())
    ax.set_title("loss by epoch", loc="left")
    ax.set_xlabel("epoch")
    ax.set_ylabel("loss")
