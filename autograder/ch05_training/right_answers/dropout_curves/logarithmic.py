"""One rate after another on each panel; a logarithmic loss axis."""


def plot_histories(axes, histories):
    """Draw one rate after another."""
    for number, what in enumerate(("loss", "accuracy")):
        for rate in histories:
            for part, name in (("val", "validation"), ("train", "training")):
                values = np.array(histories[rate][f"{part}_{what}"])
                axes[number].plot(1 + np.arange(values.size), values, label=f"p = {rate:.2f}: {name}")
        axes[number].set_xlabel("Epoche")
        axes[number].set_ylabel(what.upper())
        axes[number].legend(loc="upper right")
    axes[0].set_yscale("log")
