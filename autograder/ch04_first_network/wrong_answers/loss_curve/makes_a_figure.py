"""You make a figure of your own, besides drawing on `ax`. Every call leaves an empty picture behind. The figure is the
caller's business; draw on the Axes that you were given and on nothing else.

Caught by: test_leaves_other_pictures_alone
"""


def plot_losses(ax, losses):
    plt.figure(figsize=(8, 4))
    ax.semilogy(losses)
    ax.set(xlabel="epoch", ylabel="loss", title="Loss during training")
