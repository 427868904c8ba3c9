"""You draw the lowest loss so far. That curve can only fall, so it hides every time the training went uphill. Draw the
losses as they are.

Caught by: test_draws_every_loss_above_its_epoch
"""


def plot_losses(ax, losses):
    ax.semilogy(np.minimum.accumulate(losses))
    ax.set(xlabel="epoch", ylabel="loss", title="Loss during training")
