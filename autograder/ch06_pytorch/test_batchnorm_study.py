import pytest

from autograder.ch06_pytorch import oracles, probes
from course_lib.grading import assert_close, fail, refuses

SIZE = 64


def watched(student, digits, **settings):
    """Run the study on pictures of ours; return what the probe saw, with each network's training in epochs."""
    seen = student.run(probes.study, digits, settings)
    if len(seen["counts"]) != 2:
        fail("The study does not train exactly two networks.")
    batches = [oracles.batches_of(seen["log"], model) for model in (0, 1)]
    return seen, [oracles.epochs_of(each, len(digits[0]), SIZE) for each in batches]


def plain_first(seen):
    """Return the numbers of the plain network and of the one with batch norm."""
    return (0, 1) if seen["counts"][0] < seen["counts"][1] else (1, 0)


def test_curves_are_measured_epoch_by_epoch(student, rng):
    """Each list holds one number per epoch: the mean loss while it trained, the accuracy on all test pictures after it.

    The keys say which network it is. Look which of your two lists you append to.
    """
    digits = oracles.digits_of_our_own(rng, 70, 23)
    epochs = int(rng.integers(2, 4))

    seen, groups = watched(student, digits, seed=int(rng.integers(1000)), epochs=epochs)

    assert_close([len(each) for each in groups], [epochs] * 2, name="list of numbers of epochs")
    expected = {}
    for name, model in zip(("plain", "batchnorm"), plain_first(seen), strict=True):
        expected[name] = {
            "train_loss": [oracles.loss_of(group, digits[1]) for group in groups[model]],
            "test_accuracy": oracles.accuracies(seen["log"], model, digits[3], per_epoch=2),
        }
    assert_close(seen["result"], expected, rtol=1e-4, name="dict of curves")


def test_both_networks_see_the_same_batches(student, rng):
    """Both networks see the same pictures in the same order, and the order depends on epoch and seed.

    Begin each training from the same seed. A generator of its own keeps the order apart from everything else.
    """
    digits = oracles.digits_of_our_own(rng, 67, 10)
    seed = int(rng.integers(1000))

    _, (first, second) = watched(student, digits, seed=seed, epochs=2)
    _, (other, _) = watched(student, digits, seed=seed + 1, epochs=2)

    orders = [[oracles.order_of(group) for group in groups] for groups in (first, second, other)]
    if orders[0] != orders[1]:
        fail("The two networks do not see the same pictures in the same order.")
    if orders[0][0] == orders[0][1] or orders[0][0] == sorted(orders[0][0]):
        fail("The pictures do not come in a new random order in every epoch.")
    if orders[0] == orders[2]:
        fail("Another seed gives the same order.")


def test_networks_differ_in_batch_norm_alone(student, rng):
    """One network is `DigitClassifier()` as it comes, the other one has batch norm as well; both drop units.

    Layers of 512 and 256 units, a dropout of 0.2: all that is needed is one argument.
    """
    digits = oracles.digits_of_our_own(rng, 20, 10)

    seen, _ = watched(student, digits, seed=1, epochs=1)

    counts = [oracles.number_of_parameters((512, 256), batchnorm=norm) for norm in (False, True)]
    assert_close(sorted(seen["counts"]), counts, name="list of numbers of parameters")
    assert_close(seen["sways"], [True, True], name="list: do scores change in training mode?")


def test_settings_are_the_same_for_both(student, rng):
    """Both networks are trained by Adam at 0.001, for five epochs unless another number is given.

    What differs besides batch norm spoils the comparison.
    """
    digits = oracles.digits_of_our_own(rng, 20, 10)

    seen, groups = watched(student, digits, seed=3)

    steps = [entry[1:] for entry in seen["log"] if entry[0] == "step"]
    assert_close([len(each) for each in groups], [5, 5], name="list of numbers of epochs")
    assert_close([step[:2] for step in steps], [["Adam", 0.001]] * 10, rtol=1e-6, name="list of steps")
    assert_close(len({number for _, _, number in steps}), 2, name="number of optimizers")


def test_same_seed_same_curves(student, rng):
    """The same arguments give the same numbers, whatever was drawn before.

    Everything random has to come from the seed: weights, order, dropout.
    """
    digits = oracles.digits_of_our_own(rng, 30, 20)

    first, again = student.run(probes.study_twice, digits, {"seed": int(rng.integers(1000)), "epochs": 2})

    curves = first["plain"]["train_loss"]
    if len(set(curves)) != len(curves):
        fail("The losses of different epochs are the same.")
    assert_close(again, first, rtol=1e-6, name="dict of curves of the second call")


def test_batch_norm_gets_going_faster(meets_floor):
    """On the real digits the loss of the first epoch is clearly lower with batch norm.

    If it is not, look whether the network called "batchnorm" has any.
    """
    meets_floor("first_epoch_margin")


@pytest.mark.supporting
def test_refuses_no_epoch(student, rng):
    """Less than one epoch is refused, by name and value.

    Two empty lists would be an answer to nothing.
    """
    for epochs in (0, -int(rng.integers(1, 9))):
        with refuses("epochs", shown=epochs):
            student.batchnorm_study(0, epochs=epochs)
