"""The curve is on the right Axes, but its labels and its title went to the picture that happens to be current, since you
set them with `plt`. `ax.set_xlabel`, `ax.set_ylabel` and `ax.set_title` stay with the curve.

Caught by: test_both_axes_have_a_label, test_the_picture_has_a_title, test_leaves_other_pictures_alone
"""


def plot_losses(ax, losses):
    ax.semilogy(losses)
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.title("Loss during training")
    plt.grid(visible=True)
    plt.axhline(0.25, linestyle="--")
