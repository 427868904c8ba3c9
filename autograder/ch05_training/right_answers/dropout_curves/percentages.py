"""Markers, percentages in the labels, one legend of two columns."""


def plot_histories(axes, histories):
    """Draw with markers."""
    left, right = axes
    for rate, history in histories.items():
        epochs = np.arange(len(history["val_loss"])) + 1
        for ax, what in ((left, "loss"), (right, "accuracy")):
            (line,) = ax.plot(epochs, history[f"train_{what}"], "o-", label=f"Training ({100 * rate:g} %)")
            ax.plot(
                epochs, history[f"val_{what}"], "s--", color=line.get_color(), label=f"VALIDATION ({100 * rate:g} %)"
            )
    for ax, what in ((left, "loss"), (right, "accuracy")):
        ax.legend(ncols=2)
        ax.set(xlabel="epochs", ylabel=what, title=what)
