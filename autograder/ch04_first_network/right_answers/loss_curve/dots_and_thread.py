"""Points and, behind them, a thin moving average; the title of the figure instead of that of the Axes."""


def plot_losses(ax, losses):
    """Draw the losses."""
    losses = np.asarray(losses)
    ax.set_yscale("log")
    ax.scatter(np.arange(losses.size), losses, s=4)
    ax.plot(np.convolve(losses, np.ones(5) / 5, mode="valid"), alpha=0.3)
    ax.set(xlabel="Epoche", ylabel="Fehler")
    ax.figure.suptitle("Verlauf")
