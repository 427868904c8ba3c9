"""Chapter 5: batches, optimizers, overfitting and its remedies; read with jupytext, released by `course build`."""

# %% [markdown]
# # How neural networks learn
#
# In chapter 4 your network learned from four rows, all at once, with plain gradient descent. That is the idea; this
# notebook is the craft. How do you learn from a million examples? Why does almost nobody use plain gradient descent?
# Why does a network that is perfect on its exercises fail in the exam, and what can you do about it? You build every
# tool yourself, mostly in a few lines of NumPy, and then set two of them loose on real handwritten digits.
#
# **You need** NumPy, the idea of a gradient (chapters 2 and 4), and what a tensor is (chapter 3).
# **Time:** about five hours, in as many sittings as you like. It belongs to **chapter 5** of the book.
#
# | | exercise | you write | points |
# |---|---|---|---:|
# | 1 | `minibatches` | a data set, shuffled and served in small portions | 8 |
# | 2 | `sgd_momentum_step` | one step of a ball that rolls downhill | 8 |
# | 3 | `adam_step` | one step of the optimizer that everybody uses | 12 |
# | 4 | `compare_optimizers` | a training loop, and a race on real digits | 10 |
# | | `compare_optimizers_observation` | a written answer: which one would you take? | 4 |
# | 5 | `dropout` | neurons that sit out at random | 10 |
# | 6 | `dropout_study` | how much dropout? | 7 |
# | 7 | `dropout_curves` | a picture of ten curves that can be read | 3 |
# | | `dropout_study_observation` | a written answer: what dropout does | 4 |
# | 8 | `weight_decay` | a price on large weights | 6 |
# | 9 | `early_stopping` | an object that knows when to stop | 10 |
# | 10 | `schedules` | large steps first, small steps last | 6 |
# | 11 | `batchnorm` | activations that stay in range | 12 |
# | | | **together** | **100** |
#
# **How a page works.** Each exercise first explains an idea, then lists what your function must do, then gives you a
# cell in which you replace `raise NotImplementedError()` with your code. Below it, `check(...)` tries the obvious cases
# and tells you what holds and what does not. Then comes a picture of what you have just built. The checks that you see
# here are a help, not the whole verdict: when you hand the notebook in, every function is tried on many other inputs.
# The two written answers are read by a person.
#
# You may write helper functions inside the same cell, and look anything up. If you are stuck, go on: the exercises
# hardly depend on each other, and where a later one uses an earlier function of yours that turns out to be wrong, it is
# graded a second time with a correct one. A mistake is paid for once.

# %% setup
import copy

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

from course_lib import check, choose_device, data, demo, progress, start

start("ch05_training")

# %% [markdown]
# ## Exercise 1 · Small bites
#
# In chapter 4 every step used the whole data set. With four rows that is fine. With a million pictures it means: look
# at a million pictures, take **one** step, look at all of them again. There is no need for that. A gradient is an
# average over samples, and an average over a few dozen samples, picked at random, points in nearly the same direction
# as the average over all of them. It is an opinion poll instead of a census.
#
# | | samples per step | a step costs | the direction is |
# |---|---|---|---|
# | batch gradient descent | all | most | exact |
# | mini-batch gradient descent | 32 to 256, say | little | a good estimate |
# | stochastic gradient descent (SGD) | 1 | least | very noisy |
#
# The middle row is what everybody does. (And everybody calls it SGD all the same.) The noise is not only a nuisance: it
# shakes the network out of shallow holes in which exact steps would come to rest.
#
# One pass through the whole data set is an **epoch**. In each epoch we shuffle, then cut the shuffled samples into
# portions. Ten samples in portions of four:
#
# ```text
#   shuffled positions   7 2 9 0 | 4 8 1 3 | 6 5
#                        batch 1   batch 2   batch 3, the short one
# ```
#
# Three things go wrong easily. The last portion may be **short**, and its samples count as much as all others: it is
# kept. `X` and `y` must be shuffled **together**: a picture of a seven that is paired with the label of a three teaches
# nonsense, and no error message tells you so. And every epoch needs a **new order**, or the network meets the same
# portions again and again.
#
# **Two tools.** `rng.permutation(10)` gives the numbers 0 to 9 in random order, and `X[[7, 2, 9, 0]]` picks the rows 7,
# 2, 9 and 0, in that order. And instead of collecting all batches in a list, a function can hand them out one at a
# time, with `yield`:
#
# ```python
# def countdown(n):
#     while n > 0:
#         yield n          # hand out n, and go on from here when the next one is asked for
#         n = n - 1
#
# for number in countdown(3):
#     print(number)        # 3, 2, 1
# ```
#
# **What `minibatches(X, y, batch_size, rng)` must do**
# - `X`, `y`: two NumPy arrays (or two torch tensors, which are indexed in the same way) with the same number $N \ge 1$
#   of rows and any further axes. Neither is modified. `batch_size`: a whole number, at least 1. `rng`: a generator as
#   from `np.random.default_rng(seed)`.
# - Gives pairs `(X_batch, y_batch)`, one after another: with `yield`, or as a list. Row $i$ of `y_batch` belongs to row
#   $i$ of `X_batch`.
# - Every row of the data is in exactly one batch. Each batch has `batch_size` rows; only the last has fewer, where $N$
#   cannot be divided. With a `batch_size` above $N$ there is one batch, with all rows.
# - The order is random, all orders equally likely, and is drawn from `rng` and from nothing else. So the next call with
#   the same generator gives another order, and a generator with the same seed gives the same one again.
# - `ValueError` that names `X` and shows its shape, if it has no row; that names `y` and shows its shape, if it does
#   not have as many rows as `X`; that names `batch_size` and shows it, if it is below 1. (The error may come at the
#   call, or when the first batch is asked for, as it does by itself with `yield`.)


# %% exercise="minibatches"
def minibatches(X, y, batch_size, rng):
    """Hand out the whole data set once, in random order, in small batches.

    Args:
        X: inputs (N, ...), N at least 1, array or tensor.
        y: targets (N, ...), of the same kind.
        batch_size: rows per batch, at least 1.
        rng: numpy.random.Generator from which the order is drawn.

    Yields:
        (X_batch, y_batch): batch_size rows each, the last batch perhaps fewer.

    Raises:
        ValueError: X has no row, y has not as many rows as X, or batch_size is below 1; the message shows what came.

    Example:
        >>> X, y = np.arange(10), np.arange(10) ** 2
        >>> sizes = [len(X_batch) for X_batch, y_batch in minibatches(X, y, 4, np.random.default_rng(0))]
        >>> sizes
        [4, 4, 2]
    """
    ### BEGIN SOLUTION
    if len(X) < 1:
        raise ValueError(f"X must have at least one row, got shape {tuple(X.shape)}")
    if len(y) != len(X):
        raise ValueError(f"y must have one row for each of the {len(X)} rows of X, got shape {tuple(y.shape)}")
    if batch_size < 1:
        raise ValueError(f"batch_size must be at least 1, got {batch_size}")
    order = rng.permutation(len(X))
    for first in range(0, len(X), batch_size):
        chosen = order[first : first + batch_size]
        yield X[chosen], y[chosen]
    ### END SOLUTION


# %% check="minibatches"
check("minibatches")

# %% demo="minibatches"
with demo("minibatches"):
    rng = np.random.default_rng(3)
    across = rng.uniform(-1.5, 1.5, size=200)
    upward = 0.5 + 1.5 * across + rng.normal(scale=0.8, size=200)  # a line to be found: height 0.5, slope 1.5
    ticks = np.linspace(-0.6, 2.4, 60), np.linspace(-0.6, 2.6, 60)
    heights, slopes = np.meshgrid(*ticks)
    loss_at = np.mean((heights[..., None] + slopes[..., None] * across - upward) ** 2, axis=-1)
    figure, panels = plt.subplots(1, 4, figsize=(15, 3.8), layout="constrained")
    for panel, size in zip(panels, (200, 20, 1), strict=False):
        place, path = np.array([-0.3, -0.3]), []
        for _ in range(5):
            for inputs, targets in minibatches(across, upward, size, rng):
                path.append(place)
                errors = place[0] + place[1] * inputs - targets
                place = place - 0.1 * 2 * np.array([errors.mean(), (errors * inputs).mean()])
        path = np.array([*path, place])
        panel.contour(heights, slopes, loss_at, levels=np.geomspace(0.62, 8, 14), cmap="Greys_r", linewidths=0.7)
        panel.plot(*path.T, ".-", color="C0", linewidth=0.8, markersize=4)
        panel.plot(0.5, 1.5, "*", color="C3", markersize=12)
        panel.set(title=f"batches of {size}: {len(path) - 1} steps", xlabel="height of the line", ylabel="its slope")
        curve = np.mean((path[:, :1] + path[:, 1:] * across - upward) ** 2, axis=1)
        panels[3].plot(np.linspace(0, 5, len(curve)), curve, linewidth=1, label=f"batches of {size}")
    panels[3].set(title="loss on all samples", xlabel="epochs", ylim=(0.5, 5))
    panels[3].legend()

# %% [markdown]
# Five epochs each, the same learning rate. The whole data set per step: five steps in the best direction, and still far
# away. Twenty samples per step: a slightly drunken walk that arrives. One sample per step: it is there first, and never
# comes to rest.

# %% [markdown]
# ## Exercise 2 · A ball that rolls
#
# Gradient descent has a bad habit. Imagine a valley that is long and narrow: gentle along its floor, steep across. The
# gradient points mostly *across*. A rate that is right for the gentle direction makes the steps jump from wall to wall,
# and a rate that is right for the walls makes them creep along the floor.
#
# A ball does better. It keeps some of its speed: pushes from side to side cancel out, pushes that always point the same
# way add up. So we keep a **velocity** $v$ besides the parameters $p$. With gradient $g$, learning rate $\eta$ and
# **momentum** $\mu$:
#
# $$v \leftarrow \mu\, v + g \qquad\qquad p \leftarrow p - \eta\, v$$
#
# At the start $v = 0$. With $\mu = 0$ this is plain gradient descent; usual is $\mu = 0.9$. Mind the order: first the
# velocity takes up the new gradient, then the parameters move by the **new** velocity.
#
# **By hand.** $p = 1$, $v = 0$, $\eta = 0.1$, $\mu = 0.9$, and let the gradient be 2 in every step.
#
# | step | velocity | parameter |
# |---:|---|---|
# | 1 | $0.9 \cdot 0 + 2 = 2$ | $1 - 0.1 \cdot 2 = 0.8$ |
# | 2 | $0.9 \cdot 2 + 2 = 3.8$ | $0.8 - 0.1 \cdot 3.8 = 0.42$ |
# | 3 | $0.9 \cdot 3.8 + 2 = 5.42$ | $0.42 - 0.1 \cdot 5.42 = -0.122$ |
#
# The steps grow. Where do they end? When $v = 0.9 v + 2$, so at $v = 20$: **ten times** the gradient. In general it is
# $1/(1 - \mu)$ times. (Some texts write $v \leftarrow \mu v + (1 - \mu)\, g$ instead, an average that does not grow.
# Both are fine with their own learning rate. We follow PyTorch, so that your numbers and its numbers agree.)
#
# **What `sgd_momentum_step(param, grad, velocity, learning_rate, momentum)` must do**
# - `param`, `grad`, `velocity`: three arrays of one shape, any shape, of floats or whole numbers. None is modified.
#   `learning_rate`: a number. `momentum`: a number, at least 0 and below 1.
# - Returns the pair `(param, velocity)` after **one** step, as new `float64` arrays.
# - A `nan` in `grad` is not hidden: it makes the same entry of both results `nan`, and no other.
# - `ValueError` that names `grad` and shows its shape, if it is not the shape of `param` (NumPy would stretch it
#   silently); the same for `velocity`; that names `momentum` and shows it, if it is below 0, or 1 or more.


# %% exercise="sgd_momentum_step"
def sgd_momentum_step(param, grad, velocity, learning_rate, momentum):
    """Take one step of gradient descent with momentum, in PyTorch's convention.

    Args:
        param: parameters, any shape.
        grad: gradient of the loss with respect to them, same shape.
        velocity: what the last step returned, same shape; zeros at first.
        learning_rate: size of the steps.
        momentum: share of the velocity that is kept, 0 <= momentum < 1.

    Returns:
        (param, velocity) after the step, float64 arrays.

    Raises:
        ValueError: shapes that differ, or a momentum outside its range; the message shows what was received.

    Example:
        >>> param, velocity = sgd_momentum_step(np.array([0.8]), np.array([2.0]), np.array([2.0]), 0.1, 0.9)
        >>> param.round(6), velocity
        (array([0.42]), array([3.8]))
    """
    ### BEGIN SOLUTION
    param, grad, velocity = (np.asarray(array, dtype=np.float64) for array in (param, grad, velocity))
    if grad.shape != param.shape:
        raise ValueError(f"grad must have the shape of param, {param.shape}, got shape {grad.shape}")
    if velocity.shape != param.shape:
        raise ValueError(f"velocity must have the shape of param, {param.shape}, got shape {velocity.shape}")
    if not 0 <= momentum < 1:
        raise ValueError(f"momentum must be at least 0 and below 1, got {momentum}")
    velocity = momentum * velocity + grad
    return param - learning_rate * velocity, velocity
    ### END SOLUTION


# %% check="sgd_momentum_step"
check("sgd_momentum_step")

# %% demo="sgd_momentum_step"
with demo("sgd_momentum_step"):
    ticks = np.meshgrid(np.linspace(-6.5, 3.5, 80), np.linspace(-2.4, 2.4, 60))
    figure, panels = plt.subplots(1, 3, figsize=(15, 3.6), layout="constrained")
    runs = ((0.0, 0.02, "C1"), (0.0, 0.098, "C3"), (0.9, 0.02, "C0"))
    for momentum, rate, colour in runs:
        place, speed = np.array([-6.0, 1.8]), np.zeros(2)
        path = [place]
        for _ in range(60):
            # the valley x²/2 + 10 y², whose gradient is (x, 20 y)
            place, speed = sgd_momentum_step(place, np.array([place[0], 20 * place[1]]), speed, rate, momentum)
            path.append(place)
        path = np.array(path)
        panel = panels[1] if momentum else panels[0]
        label = f"rate {rate}, momentum {momentum}"
        panel.plot(*path.T, ".-", color=colour, linewidth=1, markersize=4, label=label)
        panels[2].semilogy(path[:, 0] ** 2 / 2 + 10 * path[:, 1] ** 2, color=colour, label=label)
    for panel in panels[:2]:
        panel.contour(*ticks, ticks[0] ** 2 / 2 + 10 * ticks[1] ** 2, levels=np.geomspace(0.3, 60, 10), cmap="Greys_r")
        panel.plot(0, 0, "*", color="black", markersize=12)
        panel.set(xlabel="along the valley", ylabel="across")
        panel.legend(loc="lower right", fontsize=9)
    panels[0].set_title("plain gradient descent, 60 steps: it creeps or it zigzags")
    panels[1].set_title("with momentum, 60 steps: it swings, and it arrives")
    panels[2].set(title="height above the bottom", xlabel="step", ylim=(1e-7, 200))
    panels[2].legend(fontsize=9)

# %% [markdown]
# ## Exercise 3 · Adam
#
# Momentum uses one learning rate for everything. But the parameters of a network live in very different worlds: a
# weight that sees a bright pixel in every picture gets large gradients all the time, a weight behind a rare feature
# tiny ones. **Adam** (*adaptive moment estimation*) gives every parameter steps of its own size. It keeps two running
# averages: $m$ of the gradient, which is momentum again, and $v$ of its **square**, which tells how large the gradient
# of this parameter usually is. Then it divides the one by the root of the other.
#
# $$t \leftarrow t + 1 \qquad m \leftarrow \beta_1 m + (1 - \beta_1)\, g \qquad
# v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2$$
#
# $$\hat m = \frac{m}{1 - \beta_1^{\,t}} \qquad \hat v = \frac{v}{1 - \beta_2^{\,t}} \qquad
# p \leftarrow p - \eta\, \frac{\hat m}{\sqrt{\hat v} + \varepsilon}$$
#
# Everything is meant entry by entry. Usual are $\eta = 0.001$, $\beta_1 = 0.9$, $\beta_2 = 0.999$ and a tiny
# $\varepsilon = 10^{-8}$ that prevents division by 0.
#
# Why the hats? Both averages start at 0, and with $\beta_2 = 0.999$ the second one needs about a thousand steps to
# forget that. After the first step $v$ is only $0.001\, g^2$. Dividing by $1 - \beta_2^t$, which is 0.001 then, repairs
# it exactly. This **bias correction** needs the number $t$ of the step, counted **from 1**: with $t = 0$ we would
# divide by 0.
#
# **By hand.** First step, $g = 4$: $m = 0.4$ and $v = 0.016$; corrected, $\hat m = 0.4/0.1 = 4$ and
# $\hat v = 0.016/0.001 = 16$. The parameter moves by $\eta \cdot 4/\sqrt{16} = \eta$. Now take a gradient that is a
# thousand times smaller, $g = 0.004$: $\hat m = 0.004$, $\sqrt{\hat v} = 0.004$, and it moves by $\eta$ as well! Adam's
# steps do not depend on the size of the gradients, only on how steadily they point the same way. That is why 0.001 is a
# fair first guess for almost every network.
#
# **What `adam_step(param, grad, state, learning_rate, betas, eps)` must do**
# - `param`, `grad`: arrays of one shape, any shape, of floats or whole numbers. `state`: a dictionary `{"t": 0, "m":
#   zeros, "v": zeros}` at first (arrays of the shape of `param`), later what the last step returned. `betas`: the pair
#   $(\beta_1, \beta_2)$, each at least 0 and below 1. None of them is modified, `state` neither.
# - Returns the pair `(param, state)` after **one** step: a new `float64` array, and a new dictionary with exactly the
#   keys `"t"` (a whole number), `"m"` and `"v"` (`float64` arrays without the correction).
# - A `nan` in `grad` is not hidden: it makes the same entry of the results `nan`, and no other.
# - `ValueError` that names `grad` and shows its shape, if it is not the shape of `param`; that names `betas` and shows
#   the pair as it came, like `(0.9, 1.0)`, if one of the two is below 0, or 1 or more.


# %% exercise="adam_step"
def adam_step(param, grad, state, learning_rate, betas, eps):
    """Take one step of Adam.

    Args:
        param: parameters, any shape.
        grad: gradient of the loss with respect to them, same shape.
        state: dict with "t", the number of steps so far, and the running averages "m" and "v", shaped like param.
        learning_rate: size of the steps.
        betas: (beta1, beta2), the shares of the running averages that are kept, 0 <= beta < 1.
        eps: small number that is added to the root.

    Returns:
        (param, state) after the step; state is a new dict.

    Raises:
        ValueError: shapes that differ, or a beta outside its range; the message shows what was received.

    Example:
        >>> state = {"t": 0, "m": np.zeros(2), "v": np.zeros(2)}
        >>> param, state = adam_step(np.array([1.0, 1.0]), np.array([4.0, -0.004]), state, 0.1, (0.9, 0.999), 1e-8)
        >>> param.round(4), state["t"], state["m"].round(4)
        (array([0.9, 1.1]), 1, array([ 0.4   , -0.0004]))
    """
    ### BEGIN SOLUTION
    param, grad = np.asarray(param, dtype=np.float64), np.asarray(grad, dtype=np.float64)
    if grad.shape != param.shape:
        raise ValueError(f"grad must have the shape of param, {param.shape}, got shape {grad.shape}")
    for beta in betas:
        if not 0 <= beta < 1:
            raise ValueError(f"betas must be at least 0 and below 1, got {betas}")
    beta1, beta2 = betas
    t = state["t"] + 1
    m = beta1 * state["m"] + (1 - beta1) * grad
    v = beta2 * state["v"] + (1 - beta2) * grad**2
    corrected_m, corrected_v = m / (1 - beta1**t), v / (1 - beta2**t)
    return param - learning_rate * corrected_m / (np.sqrt(corrected_v) + eps), {"t": t, "m": m, "v": v}
    ### END SOLUTION


# %% check="adam_step"
check("adam_step")

# %% demo="adam_step"
with demo("adam_step"):
    ticks = np.meshgrid(np.linspace(-6.5, 3.5, 80), np.linspace(-2.4, 2.4, 60))
    figure, panels = plt.subplots(1, 3, figsize=(15, 3.6), layout="constrained")

    def slope_at(place):
        """Return the gradient of the valley x²/2 + 10 y²."""
        return np.array([place[0], 20 * place[1]])

    ball, creeper, speed = [np.array([-6.0, 1.8])], [np.array([-6.0, 1.8])], np.zeros(2)
    walker, kept = [np.array([-6.0, 1.8])], {"t": 0, "m": np.zeros(2), "v": np.zeros(2)}
    for _ in range(80):
        creeper.append(creeper[-1] - 0.02 * slope_at(creeper[-1]))
        speed = 0.9 * speed + slope_at(ball[-1])
        ball.append(ball[-1] - 0.02 * speed)
        place, kept = adam_step(walker[-1], slope_at(walker[-1]), kept, 0.3, (0.9, 0.999), 1e-8)
        walker.append(place)
    names = ("plain, rate 0.02", "momentum 0.9, rate 0.02", "Adam, rate 0.3")
    for path, name, colour in zip((creeper, ball, walker), names, ("C1", "C0", "C2"), strict=True):
        panels[0].plot(*np.transpose(path), ".-", color=colour, linewidth=1, markersize=4, label=name)
        panels[1].semilogy([x**2 / 2 + 10 * y**2 for x, y in path], color=colour, label=name)
    panels[0].contour(*ticks, ticks[0] ** 2 / 2 + 10 * ticks[1] ** 2, levels=np.geomspace(0.3, 60, 10), cmap="Greys_r")
    panels[0].plot(0, 0, "*", color="black", markersize=12)
    panels[0].set(title="80 steps in the narrow valley", xlabel="along the valley", ylabel="across")
    panels[0].legend(loc="lower right", fontsize=9)
    panels[1].set(title="height above the bottom", xlabel="step", ylim=(1e-7, 200))
    panels[1].legend(fontsize=9)
    rng, averages = np.random.default_rng(0), {}
    for scale, colour in ((1000.0, "C3"), (1.0, "C4"), (0.001, "C5")):
        place, kept, moved = np.zeros(1), {"t": 0, "m": np.zeros(1), "v": np.zeros(1)}, [0.0]
        for _ in range(60):
            place, kept = adam_step(place, scale * (1 + 0.5 * rng.normal(size=1)), kept, 0.001, (0.9, 0.999), 1e-8)
            moved.append(float(-place[0]))
        panels[2].plot(moved, color=colour, label=f"gradients of about {scale:g}")
    panels[2].set(title="Adam at rate 0.001: how far has it moved?", xlabel="step")
    panels[2].legend(fontsize=9)

# %% [markdown]
# In the left picture Adam's first steps are equally long along and across, although the valley is twenty times steeper
# across than along. On the right three parameters with gradients a million times apart travel about the same distance.
#
# ## Exercise 4 · A race on real digits
#
# Time for real data: `data.digits()` gives handwritten digits from MNIST, 28 by 28 grey pixels each, and their labels.
# `images, labels, test_images, test_labels = data.digits()` are tensors of shape `(4000, 1, 28, 28)`, `(4000,)`,
# `(1000, 1, 28, 28)` and `(1000,)`, on the processor; `images.flatten(1)` makes a row of 784 numbers of each picture.
# Network and tensors must live on the same device (chapter 3): `network.to(device)` and `images.to(device)`, with
# `device = choose_device()`.
#
# We train on the first 1000 of the training digits only. That is little, and it is meant to be: a small training set
# shows what this chapter is about. The 1000 **test** digits are for **validation**: the network never learns from them,
# and they tell how good it is on digits that it has not seen.
#
# **Networks in PyTorch.** From here on the network is made of ready parts, and chapter 6 is all about them. What you
# need today fits into one example. It fits a line through four points:
#
# ```python
# network = nn.Sequential(nn.Linear(1, 8), nn.ReLU(), nn.Linear(8, 1))    # 1 input, 8 hidden units, 1 output
# optimizer = torch.optim.SGD(network.parameters(), lr=0.02, momentum=0.9)
# X, y = torch.tensor([[0.0], [1.0], [2.0], [3.0]]), torch.tensor([[1.0], [3.0], [5.0], [7.0]])
#
# network.train()                                    # training mode (it matters once there is dropout)
# for step in range(200):
#     optimizer.zero_grad()                          # forget the old gradients: PyTorch adds up otherwise
#     loss = nn.functional.mse_loss(network(X), y)   # forward pass and loss
#     loss.backward()                                # backward pass: every parameter now has its gradient
#     optimizer.step()                               # your exercise 2 or 3, for all parameters at once
#
# network.eval()                                     # evaluation mode
# with torch.no_grad():                              # and no bookkeeping for gradients
#     print(network(X))                              # about 1, 3, 5 and 7
# ```
#
# For ten classes the network ends in ten numbers per picture, the logits; `nn.functional.cross_entropy(logits, labels)`
# is the loss (chapter 2), and `logits.argmax(dim=1)` the digit that it votes for. `torch.manual_seed(seed)` before the
# network is made fixes its random starting weights.
#
# What we keep of a training is its **history**: a dictionary of four lists, `"train_loss"`, `"val_loss"`,
# `"train_accuracy"` and `"val_accuracy"`, with one entry for each epoch. Each is measured **after** the epoch, in
# evaluation mode, with the network as it is then, over **all** training digits (or all validation digits). The losses
# that you see while training are something else: each belongs to another, younger network.
#
# **The contest.** Adam with learning rate 0.001 against SGD with 0.01 and momentum 0.9, on a network of 784 inputs, 128
# hidden units with ReLU, and 10 outputs. A fair race has one start line: both begin with the **same weights** and see
# the **same batches** in the same order. Only the optimizer differs.
#
# **What `train_network(network, optimizer, epochs, seed)` must do**
# - `network`: an `nn.Module` that turns `(n, 784)` float pictures into `(n, 10)` logits, on the device of
#   `choose_device()`. `optimizer`: a torch optimizer of its parameters. `epochs`: a whole number, 0 or more.
# - Trains the network, in place, on the **first 1000 training digits** of `data.digits()`, each flattened to 784
#   numbers, in batches of **64** (so sixteen batches, the last of 40), with the mean cross-entropy of each batch. In
#   each epoch every digit is in exactly one batch.
# - The order is random, another one in each epoch, and the same again for the same `seed`. It depends on `seed` alone,
#   not on what else is random in the network: `minibatches` with `np.random.default_rng(seed)` is right.
# - Returns the history: a dictionary with exactly the four keys above, each a list of `epochs` floats. `val_…` is
#   measured on **all 1000 test digits**, `train_…` on the 1000 training digits. The loss is the mean cross-entropy, the
#   accuracy the share of digits that are right, between 0 and 1. With `epochs=0` the lists are empty.
# - `ValueError` that names `epochs` and shows it, if it is below 0.
#
# **What `compare_optimizers(seed, epochs=5)` must do**
# - Returns `{"adam": history, "sgd": history}` of two networks as above (weights as `nn.Linear` makes them), trained
#   for `epochs` epochs by `torch.optim.Adam` with rate 0.001 and by `torch.optim.SGD` with rate 0.01 and momentum 0.9.
# - Both start with the same weights and see the same batches. The same `seed` gives the same result, another seed other
#   weights and another order. (The numbers may differ in the last digits between machines.)
# - `ValueError` that names `epochs` and shows it, if it is below 0.


# %% exercise="compare_optimizers"
def train_network(network, optimizer, epochs, seed):
    """Train on the first 1000 training digits and measure after every epoch; the 1000 test digits are for validation.

    Args:
        network: nn.Module from (n, 784) to logits (n, 10), on the device of choose_device(); it is trained in place.
        optimizer: torch optimizer of the network's parameters.
        epochs: how often the network sees every training digit, 0 or more.
        seed: decides the order of the digits.

    Returns:
        history: dict of the lists "train_loss", "val_loss", "train_accuracy", "val_accuracy", one float per epoch.

    Raises:
        ValueError: epochs is negative; the message shows it.

    Example:
        >>> network = nn.Linear(784, 10).to(choose_device())
        >>> history = train_network(network, torch.optim.SGD(network.parameters(), lr=0.01), epochs=2, seed=0)
        >>> len(history["val_loss"])
        2
    """
    ### BEGIN SOLUTION
    if epochs < 0:
        raise ValueError(f"epochs must not be negative, got {epochs}")
    device = choose_device()
    images, labels, unseen_images, unseen_labels = (part.to(device) for part in data.digits())
    images, labels, unseen_images = images[:1000].flatten(1), labels[:1000], unseen_images.flatten(1)
    history = {"train_loss": [], "val_loss": [], "train_accuracy": [], "val_accuracy": []}
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        network.train()
        for X, y in minibatches(images, labels, 64, rng):
            optimizer.zero_grad()
            nn.functional.cross_entropy(network(X), y).backward()
            optimizer.step()
        network.eval()
        for part, X, y in (("train", images, labels), ("val", unseen_images, unseen_labels)):
            with torch.no_grad():
                logits = network(X)
            history[f"{part}_loss"].append(nn.functional.cross_entropy(logits, y).item())
            history[f"{part}_accuracy"].append((logits.argmax(dim=1) == y).double().mean().item())
    return history
    ### END SOLUTION


def compare_optimizers(seed, epochs=5):
    """Train the same network twice, with Adam and with SGD and momentum, from one start and on the same batches.

    Args:
        seed: whole number, decides the starting weights and the order of the digits.
        epochs: epochs of each training, 0 or more.

    Returns:
        {"adam": history, "sgd": history}, as from train_network.

    Raises:
        ValueError: epochs is negative; the message shows it.

    Example:
        >>> histories = compare_optimizers(seed=0, epochs=1)
        >>> sorted(histories)
        ['adam', 'sgd']
    """
    ### BEGIN SOLUTION
    histories = {}
    for name in ("adam", "sgd"):
        torch.manual_seed(seed)  # again for the second network: the same starting weights
        network = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)).to(choose_device())
        if name == "adam":
            optimizer = torch.optim.Adam(network.parameters(), lr=0.001)
        else:
            optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9)
        histories[name] = train_network(network, optimizer, epochs, seed)
    return histories
    ### END SOLUTION


# %% check="compare_optimizers"
check("compare_optimizers")

# %% demo="compare_optimizers"
with demo("compare_optimizers"):
    races = [compare_optimizers(seed, epochs=15) for seed in range(3)]
    figure, panels = plt.subplots(1, 3, figsize=(15, 3.8), layout="constrained")
    counted = range(1, 16)
    for name, colour in (("adam", "C2"), ("sgd", "C0")):
        for number, race in enumerate(races):
            label = None if number else {"adam": "Adam, 0.001", "sgd": "SGD, 0.01, momentum 0.9"}[name]
            panels[0].semilogy(counted, race[name]["train_loss"], color=colour, label=label)
            panels[1].plot(counted, race[name]["val_loss"], color=colour, label=label)
            panels[2].plot(counted, race[name]["val_accuracy"], color=colour, label=label)
        ends = ", ".join(f"{race[name]['val_accuracy'][-1]:.3f}" for race in races)
        after_one = ", ".join(f"{race[name]['train_loss'][0]:.2f}" for race in races)
        print(f"{name:5s} training loss after one epoch {after_one}; validation accuracy in the end {ends}")
    for panel, title in zip(panels, ("training loss", "validation loss", "validation accuracy"), strict=True):
        panel.set(title=title, xlabel="epoch")
    panels[0].legend()

# %% [markdown] written="compare_optimizers_observation"
# ### Exercise 4, in your own words · Which one would you take?
#
# The picture shows three races (three seeds) of fifteen epochs, the lines below it some of their numbers. In about four
# to eight sentences:
#
# 1. Which optimizer converges faster? Say by which curve and in which epochs you see it.
# 2. Which one ends with the higher validation accuracy? Compare the difference between the two optimizers with the
#    difference between seeds of the *same* optimizer before you answer.
# 3. The two used different learning rates. Is the comparison fair nevertheless? What would you try next?
#
# ### BEGIN SOLUTION
# **Rubric, 4 points**
#
# - **1 point: speed.** Adam is ahead at first: after one epoch its training loss is about 0.7 to 0.85, that of SGD
#   about 1.1 to 1.25, for every seed. From the third epoch on the curves lie close together, Adam's training loss a
#   little lower to the end.
# - **2 points: the end.** No winner: both end at a validation accuracy of about 0.88 or 0.89, and the difference
#   between the two is no larger than that between seeds of one of them. *1 point if a winner is named from one seed
#   only, but with its numbers.*
# - **1 point: fairness.** Same start, same batches, same epochs, but one learning rate each: every optimizer has a best
#   rate of its own, so a fair comparison tunes the rate for both (or shows several), on more seeds. Any sensible next
#   experiment counts.
#
# **Sample answer.** Adam is faster at the start: after the first epoch its training loss is about 0.75 while that of
# SGD is still above 1.1, and this holds for all three seeds. From the third epoch on the curves lie close together. In
# the end both reach about 0.88 in validation accuracy. The seeds of one optimizer differ among themselves by as much as
# the two optimizers do, so I would not call either of them the winner. The race was fair in start, batches and time,
# but each optimizer ran with a single learning rate that somebody picked. Next I would try three or four rates for
# each, with five seeds, and compare the best of both.
# ### END SOLUTION

# %% [markdown]
# ## The enemy: overfitting
#
# Look once more at the two loss pictures. The **training** loss keeps falling, towards zero. The **validation** loss
# falls, flattens out, and with more time or a larger network it *rises* again. The network has begun to learn its
# thousand digits by heart, ink blots included, instead of what makes a seven a seven. That is **overfitting**. You
# recognise it by the **gap**:
#
# $$\text{gap} = \text{validation loss} - \text{training loss}$$
#
# The best cure is more data. The second best is to make more out of the data that there is: a picture of a cat that is
# mirrored, or slightly turned, is another picture of a cat (**data augmentation**; mind that a mirrored 2 is no 2). The
# next exercises build the other three remedies: dropout, weight decay and early stopping.
#
# ## Exercise 5 · Neurons that sit out
#
# **Dropout** is a strange idea that works. In every training step each neuron of a layer is switched off with
# probability $p$, by the toss of a coin. No neuron can rely on one particular other neuron being there, so the network
# has to learn everything in several ways at once. It is like a team in which anybody may be ill tomorrow: soon
# everybody knows a bit of everything. When it counts, in evaluation, all of them play.
#
# One detail makes it work. If half of the inputs of a neuron are missing in training, the sum that it sees is only half
# as large as the sum in evaluation, and it would be confused. So the survivors are **scaled up** in training, by
# $1/(1-p)$:
#
# $$\text{out} = \frac{\text{mask} \odot x}{1 - p} \qquad \text{mask} = \begin{cases} 0 & \text{with probability } p \\
# 1 & \text{otherwise} \end{cases}$$
#
# Then on average nothing changes: $p \cdot 0 + (1 - p) \cdot \frac{x}{1 - p} = x$. And evaluation needs nothing at all,
# neither coins nor scaling: out $= x$. This is called **inverted** dropout, and it is what PyTorch does.
#
# **By hand.** $x = (3, 1, 4, 2)$, $p = 0.5$, and the coins say $(1, 0, 0, 1)$: out $= (6, 0, 0, 4)$. With $p = 0.2$ and
# coins $(1, 1, 0, 1)$: survivors are divided by 0.8, out $= (3.75, 1.25, 0, 2.5)$.
#
# The **backward pass** is simple, once you keep the mask: out is $x$ times a fixed number, entry by entry, so the
# gradient is multiplied by the very same numbers. What was switched off gets no gradient.
#
# Two warnings. Each **entry** has its own coin: in a batch of shape `(N, units)` every sample loses other neurons. And
# $p = 1$ would switch off everything and divide by zero; it is refused.
#
# **Tip.** `rng.random(shape)` gives numbers that are spread evenly between 0 and 1. Which share of them is below $p$?
#
# **What `dropout(x, p, rng, training)` must do**
# - `x`: an array of any shape, of floats or whole numbers; not modified. `p`: at least 0, below 1. `rng`: a generator
#   as from `np.random.default_rng(seed)`. `training`: `True` or `False`.
# - Returns `(out, mask)`, both of the shape of `x`. `out` is `float64`; `mask` holds zeros and ones (floats, whole
#   numbers or `True`/`False`).
# - In training every entry of the mask is 0 with probability $p$, independently of all others, drawn from `rng` and
#   from nothing else, so that the next call gives another mask; `out` is as in the formula.
# - In evaluation `out` equals `x`, the mask is all ones, and nothing is drawn from `rng`.
# - `ValueError` that names `p` and shows it, if it is below 0, or 1 or more; in evaluation too.
#
# **What `dropout_backward(grad, mask, p)` must do**
# - `grad`: the gradient of the loss with respect to `out`, floats or whole numbers. `mask`: zeros and ones in any of
#   the three forms above, whichever your own `dropout` returns. `p`: that of the call in **training**. None is
#   modified.
# - Returns the gradient of the loss with respect to `x`, a `float64` array of its shape.
# - `ValueError` that names `p` and shows it, as above; that names `mask` and shows its shape, if it is not the shape of
#   `grad`.


# %% exercise="dropout"
def dropout(x, p, rng, training):
    """Inverted dropout: switch off every entry with probability p, scale up the others.

    Args:
        x: activations, any shape.
        p: probability of being switched off, 0 <= p < 1.
        rng: numpy.random.Generator for the mask.
        training: True to drop, False to let everything pass.

    Returns:
        (out, mask), shaped like x; mask is 0 where an entry was switched off and 1 elsewhere.

    Raises:
        ValueError: p is outside its range; the message shows it.

    Example:
        >>> out, mask = dropout(np.array([3.0, 1.0, 4.0]), 0.5, np.random.default_rng(0), training=False)
        >>> out, mask.astype(int)
        (array([3., 1., 4.]), array([1, 1, 1]))
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=np.float64)
    if not 0 <= p < 1:
        raise ValueError(f"p must be at least 0 and below 1, got {p}")
    if not training:
        return x, np.ones(x.shape)
    mask = (rng.random(x.shape) >= p).astype(np.float64)
    return x * mask / (1 - p), mask
    ### END SOLUTION


def dropout_backward(grad, mask, p):
    """Send a gradient back through dropout in training.

    Args:
        grad: gradient with respect to the output, any shape.
        mask: the mask that dropout returned, same shape.
        p: the probability that was used, 0 <= p < 1.

    Returns:
        Gradient with respect to the input, same shape.

    Raises:
        ValueError: p is outside its range, or the shapes differ; the message shows what was received.

    Example:
        >>> dropout_backward(np.array([1.0, 2.0, 3.0]), np.array([1.0, 0.0, 1.0]), 0.5)
        array([2., 0., 6.])
    """
    ### BEGIN SOLUTION
    grad, mask = np.asarray(grad, dtype=np.float64), np.asarray(mask)
    if not 0 <= p < 1:
        raise ValueError(f"p must be at least 0 and below 1, got {p}")
    if mask.shape != grad.shape:
        raise ValueError(f"mask must have the shape of grad, {grad.shape}, got shape {mask.shape}")
    return grad * mask / (1 - p)
    ### END SOLUTION


# %% check="dropout"
check("dropout")

# %% demo="dropout"
with demo("dropout"):
    rng = np.random.default_rng(1)
    figure, panels = plt.subplots(1, 5, figsize=(15, 3.4), width_ratios=[1, 1, 1, 1, 1.5], layout="constrained")
    for panel, p in zip(panels, (0.1, 0.5, 0.5, 0.8), strict=False):
        _, mask = dropout(np.ones((24, 24)), p, rng, training=True)
        panel.imshow(mask, cmap="gray", vmin=0, vmax=1)
        panel.set(title=f"p = {p}: {1 - np.mean(mask):.0%} off", xticks=[], yticks=[], xlabel="neurons")
    panels[0].set_ylabel("samples of one batch")
    inputs, weights = rng.uniform(0, 2, size=100), rng.normal(0.05, 0.1, size=100)
    sums = [float(dropout(inputs, 0.5, rng, training=True)[0] @ weights) for _ in range(2000)]
    panels[4].hist(sums, bins=40, color="C0", alpha=0.7, label="with dropout, scaled")
    panels[4].hist([total / 2 for total in sums], bins=40, color="C1", alpha=0.5, label="without scaling")
    panels[4].axvline(float(inputs @ weights), color="black", label="evaluation")
    panels[4].set(title="what the next neuron sees, p = 0.5", xlabel="its sum", yticks=[])
    panels[4].legend(fontsize=8)

# %% [markdown]
# Black is switched off. The two masks for $p = 0.5$ come from two calls: other coins. On the right you see why the
# scaling matters: with it, the sums of the next neuron lie around the one of evaluation, without it at about half.
#
# ## Exercise 6 · How much dropout?
#
# Now let us see whether it helps. The network gets two hidden layers of 256 units and is far larger than a thousand
# digits need: it *will* overfit. We train it once for each dropout rate, everything else being equal, and compare the
# curves. What do you expect: for the training loss, for the validation loss, for the gap? Write it down first.
#
# In PyTorch dropout is a layer of its own, `nn.Dropout(p)`, placed after the activation. It looks at the mode: it drops
# after `network.train()`, and lets everything pass after `network.eval()`. Forget to switch, and you measure a network
# with half of its neurons missing, or train one without dropout. Your `train_network` switches already, in every epoch.
#
# For the comparison to be fair, each rate starts with the same weights and sees the same batches, exactly as in the
# race of the optimizers. (Dropout draws random numbers too. As long as the order of the digits comes from a generator
# of its own, that does no harm.)
#
# **What `dropout_study(rates, seed)` must do**
# - `rates`: a sequence of dropout rates, each at least 0 and below 1. `seed`: a whole number.
# - For each rate trains a fresh network 784–256–256–10, ReLU after both hidden layers, and dropout at that rate after
#   each of the two ReLUs; with `torch.optim.Adam` and rate 0.001, for 15 epochs, on the digits, in the batches and with
#   the measurements of `train_network`. Weights as `nn.Linear` makes them.
# - Returns `{rate: history}`, the histories as from `train_network`; `{}` if there are no rates.
# - All rates start with the same weights and see the same batches; these and the coins depend on `seed` alone. So the
#   same seed gives the same result, and another seed another one.
# - `ValueError` that names `rates` and shows the rate, if one of them is below 0, or 1 or more.


# %% exercise="dropout_study"
def dropout_study(rates, seed):
    """Train the same network once with each dropout rate.

    Args:
        rates: dropout rates to compare, 0 <= rate < 1.
        seed: whole number, decides starting weights, order of the digits and coins.

    Returns:
        {rate: history}, histories of 15 epochs as from train_network.

    Raises:
        ValueError: a rate is outside its range; the message shows it.

    Example:
        >>> histories = dropout_study([0.5], seed=0)
        >>> len(histories[0.5]["val_loss"])
        15
    """
    ### BEGIN SOLUTION
    for rate in rates:
        if not 0 <= rate < 1:
            raise ValueError(f"rates must be at least 0 and below 1, got {rate}")
    histories = {}
    for rate in rates:
        torch.manual_seed(seed)
        first, second, last = nn.Linear(784, 256), nn.Linear(256, 256), nn.Linear(256, 10)
        network = nn.Sequential(first, nn.ReLU(), nn.Dropout(rate), second, nn.ReLU(), nn.Dropout(rate), last)
        network.to(choose_device())
        histories[rate] = train_network(network, torch.optim.Adam(network.parameters(), lr=0.001), 15, seed)
    return histories
    ### END SOLUTION


# %% check="dropout_study"
check("dropout_study")

# %% demo="dropout_study"
with demo("dropout_study"):
    study = dropout_study([0, 0.1, 0.3, 0.5, 0.7], seed=0)  # about ten seconds
    figure, panel = plt.subplots(figsize=(6, 3.4), layout="constrained")
    gaps = [run["val_loss"][-1] - run["train_loss"][-1] for run in study.values()]
    bars = panel.bar([str(rate) for rate in study], gaps, color=[f"C{number}" for number in range(5)])
    panel.bar_label(bars, fmt="%.2f")
    panel.set(title="gap after 15 epochs", xlabel="dropout rate", ylabel="validation − training loss")
    print("rate   training loss   validation loss   training accuracy   validation accuracy")
    for rate, run in study.items():
        values = [run[key][-1] for key in ("train_loss", "val_loss", "train_accuracy", "val_accuracy")]
        print(f"{rate:4}   {values[0]:13.3f}   {values[1]:15.3f}   {values[2]:17.3f}   {values[3]:19.3f}")

# %% [markdown]
# ## Exercise 7 · Ten curves that can be read
#
# The bars show the end of the story, not how it came about. For that we need curves: the loss by epoch, for training
# and for validation, for every rate. That is ten lines in one picture, and without labels nobody can tell them apart. A
# picture that is to be believed says what runs across, what runs up, and what each line is.
#
# You get **two** `Axes`, one for the losses and one for the accuracies, since these have different scales. A line is
# drawn with `ax.plot(epochs, values, label="train, dropout 0.5")`; labels stay invisible until `ax.legend()` collects
# them. The first value was measured after the first epoch, so the epochs are 1, 2, 3, …
#
# **What `plot_histories(axes, histories)` must do**
# - `axes`: a sequence of two Matplotlib `Axes` (not necessarily current ones). `histories`: a dictionary of histories
#   by rate, as above, with equally many or different numbers of epochs.
# - Draws all losses on the first Axes and all accuracies on the second: on each of them, for every rate, one line for
#   training and one for validation, over the epochs 1, 2, 3, …
# - Every line has a label of its own that contains the rate, not rounded (`0.25`, `0.250` or `25 %`), and says which of
#   the two it is: a word beginning with `train` or with `val`, in small or capital letters. Each Axes has a legend with
#   all of its lines, and a label for both of its axes. Nothing is drawn anywhere else, and no figure is made. All other
#   words and the looks are yours, and what it returns does not matter.


# %% exercise="dropout_curves"
def plot_histories(axes, histories):
    """Draw the losses on the first Axes and the accuracies on the second, two lines for each rate.

    Args:
        axes: two matplotlib Axes.
        histories: {rate: history}, as from dropout_study.

    Example:
        >>> figure, axes = plt.subplots(1, 2)
        >>> one = {"train_loss": [0.9], "val_loss": [1.0], "train_accuracy": [0.7], "val_accuracy": [0.6]}
        >>> plot_histories(axes, {0.5: one})
        >>> len(axes[0].get_legend_handles_labels()[1])
        2
    """
    ### BEGIN SOLUTION
    left, right = axes
    for ax, quantity in ((left, "loss"), (right, "accuracy")):
        for number, (rate, history) in enumerate(histories.items()):
            for part, style in (("train", ":"), ("val", "-")):
                values = history[f"{part}_{quantity}"]
                epochs = range(1, len(values) + 1)
                ax.plot(epochs, values, style, color=f"C{number}", label=f"{part}, dropout {rate}")
        ax.set(xlabel="epoch", ylabel=quantity)
        ax.legend(fontsize="small")
    ### END SOLUTION


# %% check="dropout_curves"
check("dropout_curves")

# %% demo="dropout_curves"
with demo("dropout_curves"):
    figure, panels = plt.subplots(1, 2, figsize=(15, 5), layout="constrained")
    plot_histories(panels, study)  # the study was made by the picture of exercise 6

# %% [markdown] written="dropout_study_observation"
# ### Exercises 6 and 7, in your own words · What does dropout do?
#
# Use the table of exercise 6 and the curves of exercise 7. In about five to ten sentences:
#
# 1. Compare training and validation curves **without** dropout. From which epoch on does this network overfit, and by
#    what do you see it?
# 2. What happens to the training loss, to the validation loss and to the gap as the rate goes from 0 to 0.7? Which rate
#    would you choose here, and on the strength of which number?
# 3. Is a smaller gap always better? Think of the rate 0.7, or of 0.99.
#
# ### BEGIN SOLUTION
# **Rubric, 4 points**
#
# - **1 point: overfitting without dropout.** The training loss goes to practically 0 (accuracy 1.0), while the
#   validation loss stops falling after some six to nine epochs (at about 0.36) and then creeps up; the gap grows to
#   about 0.4.
# - **2 points: with growing rate.** The training loss rises (about 0.004, 0.005, 0.01, 0.04, 0.13), the gap shrinks
#   (about 0.39, 0.38, 0.36, 0.31, 0.24), the validation loss gets somewhat better up to 0.3 to 0.5 and worse again at
#   0.7; the accuracies on unseen digits differ by about a percent only. A choice of 0.3 or 0.5 by *validation* loss (or
#   accuracy), with numbers. *1 point if only the gap is described, or the choice is made by the training loss.*
# - **1 point: the gap is not the goal.** At 0.7 the gap is smallest and the validation loss is no better than at 0.5:
#   the network has too few neurons left to fit even its training data (underfitting). At 0.99 it would learn next to
#   nothing, with no gap at all. What counts is the performance on unseen data.
#
# **Sample answer.** Without dropout the training loss falls to 0.004 and every training digit is right, but the
# validation loss reaches its lowest point around the eighth epoch and rises slowly afterwards: from there on the
# network only learns its thousand digits by heart. With a growing rate the training loss ends higher, and the gap
# shrinks from about 0.39 to 0.24. The validation loss improves up to a rate of 0.5 and is worse again at 0.7, so I
# would take 0.5, or 0.3, whose accuracy is as good. The differences in accuracy are about a percent, so I would want
# more seeds before I insist. A small gap alone is worth nothing: at 0.7 it is smallest because the network has become
# worse on its own training digits, and with 0.99 it would be equally bad on both.
# ### END SOLUTION

# %% [markdown]
# ## Exercise 8 · A price on large weights
#
# A network that learns by heart needs large weights: it has to bend sharply to pass through every single point. So let
# large weights **cost** something. We add a penalty to the loss, the sum of the squares of all weights, times a
# strength $\lambda$:
#
# $$\text{total loss} = \text{loss} + \lambda \sum_{w} w^2 \qquad\qquad
# \frac{\partial}{\partial w}\, \lambda w^2 = 2 \lambda w$$
#
# This is **L2 regularization**. Its gradient pulls every weight towards 0, the harder the larger it is: in each step of
# plain gradient descent the weight loses a fixed share $2 \eta \lambda$ of itself. Hence its other name, **weight
# decay**. A weight survives only where the data keep pushing it away from 0. The biases are left alone: they only
# shift, they do not bend, and there are few of them.
#
# **By hand.** $W_1 = (3, -1)$, $b_1 = 5$, $\lambda = 0.1$: the penalty is $0.1 \cdot (9 + 1) = 1$, the gradient for
# $W_1$ is $(0.6, -0.2)$, and for $b_1$ it is 0.
#
# (For SGD penalty and decay are the same thing. For Adam they are not: Adam divides the pull by the usual size of the
# gradient, which spoils it. `torch.optim.AdamW` decays the weights separately.)
#
# **What `l2_penalty(params, strength)` must do**
# - `params`: a dictionary of arrays of any shape, of floats or whole numbers, as in chapter 4 but with any number of
#   layers: a name that begins with `W` is a weight, one that begins with `b` a bias. Not modified. `strength`: a
#   number, 0 or more.
# - Returns `(loss, grads)`: `loss` is one number, computed in `float64` (for `float32` arrays too), $\lambda$ times the
#   sum of the squares of all entries of all weights (0 where there are none); `grads` is a dictionary with the keys of
#   `params`, each a new `float64` array of the same shape: the gradient of the penalty, which is zero for a bias.
# - `ValueError` that names `strength` and shows it, if it is below 0.


# %% exercise="weight_decay"
def l2_penalty(params, strength):
    """Penalty on large weights, and its gradient; biases cost nothing.

    Args:
        params: dict of arrays, weights "W1", "W2", ... and biases "b1", "b2", ...
        strength: factor of the penalty, 0 or more.

    Returns:
        (loss, grads): strength times the sum of the squared weights, and a dict with its gradient for every key.

    Raises:
        ValueError: strength is negative; the message shows it.

    Example:
        >>> loss, grads = l2_penalty({"W1": np.array([[3.0, -1.0]]), "b1": np.array([[5.0]])}, 0.1)
        >>> round(float(loss), 6), grads["W1"], grads["b1"]
        (1.0, array([[ 0.6, -0.2]]), array([[0.]]))
    """
    ### BEGIN SOLUTION
    if strength < 0:
        raise ValueError(f"strength must not be negative, got {strength}")
    loss, grads = 0.0, {}
    for name, values in params.items():
        values = np.asarray(values, dtype=np.float64)  # noqa: PLW2901 - the same, as floats
        is_weight = name.startswith("W")
        loss += strength * np.sum(values**2) * is_weight
        grads[name] = 2 * strength * values * is_weight
    return loss, grads
    ### END SOLUTION


# %% check="weight_decay"
check("weight_decay")

# %% demo="weight_decay"
with demo("weight_decay"):
    images, labels, unseen, answers = (part.numpy() for part in data.digits())
    images, labels, unseen = images[:200].reshape(200, 784), labels[:200], unseen.reshape(-1, 784)
    figure, panels = plt.subplots(1, 4, figsize=(15, 3.4), width_ratios=[1.4, 1, 1, 1], layout="constrained")
    for strength, panel, colour in zip((0.0, 0.1, 0.5), panels[1:], ("C0", "C1", "C2"), strict=True):
        params = {"W1": 0.03 * np.random.default_rng(0).normal(size=(784, 10)), "b1": np.zeros((1, 10))}
        for _ in range(300):  # one layer with softmax, by plain gradient descent
            grown = np.exp(images @ params["W1"] + params["b1"])
            errors = grown / grown.sum(axis=1, keepdims=True)
            errors[np.arange(200), labels] -= 1
            _, pull = l2_penalty(params, strength)
            params["W1"] = params["W1"] - 0.02 * (images.T @ errors / 200 + pull["W1"])
            params["b1"] = params["b1"] - 0.02 * (errors.mean(axis=0) + pull["b1"])
        right = [
            np.mean(np.argmax(X @ params["W1"] + params["b1"], axis=1) == y)
            for X, y in ((images, labels), (unseen, answers))
        ]
        bins = np.linspace(-0.1, 0.1, 51)
        panels[0].hist(params["W1"].ravel(), bins, histtype="step", color=colour, linewidth=1.5, label=f"{strength}")
        panel.imshow(params["W1"][:, 3].reshape(28, 28), cmap="RdBu", vmin=-0.08, vmax=0.08)
        panel.set(title=f"weights for a 3, strength {strength}", xticks=[], yticks=[])
        panel.set_xlabel(f"right: {right[0]:.1%} of seen digits, {right[1]:.1%} of unseen", fontsize=9)
    panels[0].set(title="all weights after training", xlabel="weight", ylabel="how many")
    panels[0].legend(title="strength", loc="upper left")

# %% [markdown]
# Without a price the weights keep the noise that they started with (and learn the noise of the 200 digits). With it,
# they shrink, and what remains looks like what it is for: blue where ink speaks for a 3, red where it speaks against.
#
# ## Exercise 9 · Knowing when to stop
#
# The simplest remedy of all: stop in time. While you train, watch the validation loss, and when it has not improved for
# a while, stop, and go back to the best network that you had. How long is *a while*? The loss goes up and down a
# little from epoch to epoch, so one bad epoch means nothing. We wait for a number of epochs, the **patience**. The book
# suggests 10.
#
# This calls for an object that remembers something. A **class** is the plan of such objects:
#
# ```python
# class Counter:
#     def __init__(self, start=0):     # runs when somebody writes Counter(5)
#         self.count = start           # self is the object; what is kept in self.… it remembers
#
#     def update(self, step):          # a method: counter.update(2) passes the object as self
#         self.count = self.count + step
#         return self.count
#
# counter = Counter(5)
# counter.update(2)                    # 7, and counter.count is 7 from now on
# ```
#
# The method `update` of ours is told, after every epoch, the loss and the weights, and answers whether it is time to
# stop:
#
# ```python
# stopper = EarlyStopping(patience=10)
# for epoch in range(1000):
#     ...                                     # train for one epoch, and measure the validation loss
#     if stopper.update(val_loss, network.state_dict()):
#         break
# network.load_state_dict(stopper.best_weights)
# ```
#
# With a patience of 2 it goes like this:
#
# | epoch | loss | best so far | without improvement | answer |
# |---:|---:|---:|---:|---|
# | 0 | 0.9 | 0.9 | 0 | go on |
# | 1 | 0.5 | 0.5 | 0 | go on |
# | 2 | 0.6 | 0.5 | 1 | go on |
# | 3 | 0.5 | 0.5 | 2 | **stop** |
#
# An equal loss is no improvement. With `min_delta` one can ask for more: only a loss **below `best_loss - min_delta`**
# counts, so that a creeping improvement in the fifth decimal does not keep the training alive for ever. A loss that is
# `nan` is no improvement either (you need not do anything for that: every comparison with `nan` is false).
#
# **The trap.** `network.state_dict()` does not hold a copy of the weights, it holds *the* weights: the next step
# changes them. If you only keep what you were given, your "best weights" are always the latest ones. You need a copy of
# the whole thing, arrays included: `copy.deepcopy(weights)` makes one (`copy` is a module of Python's, imported at the
# top). (`dict(weights)` copies the dictionary, but not the arrays in it.)
#
# **What the class `EarlyStopping(patience=10, min_delta=0.0)` must do**
# - `patience`: a whole number, at least 1. `min_delta`: a number, 0 or more.
# - `update(loss, weights)`: `loss` is a number, `weights` a dictionary of arrays or tensors; not modified. The loss is
#   an **improvement** if `loss < best_loss - min_delta`. Returns `True` if this was at least the `patience`-th update
#   in a row without improvement, else `False`. (So after a `True` it goes on saying `True` until there is an
#   improvement, which starts the count again.)
# - Attributes: `best_loss`, the loss of the last improvement, `np.inf` before any; `best_weights`, a copy
#   of the weights of that update, `None` before any; `best_epoch`, the number of that update, counted from 0 over all
#   updates, `None` before any.
# - `ValueError` that names `patience` and shows it, if it is below 1; that names `min_delta` and shows it, if it is
#   below 0.


# %% exercise="early_stopping"
class EarlyStopping:
    """Watch the validation loss, keep the best weights, and say when to stop.

    Args:
        patience: updates in a row without improvement after which to stop, at least 1.
        min_delta: how much lower than the best a loss must be to count as an improvement, 0 or more.

    Attributes:
        best_loss: loss of the last improvement; infinite before any.
        best_weights: a copy of the weights of that update; None before any.
        best_epoch: the number of that update, counted from 0; None before any.

    Raises:
        ValueError: patience below 1 or min_delta below 0; the message shows the value.

    Example:
        >>> stopper = EarlyStopping(patience=2)
        >>> [stopper.update(loss, {}) for loss in (0.9, 0.5, 0.6, 0.5)]
        [False, False, False, True]
        >>> stopper.best_loss, stopper.best_epoch
        (0.5, 1)
    """

    def __init__(self, patience=10, min_delta=0.0):
        ### BEGIN SOLUTION
        if patience < 1:
            raise ValueError(f"patience must be at least 1, got {patience}")
        if min_delta < 0:
            raise ValueError(f"min_delta must not be negative, got {min_delta}")
        self.patience = patience
        self.min_delta = min_delta
        self.best_loss = np.inf
        self.best_weights = None
        self.best_epoch = None
        self.epoch = 0
        self.waited = 0
        ### END SOLUTION

    def update(self, loss, weights):
        """Note the loss and the weights of one more epoch.

        Args:
            loss: validation loss after the epoch.
            weights: dict of arrays or tensors, as they are then.

        Returns:
            True if it is time to stop, else False.
        """
        ### BEGIN SOLUTION
        if loss < self.best_loss - self.min_delta:
            self.best_loss = loss
            self.best_weights = copy.deepcopy(weights)
            self.best_epoch = self.epoch
            self.waited = 0
        else:
            self.waited += 1
        self.epoch += 1
        return self.waited >= self.patience
        ### END SOLUTION


# %% check="early_stopping"
check("early_stopping")

# %% demo="early_stopping"
with demo("early_stopping"):
    rng = np.random.default_rng(4)
    truth = np.r_[rng.normal(size=5), np.zeros(55)]  # 60 inputs, of which five matter
    X, unseen = rng.normal(size=(50, 60)), rng.normal(size=(400, 60))
    y, unseen_y = X @ truth + 2 * rng.normal(size=50), unseen @ truth + 2 * rng.normal(size=400)
    weights, stopper, stopped, learned, measured = np.zeros(60), EarlyStopping(patience=10), None, [], []
    for epoch in range(120):  # a real training would break off; here we want to see what it would have missed
        weights = weights - 0.05 * 2 * X.T @ (X @ weights - y) / 50
        learned.append(np.mean((X @ weights - y) ** 2))
        measured.append(np.mean((unseen @ weights - unseen_y) ** 2))
        if stopped is None and stopper.update(float(measured[-1]), {"w": weights}):
            stopped = epoch
    figure, panel = plt.subplots(figsize=(11, 4), layout="constrained")
    panel.plot(learned, color="C0", linestyle=":", label="training loss")
    panel.plot(measured[: stopped + 1], color="C0", label="validation loss")
    panel.plot(range(stopped, 120), measured[stopped:], color="lightgrey", label="what would have come")
    panel.axvspan(stopper.best_epoch, stopped, color="C1", alpha=0.15, label="patience: 10 epochs")
    panel.plot(stopper.best_epoch, stopper.best_loss, "o", color="C2", markersize=9, label="best weights, kept")
    panel.axvline(stopped, color="C3", label=f"stop after epoch {stopped}")
    panel.set(title="early stopping", xlabel="epoch", ylabel="loss", ylim=(0, 1.05 * max(measured)))
    panel.legend(loc="center left", bbox_to_anchor=(1.01, 0.5))

# %% [markdown]
# ## Exercise 10 · Large steps first, small steps last
#
# A large learning rate crosses the country quickly, but it cannot land: near the bottom it jumps to and fro. A small
# rate lands softly, but takes ages to get there. So start large, and get smaller on the way. That is a **schedule**,
# and two of them are used everywhere. With base rate $\eta_0$, in epoch $e$ (counted from 0):
#
# **Step decay** multiplies the rate by $\gamma$ after every $s$ epochs:
# $\;\eta_e = \eta_0 \cdot \gamma^{\lfloor e / s \rfloor}$, where $\lfloor\;\rfloor$ rounds down. With $\eta_0 = 0.1$,
# $s = 30$ and $\gamma = 0.1$ the rate is 0.1 in the epochs 0 to 29, 0.01 in 30 to 59, 0.001 in 60 to 89.
#
# **Cosine annealing** glides along half a wave of the cosine, from the base rate down to $\eta_\text{min}$ in epoch
# $T$:
#
# $$\eta_e = \eta_\text{min} + \frac{\eta_0 - \eta_\text{min}}{2} \left(1 + \cos \frac{\pi e}{T}\right)$$
#
# At the start the cosine is 1, and you get $\eta_0$; half-way it is 0, and you get the mean of both; at the end it is
# −1. The angle is in **radians**, as in NumPy and nearly every programming language: half a turn is $\pi$, not 180.
#
# **What `step_decay(base, epoch, step_size=30, gamma=0.1)` must do**
# - `epoch`: a whole number, 0 or more. `step_size`: a whole number, at least 1. `base`, `gamma`: numbers.
# - Returns the learning rate in that epoch, one number.
# - `ValueError` that names `epoch` or `step_size` and shows it, if it is too small.
#
# **What `cosine_annealing(base, epoch, t_max, eta_min=0.0)` must do**
# - `t_max`: a whole number, at least 1. `epoch`: a whole number from 0 to `t_max`, both included. `base`, `eta_min`:
#   numbers.
# - Returns the learning rate in that epoch, one number.
# - `ValueError` that names `t_max` and shows it, if it is below 1; that names `epoch` and shows it, if it is outside
#   its range.


# %% exercise="schedules"
def step_decay(base, epoch, step_size=30, gamma=0.1):
    """Learning rate that is multiplied by gamma after every step_size epochs.

    Args:
        base: learning rate at the start.
        epoch: number of the epoch, counted from 0.
        step_size: epochs between two reductions, at least 1.
        gamma: factor of each reduction.

    Returns:
        The learning rate in that epoch.

    Raises:
        ValueError: epoch below 0 or step_size below 1; the message shows the value.

    Example:
        >>> round(step_decay(0.1, 29), 6), round(step_decay(0.1, 30), 6)
        (0.1, 0.01)
    """
    ### BEGIN SOLUTION
    if epoch < 0:
        raise ValueError(f"epoch must not be negative, got {epoch}")
    if step_size < 1:
        raise ValueError(f"step_size must be at least 1, got {step_size}")
    return base * gamma ** (epoch // step_size)
    ### END SOLUTION


def cosine_annealing(base, epoch, t_max, eta_min=0.0):
    """Learning rate that falls from base to eta_min along half a wave of the cosine.

    Args:
        base: learning rate at the start.
        epoch: number of the epoch, from 0 to t_max.
        t_max: the epoch in which eta_min is reached, at least 1.
        eta_min: learning rate at the end.

    Returns:
        The learning rate in that epoch.

    Raises:
        ValueError: t_max below 1, or epoch outside 0 ... t_max; the message shows the value.

    Example:
        >>> [round(float(cosine_annealing(0.1, epoch, 100)), 6) for epoch in (0, 50, 100)]
        [0.1, 0.05, 0.0]
    """
    ### BEGIN SOLUTION
    if t_max < 1:
        raise ValueError(f"t_max must be at least 1, got {t_max}")
    if not 0 <= epoch <= t_max:
        raise ValueError(f"epoch must lie between 0 and t_max = {t_max}, got {epoch}")
    return eta_min + (base - eta_min) * (1 + np.cos(np.pi * epoch / t_max)) / 2
    ### END SOLUTION


# %% check="schedules"
check("schedules")

# %% demo="schedules"
with demo("schedules"):
    rng, epochs = np.random.default_rng(2), np.arange(101)
    plans = {
        "constant 0.1": np.full(101, 0.1),
        "step decay, every 30 epochs": np.array([step_decay(0.1, int(epoch)) for epoch in epochs]),
        "cosine annealing over 100": np.array([cosine_annealing(0.1, int(epoch), 100) for epoch in epochs]),
    }
    noise = rng.normal(scale=2.0, size=(200, 101))  # 200 noisy walks down the parabola x², with the same noise each
    figure, panels = plt.subplots(1, 3, figsize=(15, 3.6), layout="constrained")
    for (name, rates), colour in zip(plans.items(), ("grey", "C0", "C1"), strict=True):
        panels[0].plot(epochs, rates, color=colour, label=name)
        panels[1].semilogy(epochs, np.maximum(rates, 1e-5), color=colour, label=name)
        place, heights = np.full(200, 5.0), []
        for number, rate in enumerate(rates):
            heights.append(np.mean(place**2))
            place = place - rate * (2 * place + noise[:, number])
        panels[2].semilogy(epochs, heights, color=colour, label=name)
    panels[0].set(title="learning rate", xlabel="epoch")
    panels[1].set(title="the same, logarithmic", xlabel="epoch")
    panels[2].set(title="noisy descent on x²: mean height above the bottom", xlabel="epoch")
    panels[0].legend(fontsize=9)

# %% [markdown]
# In the right-hand picture the gradients are noisy, as those of mini-batches are. The constant rate stays at a height
# at which the noise keeps it; the falling rates go on down.
#
# ## Exercise 11 · Batch normalization
#
# Every layer learns from what the layer before it sends. But that one is learning too, so its messages change all the
# time: today around 0, tomorrow around 50. **Batch normalization** puts a layer in between that brings every unit back
# into range, in each batch: subtract the mean of the batch, divide by its standard deviation. For a batch `x` of shape
# `(N, D)`, for each of the $D$ columns on its own:
#
# $$\mu = \frac{1}{N} \sum_i x_i \qquad \sigma^2 = \frac{1}{N} \sum_i (x_i - \mu)^2 \qquad
# \hat x_i = \frac{x_i - \mu}{\sqrt{\sigma^2 + \varepsilon}} \qquad \text{out}_i = \gamma\, \hat x_i + \beta$$
#
# Each column then has mean 0 and variance 1, and two learned numbers per column, $\gamma$ and $\beta$, let the network
# choose another mean and another spread where that is better. Networks with batch normalization learn faster, bear
# higher learning rates, and care less about their starting weights.
#
# **In evaluation** there may be just one sample, and nothing to average. So training keeps **running averages** on the
# side, and evaluation uses these in place of $\mu$ and $\sigma^2$. With the weight $a$ of the new batch (the argument
# `momentum`, usually 0.1):
#
# $$\text{running} \leftarrow (1 - a) \cdot \text{running} + a \cdot \text{new}$$
#
# One subtlety, as in PyTorch: the running *variance* takes up the **unbiased** variance of the batch, with $N - 1$ in
# place of $N$ below the sum, since it is to estimate the variance of all data. The normalization itself uses $N$.
#
# **By hand.** One column, $x = (1, 3)$, $\gamma = 2$, $\beta = 5$, $\varepsilon = 0$: $\mu = 2$, $\sigma^2 = 1$,
# $\hat x = (-1, 1)$, out $= (3, 7)$. The unbiased variance is $(1 + 1)/1 = 2$; with $a = 0.1$, running averages of 0
# and 1 become $0.2$ and $0.9 + 0.2 = 1.1$.
#
# **Backwards.** With the incoming gradient $g$ (with respect to out), column by column:
#
# $$\frac{\partial L}{\partial \beta} = \sum_i g_i \qquad \frac{\partial L}{\partial \gamma} = \sum_i g_i\, \hat x_i
# \qquad
# \frac{\partial L}{\partial x_i} = \frac{\gamma}{\sqrt{\sigma^2 + \varepsilon}}
# \Big( g_i - \frac{1}{N} \sum_j g_j - \hat x_i \cdot \frac{1}{N} \sum_j g_j\, \hat x_j \Big)$$
#
# Why the two subtractions? Because $\mu$ and $\sigma$ depend on every $x_i$ as well. Push all entries of a column up
# by the same amount: the mean follows, and nothing changes. Stretch them: $\sigma$ follows, and nothing changes. The
# gradient has no part in these two directions, and the subtractions take it out.
#
# **What `batchnorm_forward(x, gamma, beta, state, momentum, eps, training)` must do**
# - `x`: `(N, D)`, floats or whole numbers, $N$ at least 2 in training and at least 1 in evaluation. `gamma`, `beta`:
#   `(D,)`, floats or whole numbers. `state`: a dictionary `{"running_mean": (D,), "running_var": (D,)}`. `momentum`,
#   `eps`: numbers.
# - Returns `(out, cache)`: `out` `(N, D)`, `float64`. `cache` is whatever your `batchnorm_backward` needs, of whatever
#   type; a later call does not spoil it. (After evaluation it is not used: `None` will do.)
# - In training: normalizes by the batch, and puts the new running averages into `state` (under the same keys; new
#   arrays, or written into the old ones). In evaluation: normalizes by the running averages, and leaves `state` as it
#   is.
# - `x`, `gamma` and `beta` are not modified. A column whose entries are all equal becomes `beta`, without a warning, if
#   `eps` is above 0. A `nan` in `x` is not hidden: it makes its own column of `out` `nan`, and no other.
# - `ValueError` that names `x` and shows its shape, if it is not two-dimensional or has too few rows; that names
#   `gamma` or `beta` and shows its shape, if that is not `(D,)`.
#
# **What `batchnorm_backward(grad, cache)` must do**
# - `grad`: `(N, D)`, gradient with respect to `out`, floats or whole numbers. `cache`: from `batchnorm_forward` in
#   **training**. Neither is modified.
# - Returns `(dx, dgamma, dbeta)`: exact gradients, of shape `(N, D)`, `(D,)` and `(D,)`, `float64`.
# - `ValueError` that names `grad` and shows its shape, if it is not the shape of `out`.


# %% exercise="batchnorm"
def batchnorm_forward(x, gamma, beta, state, momentum, eps, training):
    """Normalize every column of a batch, then scale and shift it.

    Args:
        x: batch (N, D), N at least 2 in training.
        gamma: scale of each column (D,).
        beta: shift of each column (D,).
        state: dict with "running_mean" and "running_var", (D,) each; in training they are brought up to date.
        momentum: weight of the new batch in the running averages.
        eps: small number that is added to the variance.
        training: True to normalize by the batch, False by the running averages.

    Returns:
        (out, cache): out (N, D); cache for batchnorm_backward.

    Raises:
        ValueError: shapes that do not fit, or too few rows; the message shows the shape.

    Example:
        >>> state = {"running_mean": np.zeros(1), "running_var": np.ones(1)}
        >>> x = np.array([[1.0], [3.0]])
        >>> out, cache = batchnorm_forward(x, np.array([2.0]), np.array([5.0]), state, 0.1, 0.0, training=True)
        >>> out.ravel(), state["running_mean"], state["running_var"]
        (array([3., 7.]), array([0.2]), array([1.1]))
    """
    ### BEGIN SOLUTION
    x, gamma, beta = (np.asarray(array, dtype=np.float64) for array in (x, gamma, beta))
    least = 2 if training else 1
    if x.ndim != 2 or len(x) < least:
        raise ValueError(f"x must have shape (N, D) with N at least {least}, got shape {x.shape}")
    if gamma.shape != x.shape[1:]:
        raise ValueError(f"gamma must have one entry for each column, got shape {gamma.shape}")
    if beta.shape != x.shape[1:]:
        raise ValueError(f"beta must have one entry for each column, got shape {beta.shape}")
    mean, variance = state["running_mean"], state["running_var"]
    if training:
        mean, variance = x.mean(axis=0), x.var(axis=0)
        state["running_mean"] = (1 - momentum) * state["running_mean"] + momentum * mean
        state["running_var"] = (1 - momentum) * state["running_var"] + momentum * x.var(axis=0, ddof=1)
    spread = np.sqrt(variance + eps)
    normal = (x - mean) / spread
    return gamma * normal + beta, (normal, gamma / spread)
    ### END SOLUTION


def batchnorm_backward(grad, cache):
    """Send a gradient back through batch normalization in training.

    Args:
        grad: gradient with respect to the output (N, D).
        cache: what batchnorm_forward returned in training.

    Returns:
        (dx, dgamma, dbeta): gradients with respect to x (N, D), gamma (D,) and beta (D,).

    Raises:
        ValueError: grad does not have the shape of the output; the message shows its shape.

    Example:
        >>> state = {"running_mean": np.zeros(1), "running_var": np.ones(1)}
        >>> x = np.array([[1.0], [3.0]])
        >>> _, cache = batchnorm_forward(x, np.array([2.0]), np.array([5.0]), state, 0.1, 0.0, training=True)
        >>> dx, dgamma, dbeta = batchnorm_backward(np.array([[1.0], [4.0]]), cache)
        >>> dgamma, dbeta
        (array([3.]), array([5.]))
    """
    ### BEGIN SOLUTION
    normal, scale = cache
    grad = np.asarray(grad, dtype=np.float64)
    if grad.shape != normal.shape:
        raise ValueError(f"grad must have the shape of the output, {normal.shape}, got shape {grad.shape}")
    dx = scale * (grad - grad.mean(axis=0) - normal * (grad * normal).mean(axis=0))
    return dx, (grad * normal).sum(axis=0), grad.sum(axis=0)
    ### END SOLUTION


# %% check="batchnorm"
check("batchnorm")

# %% demo="batchnorm"
with demo("batchnorm"):
    rng, columns = np.random.default_rng(0), ("C0", "C1", "C2")
    means, spreads = np.array([-4.0, 1.0, 6.0]), np.array([0.5, 3.0, 1.2])
    state, followed = {"running_mean": np.zeros(3), "running_var": np.ones(3)}, []
    for _ in range(60):
        batch = means + spreads * rng.normal(size=(64, 3))
        out, _ = batchnorm_forward(batch, np.ones(3), np.zeros(3), state, 0.1, 1e-5, training=True)
        followed.append([*state["running_mean"]])
    figure, panels = plt.subplots(1, 4, figsize=(16, 3.4), layout="constrained")
    for column, colour in enumerate(columns):
        panels[0].hist(batch[:, column], bins=np.linspace(-8, 10, 37), color=colour, alpha=0.6)
        panels[1].hist(out[:, column], bins=np.linspace(-8, 10, 73), color=colour, alpha=0.5)
        panels[2].plot(np.array(followed)[:, column], color=colour)
        panels[2].axhline(means[column], color=colour, linestyle=":", linewidth=1)
    panels[0].set(title="activations of three units, 64 samples", xlabel="value")
    panels[1].set(title="after batch normalization", xlabel="value")
    panels[2].set(title="running means find the true ones", xlabel="batch")
    for normalize, colour, label in ((False, "C3", "as it is"), (True, "C4", "with batch normalization")):
        signal, sizes, layers = rng.normal(size=(128, 50)), [1.0], np.random.default_rng(1)
        keep = {"running_mean": np.zeros(50), "running_var": np.ones(50)}
        for _ in range(12):
            signal = signal @ (0.12 * layers.normal(size=(50, 50)))
            if normalize:
                signal, _ = batchnorm_forward(signal, np.ones(50), np.zeros(50), keep, 0.1, 1e-5, training=True)
            signal = np.maximum(signal, 0)
            sizes.append(float(signal.std()))
        panels[3].semilogy(sizes, "o-", color=colour, label=label)
    panels[3].set(title="spread of a signal through 12 ReLU layers", xlabel="layer")
    panels[3].legend()

# %% [markdown]
# The last picture sends a signal through twelve random layers. Without normalization hardly anything is left of it at
# the end, and hardly anything could be learned. With it, every layer receives a signal of the same size.
#
# ## What you have built
#
# - **Mini-batches**: a direction that is nearly right, for a fraction of the price. Shuffle pairs, keep the short one.
# - **Momentum** remembers where it was going, **Adam** also how large each gradient usually is. Adam at 0.001 is a good
#   first choice; it is no guarantee of the better end.
# - **Overfitting** shows as a gap between training and validation. **Dropout**, **weight decay** and **early stopping**
#   make it smaller, and only the validation loss tells whether that helped.
# - A **schedule** lands softly. **Batch normalization** keeps every layer in range, and behaves differently in training
#   and in evaluation, just as dropout does: `network.train()` and `network.eval()` are not decoration.
# - A comparison is worth what is kept equal: same start, same batches, several seeds.
#
# **Read next:** chapter 6 of the book. There PyTorch does all of this for you, and you will know what it does.
#
# The cell below shows where you stand. Go back to anything that is still open: the order does not matter. The two
# written answers get their points when somebody has read them.

# %% closing
progress()
