"""The picture has no title. `ax.set_title` gives it one.

Caught by: test_the_picture_has_a_title
"""


def plot_losses(ax, losses):
    ax.semilogy(losses)
    ax.set(xlabel="epoch", ylabel="loss")
