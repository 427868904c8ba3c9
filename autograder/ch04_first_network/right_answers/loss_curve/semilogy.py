"""One call that draws and makes the axis logarithmic."""


def plot_losses(ax, losses):
    """Draw the losses."""
    ax.semilogy(losses, "k-", lw=1)
    ax.set_xlabel("updates")
    ax.set_ylabel("MSE")
    ax.set_title("Training")
