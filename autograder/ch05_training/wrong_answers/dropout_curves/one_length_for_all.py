"""You draw every curve over the epochs of the first history. Histories may have different lengths.

Caught by: test_every_curve_is_drawn
"""


def plot_histories(axes, histories):
    count = len(next(iter(histories.values()))["val_loss"])
    for ax, what in zip(axes, ["loss", "accuracy"]):
        for rate, history in histories.items():
            for part in ["train", "val"]:
                values = history[part + "_" + what]
                ax.plot(range(1, count + 1), values[:count], label=f"{part} {rate}")
        ax.set_xlabel("epoch")
        ax.set_ylabel(what)
        ax.legend()
