"""Visible checks of chapter 6: the obvious cases, most of them with numbers that the notebook computes by hand."""

import tempfile
from pathlib import Path

import numpy as np
import torch
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from torch import nn

from course_lib.grading import assert_close, fail, refuses, visible

# --- small tools ------------------------------------------------------------------------------------------------------


class Scores(nn.Module):
    """Probe: a model whose scores are its input, or minus its input in training mode; it notes how it was run."""

    def __init__(self):
        super().__init__()
        self.runs = []

    def forward(self, x):
        """Note the mode and whether gradients are on."""
        self.runs.append([self.training, torch.is_grad_enabled()])
        return -x if self.training else x


def tiny_line(weight):
    """Return a model with one weight and nothing else: output = weight · input."""
    model = nn.Linear(1, 1, bias=False)
    model.weight.data.fill_(weight)
    return model


def half_square(output, target):
    """Half the mean squared difference; its slope is output minus target."""
    return 0.5 * ((output - target) ** 2).mean()


def results(value):
    """Demand what run_experiment returns, and return the two numbers."""
    if not isinstance(value, dict) or set(value) != {"train_loss", "test_accuracy", "model"}:
        fail("The result must be a dictionary with exactly the keys train_loss, test_accuracy and model.")
    return [value["train_loss"], value["test_accuracy"]]


# --- digit_classifier -------------------------------------------------------------------------------------------------


def built(student, settings, n):
    """Probe: build a network; return the shape of its scores, its number of parameters, and the scores twice."""
    model = student.DigitClassifier(**settings)
    images = torch.randn(n, 1, 28, 28)
    scores = model.eval()(images)
    return list(scores.shape), sum(p.numel() for p in model.parameters()), scores, model(images)


def shares_of_softmax(student):
    """Probe: the smallest score, and the sum of the scores, of a network with large weights."""
    model = student.DigitClassifier(hidden=(20,)).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(3)
        scores = model(torch.randn(50, 1, 28, 28))
    return float(scores.min()), float((scores.sum(dim=1) - 1).abs().max())


def modes(student, dropout):
    """Probe: whether scores change from one time to the next, in training and in evaluation mode."""
    model = student.DigitClassifier(hidden=(30, 20), dropout=dropout)
    images = torch.randn(16, 1, 28, 28)
    return [bool((model.train(mode)(images) != model(images)).any()) for mode in (True, False)]


@visible("digit_classifier")
def test_digit_classifier_gives_ten_scores(student):
    """Seven pictures give ten scores each, for no, one and three hidden layers."""
    for hidden in ((), (30,), [40, 30, 20]):
        shape, _, scores, again = student.run(built, {"hidden": hidden}, 7)

        assert_close(shape, [7, 10], name="shape of the scores")
        assert_close(again, scores, rtol=0, name="scores of the same pictures once more, in evaluation mode")


@visible("digit_classifier")
def test_digit_classifier_has_the_parameters_computed_by_hand(student):
    """535 818 parameters as it comes, 567 434 with a third hidden layer, and two more per hidden unit with batch norm.

    Far too few? Then layers lie in an ordinary list, where the Module does not notice them: use nn.Sequential or
    nn.ModuleList.
    """
    cases = (({}, 535_818), ({"hidden": (512, 256, 128)}, 567_434), ({"batchnorm": True}, 535_818 + 2 * 768))
    for settings, expected in cases:
        _, count, _, _ = student.run(built, settings, 2)
        assert_close(count, expected, name="number of parameters")


@visible("digit_classifier")
def test_digit_classifier_gives_logits(student):
    """The scores are the last Linear's own: some negative, no softmax, no ReLU."""
    smallest, _ = student.run(shares_of_softmax)

    if smallest >= 0:
        fail("No score of fifty pictures is negative.", "Is there a softmax or a ReLU after the last Linear?")


@visible("digit_classifier")
def test_digit_classifier_drops_units_in_training_only(student):
    """With dropout the scores change from one time to the next in training mode, and never in evaluation mode.

    `nn.Dropout` hears `model.train()` and `model.eval()`; a mask of your own does not, unless it asks `self.training`.
    """
    assert_close(student.run(modes, 0.5), [True, False], name="list: do scores change in training, evaluation?")
    assert_close(student.run(modes, 0.0), [False, False], name="list: do they change without dropout?")


@visible("digit_classifier")
def test_digit_classifier_refuses_what_makes_no_sense(student):
    """A layer without units, a probability of 1, and pictures without a channel are refused."""
    with refuses("hidden", shown=0):
        student.DigitClassifier(hidden=(30, 0))
    with refuses("dropout", shown=1.0):
        student.DigitClassifier(dropout=1.0)
    with refuses("x", shown=(5, 28, 28)):
        student.DigitClassifier(hidden=(30,))(torch.zeros(5, 28, 28))


# --- train_one_epoch --------------------------------------------------------------------------------------------------


def one_epoch(student, weight, batches, learning_rate, *, evaluating=False):
    """Probe: train the model with one weight; return the loss, the weight afterwards, and the mode."""
    model = tiny_line(weight).to(student.device)
    model.train(not evaluating)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    loss = student.train_one_epoch(model, iter(batches), optimizer, half_square)
    return loss, model.weight.item(), model.training


@visible("train_one_epoch")
def test_train_one_epoch_weights_every_sample_alike(student):
    """Two batches of 64 and 16 samples with mean losses 1.0 and 3.0 have a mean of 1.4.

    2.0 is the mean of the two means, 4.0 their sum. (The learning rate is 0, so that nothing else happens.)
    """
    far, farther = torch.full((64, 1), 2.0**0.5), torch.full((16, 1), 6.0**0.5)
    batches = [(torch.zeros(64, 1), far), (torch.zeros(16, 1), farther)]

    loss, _, _ = student.run(one_epoch, 1.0, batches, 0.0)

    assert_close(loss, 1.4, rtol=1e-5, name="mean loss")


@visible("train_one_epoch")
def test_train_one_epoch_steps_along_each_batch(student):
    """Two batches give two steps, each along the gradient of its own batch.

    With weight 1, inputs 1 and targets 0 the gradient is the weight itself: at a learning rate of 0.5 it goes from 1 to
    0.5 to 0.25. If yours ends at -0.25, the second step still contained the first gradient.
    """
    batches = [(torch.ones(3, 1), torch.zeros(3, 1)), (torch.ones(2, 1), torch.zeros(2, 1))]

    loss, weight, _ = student.run(one_epoch, 1.0, batches, 0.5)

    assert_close(weight, 0.25, rtol=1e-5, name="weight afterwards")
    assert_close(loss, (3 * 0.5 + 2 * 0.125) / 5, rtol=1e-5, name="mean loss, measured before each step")


def one_epoch_from_evaluation(student):
    """Probe: the mode afterwards, when the model came in evaluation mode."""
    return one_epoch(student, 1.0, [(torch.ones(3, 1), torch.zeros(3, 1))], 0.5, evaluating=True)[2]


@visible("train_one_epoch")
def test_train_one_epoch_ends_in_training_mode(student):
    """A model that came in evaluation mode is in training mode afterwards."""
    assert_close(student.run(one_epoch_from_evaluation), True, name="training mode afterwards")  # noqa: FBT003


@visible("train_one_epoch")
def test_train_one_epoch_refuses_no_batch(student):
    """A loader without a batch is refused."""
    with refuses("loader"):
        student.run(one_epoch, 1.0, [], 0.5)


# --- evaluate ---------------------------------------------------------------------------------------------------------


def measured(student, batches, *, training):
    """Probe: the accuracy of a model whose scores are its input, how it was run, and its mode afterwards."""
    model = Scores().train(training)
    return student.evaluate(model, iter(batches)), model.runs, model.training


def seven_of_eight():
    """Return batches of five, two and one sample: seven of the eight are right, the third is wrong."""
    scores = torch.eye(8)
    labels = torch.arange(8)
    labels[2] = 0
    return [(scores[:5], labels[:5]), (scores[5:7], labels[5:7]), (scores[7:], labels[7:])]


def training_run(student, batches):
    """Probe: `measured` of a model in training mode."""
    return measured(student, batches, training=True)


def evaluation_run(student, batches):
    """Probe: `measured` of a model in evaluation mode."""
    return measured(student, batches, training=False)


@visible("evaluate")
def test_evaluate_counts_samples(student):
    """Seven of eight are right, in batches of five, two and one: 0.875.

    0.933 is the mean of the accuracies of the three batches.
    """
    accuracy, _, _ = student.run(evaluation_run, seven_of_eight())

    assert_close(accuracy, 0.875, rtol=1e-6, name="accuracy")


@visible("evaluate")
def test_evaluate_runs_the_model_in_evaluation_mode(student):
    """While the model runs, it is in evaluation mode and gradients are off."""
    _, runs, _ = student.run(training_run, seven_of_eight())

    if any(training for training, _ in runs):
        fail("The model ran in training mode.")
    if any(gradients for _, gradients in runs):
        fail("Gradients were on while the model ran.")


@visible("evaluate")
def test_evaluate_leaves_the_mode_as_it_was(student):
    """A model that came in training mode is in training mode again, one in evaluation mode stays there."""
    for probe, mode in ((training_run, True), (evaluation_run, False)):
        _, _, training = student.run(probe, seven_of_eight())
        assert_close(training, mode, name="training mode afterwards")


@visible("evaluate")
def test_evaluate_refuses_no_sample(student):
    """A loader without a sample is refused."""
    with refuses("loader"):
        student.run(evaluation_run, [])


# --- save_and_load ----------------------------------------------------------------------------------------------------


def saved_and_loaded(student):
    """Probe: save a network, load it into another one of the same build, and compare all the numbers."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "weights.pth"
        model, other = (nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3)).to(student.device) for _ in range(2))
        model(torch.randn(5, 4, device=student.device))  # changes the running statistics
        student.save_weights(model, path)
        content = torch.load(path, weights_only=True)
        student.load_weights(other, str(path))
        return dict(model.state_dict()), dict(content), dict(other.state_dict())


def load_from(student, kind):
    """Probe: load from a file of something else."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "weights.pth"
        if kind == "text":
            path.write_text("hello")
        else:
            torch.save({"model": nn.Linear(4, 3), "weights": nn.Linear(4, 2).state_dict()}[kind], path)
        student.load_weights(nn.Linear(4, 3).to(student.device), path)


@visible("save_and_load")
def test_save_and_load_keep_every_number(student):
    """The file holds the state dict, and another network has all its numbers after loading."""
    numbers, content, loaded = student.run(saved_and_loaded)

    assert_close(content, numbers, rtol=0, name="content of the file")
    assert_close(loaded, numbers, rtol=0, name="state dict after loading")


@visible("save_and_load")
def test_load_refuses_other_files(student):
    """A text, a whole model and the weights of another architecture are refused with ValueError."""
    for kind in ("text", "model", "weights"):
        with refuses("path", shown="weights.pth"):
            student.run(load_from, kind)


# --- run_experiment ---------------------------------------------------------------------------------------------------


@visible("run_experiment")
def test_run_experiment_learns_to_read(student):
    """A small network learns within two epochs: loss below 0.7, more than 80 of 100 test digits right.

    A loss near 2.3 means that nothing is learned: does the optimizer hold the parameters of this model?
    """
    loss, accuracy = results(student.run_experiment(epochs=2, hidden=(64,), seed=1))

    assert_close([type(loss).__name__, type(accuracy).__name__], ["float", "float"], name="list of types")
    if not (loss < 0.7 and 0.8 < accuracy <= 1):
        fail("The network has not learned to read.", f"Loss {loss:.3f}, accuracy {accuracy:.3f}.")


@visible("run_experiment")
def test_run_experiment_is_repeatable(student):
    """The same seed gives the same numbers, another seed gives others."""
    first, again, other = (results(student.run_experiment(epochs=1, hidden=(32,), seed=seed)) for seed in (3, 3, 4))

    assert_close(again, first, name="list of loss and accuracy of the second call")
    if other[0] == first[0]:
        fail("Another seed gives exactly the same loss.")


@visible("run_experiment")
def test_run_experiment_refuses_no_epoch(student):
    """Zero epochs and a learning rate of 0 are refused."""
    with refuses("epochs", shown=0):
        student.run_experiment(epochs=0)
    with refuses("learning_rate", shown=0.0):
        student.run_experiment(learning_rate=0.0)


# --- confusion_matrix -------------------------------------------------------------------------------------------------


def drawn_confusion(student, cm):
    """Probe: let the student draw on the first of two axes, and read off what is there."""
    figure = Figure()
    ax, _ = figure.subplots(1, 2)
    student.plot_confusion(ax, cm)
    figure.draw_without_rendering()
    meshes = [item for item in ax.collections if isinstance(item, QuadMesh)]
    return {
        "fields": len(ax.images) + len(meshes),
        "ticks": [[label.get_text() for label in axis.get_ticklabels()] for axis in (ax.xaxis, ax.yaxis)],
        "words": [ax.get_xlabel(), ax.get_ylabel()],
    }


@visible("confusion_matrix")
def test_confusion_matrix_of_the_example(student):
    """The example of the text comes out: rows are true, columns predicted."""
    cm = student.confusion_matrix([0, 2, 1, 2, 0, 2], [0, 0, 1, 2, 2, 1], n_classes=3)

    assert_close(cm, np.array([[1, 0, 1], [0, 1, 1], [1, 0, 1]]), name="confusion matrix")


@visible("confusion_matrix")
def test_confusion_matrix_takes_tensors(student):
    """Two tensors of digits give a table of 10 by 10 that adds up to their number."""
    cm = student.confusion_matrix(torch.tensor([7, 7, 0]), torch.tensor([1, 7, 0]))

    expected = np.zeros((10, 10), dtype=np.int64)
    expected[1, 7] = expected[7, 7] = expected[0, 0] = 1
    assert_close(cm, expected, name="confusion matrix")


@visible("confusion_matrix")
def test_confusion_matrix_refuses_what_does_not_fit(student):
    """Unequal lengths and a class that is none are refused."""
    with refuses("labels", shown=(2,)):
        student.confusion_matrix([0, 1, 2], [0, 1])
    with refuses("predictions", shown=-1):
        student.confusion_matrix([0, -1], [0, 1])


@visible("confusion_matrix")
def test_most_confused_ignores_the_diagonal(student):
    """The most frequent mistake is found off the diagonal; in a tie it is the smallest pair."""
    assert_close(student.most_confused(np.array([[9, 0, 1], [0, 9, 0], [3, 0, 6]])), (2, 0), name="pair")
    assert_close(student.most_confused(np.array([[9, 0, 2], [0, 9, 0], [2, 0, 6]])), (0, 2), name="pair in a tie")


@visible("confusion_matrix")
def test_plot_confusion_can_be_read(student):
    """There are coloured fields, a tick with its number for every class, and labels that tell truth from prediction."""
    drawn = student.run(drawn_confusion, np.arange(36).reshape(6, 6))

    if not drawn["fields"]:
        fail("There are no coloured fields on the axes that were given: ax.imshow draws them.")
    for axis, texts in zip("xy", drawn["ticks"], strict=True):
        if [text for text in texts if text.strip()] != list("012345"):
            fail(f"The {axis}-axis must have one tick for each class, labelled 0 to 5 here.", f"It has {texts}.")
    for axis, word, text in zip("xy", ("predicted", "true"), drawn["words"], strict=True):
        if word not in text.lower():
            fail(f"The label of the {axis}-axis must contain the word “{word}”.")


# --- batchnorm_study --------------------------------------------------------------------------------------------------


@visible("batchnorm_study")
def test_batchnorm_study_has_a_number_for_every_epoch(student):
    """Two networks, two lists each, one number per epoch; batch norm has the lower loss in the first epoch."""
    study = student.batchnorm_study(seed=0, epochs=1)

    if not isinstance(study, dict) or set(study) != {"plain", "batchnorm"}:
        fail("The result must be a dictionary with exactly the keys plain and batchnorm.")
    for name, curves in study.items():
        if not isinstance(curves, dict) or set(curves) != {"train_loss", "test_accuracy"}:
            fail(f"The entry {name!r} must be a dictionary with exactly the keys train_loss and test_accuracy.")
        for key, values in curves.items():
            if not isinstance(values, list) or len(values) != 1:
                fail(f"{name}, {key}: one epoch must give a list of one number.", f"Received {values!r}.")
    if not study["batchnorm"]["train_loss"][0] < study["plain"]["train_loss"][0]:
        fail("The loss of the first epoch should be lower with batch norm. Are the two mixed up?")


@visible("batchnorm_study")
def test_batchnorm_study_refuses_no_epoch(student):
    """Zero epochs are refused."""
    with refuses("epochs", shown=0):
        student.batchnorm_study(seed=0, epochs=0)
