import numpy as np
import pytest
import torch

from autograder.ch06_pytorch import oracles, probes
from course_lib.grading import assert_close, fail, refuses

CLOSE = {"rtol": 1e-3, "atol": 1e-4}  # of float32 sums of hundreds of products


def test_logits_of_every_picture(student, rng):
    """Without batch norm, in evaluation mode, the scores are Linear and ReLU in turn, and a Linear at the end.

    Nothing follows the last Linear: neither softmax nor ReLU. Between any two Linears there is a ReLU.
    """
    for hidden in ((), oracles.sizes(rng, 1), oracles.sizes(rng, 2), oracles.sizes(rng, 4)):
        images = oracles.pictures(rng, int(rng.integers(2, 9)))

        result = student.run(probes.evaluated, {"hidden": hidden}, images)

        expected = oracles.logits(oracles.layers(result["parameters"], hidden), images)
        assert_close(result["logits"], expected, **CLOSE, name="tensor of logits")


def test_number_of_parameters(student, rng):
    """The network learns as many numbers as the layers that were asked for have.

    Count them by hand for one hidden layer: weights, biases, and two numbers per unit where there is batch norm.
    """
    one, three = oracles.sizes(rng, 1), oracles.sizes(rng, 3)
    cases = [(hidden, norm) for hidden in (one, three, (), (1, 1)) for norm in (False, True)]

    counts = student.run(
        probes.numbers_of_parameters,
        [{"hidden": list(hidden) if norm else hidden, "batchnorm": norm} for hidden, norm in cases],
    )

    expected = [oracles.number_of_parameters(hidden, batchnorm=norm) for hidden, norm in cases]
    assert_close(counts, expected, name="list of numbers of parameters")


def test_sizes_of_the_book_unless_given(student, rng):
    """As it comes, the network has two hidden layers of 512 and 256 units, no batch norm, and drops a fifth.

    The defaults belong in the first line of `__init__`.
    """
    counts = student.run(probes.numbers_of_parameters, [{}])
    images = oracles.pictures(rng, 600)
    result = student.run(probes.network, {"hidden": (8,)}, images)

    assert_close(counts, [oracles.number_of_parameters((512, 256))], name="list of numbers of parameters")
    linears = oracles.layers(result["parameters"], (8,))
    explained, shares = oracles.dropped_units(linears, images, result["training"], 0.2)
    if explained < 1 or abs(shares[0] - 0.2) > 0.05:
        fail("In training mode the scores are not those of a network that drops a fifth of its hidden units.")


def test_batch_norm_comes_before_the_relu(student, rng):
    """With batch norm every hidden layer's sums are normalised before the ReLU, by the batch while it trains.

    The order is Linear, batch norm, ReLU. In training mode mean and variance are those of the batch.
    """
    for count in (1, 2):
        hidden = oracles.sizes(rng, count)
        settings = {"hidden": hidden, "dropout": 0.0, "batchnorm": True}
        images = oracles.pictures(rng, 13)

        result = student.run(probes.network, settings, images)

        linears = oracles.layers(result["parameters"], hidden)
        assert_close(result["training"], oracles.logits(linears, images, "batch"), **CLOSE, name="tensor of logits")


def test_batch_norm_uses_its_statistics_in_evaluation(student, rng):
    """In evaluation mode batch norm uses the running statistics that training has left behind.

    `nn.BatchNorm1d` does all of this by itself, if it is a layer of the network and can hear `model.eval()`.
    """
    hidden = oracles.sizes(rng, 2)
    settings = {"hidden": hidden, "dropout": 0.0, "batchnorm": True}
    images = oracles.pictures(rng, 13)

    trained = student.run(probes.network, settings, images)
    new = student.run(probes.evaluated, settings, images[:1])

    linears = oracles.layers(trained["parameters"], hidden)
    assert_close(trained["evaluation"], oracles.logits(linears, images, "after"), **CLOSE, name="tensor of logits")
    linears = oracles.layers(new["parameters"], hidden)
    assert_close(new["logits"], oracles.logits(linears, images[:1], "new"), **CLOSE, name="tensor of one row of logits")


def test_dropout_follows_every_hidden_layer(student, rng):
    """In training mode units of every hidden layer are dropped with the given probability, and the others scaled.

    One dropout for each hidden layer, after its ReLU; none on the pictures and none on the scores.
    """
    p = float(rng.uniform(0.35, 0.6))
    for hidden in ((9, 6), (7,)):
        images = oracles.pictures(rng, 400)

        result = student.run(probes.network, {"hidden": hidden, "dropout": p}, images)

        linears = oracles.layers(result["parameters"], hidden)
        explained, shares = oracles.dropped_units(linears, images, result["training"], p)
        if explained < 1:
            fail("In training mode the scores are not those of a network whose hidden units are dropped or scaled.")
        if abs(shares[-1] - p) > 0.09 or abs(shares[0] - p) > 0.2:  # the first layer is seen through the last one
            fail("In a hidden layer the share of units that are dropped is not the given probability.")


def test_evaluation_drops_nothing(student, rng):
    """In evaluation mode no unit is dropped, whatever the probability.

    The layer `nn.Dropout` hears the switch; a function has to be told.
    """
    images = oracles.pictures(rng, 5)
    hidden = oracles.sizes(rng, 2)

    result = student.run(probes.network, {"hidden": hidden, "dropout": float(rng.uniform(0.6, 0.9))}, images)

    expected = oracles.logits(oracles.layers(result["parameters"], hidden), images)
    assert_close(result["evaluation"], expected, **CLOSE, name="tensor of logits")


def test_gradient_reaches_every_parameter(student, rng):
    """The gradient reaches every parameter, and is the right one.

    What is cut off by `detach`, `no_grad` or a copy into NumPy never learns.
    """
    hidden = oracles.sizes(rng, 2)
    images = oracles.pictures(rng, 20)

    pairs = student.run(probes.gradients, {"hidden": hidden}, images)

    if any(slope is None for _, slope in pairs) or len(pairs) != 2 * len(hidden) + 2:
        fail("The gradient does not reach every parameter.")
    expected = oracles.gradients(pairs, hidden, images)
    for (_, slope), wanted in zip(pairs, expected, strict=True):
        assert_close(slope, wanted, rtol=1e-3, atol=1e-5, name="gradient")


def test_starting_weights_are_those_of_torch(student, rng):
    """The weights start as `nn.Linear` draws them: evenly spread, no wider than one over the root of the inputs.

    They are drawn when the network is made, so seeding torch before gives the same network again.
    """
    seed = int(rng.integers(1000))
    hidden = (40, 30)
    images = oracles.pictures(rng, 3)

    first, again, other = (
        student.run(probes.evaluated_from_seed, {"hidden": hidden}, images, number) for number in (seed, seed, seed + 1)
    )

    for weight, bias in oracles.layers(first["parameters"], hidden):
        bound = weight.shape[1] ** -0.5
        if not 0.9 * bound < np.abs(weight).max() <= bound * (1 + 1e-6) or np.abs(bias).max() > bound * (1 + 1e-6):
            fail("The starting weights are not spread as those of nn.Linear.")
    assert_close(again["logits"], first["logits"], rtol=0, name="tensor of logits from the same seed")
    if torch.equal(other["logits"], first["logits"]):
        fail("Another seed of torch gives the same network.")


def test_networks_share_nothing(student, rng):
    """Two networks have layers of their own.

    Layers that are made once, for the class or as a default value, belong to all its objects.
    """
    images = oracles.pictures(rng, 3)

    first, second, later = student.run(probes.twice, {"hidden": oracles.sizes(rng, 2)}, images)

    if torch.equal(first, second):
        fail("Two networks that were made one after the other have the same weights.")
    assert_close(later, second, rtol=0, name="tensor of logits after the other network was changed")


def test_pictures_are_judged_one_by_one(student, rng):
    """In evaluation mode a picture with `nan` spoils its own scores and no others; memory order does not matter.

    The pictures of a batch do not know of each other.
    """
    hidden = oracles.sizes(rng, 2)
    images = oracles.pictures(rng, 4)
    images[1, 0, 3, 5] = float("nan")

    result = student.run(probes.from_odd_memory, {"hidden": hidden, "batchnorm": True}, images)

    expected = oracles.logits(oracles.layers(result["parameters"], hidden), images, "new")
    assert_close(result["logits"], expected, **CLOSE, name="tensor of logits")


@pytest.mark.supporting
def test_pictures_stay_as_they_were(student, rng):
    """The pictures are not changed.

    An operation with an underscore, or `inplace=True` on the first layer, writes into the caller's tensor.
    """
    images = oracles.pictures(rng, 3)

    result = student.run(probes.from_odd_memory, {"hidden": ()}, images)

    assert_close(result["images"], images, rtol=0, name="tensor of pictures afterwards")


@pytest.mark.supporting
def test_refuses_sizes_and_probabilities(student, rng):
    """A layer without units and an impossible probability are refused, by name and value.

    Look at the arguments before you make the first layer.
    """
    for size in (0, -int(rng.integers(1, 9))):
        with refuses("hidden", shown=size):
            student.DigitClassifier(hidden=(20, size))
        with refuses("hidden", shown=size):
            student.DigitClassifier(hidden=[size, 20])
    for dropout in (1.0, 1.5, -0.25):
        with refuses("dropout", shown=dropout):
            student.DigitClassifier(hidden=(20,), dropout=dropout)
        with refuses("dropout", shown=dropout):
            student.DigitClassifier(hidden=(), dropout=dropout)


@pytest.mark.supporting
def test_refuses_what_is_no_batch_of_pictures(student):
    """Pictures of another shape and an empty batch are refused, and the shape is shown.

    784 numbers can lie in a tensor in many ways; only one of them is a batch of pictures.
    """
    for shape in ((3, 28, 28), (1, 28, 28), (3, 784), (3, 1, 784, 1), (3, 1, 14, 56), (3, 2, 28, 14), (0, 1, 28, 28)):
        with refuses("x", shown=shape):
            student.run(probes.judge_pictures, {"hidden": (20,)}, torch.zeros(shape))
