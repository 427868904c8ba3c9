"""You made the x-axis logarithmic. It is the losses that fall through many powers of ten, and they are drawn upwards.

Caught by: test_only_the_loss_axis_is_logarithmic
"""


def plot_losses(ax, losses):
    ax.semilogx(range(len(losses)), losses)
    ax.set(xlabel="epoch", ylabel="loss", title="Loss during training")
