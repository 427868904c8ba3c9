import numpy as np
import pytest

from autograder.ch04_first_network import pictures, probes
from course_lib.grading import assert_close, fail

LOSSES = np.geomspace(1.0, 0.01, 40)


def test_draws_every_loss_above_its_epoch(student, rng):
    """One curve shows every loss, above the epochs 0, 1, 2 and so on.

    Read the first and the last point off your picture. Are they where they should be, and are all the others there?
    """
    losses = rng.uniform(0.001, 1.0, size=rng.integers(30, 60)).tolist()
    for received, ask in ((losses, student.run), (LOSSES, student.run_once)):
        curves = ask(probes.loss_picture, received)["curves"]

        wanted = np.column_stack([np.arange(len(received)), received])
        closest = pictures.best_curve(curves, wanted)
        if closest is None:
            fail("There is no curve on the Axes that the function was given.")
        assert_close(closest, wanted, rtol=1e-9, name="curve (epoch and loss of every point)")


def test_only_the_loss_axis_is_logarithmic(student):
    """The axis of the losses is logarithmic, that of the epochs is not.

    Logarithms of the losses on an ordinary axis look alike, but the ticks then no longer say what the loss is.
    """
    picture = student.run_once(probes.loss_picture, LOSSES)

    assert_close(picture["scales"], ["linear", "log"], name="list of the scales of x and y")


def test_both_axes_have_a_label(student):
    """Both axes say what they show.

    A reader who does not know the program has to learn from the picture alone what runs across and what runs up.
    """
    labels = student.run_once(probes.loss_picture, LOSSES)["labels"]

    if not all(label.strip() for label in labels):
        fail("An axis of the picture has no label.")


def test_the_picture_has_a_title(student):
    """The picture has a title.

    It belongs to the Axes that the function was given.
    """
    title = student.run_once(probes.loss_picture, LOSSES)["title"]

    if not title.strip():
        fail("The picture has no title.")


@pytest.mark.supporting
def test_leaves_other_pictures_alone(student):
    """Nothing is drawn anywhere else, and no figure is made.

    Every `plt.…` goes to whichever picture is current; `ax.…` goes where the caller wants it.
    """
    gained = student.run_once(probes.loss_picture, LOSSES)["gained"]

    assert_close(gained, [0, 0], name="list of additions elsewhere")
