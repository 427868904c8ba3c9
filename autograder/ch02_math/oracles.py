"""What chapter 2 ought to compute: closed forms, slow loops in plain Python, and torch's autograd in float64."""

import math

import numpy as np
import torch


def sizes(rng, count, low=3, high=8):
    """Return distinct sizes, so that a transposition shows."""
    return [int(size) for size in rng.choice(np.arange(low, high + 1), count, replace=False)]


def dot(a, b):
    """Return the sum of the products, and the sum of their magnitudes, which is what its error is measured by."""
    products = [a[i] * b[i] for i in range(len(a))]
    exact = all(isinstance(product, int) for product in products)
    total = sum(products) if exact else math.fsum(map(float, products))
    return float(total), float(sum(abs(product) for product in products))


def matvec(W, x):
    """Return the product of a matrix and a vector by an explicit double loop."""
    rows, cols = len(W), len(W[0])
    result = [0.0] * rows
    for i in range(rows):
        for j in range(cols):
            result[i] += float(W[i][j]) * float(x[j])
    return np.array(result)


# Functions that a slope can be taken of, by the names that the probes know them by.
TORCH = {"sin": torch.sin, "exp": torch.exp, "square": torch.square, "tanh": torch.tanh}


def central_difference(kind, coefficients, x, h):
    """Return the exact value of (f(x + h) - f(x - h)) / 2h: the derivative and its error, in closed form."""
    if kind == "sin":
        return math.cos(x) * math.sin(h) / h
    if kind == "exp":
        return math.exp(x) * math.sinh(h) / h
    a, b, c, _ = coefficients
    return 3 * a * x * x + 2 * b * x + c + a * h * h


def chain_slope(names, x):
    """Return the derivative of functions applied one after the other, the innermost first, by autograd."""
    place = torch.tensor(np.asarray(x, dtype=np.float64), requires_grad=True)
    value = place
    for name in names:
        value = TORCH[name](value)
    value.sum().backward()
    return place.grad.numpy()


def quadratic_gradient(Q, b, x):
    """Return the gradient of x'Qx + b'x by autograd, x written as one long row."""
    place = torch.tensor(np.asarray(x, dtype=np.float64), requires_grad=True)
    row = place.reshape(-1)
    value = row @ torch.tensor(Q) @ row + torch.tensor(b) @ row
    value.backward()
    return place.grad.numpy()


def steepness(Q, b, x):
    """Return by how much rounding can spoil a measured slope of the quadratic: its size, in units of the step."""
    row = np.abs(np.ravel(x)).astype(float) + 1
    return float(row @ np.abs(Q) @ row + np.abs(b) @ row)


def cubic_through(a, first, second):
    """Return b and c of the cubic a x^3 + b x^2 + c x whose slope is zero at two places."""
    return -1.5 * a * (first + second), 3 * a * first * second


def parabola_walk(parabola, start, learning_rate, steps):
    """Return every point of gradient descent on steepness (x - bottom)^2, a pair of the two, in closed form."""
    steepness, bottom = parabola
    factor = 1 - 2 * steepness * learning_rate
    return np.array([bottom + factor**step * (start - bottom) for step in range(steps + 1)])


def linear_walk(slopes_of, start, learning_rate, steps):
    """Return every point of gradient descent with the gradient Qx + b of a pair (Q, b), entry by entry."""
    (Q, b), shape, path = slopes_of, np.shape(start), [[float(entry) for entry in np.ravel(start)]]
    for _ in range(steps):
        here = path[-1]
        slopes = [math.fsum(q * p for q, p in zip(row, here, strict=True)) + c for row, c in zip(Q, b, strict=True)]
        path.append([p - learning_rate * slope for p, slope in zip(here, slopes, strict=True)])
    return np.array(path).reshape(steps + 1, *shape)


def softmax(z):
    """Return softmax along the last axis, one entry after another: e^z_i / sum e^z_k = 1 / sum e^(z_k - z_i)."""
    z = np.asarray(z, dtype=float)
    rows = [[_share(row, score) for score in row] for row in z.reshape(-1, z.shape[-1]).tolist()]
    return np.array(rows).reshape(z.shape)


def _share(row, score):
    if any(map(math.isnan, row)):
        return math.nan
    if max(row) - score > 700:  # where math.exp would overflow, the share is below 1e-300
        return 0.0
    return 1 / math.fsum(math.exp(other - score) for other in row)


def cross_entropy(logits, labels):
    """Return the mean loss as torch computes it."""
    scores = torch.tensor(np.asarray(logits, dtype=np.float64))
    return float(torch.nn.functional.cross_entropy(scores, torch.tensor(np.asarray(labels, dtype=np.int64))))
