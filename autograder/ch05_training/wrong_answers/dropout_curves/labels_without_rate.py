"""The labels do not say which rate a curve belongs to.

Caught by: test_labels_say_rate_and_part
"""


def plot_histories(axes, histories):
    for ax, what in zip(axes, ["loss", "accuracy"]):
        for rate, history in histories.items():
            for part in ["train", "val"]:
                values = history[part + "_" + what]
                ax.plot(range(1, len(values) + 1), values, label=part)
        ax.set_xlabel("epoch")
        ax.set_ylabel(what)
        ax.legend()
