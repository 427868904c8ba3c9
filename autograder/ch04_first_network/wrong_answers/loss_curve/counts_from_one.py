"""Your epochs start at 1. `losses[0]` is the loss before the first update, so it belongs above epoch 0.

Caught by: test_draws_every_loss_above_its_epoch
"""


def plot_losses(ax, losses):
    ax.semilogy(range(1, len(losses) + 1), losses)
    ax.set(xlabel="epoch", ylabel="loss", title="Loss during training")
