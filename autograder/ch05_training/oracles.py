"""What chapter 5 ought to compute: torch in float64, slow loops, and the digits as the judge knows them."""

import functools
import math

import numpy as np
import torch

from course_lib import data
from course_lib.grading import recalled

SEEN, BATCH = 1000, 64  # training digits, digits per batch
STEPS = 16  # batches per epoch, the last of 40


def sizes(rng, count, low=3, high=8):
    """Return distinct sizes, so that a transposition shows."""
    return [int(size) for size in rng.choice(np.arange(low, high + 1), count, replace=False)]


# --- optimizers -------------------------------------------------------------------------------------------------------


def torch_walk(kind, param, grads, **settings):
    """Return every parameter of torch's optimizer of that kind, and its own state."""
    place = torch.tensor(np.asarray(param, dtype=np.float64), requires_grad=True)
    optimizer, path = getattr(torch.optim, kind)([place], **settings), []
    for grad in grads:
        place.grad = torch.tensor(np.asarray(grad, dtype=np.float64))
        optimizer.step()
        path.append(place.detach().numpy().copy())
    return path, {key: value.numpy() for key, value in optimizer.state[place].items() if value is not None}


# --- regularization ---------------------------------------------------------------------------------------------------


def penalty(params, strength):
    """Return the penalty and its gradient by autograd, the weights told apart by the first letter of their names."""
    leaves = {name: torch.tensor(np.asarray(p, dtype=np.float64), requires_grad=True) for name, p in params.items()}
    total = torch.zeros((), dtype=torch.float64)
    for name, leaf in leaves.items():
        total = total + strength * (leaf * leaf).sum() * (name[0] == "W")
    total.backward()
    return total.item(), {name: leaf.grad.numpy() for name, leaf in leaves.items()}


def scripted(losses, patience=10, min_delta=0.0):
    """Return what early stopping says before and after each loss: answer, best loss, best epoch."""
    best, epoch, seen = math.inf, None, [[None, math.inf, None]]
    improved = []
    for number, loss in enumerate(losses):
        improved.append(loss < best - min_delta)
        if improved[-1]:
            best, epoch = loss, number
        seen.append([len(improved) >= patience and not any(improved[-patience:]), best, epoch])
    return seen


# --- schedules --------------------------------------------------------------------------------------------------------


def schedule(kind, base, epochs, **settings):
    """Return the learning rate in each epoch as torch's scheduler of that kind sets it."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=base)
    scheduler, rates = getattr(torch.optim.lr_scheduler, kind)(optimizer, **settings), []
    for _ in range(epochs):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


# --- batch normalization ----------------------------------------------------------------------------------------------


def batchnorm_layer(gamma, beta, state, momentum, eps):
    """Return torch's layer with these parameters and running averages."""
    layer = torch.nn.BatchNorm1d(len(gamma), eps=eps, momentum=momentum, dtype=torch.float64)
    values = {"weight": gamma, "bias": beta, **state, "num_batches_tracked": 0}
    layer.load_state_dict({name: torch.as_tensor(np.asarray(value)) for name, value in values.items()})
    return layer


def batchnorm(layer, x):
    """Return the layer's output."""
    return layer(torch.tensor(np.asarray(x, dtype=np.float64))).detach().numpy()


def averages(layer):
    """Return the layer's running averages."""
    return {name: getattr(layer, name).numpy().copy() for name in ("running_mean", "running_var")}


def batchnorm_gradients(x, grad, gamma, eps):
    """Return the gradients by autograd of the normalization written out."""
    inputs, scale, shift = (
        torch.tensor(np.asarray(v, dtype=np.float64), requires_grad=True) for v in (x, gamma, gamma)
    )
    centred = inputs - inputs.sum(dim=0) / len(x)
    out = scale * centred / torch.sqrt((centred * centred).sum(dim=0) / len(x) + eps) + shift
    (out * torch.tensor(grad)).sum().backward()
    return [leaf.grad.numpy() for leaf in (inputs, scale, shift)]


# --- networks in training ---------------------------------------------------------------------------------------------


@functools.cache
def digits():
    """Return seen pictures (1000, 784), their labels, and unseen ones, as float64 and int64 arrays."""
    images, labels, unseen, answers = data.digits()
    pictures = [part.flatten(1).double().numpy() for part in (images[:SEEN], unseen)]
    return pictures[0], labels[:SEEN].numpy(), pictures[1], answers.numpy()


def named(rows, key):
    """Return the number of each row's digit: 0 ... 999 seen, 1000 ... 1999 unseen, -1 none of them.

    Args:
        rows: products of pictures with the key (N,).
        key: numbers (784,) that give each picture another product.

    """
    marks, order = _marks(np.ascontiguousarray(key).tobytes())
    places = np.clip(np.searchsorted(marks, rows, sorter=order), 1, len(marks) - 1)
    left, right = order[places - 1], order[places]
    nearest = np.where(np.abs(marks[left] - rows) < np.abs(marks[right] - rows), left, right)
    return np.where(np.abs(marks[nearest] - rows) < 1e-4, nearest, -1)


@functools.lru_cache(maxsize=8)
def _marks(key):
    """Return every picture's product with a key (the bytes of 784 float64), and their order."""
    numbers = np.frombuffer(key)
    marks = np.concatenate([digits()[0] @ numbers, digits()[2] @ numbers])
    return marks, np.argsort(marks)


@recalled
def measured(params, *, unseen=False):
    """Return mean cross-entropy and accuracy of a network with one hidden ReLU layer on the (un)seen digits."""
    W1, b1, W2, b2 = (np.asarray(value, dtype=np.float64) for value in params)
    X, y = digits()[2:] if unseen else digits()[:2]
    logits = np.maximum(X @ W1.T + b1, 0) @ W2.T + b2
    shifted = logits - logits.max(axis=1, keepdims=True)
    losses = np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]
    return float(losses.mean()), float((logits.argmax(axis=1) == y).mean())


@recalled
def descended(params, batches, rate):
    """Return the parameters after plain gradient descent on these batches of seen digits, in float64."""
    W1, b1, W2, b2 = (torch.tensor(np.asarray(value, dtype=np.float64), requires_grad=True) for value in params)
    X, y = (torch.tensor(part) for part in digits()[:2])
    for batch in batches:
        logits = torch.relu(X[batch] @ W1.T + b1) @ W2.T + b2
        loss = -torch.log_softmax(logits, dim=1)[torch.arange(len(batch)), y[batch]].sum() / len(batch)
        for leaf, slope in zip((W1, b1, W2, b2), torch.autograd.grad(loss, (W1, b1, W2, b2)), strict=True):
            leaf.data -= rate * slope
    return [leaf.detach().numpy() for leaf in (W1, b1, W2, b2)]
