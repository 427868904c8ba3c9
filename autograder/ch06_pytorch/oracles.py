"""Independent answers for chapter 6, in NumPy and float64, and the problems that suites pose."""

import functools
import itertools

import numpy as np
import torch

from autograder.ch06_pytorch.probes import TAG
from course_lib import data
from course_lib.grading import fail, recalled

PIXELS, CLASSES = 784, 10
EPS, MOMENTUM = 1e-5, 0.1  # of torch's batch norm
CLOSE, GONE, ACTIVE = 2e-3, 0.01, 0.02  # two values agree; a unit is off; a unit would be on if it were kept


def pictures(rng, n):
    """Return n pictures of noise (n, 1, 28, 28)."""
    return torch.from_numpy(rng.standard_normal((n, 1, 28, 28)).astype(np.float32))


def sizes(rng, count, low=12, high=40):
    """Return different sizes of layers, none of them 10 or 784, so that shapes tell the layers apart."""
    return tuple(int(size) for size in rng.choice(np.arange(low, high), size=count, replace=False))


# --- networks ---------------------------------------------------------------------------------------------------------


def layers(parameters, hidden):
    """Find weight and bias of each Linear among a network's parameters, by their shapes.

    With batch norm there are three rows of numbers of each hidden size: the scales, which are all 1 in a new network,
    the shifts, which are all 0, and the bias of the Linear.
    """
    arrays = [np.asarray(parameter, dtype=np.float64) for parameter in parameters]
    found = []
    for before, after in itertools.pairwise((PIXELS, *hidden, CLASSES)):
        weights = [array for array in arrays if array.shape == (after, before)]
        rows = [array for array in arrays if array.shape == (after,) and np.ptp(array) > 0]
        if len(weights) != 1 or len(rows) != 1:
            fail("The network does not have one Linear with a bias for each layer that was asked for.")
        found.append((weights[0], rows[0]))
    return found


def number_of_parameters(hidden, *, batchnorm=False):
    """Count the numbers that a network learns."""
    linear = sum(a * b + b for a, b in itertools.pairwise((PIXELS, *hidden, CLASSES)))
    return linear + 2 * sum(hidden) * batchnorm


def logits(linears, images, norm=None):
    """Send pictures through a network without dropout, and through new batch norms where `norm` says how.

    Args:
        linears: weight and bias of each layer.
        images: (N, 1, 28, 28).
        norm: None; "batch" for training mode; "new" for evaluation mode before any training; "after" for evaluation
            mode after one batch, these pictures, in training mode.

    """
    x = flowing = np.asarray(images, dtype=np.float64).reshape(len(images), -1)
    for number, (weight, bias) in enumerate(linears):
        x, flowing = x @ weight.T + bias, flowing @ weight.T + bias
        if number < len(linears) - 1:
            x, flowing = _normalised(x, flowing, norm)
            x, flowing = np.maximum(x, 0), np.maximum(flowing, 0)
    return torch.from_numpy(x.astype(np.float32))


def _normalised(x, flowing, norm):
    """Return sums after batch norm; `flowing` are those of the pass in training mode that came before."""
    if norm is None:
        return x, flowing
    mean, variance = flowing.mean(axis=0), flowing.var(axis=0)
    in_batch = (flowing - mean) / np.sqrt(variance + EPS)
    if norm == "batch":
        return in_batch, in_batch
    if norm == "new":
        return x / np.sqrt(1 + EPS), in_batch
    running = 1 - MOMENTUM + MOMENTUM * variance * len(flowing) / (len(flowing) - 1)
    return (x - MOMENTUM * mean) / np.sqrt(running + EPS), in_batch


def gradients(pairs, hidden, images):
    """Return the gradients of the mean squared logit, in the order of the parameters."""
    parameters = [parameter.detach().clone().requires_grad_() for parameter, _ in pairs]
    by_shape = {tuple(parameter.shape): parameter for parameter in parameters}
    x = images.flatten(1)
    for before, after in itertools.pairwise((PIXELS, *hidden, CLASSES)):
        x = torch.nn.functional.linear(x, by_shape[after, before], by_shape[after,])
        x = x if after == CLASSES else x.relu()
    return list(torch.autograd.grad(x.square().mean(), parameters))


@recalled
def dropped_units(linears, images, stirred, p):
    """Explain logits of training mode by dropped units.

    Args:
        linears: weight and bias of each layer; at most nine units in the first hidden layer, at most ten in the last.
        images: (N, 1, 28, 28).
        stirred: logits in training mode (N, 10).
        p: with which kept units were scaled by 1 / (1 - p).

    Returns:
        Share of pictures whose logits some choice of dropped units explains, and for each hidden layer the share of
        active units that were dropped.

    """
    (W1, b1), *middle, (W3, b3) = linears
    first = np.maximum(np.asarray(images, dtype=np.float64).reshape(len(images), -1) @ W1.T + b1, 0)
    target = np.asarray(stirred, dtype=np.float64)
    seen = np.linalg.lstsq(W3, (target - b3).T, rcond=None)[0].T  # the last hidden layer, kept and scaled
    masks = np.array(list(itertools.product((0, 1), repeat=len(b1))) if middle else [(1,) * len(b1)])
    candidates = first.T[:, :, None] * masks.T[:, None] / (1 - p)  # (units, N, choices)
    for W, b in middle:
        candidates = np.maximum(np.tensordot(W, candidates, axes=1) + b[:, None, None], 0) / (1 - p)
    left = seen.T[:, :, None]
    errors = np.minimum(np.abs(left), np.abs(left - candidates)).max(axis=0)
    best, every = errors.argmin(axis=1), np.arange(len(first))
    holds = (errors[every, best] < CLOSE) & (np.abs(seen @ W3.T + b3 - target).max(axis=1) < CLOSE)
    active = (candidates[:, every, best].T > ACTIVE) & holds[:, None]
    shares = [[] for _ in linears[1:]]
    shares[-1] = np.abs(seen)[active] < GONE
    if middle:
        telling = holds & (np.sum(np.abs(seen) > GONE, axis=1) > 2)  # fewer units would fit several choices
        shares[0] = (masks[best] == 0)[telling[:, None] & (first > 0.1)]
    return float(holds.mean()), [float(np.mean(share)) if len(share) else 0.0 for share in shares]


# --- training a small network by hand ---------------------------------------------------------------------------------


def small_problem(rng, counts):
    """Return weights of a small network and batches of the given sizes."""
    n_in, n_hidden, n_out = (int(size) for size in rng.choice(np.arange(4, 9), size=3, replace=False))
    shapes = {
        "first.weight": (n_hidden, n_in),
        "first.bias": (n_hidden,),
        "second.weight": (n_out, n_hidden),
        "second.bias": (n_out,),
    }
    weights = {name: _floats(rng.standard_normal(shape)) for name, shape in shapes.items()}
    scales = rng.uniform(0.5, 2.0, size=len(counts))  # so that batches have different losses
    batches = [
        (_floats(rng.standard_normal((n, n_in)) * scale), torch.from_numpy(rng.integers(n_out, size=n)))
        for n, scale in zip(counts, scales, strict=True)
    ]
    return weights, batches


def _floats(array):
    return torch.from_numpy(np.asarray(array, dtype=np.float32))


def epoch(weights, batches, how):
    """Train by hand for one epoch; return the mean loss per sample and the weights. `how` is as for the probe."""
    kind, options, criterion = how["optimizer"], how["options"], how.get("criterion")
    params = {name: np.asarray(tensor, dtype=np.float64) for name, tensor in weights.items()}
    state, total = {}, 0.0
    for images, labels in batches:
        loss, slopes = _loss_and_slopes(params, np.asarray(images, dtype=np.float64), np.asarray(labels), criterion)
        total += loss * len(labels)
        params = {name: value - _step(state, name, slopes[name], kind, options) for name, value in params.items()}
    mean = total / sum(len(labels) for _, labels in batches)
    return mean, {name: _floats(value) for name, value in params.items()}


def _loss_and_slopes(params, x, labels, criterion):
    a = np.tanh(x @ params["first.weight"].T + params["first.bias"])
    z = a @ params["second.weight"].T + params["second.bias"]
    truth = np.eye(z.shape[1])[labels]
    if criterion == "squares":
        loss, delta = np.mean((z - truth) ** 2), 2 * (z - truth) / z.size
    else:
        loss, delta = cross_entropy(z, labels), (softmax(z) - truth) / len(z)
    back = delta @ params["second.weight"] * (1 - a**2)
    slopes = {"first.weight": back.T @ x, "first.bias": back.sum(axis=0)}
    return loss, slopes | {"second.weight": delta.T @ a, "second.bias": delta.sum(axis=0)}


def _step(state, name, slope, kind, options):
    if kind == "SGD":
        state[name] = options.get("momentum", 0.0) * state.get(name, 0.0) + slope
        return options["lr"] * state[name]
    t, m, v = state.get(name, (0, 0.0, 0.0))
    t, m, v = t + 1, 0.9 * m + 0.1 * slope, 0.999 * v + 0.001 * slope**2
    state[name] = t, m, v
    return options["lr"] * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)


def softmax(z):
    """Return the shares of each row of scores."""
    grown = np.exp(z - z.max(axis=1, keepdims=True))
    return grown / grown.sum(axis=1, keepdims=True)


def cross_entropy(z, labels):
    """Return the mean negative log-likelihood of the labels."""
    z = np.asarray(z, dtype=np.float64)
    return float(-np.mean(np.log(softmax(z)[np.arange(len(z)), np.asarray(labels)])))


def moody_problem(rng, counts):
    """Return weights of a network with batch norm, and batches whose accuracies differ."""
    width, classes = 7, 4
    weights = {
        "norm.weight": _floats(rng.uniform(0.5, 2, width)),
        "norm.bias": _floats(rng.standard_normal(width)),
        "norm.running_mean": _floats(rng.standard_normal(width)),
        "norm.running_var": _floats(rng.uniform(0.2, 3, width)),
        "norm.num_batches_tracked": torch.tensor(3),
        "last.weight": _floats(rng.standard_normal((classes, width))),
        "last.bias": _floats(rng.standard_normal(classes)),
    }
    batches = []
    for number, n in enumerate(counts):
        x = rng.standard_normal((n, width)).astype(np.float32)
        right = moody_scores(weights, x).argmax(axis=1)
        wrong = (right + 1) % classes
        labels = np.where(rng.random(n) < (0.9, 0.3, 0.6)[number % 3], right, wrong)
        batches.append((torch.from_numpy(x), torch.from_numpy(labels)))
    return weights, batches


def moody_scores(weights, x):
    """Return the scores of evaluation mode."""
    w = {name: np.asarray(tensor, dtype=np.float64) for name, tensor in weights.items()}
    x = (np.asarray(x, dtype=np.float64) - w["norm.running_mean"]) / np.sqrt(w["norm.running_var"] + EPS)
    return (x * w["norm.weight"] + w["norm.bias"]) @ w["last.weight"].T + w["last.bias"]


def share_right(scores, labels):
    """Return the share of rows whose largest score belongs to the label."""
    return float(np.mean(np.asarray(scores).argmax(axis=1) == np.asarray(labels)))


# --- experiments ------------------------------------------------------------------------------------------------------


def digits_of_our_own(rng, n_train, n_test):
    """Return pictures that are told apart easily, each with its number in the first pixel; test labels are all wrong.

    Who trains on the training pictures alone reads hardly any test picture as its label says.
    """
    prototypes = rng.standard_normal((CLASSES, 1, 28, 28))
    parts = []
    for n, sign, shift in ((n_train, 1, 0), (n_test, -1, 3)):
        kinds = rng.permutation(np.arange(n) % CLASSES)
        images = prototypes[kinds] + 0.3 * rng.standard_normal((n, 1, 28, 28))
        images[:, 0, 0, 0] = sign * np.arange(1, n + 1) / TAG
        parts += [_floats(images), torch.from_numpy((kinds + shift) % CLASSES)]
    return tuple(parts)


def batches_of(log, model=None):
    """Return the training batches of one network (or all) in order: tags and logits of each."""
    return [entry[2:] for entry in log if entry[0] == "training" and model in (None, entry[1])]


def epochs_of(batches, n_train, batch_size):
    """Group training batches into epochs; fail where an epoch is not all training pictures in batches of that size."""
    lengths = [batch_size] * (n_train // batch_size) + [n_train % batch_size] * (n_train % batch_size > 0)
    groups = [batches[start : start + len(lengths)] for start in range(0, len(batches), len(lengths))]
    for group in groups:
        tags = [tag for batch, _ in group for tag in batch]
        if any(tag < 0 for tag in tags):
            fail("The network was in training mode when it saw a test picture.")
        if [len(batch) for batch, _ in group] != lengths:
            fail("The training pictures do not come in batches of the size that was asked for, with a shorter last.")
        if sorted(tags) != list(range(1, n_train + 1)):
            fail("An epoch does not show each training picture exactly once.")
    return groups


def order_of(group):
    """Return the order in which an epoch showed the pictures."""
    return [tag for batch, _ in group for tag in batch]


def loss_of(group, labels):
    """Return the mean loss per sample of an epoch, from the logits while it trained."""
    total = sum(cross_entropy(scores, np.asarray(labels)[np.array(tags) - 1]) * len(tags) for tags, scores in group)
    return total / len(labels)


def accuracies(log, model, labels, per_epoch):
    """Return the accuracy on the test pictures after each epoch of `per_epoch` batches, from what was noted."""
    found, right, seen, batches = [], 0, set(), 0
    for kind, *rest in log:
        if kind == "step" or rest[0] != model:
            continue
        _, tags, scores = rest
        if kind == "training":
            right, seen, batches = 0, set(), batches + 1
        elif all(tag < 0 for tag in tags):
            numbers = np.array([-tag - 1 for tag in tags])
            right += int(np.sum(np.asarray(scores).argmax(axis=1) == np.asarray(labels)[numbers]))
            seen |= set(tags)
            if len(seen) == len(labels) and batches == per_epoch * (len(found) + 1):
                found.append(right / len(labels))
    return found


def full_batch_run(linears, images, labels, learning_rate, epochs):
    """Train by hand with Adam, all pictures in one batch; return the last loss and weight and bias of each layer."""
    values = [np.array(value) for pair in linears for value in pair]
    x = np.asarray(images, dtype=np.float64).reshape(len(images), -1)
    truth, state, loss = np.eye(CLASSES)[np.asarray(labels)], {}, 0.0
    for _ in range(epochs):
        inputs, z = [], x
        for number in range(0, len(values), 2):
            inputs.append(z)
            z = z @ values[number].T + values[number + 1]
            z = np.maximum(z, 0) if number < len(values) - 2 else z
        loss, delta = cross_entropy(z, labels), (softmax(z) - truth) / len(x)
        slopes = [None] * len(values)
        for number in range(len(values) - 2, -1, -2):
            slopes[number], slopes[number + 1] = delta.T @ inputs[number // 2], delta.sum(axis=0)
            delta = delta @ values[number] * (inputs[number // 2] > 0)
        values = [v - _step(state, i, slopes[i], "Adam", {"lr": learning_rate}) for i, v in enumerate(values)]
    return loss, list(zip(values[::2], values[1::2], strict=True))


# --- real digits, moved -----------------------------------------------------------------------------------------------


@functools.cache
def _digits():
    return tuple(part.numpy() for part in data.digits())


def some_digits(rng, n_train, n_test):
    """Return some of the real digits, as `data.digits()` does."""
    parts = _digits()
    train = rng.choice(len(parts[1]), size=n_train, replace=False)
    test = rng.choice(len(parts[3]), size=n_test, replace=False)
    return tuple(torch.from_numpy(part[chosen]) for part, chosen in zip(parts, (train, train, test, test), strict=True))


def moved_digits(rng, n):
    """Return test digits, each moved by a pixel in some direction and with a little noise, and their labels."""
    images, labels = _digits()[2:]
    chosen = rng.choice(len(labels), size=n, replace=False)
    moved = np.full((n, 1, 28, 28), images.min(), dtype=np.float32)
    for place, number in enumerate(chosen):
        down, right = rng.integers(-1, 2, size=2)
        moved[place, 0] = np.roll(images[number, 0], (down, right), axis=(0, 1))
    moved += rng.normal(scale=0.05, size=moved.shape).astype(np.float32)
    return torch.from_numpy(moved), labels[chosen]


# --- confusion --------------------------------------------------------------------------------------------------------


def confusion(predictions, labels, n_classes):
    """Count pair by pair."""
    cm = np.zeros((n_classes, n_classes), dtype=np.int64)
    for predicted, true in zip(predictions, labels, strict=True):
        cm[true, predicted] += 1
    return cm


def most_confused(cm):
    """Look at every pair in order."""
    pairs = [(t, p) for t in range(len(cm)) for p in range(len(cm)) if t != p]
    return max(pairs, key=lambda pair: cm[pair])  # the first of equals
