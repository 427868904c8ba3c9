"""The training curves are missing. The gap between the two is what one wants to see.

Caught by: test_every_curve_is_drawn, test_labels_say_rate_and_part, test_legends_and_axis_labels
"""


def plot_histories(axes, histories):
    for ax, what in zip(axes, ["loss", "accuracy"]):
        for rate, history in histories.items():
            for part in ["val"]:
                values = history[part + "_" + what]
                ax.plot(range(1, len(values) + 1), values, label=f"{part} {rate}")
        ax.set_xlabel("epoch")
        ax.set_ylabel(what)
        ax.legend()
