"""You draw with `plt`, which always means the picture that happens to be current. You were given two Axes: use their
methods.

Caught by: test_every_curve_is_drawn, test_labels_say_rate_and_part, test_legends_and_axis_labels,
test_leaves_other_pictures_alone
"""


def plot_histories(axes, histories):
    for ax, what in zip(axes, ["loss", "accuracy"]):
        for rate, history in histories.items():
            for part in ["train", "val"]:
                values = history[part + "_" + what]
                plt.plot(range(1, len(values) + 1), values, label=f"{part} {rate}")
        plt.xlabel("epoch")
        plt.ylabel(what)
        plt.legend()
