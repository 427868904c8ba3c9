"""Your loss axis is an ordinary one. After the first thousand epochs the whole curve lies on the floor, and nobody can
see whether it still falls. Make the y-axis logarithmic.

Caught by: test_only_the_loss_axis_is_logarithmic
"""


def plot_losses(ax, losses):
    ax.plot(range(len(losses)), losses)
    ax.set(xlabel="epoch", ylabel="loss", title="Loss during training")
