"""You draw every tenth loss only. The contract asks for all of them; a jump of a single epoch is exactly what one wants to
see in such a picture.

Caught by: test_draws_every_loss_above_its_epoch
"""


def plot_losses(ax, losses):
    ax.semilogy(range(0, len(losses), 10), losses[::10])
    ax.set(xlabel="epoch", ylabel="loss", title="Loss during training")
