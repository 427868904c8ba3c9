"""The labels do not say which curve is training and which is validation.

Caught by: test_labels_say_rate_and_part
"""


def plot_histories(axes, histories):
    for ax, what in zip(axes, ["loss", "accuracy"]):
        for rate, history in histories.items():
            for part in ["train", "val"]:
                values = history[part + "_" + what]
                ax.plot(range(1, len(values) + 1), values, label=f"dropout {rate}")
        ax.set_xlabel("epoch")
        ax.set_ylabel(what)
        ax.legend()
