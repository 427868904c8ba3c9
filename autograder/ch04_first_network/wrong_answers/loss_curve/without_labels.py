"""Nothing says what runs across and what runs up. A picture is read by people who have not seen the code: give each axis a
label.

Caught by: test_both_axes_have_a_label
"""


def plot_losses(ax, losses):
    ax.semilogy(losses)
    ax.set_title("Loss during training")
