"""You draw a running mean of the losses. It looks calmer than the truth, and the first and last epochs are not where they
belong. Draw the losses as they are; a smooth curve may be added to them.

Caught by: test_draws_every_loss_above_its_epoch
"""


def plot_losses(ax, losses):
    ax.semilogy(np.convolve(losses, np.ones(5) / 5, mode="same"))
    ax.set(xlabel="epoch", ylabel="loss", title="Loss during training")
