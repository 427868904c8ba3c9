"""Your picture lies on its side: the losses run across and the epochs up. What is chosen goes across, what is found goes
up; `ax.plot` takes the horizontal numbers first.

Caught by: test_draws_every_loss_above_its_epoch, test_only_the_loss_axis_is_logarithmic
"""


def plot_losses(ax, losses):
    ax.plot(losses, range(len(losses)))
    ax.set_xscale("log")
    ax.set(xlabel="loss", ylabel="epoch", title="Loss during training")
