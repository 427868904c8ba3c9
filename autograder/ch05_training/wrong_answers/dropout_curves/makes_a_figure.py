"""You make a figure of your own, besides drawing on the Axes that you were given. Every call leaves an empty picture
behind.

Caught by: test_leaves_other_pictures_alone
"""


def plot_histories(axes, histories):
    plt.figure()
    for ax, what in zip(axes, ["loss", "accuracy"]):
        for rate, history in histories.items():
            for part in ["train", "val"]:
                values = history[part + "_" + what]
                ax.plot(range(1, len(values) + 1), values, label=f"{part} {rate}")
        ax.set_xlabel("epoch")
        ax.set_ylabel(what)
        ax.legend()
