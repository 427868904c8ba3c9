"""Visible checks of chapter 5: the obvious cases, most of them with numbers that the notebook computes by hand."""

import re

import numpy as np
import torch
from matplotlib.figure import Figure
from torch import nn

from course_lib.grading import assert_close, fail, refuses, visible

HISTORY = ("train_loss", "val_loss", "train_accuracy", "val_accuracy")


# --- small tools ------------------------------------------------------------------------------------------------------


def parts(value, count, names):
    """Demand a tuple (or list) of `count` parts."""
    if not isinstance(value, tuple | list) or len(value) != count:
        fail(f"The function must return {names}, separated by commas.", f"Received: {type(value).__name__}.")
    return value


def histories(value, keys, epochs):
    """Demand a dictionary of complete histories."""
    if not isinstance(value, dict) or set(value) != set(keys):
        fail(f"The result must be a dictionary with exactly these keys: {', '.join(map(repr, keys))}.")
    for key, history in value.items():
        one_history(history, epochs, f"the history of {key!r}")
    return value


def one_history(history, epochs, name):
    """Demand four lists with one finite number for each epoch."""
    if not isinstance(history, dict) or set(history) != set(HISTORY):
        fail(f"{name[:1].upper()}{name[1:]} must be a dictionary with exactly the keys {', '.join(HISTORY)}.")
    for key in HISTORY:
        values = np.asarray(history[key], dtype=np.float64)
        if values.shape != (epochs,) or not np.isfinite(values).all():
            fail(f"{key} in {name} must hold one finite number for each epoch.", f"Received: {history[key]}.")
    return history


# --- minibatches ------------------------------------------------------------------------------------------------------


def two_epochs(student, X, y, batch_size, seed):
    """Probe: the batches of two epochs, drawn from one generator."""
    rng = np.random.default_rng(seed)
    return [[list(pair) for pair in student.minibatches(X, y, batch_size, rng)] for _ in range(2)]


@visible("minibatches")
def test_minibatches_of_ten_samples(student):
    """Ten samples in portions of four: batches of 4, 4 and 2 rows, each sample in exactly one of them.

    The short batch in the end belongs to the data as well. Python's slices end quietly where the data end.
    """
    X, y = np.arange(20.0).reshape(10, 2), np.arange(10)

    epoch, _ = student.run(two_epochs, X, y, 4, 0)

    assert_close([len(inputs) for inputs, _ in epoch], [4, 4, 2], name="list of the sizes of the batches")
    assert_close(np.sort(np.concatenate([targets for _, targets in epoch])), y, name="targets of all batches, sorted")


@visible("minibatches")
def test_minibatches_keep_pairs_together(student):
    """Every row of X_batch stands beside its own y.

    Draw one order, and use it for both. Two orders pair sevens with the labels of threes.
    """
    X, y = np.arange(20.0).reshape(10, 2), np.arange(10)

    epoch, _ = student.run(two_epochs, X, y, 4, 0)

    for inputs, targets in epoch:
        assert_close(inputs, X[np.asarray(targets)], name="inputs that belong to the targets of the batch")


@visible("minibatches")
def test_minibatches_are_shuffled_anew(student):
    """The rows come in random order, and the next epoch has another order."""
    X = np.arange(50)

    first, second = student.run(two_epochs, X, X, 10, 1)
    orders = [np.concatenate([inputs for inputs, _ in epoch]) for epoch in (first, second)]

    if np.array_equal(orders[0], X):
        fail("The rows come in the order of the data: nothing was shuffled.")
    if np.array_equal(*orders):
        fail("Two epochs with the same generator have the same order.")


@visible("minibatches")
def test_minibatches_refuse_empty_batches(student):
    """A batch size of 0, and targets that are too few, are refused by name."""
    with refuses("batch_size", shown=0):
        student.run(two_epochs, np.arange(4), np.arange(4), 0, 0)
    with refuses("y", shown=(3,)):
        student.run(two_epochs, np.arange(4), np.arange(3), 2, 0)


# --- sgd_momentum_step ------------------------------------------------------------------------------------------------


@visible("sgd_momentum_step")
def test_sgd_momentum_step_by_hand(student):
    """The three steps of the table come out.

    If the parameter is still 1 after the first step, look at the order: first the velocity, then the parameters by the
    new velocity. If the first step is right and the second is not, the old velocity was forgotten, or does not fade.
    """
    param, velocity = np.array([1.0]), np.array([0.0])
    for wanted in ((0.8, 2.0), (0.42, 3.8), (-0.122, 5.42)):
        param, velocity = parts(
            student.sgd_momentum_step(param, np.array([2.0]), velocity, 0.1, 0.9), 2, "param and velocity"
        )
        assert_close(param, np.array([wanted[0]]), name="param")
        assert_close(velocity, np.array([wanted[1]]), name="velocity")


@visible("sgd_momentum_step")
def test_sgd_without_momentum_is_plain_descent(student):
    """With momentum 0 it is plain gradient descent, for a table of whole numbers too."""
    param, grad = np.array([[1, 2], [3, 4]]), np.array([[1, 0], [-2, 5]])

    result, _ = parts(student.sgd_momentum_step(param, grad, np.ones((2, 2)), 0.5, 0.0), 2, "param and velocity")

    assert_close(result, np.array([[0.5, 2.0], [4.0, 1.5]]), name="param")


@visible("sgd_momentum_step")
def test_sgd_momentum_step_refuses_other_shapes(student):
    """A gradient of shape (2,) for a parameter of shape (3, 2) is refused, and a momentum of 1."""
    with refuses("grad", shown=(2,)):
        student.sgd_momentum_step(np.zeros((3, 2)), np.zeros(2), np.zeros((3, 2)), 0.1, 0.9)
    with refuses("momentum", shown=1.0):
        student.sgd_momentum_step(np.zeros(2), np.zeros(2), np.zeros(2), 0.1, 1.0)


# --- adam_step --------------------------------------------------------------------------------------------------------


@visible("adam_step")
def test_adam_step_by_hand(student):
    """The first step moves every parameter by the learning rate, whatever the size of its gradient.

    If it moves far less or far more, look at the bias correction, and at t, which is 1 in the first step.
    """
    state = {"t": 0, "m": np.zeros(2), "v": np.zeros(2)}
    step = student.adam_step(np.array([1.0, 1.0]), np.array([4.0, 0.004]), state, 0.1, (0.9, 0.999), 0.0)
    param, state = parts(step, 2, "param and state")

    assert_close(param, np.array([0.9, 0.9]), name="param")
    assert_close(state, {"t": 1, "m": np.array([0.4, 0.0004]), "v": np.array([0.016, 1.6e-8])}, name="state")


@visible("adam_step")
def test_adam_step_agrees_with_torch(student, rng):
    """Ten steps agree with torch.optim.Adam."""
    param, state = rng.normal(size=(2, 3)), {"t": 0, "m": np.zeros((2, 3)), "v": np.zeros((2, 3))}
    theirs = torch.tensor(param, requires_grad=True)
    optimizer = torch.optim.Adam([theirs], lr=0.05, betas=(0.8, 0.95), eps=1e-3)
    for _ in range(10):
        grad = rng.normal(size=(2, 3))
        param, state = parts(student.adam_step(param, grad, state, 0.05, (0.8, 0.95), 1e-3), 2, "param and state")
        theirs.grad = torch.tensor(grad)
        optimizer.step()

    assert_close(param, theirs.detach().numpy(), rtol=1e-8, name="param after ten steps")


@visible("adam_step")
def test_adam_step_refuses_what_does_not_fit(student):
    """A gradient of another shape is refused, and a beta of 1."""
    state = {"t": 0, "m": np.zeros(2), "v": np.zeros(2)}
    with refuses("grad", shown=(3,)):
        student.adam_step(np.zeros(2), np.zeros(3), state, 0.1, (0.9, 0.999), 1e-8)
    with refuses("betas", shown=(0.9, 1.0)):
        student.adam_step(np.zeros(2), np.zeros(2), state, 0.1, (0.9, 1.0), 1e-8)


# --- compare_optimizers -----------------------------------------------------------------------------------------------


def trained(student, epochs):
    """Probe: train a small network with dropout; return its history, and what it says of the data afterwards."""
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(784, 20), nn.ReLU(), nn.Dropout(0.5), nn.Linear(20, 10))
    network.to(student.choose_device())
    optimizer = torch.optim.SGD(network.parameters(), lr=0.05)
    history = student.train_network(network, optimizer, epochs, 0)
    network.eval().cpu()
    images, labels, unseen, answers = student.data.digits()
    with torch.no_grad():
        logits = [network(part.flatten(1)) for part in (images[:1000], unseen)]
    losses = [nn.functional.cross_entropy(*pair).item() for pair in zip(logits, (labels[:1000], answers), strict=True)]
    return history, losses


@visible("compare_optimizers")
def test_train_network_measures_after_the_epoch(student):
    """The last losses are those of the trained network, measured in evaluation mode over all digits.

    A loss that is higher was measured too early, or with dropout still switched on. Is it the mean over all digits?
    """
    history, losses = student.run(trained, 2)

    one_history(history, 2, "the history")
    for name, loss in zip(("train_loss", "val_loss"), losses, strict=True):
        assert_close(float(history[name][-1]), loss, rtol=2e-3, name=f"last entry of {name}")


@visible("compare_optimizers")
def test_compare_optimizers_runs_the_race(student):
    """Two epochs give two complete histories; both networks learn, and Adam is ahead at first."""
    race = histories(student.compare_optimizers(0, epochs=2), ("adam", "sgd"), 2)

    for name, history in race.items():
        if not history["val_accuracy"][-1] > 0.6:
            fail(f"With {name!r} the network has hardly learned anything.", f"Accuracies: {history['val_accuracy']}.")
    if not race["adam"]["train_loss"][0] < race["sgd"]["train_loss"][0]:
        fail("After one epoch Adam should be ahead of SGD. Are the two learning rates the right ones?")


@visible("compare_optimizers")
def test_compare_optimizers_is_repeatable(student):
    """The same seed gives the same race again, another seed another one.

    `torch.manual_seed(seed)` before each network, and a generator made from the seed for the batches.
    """
    first, again, other = (
        histories(student.compare_optimizers(seed, epochs=1), ("adam", "sgd"), 1) for seed in (1, 1, 2)
    )

    for name in ("adam", "sgd"):
        ours, theirs = first[name]["train_loss"][0], again[name]["train_loss"][0]
        assert_close(float(theirs), float(ours), rtol=1e-3, name=f"loss of {name} in the second run")
        if abs(other[name]["train_loss"][0] - ours) < 1e-6:
            fail(f"Two different seeds give the same result for {name!r}.")


@visible("compare_optimizers")
def test_compare_optimizers_refuses_negative_epochs(student):
    """A negative number of epochs is refused, and no epochs give empty lists."""
    with refuses("epochs", shown=-1):
        student.compare_optimizers(0, epochs=-1)
    histories(student.compare_optimizers(0, epochs=0), ("adam", "sgd"), 0)


# --- dropout ----------------------------------------------------------------------------------------------------------


def dropped_in_training(student, x, p, seed):
    """Probe: call dropout in training, with a generator of its own."""
    return list(student.dropout(x, p, np.random.default_rng(seed), True))  # noqa: FBT003 - the contract's order


def dropped_in_evaluation(student, x, p, seed):
    """Probe: the same in evaluation."""
    return list(student.dropout(x, p, np.random.default_rng(seed), False))  # noqa: FBT003 - the contract's order


@visible("dropout")
def test_dropout_scales_the_survivors(student):
    """In training every entry is either 0 or scaled up by 1 / (1 - p), as the mask says.

    With p = 0.5 survivors are doubled, with p = 0.2 they are divided by 0.8.
    """
    x = np.arange(1.0, 41.0).reshape(5, 8)
    for p in (0.5, 0.2):
        out, mask = parts(student.run(dropped_in_training, x, p, 0), 2, "out and mask")
        mask = np.asarray(mask, dtype=np.float64)
        if not np.isin(mask, (0.0, 1.0)).all():
            fail("The mask must hold zeros and ones only: the scaling belongs to out.")
        assert_close(out, x * mask / (1 - p), name=f"out with p = {p}")


@visible("dropout")
def test_dropout_drops_the_right_share(student):
    """Of 10 000 entries about the share p is switched off, and not equally many in all rows.

    If nearly everything survives at p = 0.2 and nearly nothing at 0.8, all is well; the other way round it is not.
    """
    for p in (0.2, 0.8):
        _, mask = parts(student.run(dropped_in_training, np.ones((100, 100)), p, 1), 2, "out and mask")
        mask = np.asarray(mask, dtype=np.float64)
        rows = mask.mean(axis=1)
        if np.ptp(rows) == 1:
            fail("Every entry needs a coin of its own; here whole rows share one.")
        if np.ptp(rows) == 0:
            fail("Every entry needs a coin of its own; here all rows lose equally many, perhaps the same columns.")
        if abs(mask.mean() - (1 - p)) > 0.03:
            fail("The share of entries that survive is not 1 - p.", f"At p = {p} it is {mask.mean():.3f}.")


@visible("dropout")
def test_dropout_rests_in_evaluation(student):
    """In evaluation everything passes unchanged, and the mask is all ones."""
    x = np.array([[3.0, 1.0], [4.0, 2.0]])

    out, mask = parts(student.run(dropped_in_evaluation, x, 0.5, 0), 2, "out and mask")

    assert_close(out, x, name="out")
    assert_close(np.asarray(mask, dtype=np.float64), np.ones((2, 2)), name="mask")


@visible("dropout")
def test_dropout_backward_uses_the_mask(student):
    """The gradient passes where the mask is 1, scaled as the survivors were."""
    grad = student.dropout_backward(np.array([1.0, 2.0, 3.0]), np.array([1.0, 0.0, 1.0]), 0.5)

    assert_close(grad, np.array([2.0, 0.0, 6.0]), name="gradient")


@visible("dropout")
def test_dropout_refuses_to_drop_everything(student):
    """A probability of 1 is refused, by name and value."""
    with refuses("p", shown=1.0):
        student.run(dropped_in_training, np.ones(3), 1.0, 0)


# --- dropout_study ----------------------------------------------------------------------------------------------------


@visible("dropout_study")
def test_dropout_study_of_one_rate(student):
    """One rate gives one complete history of 15 epochs, and the network has learned.

    This check trains for a few seconds.
    """
    study = histories(student.dropout_study([0.5], 0), (0.5,), 15)

    if not study[0.5]["val_accuracy"][-1] > 0.8:
        fail("After 15 epochs at rate 0.5 more than 0.8 of the unseen digits should be right.")
    if not study[0.5]["train_accuracy"][-1] > 0.97:
        fail("The training accuracy is too low. Is it measured in evaluation mode, without dropout?")


@visible("dropout_study")
def test_dropout_study_refuses_impossible_rates(student):
    """A rate of 1 is refused, by name and value."""
    with refuses("rates", shown=1.0):
        student.dropout_study([1.0], 0)


# --- dropout_curves ---------------------------------------------------------------------------------------------------


def drawn_histories(student, runs):
    """Probe: let the student draw, and read off lines, labels and legends of both Axes."""
    axes = list(Figure().subplots(1, 3))[:2]
    student.plot_histories(axes, runs)
    return [
        {
            "lines": [[str(line.get_label()), np.asarray(line.get_xydata(), float)] for line in ax.get_lines()],
            "legend": ax.get_legend() is not None,
            "words": [ax.get_xlabel(), ax.get_ylabel()],
        }
        for ax in axes
    ]


def two_runs():
    """Return two short histories whose numbers are all different."""
    values = np.linspace(0.1, 0.9, 24).reshape(2, 4, 3).tolist()
    return {rate: dict(zip(HISTORY, run, strict=True)) for rate, run in zip((0.0, 0.5), values, strict=True)}


@visible("dropout_curves")
def test_plot_histories_draws_every_curve(student):
    """The losses are on the first Axes, the accuracies on the second, over the epochs 1, 2 and 3."""
    runs = two_runs()

    panels = student.run(drawn_histories, runs)

    for panel, quantity in zip(panels, ("loss", "accuracy"), strict=True):
        curves = [curve for _, curve in panel["lines"]]
        for rate, run in runs.items():
            for part in ("train", "val"):
                wanted = np.column_stack([[1, 2, 3], run[f"{part}_{quantity}"]])
                if not any(curve.shape == wanted.shape and np.allclose(curve, wanted) for curve in curves):
                    fail(f"The {quantity} panel has no line for {part}_{quantity} at rate {rate} over epochs 1, 2, 3.")


@visible("dropout_curves")
def test_plot_histories_says_what_it_shows(student):
    """Every line has a label with its rate and the word train or val; there are legends and axis labels."""
    for panel in student.run(drawn_histories, two_runs()):
        labels = [label.lower() for label, _ in panel["lines"] if not label.startswith("_")]
        if len(set(labels)) < 4 or not all("train" in label or "val" in label for label in labels):
            fail("Each of the four lines needs a label of its own, with train or val in it.", f"Labels: {labels}.")
        if sum(bool(re.search(r"[.,]5|50|5e-", label)) for label in labels) < 2:
            fail("The two lines of rate 0.5 need that rate in their labels.", f"Labels: {labels}.")
        if not panel["legend"]:
            fail("An Axes has no legend.")
        if not all(words.strip() for words in panel["words"]):
            fail("An axis has no label.")


# --- weight_decay -----------------------------------------------------------------------------------------------------


@visible("weight_decay")
def test_l2_penalty_by_hand(student):
    """The example of the text: penalty 1, gradient (0.6, -0.2) for the weights and 0 for the bias."""
    result = student.l2_penalty({"W1": np.array([[3.0, -1.0]]), "b1": np.array([[5.0]])}, 0.1)
    loss, grads = parts(result, 2, "loss and grads")

    assert_close(loss, 1.0, name="loss")
    assert_close(grads, {"W1": np.array([[0.6, -0.2]]), "b1": np.array([[0.0]])}, name="grads")


@visible("weight_decay")
def test_l2_penalty_of_two_layers(student):
    """Every weight matrix counts, however many layers there are."""
    params = {f"W{layer}": np.full((2, 2), layer) for layer in (1, 2, 3)}

    loss, _ = parts(student.l2_penalty(params, 0.5), 2, "loss and grads")

    assert_close(loss, 28.0, name="loss")


@visible("weight_decay")
def test_l2_penalty_refuses_a_negative_strength(student):
    """A negative strength would reward large weights; it is refused."""
    with refuses("strength", shown=-0.5):
        student.l2_penalty({"W1": np.ones((2, 2))}, -0.5)


# --- early_stopping ---------------------------------------------------------------------------------------------------


def watched(student, losses, arguments):
    """Probe: feed losses, each with weights that are overwritten afterwards; return answers and attributes."""
    stopper, weights = student.EarlyStopping(**arguments), {"W1": np.zeros(2)}
    answers = []
    for number, loss in enumerate(losses):
        weights["W1"][...] = number
        answers.append(stopper.update(loss, weights))
    weights["W1"][...] = -1.0
    return answers, stopper.best_loss, stopper.best_epoch, stopper.best_weights


@visible("early_stopping")
def test_early_stopping_goes_through_the_table(student):
    """With patience 2 the losses 0.9, 0.5, 0.6, 0.5 end in a stop.

    Count the updates without improvement. An equal loss is none.
    """
    answers, loss, epoch, _ = student.run(watched, [0.9, 0.5, 0.6, 0.5], {"patience": 2})

    assert_close([bool(answer) for answer in answers], [False, False, False, True], name="list of answers")
    assert_close(loss, 0.5, name="best_loss")
    assert_close(epoch, 1, name="best_epoch")


@visible("early_stopping")
def test_early_stopping_copies_the_weights(student):
    """The best weights stay what they were when the loss was best, though the network goes on learning.

    Keep `copy.deepcopy(weights)`, not the weights themselves.
    """
    *_, weights = student.run(watched, [0.9, 0.5, 0.6], {})

    assert_close(weights, {"W1": np.array([1.0, 1.0])}, name="best_weights")


@visible("early_stopping")
def test_early_stopping_asks_for_min_delta(student):
    """With min_delta 0.1 a loss of 0.45 is no improvement over 0.5, but 0.3 is."""
    answers, loss, epoch, _ = student.run(watched, [0.5, 0.45, 0.3], {"patience": 1, "min_delta": 0.1})

    assert_close([bool(answer) for answer in answers], [False, True, False], name="list of answers")
    assert_close(loss, 0.3, name="best_loss")
    assert_close(epoch, 2, name="best_epoch")


@visible("early_stopping")
def test_early_stopping_refuses_no_patience(student):
    """A patience of 0 is refused, by name and value."""
    with refuses("patience", shown=0):
        student.EarlyStopping(patience=0)


# --- schedules --------------------------------------------------------------------------------------------------------


@visible("schedules")
def test_step_decay_of_the_text(student):
    """From 0.1 the rate falls to 0.01 in epoch 30 and to 0.001 in epoch 60, and not an epoch earlier."""
    rates = [float(student.step_decay(0.1, epoch)) for epoch in (0, 29, 30, 59, 60)]

    assert_close(rates, [0.1, 0.1, 0.01, 0.01, 0.001], name="list of rates")


@visible("schedules")
def test_cosine_annealing_of_the_text(student):
    """It begins at the base rate, passes the mean half-way, and ends at eta_min.

    If it goes up again in between, the angle was taken in degrees.
    """
    rates = [float(student.cosine_annealing(0.5, epoch, 20, 0.1)) for epoch in (0, 10, 20)]

    assert_close(rates, [0.5, 0.3, 0.1], name="list of rates")


@visible("schedules")
def test_schedules_refuse_epochs_out_of_range(student):
    """Negative epochs are refused, and for the cosine those beyond the end."""
    with refuses("epoch", shown=-1):
        student.step_decay(0.1, -1)
    with refuses("epoch", shown=11):
        student.cosine_annealing(0.1, 11, 10)


# --- batchnorm --------------------------------------------------------------------------------------------------------


def normalized(student, x, *, training):
    """Probe: one pass through fresh running averages; return the output and these averages."""
    state = {"running_mean": np.zeros(x.shape[1]), "running_var": np.ones(x.shape[1])}
    gamma, beta = np.full(x.shape[1], 2.0), np.full(x.shape[1], 5.0)
    out, _ = student.batchnorm_forward(x, gamma, beta, state, 0.1, 0.0, training)
    return out, state


def trained_column(student):
    """Probe: the example of the text."""
    return normalized(student, np.array([[1.0], [3.0]]), training=True)


def evaluated_column(student):
    """Probe: the same in evaluation."""
    return normalized(student, np.array([[1.0], [3.0]]), training=False)


@visible("batchnorm")
def test_batchnorm_forward_by_hand(student):
    """The column (1, 3) becomes (3, 7), and the running averages 0.2 and 1.1.

    If only the running variance is wrong: it takes up the unbiased variance, with N - 1 below the sum.
    """
    out, state = student.run(trained_column)

    assert_close(out, np.array([[3.0], [7.0]]), name="out")
    assert_close(state, {"running_mean": np.array([0.2]), "running_var": np.array([1.1])}, name="state afterwards")


@visible("batchnorm")
def test_batchnorm_forward_in_evaluation(student):
    """In evaluation the running averages are used, and left alone."""
    out, state = student.run(evaluated_column)

    assert_close(out, np.array([[7.0], [11.0]]), name="out")
    assert_close(state, {"running_mean": np.array([0.0]), "running_var": np.array([1.0])}, name="state afterwards")


def gradients_by_nudging(student, x, grad):
    """Probe: the student's gradients, and those measured by nudging every entry of x."""
    gamma, beta = np.arange(1.0, x.shape[1] + 1), np.zeros(x.shape[1])

    def forward(inputs):
        state = {"running_mean": np.zeros(x.shape[1]), "running_var": np.ones(x.shape[1])}
        return student.batchnorm_forward(inputs, gamma, beta, state, 0.1, 1e-5, True)  # noqa: FBT003

    measured = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[place] = 1e-5
        measured[place] = np.sum(grad * (forward(x + nudge)[0] - forward(x - nudge)[0])) / 2e-5
    return list(student.batchnorm_backward(grad, forward(x)[1])), measured


@visible("batchnorm")
def test_batchnorm_backward_agrees_with_nudging(student, rng):
    """The gradient with respect to x is what nudging every entry of x says.

    Mean and spread of a column depend on every entry of it: that is where the two subtractions come from.
    """
    (dx, _, dbeta), measured = student.run(gradients_by_nudging, rng.normal(size=(4, 3)), np.ones((4, 3)))
    assert_close(dx, measured, rtol=1e-4, atol=1e-6, name="dx")
    assert_close(dbeta, np.full(3, 4.0), name="dbeta")

    (dx, _, _), measured = student.run(gradients_by_nudging, rng.normal(size=(5, 2)), rng.normal(size=(5, 2)))
    assert_close(dx, measured, rtol=1e-4, atol=1e-6, name="dx")


@visible("batchnorm")
def test_batchnorm_refuses_a_batch_of_one(student):
    """In training a batch of one sample is refused: it has no spread."""
    state = {"running_mean": np.zeros(3), "running_var": np.ones(3)}
    with refuses("x", shown=(1, 3)):
        student.batchnorm_forward(np.ones((1, 3)), np.ones(3), np.zeros(3), state, 0.1, 1e-5, True)  # noqa: FBT003
