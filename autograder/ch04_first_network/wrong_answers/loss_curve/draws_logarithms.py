"""You draw the logarithms of the losses on an ordinary axis. The curve looks right, but its ticks read -1, -2, -3, and the
reader has to compute the losses from them. Draw the losses themselves and make the axis logarithmic.

Caught by: test_draws_every_loss_above_its_epoch, test_only_the_loss_axis_is_logarithmic
"""


def plot_losses(ax, losses):
    ax.plot(range(len(losses)), np.log10(losses))
    ax.set(xlabel="epoch", ylabel="log10 of the loss", title="Loss during training")
