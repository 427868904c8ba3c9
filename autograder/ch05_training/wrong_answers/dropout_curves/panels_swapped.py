"""Losses and accuracies have changed places: the losses belong on the first Axes.

Caught by: test_every_curve_is_drawn, test_labels_say_rate_and_part, test_legends_and_axis_labels
"""


def plot_histories(axes, histories):
    for ax, what in zip(axes, ["accuracy", "loss"]):
        for rate, history in histories.items():
            for part in ["train", "val"]:
                values = history[part + "_" + what]
                ax.plot(range(1, len(values) + 1), values, label=f"{part} {rate}")
        ax.set_xlabel("epoch")
        ax.set_ylabel(what)
        ax.legend()
