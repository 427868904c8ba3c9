"""You draw with `plt`, which always means the picture that happens to be current. The function was given an `ax`, and that
may be another one: use its methods, `ax.plot`, `ax.set_xlabel` and so on.

Caught by: test_draws_every_loss_above_its_epoch, test_only_the_loss_axis_is_logarithmic, test_both_axes_have_a_label,
test_the_picture_has_a_title, test_leaves_other_pictures_alone
"""


def plot_losses(ax, losses):
    plt.semilogy(losses)
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.title("Loss during training")
