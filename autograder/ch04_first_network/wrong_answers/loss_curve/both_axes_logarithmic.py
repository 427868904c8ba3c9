"""Both of your axes are logarithmic. On the epoch axis that leaves out epoch 0, since 0 has no logarithm, and squeezes the
later half of the training into the last few millimetres. Only the losses span many powers of ten.

Caught by: test_only_the_loss_axis_is_logarithmic
"""


def plot_losses(ax, losses):
    ax.loglog(range(len(losses)), losses)
    ax.set(xlabel="epoch", ylabel="loss", title="Loss during training")
