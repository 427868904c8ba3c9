"""Only one of the two Axes has a legend.

Caught by: test_legends_and_axis_labels
"""


def plot_histories(axes, histories):
    for ax, what in zip(axes, ["loss", "accuracy"]):
        for rate, history in histories.items():
            for part in ["train", "val"]:
                values = history[part + "_" + what]
                ax.plot(range(1, len(values) + 1), values, label=f"{part} {rate}")
        ax.set_xlabel("epoch")
        ax.set_ylabel(what)
    axes[0].legend()
