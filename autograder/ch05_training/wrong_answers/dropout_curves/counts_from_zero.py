"""Your curves begin at epoch 0. The first measurement was made after epoch 1.

Caught by: test_every_curve_is_drawn, test_labels_say_rate_and_part, test_legends_and_axis_labels
"""


def plot_histories(axes, histories):
    for ax, what in zip(axes, ["loss", "accuracy"]):
        for rate, history in histories.items():
            for part in ["train", "val"]:
                values = history[part + "_" + what]
                ax.plot(range(len(values)), values, label=f"{part} {rate}")
        ax.set_xlabel("epoch")
        ax.set_ylabel(what)
        ax.legend()
