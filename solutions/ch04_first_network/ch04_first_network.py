"""Chapter 4: a neural network in NumPy, from the neuron to parity; read with jupytext, released by `course build`."""

# %% [markdown]
# # Your first neural network
#
# In this notebook you build a neural network from nothing but NumPy arrays. No framework, nothing hidden: every number
# that the network ever computes passes through a function that you wrote. At the end a network with 17 adjustable
# numbers inside learns **XOR**, a problem that no single artificial neuron can solve, and you will have looked into it
# from every side: its loss, its decision boundary, what happens when it is too small, or when it learns too fast.
#
# **You need** Python functions, NumPy arrays, the matrix product `@`, and the chain rule (chapters 2 and 3).
# **Time:** about four hours, in as many sittings as you like. It belongs to **chapter 4** of the book.
#
# | | exercise | you write | points |
# |---|---|---|---:|
# | 1 | `sigmoid` | the curve that turns any number into one between 0 and 1 | 5 |
# | 2 | `relu` | the simplest bend there is, and its slope | 5 |
# | 3 | `init_params` | the network's starting numbers | 5 |
# | 4 | `forward` | from the inputs to a prediction | 10 |
# | 5 | `mse_loss` | one number that says how wrong the network is | 5 |
# | 6 | `backward` | how much each weight contributed to the error | 15 |
# | 7 | `train` | ten thousand small improvements | 10 |
# | 8 | `loss_curve` | a picture of the learning | 4 |
# | 9 | `decision_boundary` | a picture of what was learned | 9 |
# | 10 | `hidden_size_study` | how many hidden units does XOR need? | 6 |
# | | `hidden_size_study_why` | a written answer: why one unit cannot | 4 |
# | 11 | `relu_network` | the same with ReLU: better or worse? | 6 |
# | | `relu_network_why` | a written answer: did it help? | 3 |
# | 12 | `learning_rate_study` | too slow, right, too fast | 4 |
# | | `learning_rate_study_why` | a written answer: what the rate does | 3 |
# | 13 | `parity` | XOR with more inputs | 6 |
# | | | **together** | **100** |
#
# **How a page works.** Each exercise first explains an idea, then lists what your function must do, then gives you a
# cell in which you replace `raise NotImplementedError()` with your code. Below it, `check(...)` tries the obvious cases
# and tells you what holds and what does not. Then comes a picture of what you have just built. The checks that you see
# here are a help, not the whole verdict: when you hand the notebook in, every function is tried on many other inputs.
# The three written answers are read by a person.
#
# You may write helper functions inside the same cell, and look anything up. If you are stuck, go on: where a later
# exercise uses an earlier function of yours that turns out to be wrong, it is graded a second time with a correct one.
# A mistake is paid for once.

# %% setup
import matplotlib.pyplot as plt
import numpy as np

from course_lib import check, demo, progress, start

start("ch04_first_network")

XOR_X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])  # (4, 2): the four possible inputs
XOR_Y = np.array([[0.0], [1.0], [1.0], [0.0]])  # (4, 1): 1 where the two inputs differ

# %% [markdown]
# ## The problem: exclusive or
#
# XOR takes two inputs, each 0 or 1, and answers 1 when **exactly one** of them is 1. That is the whole data set of this
# chapter; the cell above has put it into `XOR_X` and `XOR_Y`, and you may use both names wherever you like.
#
# ```text
#    x1  x2 | target             x2
#   --------+-------              1 |  #         o        #  target 1
#     0   0 |   0                   |                     o  target 0
#     0   1 |   1                   |
#     1   0 |   1                 0 |  o         #
#     1   1 |   0                   +---------------  x1
#                                      0         1
# ```
#
# Try to draw one straight line across the square on the right with both `#` on one side and both `o` on the other. You
# cannot, and neither can a single artificial neuron, because all it can do is draw one straight line. Minsky and Papert
# published that in 1969, and interest in neural networks collapsed for years. The way out is small: a few neurons side
# by side, and one more that combines their answers. That is the network you are about to build.
#
# ## The neuron
#
# A neuron does three things. It **weights** each input, it **sums** the results and adds a bias, and it **activates**:
# it sends the sum through a curve.
#
# ```text
#   x1 ── × w1 ──╮
#                ├──►  z = w1·x1 + w2·x2 + b  ──►  a = σ(z)
#   x2 ── × w2 ──╯
# ```
#
# With inputs $x = (2, 1)$, weights $w = (0.5, -1)$ and bias $b = 0.5$ the sum is
# $z = 0.5 \cdot 2 - 1 \cdot 1 + 0.5 = 0.5$, and the neuron's answer is $\sigma(0.5) \approx 0.62$. The weights and the
# bias are what the network will learn. The curve $\sigma$ is chosen by us, once, and does not change.
#
# Why have a curve at all? Because without one, more layers bring nothing. Take $f(x) = 2x + 1$ and feed it into
# $g(u) = 3u + 4$: the result is $3(2x + 1) + 4 = 6x + 7$, just another straight line. However many straight pieces you
# stack, the stack is straight. A **non-linear** curve between the layers is what makes depth worth having. These are
# the usual ones:
#
# | name | formula | range | where it is used |
# |---|---|---|---|
# | sigmoid | $1/(1 + e^{-z})$ | between 0 and 1 | output for yes-or-no questions |
# | tanh | $(e^{z} - e^{-z})/(e^{z} + e^{-z})$ | between −1 and 1 | hidden layers of older networks |
# | ReLU | $\max(0, z)$ | 0 and up | hidden layers today |
# | softmax | $e^{z_i}/\sum_j e^{z_j}$ | between 0 and 1, adds up to 1 | output for one of many classes |

# %% [markdown]
# ## Exercise 1 · The sigmoid
#
# The sigmoid squeezes the whole number line into the interval between 0 and 1:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# Three values can be found without a calculator. At $z = 0$ we have $e^0 = 1$, so $\sigma(0) = 1/2$. At
# $z = \ln 3 \approx 1.10$ we have $e^{-\ln 3} = 1/3$, so $\sigma(\ln 3) = 1/(1 + 1/3) = 3/4$. And at $z = -\ln 3$ it is
# $1/(1 + 3) = 1/4$. The last two add up to 1, and that is no accident: $\sigma(-z) = 1 - \sigma(z)$ everywhere. Far to
# the right the curve approaches 1, far to the left 0, so its value reads like a probability.
#
# Now a trap that every numerical program meets sooner or later. The largest number that a `float64` can hold is about
# $1.8 \cdot 10^{308}$, and $e^{z}$ passes it already at $z \approx 710$. Type the formula as it stands, ask for
# $\sigma(-10\,000)$, and NumPy must compute $e^{10\,000}$: it warns about an *overflow*. There is a second way to write
# the same function. Multiply numerator and denominator by $e^{z}$:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} = \frac{e^{z}}{e^{z} + 1}$$
#
# The first form is harmless when $z \ge 0$, the second when $z < 0$. Whichever way you choose, never ask `np.exp` for a
# large positive exponent. A very negative one is fine: $e^{-10\,000}$ is simply 0. (If you choose between two forms
# with `np.where(condition, a, b)`, remember that NumPy computes *both* `a` and `b` for every entry before it picks.)
#
# **Tip.** `np.asarray(z, dtype=np.float64)` turns whatever came in into a float array. If `z` already is one, you get
# *that very array, not a copy*: compute new arrays from it (`-z`, `np.abs(z)`), and never write into it (`z *= -1`).
#
# **What `sigmoid(z)` must do**
# - `z`: an array of any shape, of floats or whole numbers, or a single number. It is not modified.
# - Returns $\sigma$ of every entry: a `float64` array of the same shape (for a single number, a single number).
# - No warning from NumPy and no `nan`, even for entries as large as $\pm 10\,000$.


# %% exercise="sigmoid"
def sigmoid(z):
    """Squeeze every entry of z into the interval between 0 and 1: 1 / (1 + exp(-z)).

    Args:
        z: array of any shape, or a single number.

    Returns:
        float64 array of the shape of z (a single number for a single number).

    Example:
        >>> sigmoid(np.array([[-1000, 0], [0, 1000]]))
        array([[0. , 0.5],
               [0.5, 1. ]])
    """
    ### BEGIN SOLUTION
    small = np.exp(-np.abs(np.asarray(z, dtype=np.float64)))  # between 0 and 1, so nothing can overflow
    return np.where(np.asarray(z) >= 0, 1.0, small) / (1.0 + small)
    ### END SOLUTION


# %% check="sigmoid"
check("sigmoid")

# %% demo="sigmoid"
with demo("sigmoid"):
    axis = np.linspace(-8, 8, 321)
    height = sigmoid(axis)
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3), layout="constrained")
    left.plot(axis, height, linewidth=2)
    left.plot([-np.log(3), 0, np.log(3)], [0.25, 0.5, 0.75], "o", color="C1", label="computed by hand")
    left.set(title="sigmoid: a = σ(z)", xlabel="z", ylabel="a")
    left.legend()
    right.plot(axis, height * (1 - height), color="C2", linewidth=2)
    right.set(title="its slope: a (1 − a), never above 1/4", xlabel="z", ylabel="slope", ylim=(0, 0.3))

# %% [markdown]
# ## Exercise 2 · ReLU and its slope
#
# Look at the right-hand picture above. The slope of the sigmoid is $\sigma'(z) = \sigma(z)\,(1 - \sigma(z))$, at best
# $1/4$, and almost nothing once $z$ is a few units away from 0. Learning works by multiplying slopes, layer after layer
# (exercise 6), and five factors of $1/4$ are already $(1/4)^5 \approx 0.001$. In a deep network hardly anything is left
# of the signal. That is why most hidden layers today use something far simpler, the **rectified linear unit**:
#
# $$\mathrm{relu}(z) = \max(0, z) \qquad\qquad \mathrm{relu}'(z) = \begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases}$$
#
# Positive numbers pass unchanged, everything else becomes 0. Where a signal passes, the slope is exactly 1, so nothing
# shrinks. For example, $\mathrm{relu}$ turns $(-2, 0, 3)$ into $(0, 0, 3)$, and the slopes there are $(0, 0, 1)$.
# Strictly speaking there is no slope at $z = 0$, where the curve has its corner; we settle it by convention and use 0.
#
# **What `relu(z)` and `relu_derivative(z)` must do**
# - `z`: an array of any shape, of floats or whole numbers, or a single number. It is not modified.
# - Both return a `float64` array of the same shape (for a single number, a single number), also when `z` holds whole
#   numbers. The slope is therefore made of `0.0` and `1.0`, not of `True` and `False`.
# - `relu_derivative` is 0 at 0.


# %% exercise="relu"
def relu(z):
    """Keep what is positive, replace everything else by 0: max(0, z).

    Args:
        z: array of any shape, or a single number.

    Returns:
        float64 array of the shape of z (a single number for a single number).

    Example:
        >>> relu(np.array([-2, 0, 3]))
        array([0., 0., 3.])
    """
    ### BEGIN SOLUTION
    return np.maximum(np.asarray(z, dtype=np.float64), 0.0)
    ### END SOLUTION


def relu_derivative(z):
    """Slope of relu at every entry of z: 1 where z > 0, else 0 (also at 0 itself).

    Args:
        z: array of any shape, or a single number.

    Returns:
        float64 array of the shape of z (a single number for a single number).

    Example:
        >>> relu_derivative(np.array([-2, 0, 3]))
        array([0., 0., 1.])
    """
    ### BEGIN SOLUTION
    return np.where(np.asarray(z) > 0, 1.0, 0.0)
    ### END SOLUTION


# %% check="relu"
check("relu")

# %% demo="relu"
with demo("relu"):
    axis = np.linspace(-3, 3, 301)
    bent, slope = relu(axis), relu_derivative(axis)
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3), layout="constrained")
    left.plot(axis, bent, linewidth=2)
    left.set(title="relu(z)", xlabel="z")
    right.plot(axis[axis <= 0], slope[axis <= 0], color="C2", linewidth=2)
    right.plot(axis[axis > 0], slope[axis > 0], color="C2", linewidth=2)
    right.plot(0, relu_derivative(np.zeros(1))[0], "o", color="C2", label="at 0 by convention")
    right.set(title="its slope: off or on, nothing in between", xlabel="z", ylim=(-0.1, 1.2))
    right.legend(loc="center right")

# %% [markdown]
# ## Exercise 3 · Where the network starts
#
# Our network has three columns of numbers: the inputs, a **hidden layer** of neurons that look at the inputs, and an
# **output layer** that looks at the hidden neurons. For XOR with four hidden units:
#
# ```text
#     inputs            hidden layer           output
#   (n_in = 2)         (n_hidden = 4)        (n_out = 1)
#
#                            h1
#       x1                   h2
#             ── W1 ──►             ── W2 ──►     a2
#       x2                   h3
#                            h4
# ```
#
# Each input is joined to each hidden unit, and each hidden unit to the output. Every such connection is one weight. We
# keep all weights into a layer in one matrix: row $i$, column $j$ of `W1` is the weight from input $i$ to hidden unit
# $j$. Each neuron also has a bias; those of one layer form one row. All four arrays together are the **parameters**,
# which we keep in a dictionary:
#
# | key | shape | for XOR | holds |
# |---|---|---|---|
# | `"W1"` | `(n_in, n_hidden)` | 2 × 4 = 8 numbers | weights from inputs to hidden units |
# | `"b1"` | `(1, n_hidden)` | 4 numbers | biases of the hidden units |
# | `"W2"` | `(n_hidden, n_out)` | 4 × 1 = 4 numbers | weights from hidden units to output |
# | `"b2"` | `(1, n_out)` | 1 number | bias of the output |
#
# What should they be before anything is learned? Not all equal. If every weight starts at, say, 0.5, all hidden units
# compute the same thing, receive the same correction, and stay identical for ever: four units that do the work of one.
# Random weights **break the symmetry**. The biases may start at 0, since the weights already make the units differ.
#
# Random, but repeatable: with the same **seed** you, your neighbour and your grader get the same "random" numbers. For
# that, make a generator of your own with `np.random.RandomState(seed)` and draw from it. Its sequence is frozen, the
# same on every machine and in every NumPy version. Do not call `np.random.seed`: it resets the one generator that *all*
# code in the program shares, and somebody else's random numbers would change because of you. With seed 42, the first
# number drawn is 0.4967….
#
# From here on your functions also **refuse bad input**. A wrong size that slips through shows up three functions later
# as a baffling error, or never. A good message names the argument and shows what came:
#
# ```python
# if n_rows < 1:
#     raise ValueError(f"n_rows must be at least 1, got {n_rows}")
# ```
#
# **What `init_params(n_in, n_hidden, n_out, seed)` must do**
# - The first three arguments: whole numbers, at least 1. `seed`: a whole number that `RandomState` accepts.
# - Returns a dictionary with exactly the four keys of the table; `float64` arrays with those shapes.
# - `W1` and `W2` are standard normal (mean 0, standard deviation 1), drawn from `np.random.RandomState(seed)`: first
#   all of `W1`, then all of `W2`, each filled row by row, as one draw of the right shape does. The biases are 0.
# - NumPy's global random state is neither used nor changed.
# - A size below 1 raises `ValueError` with a message that names the argument (`n_in`, `n_hidden` or `n_out`) and shows
#   its value.


# %% exercise="init_params"
def init_params(n_in, n_hidden, n_out, seed):
    """Draw the starting parameters of a network with one hidden layer.

    Args:
        n_in: number of inputs, at least 1.
        n_hidden: number of hidden units, at least 1.
        n_out: number of outputs, at least 1.
        seed: seed of the numpy.random.RandomState from which W1, then W2, are drawn.

    Returns:
        dict with "W1" (n_in, n_hidden) and "W2" (n_hidden, n_out), standard normal, and
        "b1" (1, n_hidden) and "b2" (1, n_out), zero; all float64.

    Raises:
        ValueError: a size is below 1; the message names the argument and shows the value.

    Example:
        >>> params = init_params(2, 4, 1, seed=42)
        >>> params["W1"].round(2)
        array([[ 0.5 , -0.14,  0.65,  1.52],
               [-0.23, -0.23,  1.58,  0.77]])
        >>> params["b1"]
        array([[0., 0., 0., 0.]])
    """
    ### BEGIN SOLUTION
    for name, size in (("n_in", n_in), ("n_hidden", n_hidden), ("n_out", n_out)):
        if size < 1:
            raise ValueError(f"{name} must be at least 1, got {size}")
    random = np.random.RandomState(seed)
    W1 = random.standard_normal((n_in, n_hidden))
    W2 = random.standard_normal((n_hidden, n_out))
    return {"W1": W1, "b1": np.zeros((1, n_hidden)), "W2": W2, "b2": np.zeros((1, n_out))}
    ### END SOLUTION


# %% check="init_params"
check("init_params")

# %% demo="init_params"
with demo("init_params"):
    network = init_params(2, 4, 1, seed=42)
    figure, picture = plt.subplots(figsize=(8, 3.8), layout="constrained")
    columns = [[(2 * column, (count - 1) / 2 - row) for row in range(count)] for column, count in enumerate((2, 4, 1))]
    for name, tails, heads in (("W1", columns[0], columns[1]), ("W2", columns[1], columns[2])):
        for (row, column), weight in np.ndenumerate(network[name]):
            (x0, y0), (x1, y1) = tails[row], heads[column]
            colour = "C0" if weight > 0 else "tab:red"
            picture.plot([x0, x1], [y0, y1], color=colour, linewidth=0.5 + 2.5 * abs(weight), zorder=1)
            along = 0.22 if row % 2 == 0 else 0.6
            spot = (x0 + along * (x1 - x0), y0 + along * (y1 - y0))
            picture.text(*spot, f"{weight:.2f}", fontsize=9, ha="center", va="center", backgroundcolor="white")
    for names, places in zip((["x1", "x2"], ["h1", "h2", "h3", "h4"], ["a2"]), columns, strict=True):
        for name, place in zip(names, places, strict=True):
            picture.scatter(*place, s=520, color="white", edgecolor="black", zorder=2)
            picture.text(*place, name, ha="center", va="center", zorder=3)
    picture.set_title("Your network before learning, seed 42 (blue: positive, red: negative, thick: large)")
    picture.axis("off")

# %% [markdown]
# ## Exercise 4 · The forward pass
#
# The forward pass takes inputs to predictions. We send a whole **batch** of $N$ samples through at once: `X` has one
# row per sample. Each layer does what one neuron did above, for all samples and all units together:
#
# $$z_1 = X W_1 + b_1 \qquad a_1 = f(z_1) \qquad z_2 = a_1 W_2 + b_2 \qquad a_2 = \sigma(z_2)$$
#
# Here $f$ is the activation of the hidden layer, sigmoid or ReLU as the caller wishes. The output unit is always a
# sigmoid, because our targets are 0 and 1. Whenever you are unsure about a matrix product, write the shapes down: inner
# sizes must agree and disappear, outer sizes remain. With $N = 4$ rows of XOR:
#
# ```text
#   X (4, 2) @ W1 (2, 4)  ──►  (4, 4)  + b1 (1, 4), which is added to every row  ──►  z1 and a1 (4, 4)
#   a1 (4, 4) @ W2 (4, 1) ──►  (4, 1)  + b2 (1, 1)                               ──►  z2 and a2 (4, 1)
# ```
#
# **By hand.** Take the smallest network there is: one input, one hidden unit, one output, with $W_1 = 1$, $b_1 = -3$,
# $W_2 = 2$, $b_2 = -1$. For the input 3 and a sigmoid hidden unit: $z_1 = 3 \cdot 1 - 3 = 0$, so $a_1 = 0.5$; then
# $z_2 = 0.5 \cdot 2 - 1 = 0$, so the output is $a_2 = 0.5$. For the input 5 and a ReLU hidden unit instead: $z_1 = 2$,
# $a_1 = 2$, $z_2 = 2 \cdot 2 - 1 = 3$, $a_2 = \sigma(3) \approx 0.953$. We shall meet this tiny network again.
#
# Besides the output you return a **cache**: a dictionary with all the values met on the way. The backward pass of
# exercise 6 builds on them, and it would be a waste to compute them twice.
#
# **What `forward(params, X, hidden="sigmoid")` must do**
# - `params`: a dictionary as from `init_params`. `X`: `(N, n_in)` with $N \ge 1$, of floats or whole numbers.
#   `hidden`: `"sigmoid"` or `"relu"`. None of them is modified.
# - Returns the pair `(output, cache)`. `output` is $a_2$, shape `(N, n_out)`.
# - `cache` is a dictionary with at least `"X"` `(N, n_in)`, `"z1"` and `"a1"` `(N, n_hidden)`, `"z2"` and `"a2"`
#   `(N, n_out)`, and `"hidden"`, the string that was passed.
# - `ValueError` that names `hidden` and shows what came, for any other activation.
# - `ValueError` that names `X` and shows its shape, if `X` is not two-dimensional, has no row, or does not have as many
#   columns as `W1` has rows.


# %% exercise="forward"
def forward(params, X, hidden="sigmoid"):
    """Send a batch through the network: hidden layer, then a sigmoid output layer.

    Args:
        params: dict with "W1" (n_in, n_hidden), "b1" (1, n_hidden), "W2" (n_hidden, n_out), "b2" (1, n_out).
        X: inputs (N, n_in), one row per sample, N at least 1.
        hidden: activation of the hidden layer, "sigmoid" or "relu".

    Returns:
        (output, cache): output (N, n_out), between 0 and 1; cache is a dict with "X", "z1", "a1", "z2", "a2", "hidden".

    Raises:
        ValueError: unknown `hidden`, or an `X` whose shape does not fit; the message shows what was received.

    Example:
        >>> tiny = {"W1": np.array([[1.0]]), "b1": np.array([[-3.0]]),
        ...         "W2": np.array([[2.0]]), "b2": np.array([[-1.0]])}
        >>> output, cache = forward(tiny, np.array([[3.0]]))
        >>> output
        array([[0.5]])
        >>> cache["a1"]
        array([[0.5]])
    """
    ### BEGIN SOLUTION
    activations = {"sigmoid": sigmoid, "relu": relu}
    if hidden not in activations:
        raise ValueError(f"hidden must be 'sigmoid' or 'relu', got {hidden!r}")
    X = np.asarray(X)
    n_in = params["W1"].shape[0]
    if X.ndim != 2 or len(X) == 0 or X.shape[1] != n_in:
        raise ValueError(f"X must have shape (N, {n_in}) with N at least 1, got shape {X.shape}")
    z1 = X @ params["W1"] + params["b1"]  # (N, n_hidden)
    a1 = activations[hidden](z1)
    z2 = a1 @ params["W2"] + params["b2"]  # (N, n_out)
    a2 = sigmoid(z2)
    return a2, {"X": X, "z1": z1, "a1": a1, "z2": z2, "a2": a2, "hidden": hidden}
    ### END SOLUTION


# %% check="forward"
check("forward")

# %% demo="forward"
with demo("forward"):
    network = init_params(2, 4, 1, seed=42)
    answers, kept = forward(network, XOR_X)
    figure, panels = plt.subplots(1, 5, figsize=(11, 2.8), width_ratios=[2, 4, 4, 1.4, 1.4], layout="constrained")
    for panel, name in zip(panels, ("X", "z1", "a1", "z2", "a2"), strict=True):
        numbers = np.asarray(kept[name], dtype=np.float64)
        panel.imshow(numbers, cmap="coolwarm", vmin=-3, vmax=3, aspect="auto")
        for (row, column), number in np.ndenumerate(numbers):
            panel.text(column, row, f"{number:.2f}", ha="center", va="center", fontsize=9)
        panel.set(title=f"{name} {numbers.shape}", xticks=[], yticks=[])
    figure.suptitle("The four rows of XOR travel through the untrained network, from left to right")

# %% [markdown]
# The last column is the prediction. It should read 0, 1, 1, 0; it reads about the same number four times. Nothing has
# been learned yet. To improve the network we first need to say *how wrong* it is.
#
# ## Exercise 5 · How wrong? The mean squared error
#
# A **loss** is one number that is 0 for a perfect prediction and grows as the prediction gets worse. The mean squared
# error takes the difference between prediction and target, squares it so that too high and too low count alike, and
# averages over all entries:
#
# $$L = \frac{1}{M} \sum \left(a_2 - y\right)^2 \qquad \text{with } M = N \cdot n_\text{out} \text{ entries}$$
#
# Predictions $0.5$ and $0.25$ for targets $1$ and $0$ give $L = (0.25 + 0.0625)/2 = 0.15625$.
#
# **The broadcasting trap.** Suppose the predictions have shape `(4, 1)` and somebody hands you the targets with shape
# `(4,)`. NumPy does not complain. It stretches both to `(4, 4)` and subtracts *every* target from *every* prediction:
# 16 differences instead of 4. For XOR, even perfect predictions would then have a loss of 0.5, and the network would
# "learn" to please a wrong number without a single error message. This is among the most common silent bugs in all of
# deep learning, and three words of defence suffice: compare shapes first.
#
# **What `mse_loss(output, y)` must do**
# - `output`, `y`: arrays of the same shape (any shape), of floats or whole numbers. They are not modified.
# - Returns the mean of the squared differences over all entries, as one number.
# - `ValueError` that names `y` and shows its shape, if the two shapes differ in any way.
# - `ValueError` that names `output` and shows its shape, if there is no entry at all (the mean of nothing is not a
#   number).


# %% exercise="mse_loss"
def mse_loss(output, y):
    """Mean of the squared differences between predictions and targets, over all entries.

    Args:
        output: predictions, an array of any shape, usually (N, n_out).
        y: targets, of exactly the same shape.

    Returns:
        float, 0 when every prediction equals its target.

    Raises:
        ValueError: the shapes differ, or the arrays are empty; the message shows the shape.

    Example:
        >>> float(mse_loss(np.array([[0.5], [0.25]]), np.array([[1.0], [0.0]])))
        0.15625
    """
    ### BEGIN SOLUTION
    output, y = np.asarray(output, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if y.shape != output.shape:
        raise ValueError(f"y must have the shape of output, {output.shape}, got shape {y.shape}")
    if output.size == 0:
        raise ValueError(f"output must not be empty, got shape {output.shape}")
    return float(np.mean((output - y) ** 2))
    ### END SOLUTION


# %% check="mse_loss"
check("mse_loss")

# %% demo="mse_loss"
with demo("mse_loss"):
    guesses = np.linspace(0, 1, 101)
    parabola = [mse_loss(np.array([[guess]]), np.array([[1.0]])) for guess in guesses]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
    left.plot(guesses, parabola, linewidth=2)
    left.set(title="loss of one prediction, target 1", xlabel="prediction", ylabel="mse_loss")
    trap = XOR_Y - XOR_Y.ravel()  # (4, 1) minus (4,): perfect predictions, yet 16 differences
    right.imshow(trap, cmap="coolwarm", vmin=-2, vmax=2)
    for (row, column), number in np.ndenumerate(trap):
        right.text(column, row, f"{number:.0f}", ha="center", va="center")
    right.set(title="the trap: (4, 1) − (4,) is (4, 4)", xlabel="target", ylabel="prediction", xticks=[], yticks=[])

# %% [markdown]
# ## Exercise 6 · The backward pass
#
# This is the heart of the chapter. There are 17 numbers in the XOR network. For each of them we want to know: *if I
# turn it up a little, does the loss rise or fall, and how fast?* That rate is the partial derivative of the loss with
# respect to that number, and all of them together are the **gradient**. **Backpropagation** finds the whole gradient in
# one sweep from the output back to the input. It is the chain rule, with bookkeeping.
#
# Follow the chain backwards: the loss depends on $a_2$, which depends on $z_2$, which depends on $W_2$, $b_2$ and
# $a_1$, and so on. Write $\delta$ ("delta") for the derivative of the loss with respect to a $z$.
#
# **The output layer.** Each entry of $a_2$ appears in $L = \frac{1}{M}\sum (a_2 - y)^2$ once, so its derivative is
# $\frac{2}{M}(a_2 - y)$. Passing back through the sigmoid multiplies by its slope, $a_2 (1 - a_2)$:
#
# $$\delta_2 = \frac{2}{M}\,(a_2 - y) \odot a_2 \odot (1 - a_2) \qquad\text{(} M \text{ = number of entries of } y
# \text{, and } \odot \text{ multiplies entry by entry)}$$
#
# Since $z_2 = a_1 W_2 + b_2$, every weight collects its input times the delta, added up over the samples; the bias,
# whose "input" is always 1, just adds up the deltas:
#
# $$\frac{\partial L}{\partial W_2} = a_1^\top \delta_2 \qquad\qquad
# \frac{\partial L}{\partial b_2} = \text{all rows of } \delta_2 \text{ added up into one}$$
#
# **The hidden layer.** The deltas travel back along the same weights on which the signals came, and through the slope
# of the hidden activation:
#
# $$\delta_1 = \left(\delta_2 W_2^\top\right) \odot f'(z_1) \qquad\qquad
# \frac{\partial L}{\partial W_1} = X^\top \delta_1 \qquad\qquad
# \frac{\partial L}{\partial b_1} = \text{all rows of } \delta_1 \text{ added up into one}$$
#
# where $f'(z_1) = a_1 \odot (1 - a_1)$ for a sigmoid layer, and `relu_derivative` of $z_1$ for a ReLU layer. Shapes are
# again your best friend: a gradient has exactly the shape of the thing it belongs to.
#
# **By hand.** Back to the tiny network of exercise 4 ($W_1 = 1$, $b_1 = -3$, $W_2 = 2$, $b_2 = -1$, sigmoid) with the
# one input $3$ and target $y = 1$. Forward gave $a_1 = a_2 = 0.5$, so $L = 0.25$. Backward, with $M = 1$:
#
# | | | |
# |---|---|---|
# | $\delta_2$ | $2 \cdot (0.5 - 1) \cdot 0.5 \cdot 0.5$ | $-0.25$ |
# | for $W_2$ | $a_1 \delta_2 = 0.5 \cdot (-0.25)$ | $-0.125$ |
# | for $b_2$ | $\delta_2$ | $-0.25$ |
# | $\delta_1$ | $\delta_2 W_2 \cdot a_1 (1 - a_1) = -0.25 \cdot 2 \cdot 0.25$ | $-0.125$ |
# | for $W_1$ | $X \delta_1 = 3 \cdot (-0.125)$ | $-0.375$ |
# | for $b_1$ | $\delta_1$ | $-0.125$ |
#
# All are negative: turning any of the four up makes the loss smaller. That is right, as the output 0.5 must rise to 1.
#
# > **Where the book differs.** Section 4.3 of the book leaves out the factor $2/M$. What it computes is *not* the
# > derivative of the loss that it prints, but a multiple of it. For XOR, $M = 4$, so the true gradient is exactly half
# > of the book's. Nobody notices, because the steps are multiplied by a learning rate anyway: the exact gradient at
# > learning rate 4.0 takes exactly the steps that the book's code takes at 2.0. We want the **exact** gradient here,
# > because an exact one can be *checked*: nudge a single weight, measure how much the loss changes, and compare.
#
# **What `backward(params, cache, y)` must do**
# - `params`: the parameters that were used. `cache`: what `forward(params, X, hidden)` returned; rely only on the six
#   keys promised there, and let `cache["hidden"]` decide which slope to use. `y`: targets, shape `(N, n_out)`.
# - Returns a dictionary with exactly the keys of `params`; each entry is the exact derivative of
#   `mse_loss(output, y)` with respect to that array, and has its shape.
# - Neither `params` nor `cache` nor `y` is modified.
# - `ValueError` that names `y` and shows its shape, if it is not the shape of the output.


# %% exercise="backward"
def backward(params, cache, y):
    """Exact gradient of mse_loss(output, y) with respect to every parameter, by backpropagation.

    Args:
        params: dict with "W1" (n_in, n_hidden), "b1" (1, n_hidden), "W2" (n_hidden, n_out), "b2" (1, n_out).
        cache: the dict that forward returned, with "X", "z1", "a1", "z2", "a2" and "hidden".
        y: targets (N, n_out).

    Returns:
        dict with the keys and shapes of params.

    Raises:
        ValueError: y does not have the shape of the output; the message shows its shape.

    Example:
        >>> tiny = {"W1": np.array([[1.0]]), "b1": np.array([[-3.0]]),
        ...         "W2": np.array([[2.0]]), "b2": np.array([[-1.0]])}
        >>> output, cache = forward(tiny, np.array([[3.0]]))
        >>> backward(tiny, cache, np.array([[1.0]]))["W1"]
        array([[-0.375]])
    """
    ### BEGIN SOLUTION
    X, z1, a1, a2, y = cache["X"], cache["z1"], cache["a1"], cache["a2"], np.asarray(y)
    if y.shape != a2.shape:
        raise ValueError(f"y must have the shape of the output, {a2.shape}, got shape {y.shape}")
    delta2 = 2.0 / y.size * (a2 - y) * a2 * (1.0 - a2)  # (N, n_out)
    slope = relu_derivative(z1) if cache["hidden"] == "relu" else a1 * (1.0 - a1)
    delta1 = (delta2 @ params["W2"].T) * slope  # (N, n_hidden)
    return {
        "W1": X.T @ delta1,
        "b1": delta1.sum(axis=0, keepdims=True),
        "W2": a1.T @ delta2,
        "b2": delta2.sum(axis=0, keepdims=True),
    }
    ### END SOLUTION


# %% check="backward"
check("backward")

# %% [markdown]
# The picture below is such a check. For each of the 17 parameters it nudges that one number by $\pm 10^{-5}$, measures
# how the loss responds, and plots the measured slope against the one that your `backward` computed. Every dot should
# sit on the diagonal. (Why not always do it this way? It needs two forward passes *per parameter*. Backpropagation
# needs one backward pass for all of them, and real networks have millions.)

# %% demo="backward"
with demo("backward"):
    network, nudge = init_params(2, 4, 1, seed=42), 1e-5
    computed = backward(network, forward(network, XOR_X)[1], XOR_Y)
    figure, picture = plt.subplots(figsize=(4.6, 4.2), layout="constrained")
    for name, values in network.items():
        measured = np.zeros(values.shape)
        for place in np.ndindex(values.shape):
            for sign in (1, -1):
                moved = {key: value.copy() for key, value in network.items()}
                moved[name][place] += sign * nudge
                measured[place] += sign * mse_loss(forward(moved, XOR_X)[0], XOR_Y) / (2 * nudge)
        picture.plot(measured.ravel(), computed[name].ravel(), "o", label=name, alpha=0.8)
    picture.axline((0, 0), slope=1, color="grey", linewidth=1, zorder=0)
    picture.set(title="is the gradient right?", xlabel="measured by nudging", ylabel="computed by backward")
    picture.legend()

# %% [markdown]
# ## Exercise 7 · Training
#
# Now the pieces fall into place. Training repeats four steps. One pass over all samples is called an **epoch**; ours
# makes a single update in each, from all samples at once ("full batch").
#
# ```text
#        ┌──►  1. forward    compute the output from the current parameters
#        │     2. loss       write down how wrong it is
#        │     3. backward   find the gradient
#        └───  4. update     p  ←  p − learning_rate · gradient,   for W1, b1, W2 and b2
# ```
#
# The gradient points to where the loss *rises*, hence the minus sign. The **learning rate** says how far to go.
#
# **By hand.** One epoch of the tiny network at learning rate 4. Exercise 6 gave the gradients −0.375, −0.125, −0.125
# and −0.25, so the update is $W_1 = 1 + 1.5 = 2.5$, $b_1 = -3 + 0.5 = -2.5$, $W_2 = 2 + 0.5 = 2.5$, $b_2 = -1 + 1 = 0$.
# Forward again: $z_1 = 3 \cdot 2.5 - 2.5 = 5$, $a_1 \approx 0.993$, $z_2 \approx 2.483$, $a_2 \approx 0.923$. The
# target is 1, and the loss fell from 0.25 to 0.006 in a single step. XOR, with four rows that pull in different
# directions, takes longer.
#
# Two details matter if your run is to agree with everybody else's. All four gradients belong to the *same* parameters,
# so compute all of them first and update afterwards. And the loss is noted **before** the update: `losses[0]` belongs
# to the untouched starting parameters.
#
# **What `train(X, y, n_hidden=4, hidden="sigmoid", learning_rate=4.0, epochs=10_000, seed=42)` must do**
# - `X`: inputs `(N, n_in)`, `y`: targets `(N, n_out)`, $N \ge 1$, floats or whole numbers, not modified.
# - Starts from `init_params(n_in, n_hidden, n_out, seed)` and makes exactly `epochs` updates, each on all rows.
# - Returns `(params, losses)`: the parameters after the last update, and a list (or 1-D array) of `epochs` losses,
#   where `losses[i]` is the loss before update `i`. With `epochs=0`: the starting parameters, and no loss.
# - `ValueError` that names the argument and shows its shape, if `X` or `y` is not two-dimensional, if `X` has no rows,
#   or if `y` does not have as many rows as `X` (the message names `y`).
# - `ValueError` that names `epochs` and shows its value, if it is negative. (An unknown `hidden` or an `n_hidden` below
#   1 is already refused by the functions that you call.)


# %% exercise="train"
def train(X, y, n_hidden=4, hidden="sigmoid", learning_rate=4.0, epochs=10_000, seed=42):
    """Train a network with one hidden layer by full-batch gradient descent on the mean squared error.

    Args:
        X: inputs (N, n_in).
        y: targets (N, n_out), between 0 and 1.
        n_hidden: number of hidden units.
        hidden: activation of the hidden layer, "sigmoid" or "relu".
        learning_rate: factor in front of the gradient in each update.
        epochs: number of updates, 0 or more.
        seed: seed of the starting parameters.

    Returns:
        (params, losses): the parameters after the last update; losses[i] is the loss before update i.

    Raises:
        ValueError: shapes that do not fit, or negative epochs; the message shows what was received.

    Example:
        >>> params, losses = train(XOR_X, XOR_Y, epochs=3)
        >>> len(losses), round(float(losses[0]), 6)
        (3, 0.28319)
    """
    ### BEGIN SOLUTION
    X, y = np.asarray(X), np.asarray(y)
    if X.ndim != 2 or len(X) == 0:
        raise ValueError(f"X must have shape (N, n_in) with N at least 1, got shape {X.shape}")
    if y.ndim != 2 or len(y) != len(X):
        raise ValueError(f"y must have shape ({len(X)}, n_out), one row for each row of X, got shape {y.shape}")
    if epochs < 0:
        raise ValueError(f"epochs must not be negative, got {epochs}")
    params = init_params(X.shape[1], n_hidden, y.shape[1], seed)
    losses = []
    for _ in range(epochs):
        output, cache = forward(params, X, hidden)
        losses.append(mse_loss(output, y))
        grads = backward(params, cache, y)
        params = {name: params[name] - learning_rate * grads[name] for name in params}
    return params, losses
    ### END SOLUTION


# %% check="train"
check("train")

# %% demo="train"
with demo("train"):
    trained, history = train(XOR_X, XOR_Y)
    answers, kept = forward(trained, XOR_X)
    printed = {0: 0.258731, 2000: 0.004649, 4000: 0.001232, 6000: 0.000564, 8000: 0.000316}
    print("epoch     yours   printed in the book")
    for epoch, book_loss in printed.items():
        print(f"{epoch:5d}  {history[epoch]:.6f}   {book_loss:.6f}")
    print("predictions", *(f"{answer:.3f}" for answer in answers.ravel()), "  in the book 0.015 0.983 0.983 0.017")
    figure, panels = plt.subplots(1, 4, figsize=(10, 2.8), width_ratios=[2, 4, 1.4, 1.4], layout="constrained")
    tables = {"X": XOR_X, "hidden units a1": kept["a1"], "a2": answers, "target": XOR_Y}
    for panel, (name, numbers) in zip(panels, tables.items(), strict=True):
        panel.imshow(numbers, cmap="coolwarm", vmin=-1.6, vmax=1.6, aspect="auto")
        for (row, column), number in np.ndenumerate(numbers):
            panel.text(column, row, f"{number:.2f}", ha="center", va="center", fontsize=9)
        panel.set(title=name, xticks=[], yticks=[])
    figure.suptitle("After training: each hidden unit answers a simpler question, the output combines their answers")

# %% [markdown]
# **It has learned XOR.** Read the table of hidden units row by row: each unit on its own still draws only one straight
# line, but the four answers *together* tell the rows apart, and one more neuron can combine them.
#
# > **Where the book differs.** You will have noticed that your numbers are not the ones printed in section 4.3 of the
# > book. Yours are right: run the book's own code, with its seed 42, and it prints 0.283190, 0.000274, 0.000110,
# > 0.000067 and 0.000048, with predictions 0.004, 0.995, 0.993 and 0.007 — the same as your network, although the book
# > uses the rate 2.0 and you use 4.0 (exercise 6 says why). The lesson is worth more than the numbers: a printed result
# > is a claim. With a fixed seed anybody can check it, and somebody should.

# %% [markdown]
# ## Exercise 8 · The loss curve
#
# The first thing to look at after any training is the loss, epoch by epoch. Yours fell from 0.283 to less than 0.00004,
# a factor of more than 7000. On an ordinary axis everything after the first thousand epochs lies flat on the floor. On
# a **logarithmic** axis each step *multiplies*: from 0.1 to 0.01 takes as much room as from 0.001 to 0.0001, so the
# whole story can be read.
#
# In Matplotlib a picture is drawn on an `Axes` object, usually called `ax`. Your function receives one and draws on it:
# `ax.plot(...)`, `ax.set_xlabel(...)` and so on. It makes no figure of its own and does not use `plt.…`, so that
# whoever calls it can place the picture where they like.
#
# **What `plot_losses(ax, losses)` must do**
# - `ax`: a Matplotlib `Axes`, not necessarily the current one. `losses`: a list or 1-D array of positive numbers.
# - Draws one curve on `ax`: the epochs 0, 1, 2, … across, the losses up.
# - The y-axis is logarithmic, the x-axis is not. Both axes have a label, and the picture has a title; the words are
#   yours.
# - What it returns does not matter.


# %% exercise="loss_curve"
def plot_losses(ax, losses):
    """Draw the loss of every epoch on a logarithmic y-axis, with labels and a title.

    Args:
        ax: matplotlib Axes to draw on.
        losses: one positive number per epoch.

    Example:
        >>> figure, ax = plt.subplots()
        >>> plot_losses(ax, [0.25, 0.1, 0.01])
        >>> ax.get_yscale()
        'log'
    """
    ### BEGIN SOLUTION
    ax.plot(range(len(losses)), losses)
    ax.set(yscale="log", xlabel="epoch", ylabel="mean squared error", title="Loss during training")
    ax.grid(visible=True, alpha=0.3)
    ### END SOLUTION


# %% check="loss_curve"
check("loss_curve")

# %% demo="loss_curve"
with demo("loss_curve"):
    history = train(XOR_X, XOR_Y)[1]
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.4), layout="constrained")
    left.plot(history, color="grey")
    left.set(title="the same losses on an ordinary axis", xlabel="epoch")
    plot_losses(right, history)

# %% [markdown]
# ## Exercise 9 · The decision boundary
#
# The loss says *how well* the network does, not *what* it does. With two inputs we can simply look: ask the network
# about every point of a square, not just the four corners, and colour the plane by its answers. Where the output
# crosses 0.5 it changes its mind; that line is the **decision boundary**.
#
# The recipe: take equally spaced coordinates from −0.5 to 1.5, ends included. With 3 of them these are −0.5, 0.5 and
# 1.5. Combine every first coordinate with every second one (`np.meshgrid` does that) and you have 3 × 3 = 9 points,
# held in two 3 × 3 arrays `xx` and `yy`. The network wants rows, so lay the points out as one batch of shape `(9, 2)`,
# send it through `forward`, and fold the nine answers back into a 3 × 3 array `zz`.
#
# ```text
#       xx                    yy                    batch for forward             zz
#   -0.5  0.5  1.5       -0.5 -0.5 -0.5        (-0.5, -0.5) ( 0.5, -0.5) …     answer at each
#   -0.5  0.5  1.5        0.5  0.5  0.5   ──►  (-0.5,  0.5) ( 0.5,  0.5) … ──► of the places,
#   -0.5  0.5  1.5        1.5  1.5  1.5        (-0.5,  1.5) ( 0.5,  1.5) …     3 × 3 again
# ```
#
# Then `ax.contourf(xx, yy, zz)` fills the plane with colour.
#
# **What `decision_boundary(params, resolution=100)` must do**
# - `params`: a network with two inputs, one output and a *sigmoid* hidden layer; not modified. `resolution`: at least
#   2.
# - Returns three arrays `(xx, yy, zz)`, each of shape `(resolution, resolution)`. `xx` holds the first input and `yy`
#   the second at each grid point, both running over `resolution` equally spaced values from −0.5 to 1.5, ends included.
#   It does not matter which of the two changes along the rows.
# - `zz` holds the network's output there: numbers between 0 and 1, not rounded.
# - `ValueError` that names `resolution` and shows its value, if it is below 2.
#
# **What `plot_decision_boundary(ax, params)` must do**
# - Draws on `ax`: the output over that square as colours, first input across and second input up, with `ax.contourf`
#   (`ax.pcolormesh` and `ax.imshow` are as good); the four corners of XOR as points, so that one can tell those with
#   target 0 from those with target 1; a label on each axis.
# - Everything else (colours, levels, a line at 0.5, a title) is up to you. What it returns does not matter.


# %% exercise="decision_boundary"
def decision_boundary(params, resolution=100):
    """Evaluate a network with two inputs on a square grid from -0.5 to 1.5.

    Args:
        params: dict of a trained network, n_in = 2, n_out = 1, sigmoid hidden layer.
        resolution: number of grid points along each side, at least 2.

    Returns:
        (xx, yy, zz), each (resolution, resolution): first input, second input and output at every grid point.

    Raises:
        ValueError: resolution is below 2; the message shows its value.

    Example:
        >>> xx, yy, zz = decision_boundary(init_params(2, 4, 1, seed=42), resolution=3)
        >>> zz.shape, float(xx.min()), float(yy.max())
        ((3, 3), -0.5, 1.5)
    """
    ### BEGIN SOLUTION
    if resolution < 2:
        raise ValueError(f"resolution must be at least 2, got {resolution}")
    ticks = np.linspace(-0.5, 1.5, resolution)
    xx, yy = np.meshgrid(ticks, ticks)
    output, _ = forward(params, np.column_stack([xx.ravel(), yy.ravel()]))
    return xx, yy, output.reshape(xx.shape)
    ### END SOLUTION


def plot_decision_boundary(ax, params):
    """Colour the plane by the network's output and mark the four points of XOR.

    Args:
        ax: matplotlib Axes to draw on.
        params: dict of a trained network, n_in = 2, n_out = 1, sigmoid hidden layer.

    Example:
        >>> figure, ax = plt.subplots()
        >>> plot_decision_boundary(ax, init_params(2, 4, 1, seed=42))
        >>> ax.get_xlabel() != ""
        True
    """
    ### BEGIN SOLUTION
    xx, yy, zz = decision_boundary(params)
    ax.contourf(xx, yy, zz, levels=np.linspace(0, 1, 21), cmap="coolwarm")
    for target, marker in ((0, "o"), (1, "s")):
        corners = XOR_X[XOR_Y[:, 0] == target]
        ax.scatter(*corners.T, marker=marker, s=70, color="white", edgecolor="black", label=f"target {target}")
    ax.set(xlabel="first input", ylabel="second input")
    ax.legend(loc="center", frameon=True)
    ### END SOLUTION


# %% check="decision_boundary"
check("decision_boundary")

# %% demo="decision_boundary"
with demo("decision_boundary"):
    stages = {count: train(XOR_X, XOR_Y, epochs=count)[0] for count in (0, 150, 10_000)}
    figure, panels = plt.subplots(1, 3, figsize=(11, 3.6), layout="constrained")
    for panel, (count, network) in zip(panels, stages.items(), strict=True):
        plot_decision_boundary(panel, network)
        panel.set_title(f"after {count} epochs")

# %% [markdown]
# From left to right: an untrained network, one that has begun to tell a corner apart, and one that has found the
# answer. Between the corners nobody told the network what to say, and it made something up. That is true of every
# network.
#
# ## Exercise 10 · How many hidden units?
#
# Four hidden units solve XOR. Do we need four? The book's first question for this chapter is what happens with two, and
# with one. A single run cannot answer it: a network may fail because it is too *small*, or because it was unlucky with
# its random start. To tell these apart, train each size from several seeds and report the **share** that succeeds. Two
# successes in five runs are a share of $2/5 = 0.4$.
#
# A network has succeeded when it gets **all four rows** right, and a row is right when the output is on the correct
# side of 0.5: above it for target 1, below it for target 0. Outputs of 0.4, 0.7, 0.6, 0.1 are a success, however large
# the loss; 0.1, 0.9, 0.9, 0.6 are not.
#
# **What `hidden_size_study(sizes, seeds)` must do**
# - `sizes`: a sequence of numbers of hidden units. `seeds`: a sequence of seeds, at least one. (Lists, tuples, ranges.)
# - For every size and every seed, trains one network on XOR with `train`; everything else keeps `train`'s defaults.
# - Returns a dictionary with one entry for each size: the share (between 0 and 1) of the seeds whose network gets all
#   four rows right.
# - `ValueError` that names `seeds`, if there is none.


# %% exercise="hidden_size_study"
def hidden_size_study(sizes, seeds):
    """Share of random starts from which a network of each size learns XOR completely.

    Args:
        sizes: numbers of hidden units to try.
        seeds: seeds to train each size from, at least one.

    Returns:
        dict {size: share of seeds whose network has all four rows on the correct side of 0.5}.

    Raises:
        ValueError: seeds is empty.

    Example:
        >>> hidden_size_study([4], seeds=[42])
        {4: 1.0}
    """
    ### BEGIN SOLUTION
    if len(seeds) == 0:
        raise ValueError(f"seeds must hold at least one seed, got {seeds!r}")
    shares = {}
    for size in sizes:
        solved = 0
        for seed in seeds:
            params, _ = train(XOR_X, XOR_Y, n_hidden=size, seed=seed)
            output, _ = forward(params, XOR_X)
            solved += bool(np.all((output > 0.5) == (XOR_Y > 0.5)))
        shares[size] = solved / len(seeds)
    return shares
    ### END SOLUTION


# %% check="hidden_size_study"
check("hidden_size_study")

# %% demo="hidden_size_study"
with demo("hidden_size_study"):
    shares = hidden_size_study([1, 2, 4], range(5))
    ticks = np.linspace(-0.5, 1.5, 80)
    across, upward = np.meshgrid(ticks, ticks)
    figure, panels = plt.subplots(1, 4, figsize=(13, 3.2), layout="constrained")
    bars = panels[0].bar([str(size) for size in shares], list(shares.values()))
    panels[0].bar_label(bars)
    panels[0].set(title="solved, of five starts", xlabel="hidden units", ylabel="share", ylim=(0, 1.15))
    for panel, units in zip(panels[1:], (1, 2, 4), strict=True):
        network = train(XOR_X, XOR_Y, n_hidden=units, epochs=2000, seed=1)[0]
        plane = forward(network, np.column_stack([across.ravel(), upward.ravel()]))[0].reshape(across.shape)
        panel.contourf(across, upward, plane, levels=np.linspace(0, 1, 21), cmap="coolwarm")
        panel.scatter(*XOR_X.T, c=XOR_Y.ravel(), cmap="coolwarm", edgecolor="white", s=70)
        panel.set(title=f"{units} hidden unit{'s' * (units > 1)}, seed 1", xlabel="first input")
        panel.set_aspect("equal")

# %% [markdown] written="hidden_size_study_why"
# ### Exercise 10, in your own words · Why does one hidden unit fail?
#
# Look at the bars and at the shapes in the picture above (a red dot on bluish ground, or a blue dot on reddish
# ground, is a row that the network gets wrong). In about five to ten sentences:
#
# 1. Why can a network with **one** hidden unit not get all four rows of XOR right, from no seed and with no amount of
#    training? (A sketch with a line in it, or a little algebra with the four sums $z_1$, makes a fine argument.)
# 2. Why can **two** units do it? Say what each of them could answer, and how the output combines the two.
# 3. In the picture two units succeed from some starts and fail from others, and four succeed from all five. What does
#    that say about the difference between what a network *can represent* and what training *finds*?
#
# ### BEGIN SOLUTION
# **Rubric, 4 points**
#
# - **2 points: why one unit fails.** The hidden unit computes one number $z_1 = w_1 x_1 + w_2 x_2 + b$, and the output
#   only rises, or only falls, with it (a sigmoid, then a weight, then a sigmoid: each monotone). So the output crosses
#   0.5 at most once, and the boundary is one straight line. No straight line separates (0,1), (1,0) from (0,0), (1,1).
#   Algebra is as good: the sums satisfy $z_{00} + z_{11} = z_{01} + z_{10}$, so it cannot be that both of one pair are
#   larger than both of the other. *1 point if only "not linearly separable" is stated, without the link to one hidden
#   unit and its one line.*
# - **1 point: why two suffice.** Two lines, for example one unit for "at least one input is 1" (OR) and one for "both
#   are 1" (AND); the output says OR and not AND. Any correct pair counts (such as "only the first", "only the second").
# - **1 point: representing and finding.** The failing starts are not too small, as others of the same size succeed:
#   gradient descent got stuck on a plateau or in a poor minimum. More units mean more chances that a useful pair
#   develops, so extra units make the *search* easier, although the function does not need them.
#
# **Sample answer.** With one hidden unit everything the output knows about the inputs is a single number, a weighted
# sum. The two sigmoids and the output weight only stretch and bend that number without changing the order, so asking
# whether the output is above 0.5 is asking on which side of one straight line the point lies. The corners with target 1
# lie diagonally across from each other, and any line with both on one side has at least one other corner there too.
# With two units there are two lines: one unit can fire when at least one input is on, the other when both are, and the
# output fires for the first but not the second. So two units can represent XOR, yet some starts fail: the descent ends
# where no small step helps, with both lines in a bad place. With four units it is enough that some two of them end up
# well.
# ### END SOLUTION

# %% [markdown]
# ## Exercise 11 · A hidden layer of ReLUs
#
# Your `train` already accepts `hidden="relu"`. Does it help? The book asks you to try, and the honest answer takes a
# bit of work, because ReLU brings a difficulty of its own. Where $z \le 0$ the slope is exactly 0: no correction
# passes. If a hidden unit is at or below zero for **all four** rows, its weights receive a gradient of exactly 0 and
# never change again. It is a **dead unit**. For example, a unit with weights $(-1, -2)$ and bias 0 has the sums
# $0, -2, -1, -3$ on the four rows: dead from the start. When too many units start dead or die on the way, the network
# stays stuck.
#
# Two remedies are in your hands. A **wider** layer starts with more living units. And when a run fails you may simply
# **restart** from another seed: finding out costs next to nothing, since you know the four right answers. To keep the
# result repeatable, the new seeds must be *derived* from the given one, for instance `seed + 1000 * attempt` for
# `attempt` 0, 1, 2, …; then the same `seed` always leads to the same network. The learning rate deserves another look
# too: a ReLU layer passes larger gradients than a sigmoid layer, so a smaller rate will do, say between 0.1 and 1. How
# many epochs it needs you can read off a loss curve.
#
# **What `relu_network(seed)` must do**
# - `seed`: a whole number from 0 to $2^{31} - 1$. The same seed always gives the same network. Different seeds give
#   different ones, except where a restart happens to reach the start of another seed.
# - Returns `(params, losses)` of a network with a **ReLU** hidden layer that gets all four rows of XOR right:
#   `forward(params, XOR_X, "relu")` is above 0.5 exactly where the target is 1. `losses` are those of the run that
#   produced `params`, as `train` returns them: at least two, and the last lower than the first.
# - Width, learning rate, number of epochs and the way of restarting are your choice. It should succeed for practically
#   every seed: aim for 999 in 1000, and for a second or two at most.


# %% exercise="relu_network"
def relu_network(seed):
    """Train a network with a ReLU hidden layer until it gets all four rows of XOR right.

    Args:
        seed: whole number from 0 to 2**31 - 1; further seeds for restarts are derived from it.

    Returns:
        (params, losses) as from train; forward(params, XOR_X, "relu") is on the correct side of 0.5 for all rows.

    Example:
        >>> params, losses = relu_network(seed=0)
        >>> output, _ = forward(params, XOR_X, "relu")
        >>> (output > 0.5).ravel()
        array([False,  True,  True, False])
    """
    ### BEGIN SOLUTION
    for attempt in range(12):  # about one start in seven gets stuck, so twelve in a row practically never do
        params, losses = train(
            XOR_X, XOR_Y, n_hidden=8, hidden="relu", learning_rate=0.5, epochs=1000, seed=seed + 1000 * attempt
        )
        output, _ = forward(params, XOR_X, "relu")
        if np.all((output > 0.5) == (XOR_Y > 0.5)):
            break
    return params, losses
    ### END SOLUTION


# %% check="relu_network"
check("relu_network")

# %% demo="relu_network"
with demo("relu_network"):
    network = relu_network(0)[0]
    ticks = np.linspace(-0.5, 1.5, 80)
    across, upward = np.meshgrid(ticks, ticks)
    plane = forward(network, np.column_stack([across.ravel(), upward.ravel()]), "relu")[0].reshape(across.shape)
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8), width_ratios=[3, 2], layout="constrained")
    for kind, rate, colour in (("sigmoid", 4.0, "C0"), ("relu", 0.5, "C1")):
        for number in range(10):
            curve = train(XOR_X, XOR_Y, hidden=kind, learning_rate=rate, epochs=1000, seed=number)[1]
            left.semilogy(curve, color=colour, alpha=0.6, label=None if number else f"{kind}, rate {rate}")
    left.set(title="one network of 4 hidden units each, ten starts, no restarts", xlabel="epoch", ylabel="loss")
    left.legend()
    right.contourf(across, upward, plane, levels=np.linspace(0, 1, 21), cmap="coolwarm")
    right.scatter(*XOR_X.T, c=XOR_Y.ravel(), cmap="coolwarm", edgecolor="white", s=70)
    right.set(title="your relu_network(0)", xlabel="first input", ylabel="second input")
    right.set_aspect("equal")

# %% [markdown] written="relu_network_why"
# ### Exercise 11, in your own words · Did ReLU help?
#
# Use the picture above, and whatever else you tried. In about four to eight sentences:
#
# 1. Compare the two families of curves: how soon does the loss fall, and how many of the ten starts get stuck?
# 2. What happens inside a ReLU network that is stuck? Why can more epochs not free a dead unit?
# 3. So does ReLU improve training *here*? ReLU is the standard choice in deep networks: what is different there?
#
# ### BEGIN SOLUTION
# **Rubric, 3 points**
#
# - **1 point: what is to be seen.** The ReLU runs that succeed get going about as soon as the sigmoid runs, with a rate
#   eight times smaller. But three of the ten ReLU starts stay on a plateau for good (at a loss of 0.125 or 0.25), while
#   all of the sigmoid starts succeed. (Other settings than those of the picture are fine if they are named.)
# - **1 point: dead units.** A unit whose sum is at or below zero for all four rows has output 0 and slope 0, so its
#   weights and bias get a gradient of exactly zero, and no update ever changes them. The units left are too few.
# - **1 point: a balanced verdict.** On XOR with few units it does not help: no faster worth mentioning, and less
#   reliable without restarts or a wider layer. In deep networks the slope 1 keeps the gradient from shrinking layer by
#   layer (sigmoid: at most 1/4 each), layers are wide, so that some dead units do no harm, and more varied data keep
#   units alive. *No point for "ReLU is always better" or "always worse".*
#
# **Sample answer.** The ReLU runs that work leave the first plateau about as early as the sigmoid runs, although their
# learning rate is eight times smaller. But three of the ten ReLU starts level off and stay there, and no sigmoid start
# does. In a stuck network several hidden units are zero for all four inputs; their slope is zero as well, so they
# receive no gradient, and any number of epochs times zero is zero. The units that remain cannot bend the plane often
# enough. So with four units ReLU makes training less reliable here and not much faster; width and restarts repair that.
# With many layers the balance tips: sigmoid slopes of at most a quarter multiply to almost nothing, while a living ReLU
# passes the gradient on unchanged, and with hundreds of units per layer a few dead ones do not matter.
# ### END SOLUTION

# %% [markdown]
# ## Exercise 12 · The learning rate
#
# The learning rate is the one knob that everybody turns first. The book asks you to try a very small and a very large
# one: 0.01 and 20, where its own code uses 2. Your gradient is exact, and as exercise 6 explained, it is half of the
# book's; so the same steps are 0.02 and 40, where we use 4. Before you run it, write down what you expect to see. In
# plain gradient descent on a parabola, a rate that is ten times too large makes the loss explode.
#
# The first step shows what is at stake. All three networks start from the same parameters and see the same gradient;
# one of them moves 0.02 times that far, one 4 times, one 40 times. After one update the last has gone 2000 times as far
# as the first. A fair comparison changes one thing only: same seed, same number of epochs, and a fresh network for
# each rate, so that no run inherits what another has learned.
#
# **What `learning_rate_study(rates)` must do**
# - `rates`: a sequence of learning rates.
# - For each rate, trains a fresh network on XOR with `train`; everything except the rate keeps `train`'s defaults.
# - Returns a dictionary `{rate: losses}`, with the losses as `train` returned them; an empty one if there are no rates.


# %% exercise="learning_rate_study"
def learning_rate_study(rates):
    """Train the default XOR network once with each learning rate.

    Args:
        rates: learning rates to compare.

    Returns:
        dict {rate: losses}, losses as from train.

    Example:
        >>> study = learning_rate_study([0.02, 4.0])
        >>> study[4.0][-1] < study[0.02][-1]
        True
    """
    ### BEGIN SOLUTION
    return {rate: train(XOR_X, XOR_Y, learning_rate=rate)[1] for rate in rates}
    ### END SOLUTION


# %% check="learning_rate_study"
check("learning_rate_study")

# %% demo="learning_rate_study"
with demo("learning_rate_study"):
    study = learning_rate_study([0.02, 4.0, 40.0])
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.6), layout="constrained")
    for rate, history in study.items():
        left.plot(history[:300], label=f"rate {rate}")
        right.semilogy(history, label=f"rate {rate}: ends at {history[-1]:.3g}")
    left.set(title="the first 300 epochs, ordinary axis", xlabel="epoch", ylabel="loss")
    right.set(title="all epochs, logarithmic axis", xlabel="epoch")
    left.legend()
    right.legend()

# %% [markdown] written="learning_rate_study_why"
# ### Exercise 12, in your own words · Too slow, too fast?
#
# Use the picture above. In about four to eight sentences:
#
# 1. What does the network trained at 0.02 predict after 10 000 epochs, roughly? Is it wrong, or just not there yet?
# 2. Compare 4.0 and 40.0, both in the first few hundred epochs and at the end.
# 3. Did anything explode? Explain why the loss of *this* network cannot, whatever the rate, and what can go wrong
#    instead when the steps are far too large. (Try a rate of 400.)
#
# ### BEGIN SOLUTION
# **Rubric, 3 points**
#
# - **1 point: the small rate.** The loss creeps from 0.283 to about 0.245, near the 0.25 of answering 0.5 to
#   everything; all four outputs are still close to a half. It still falls: it is on its way down a long plateau, far
#   too slowly.
# - **1 point: 4.0 against 40.0.** At 40 the loss first jumps up (to nearly 0.5) and swings, then finds its way and ends
#   *lower* than at 4.0 (about 6e-6 against 4e-5). At 4.0 it goes down more smoothly. A lucky outcome, to be tested on
#   more seeds.
# - **1 point: why nothing explodes, and what happens instead.** The output is a sigmoid, so every squared error is at
#   most 1 and the loss cannot pass 1. Moreover the slope a(1 − a) vanishes when units saturate, so
#   steps shrink where they went too far. The danger is the opposite: one giant step drives the units so deep into
#   saturation that the gradient is practically zero and learning stops, wrong answers and all (rate 400: every output
#   is 1, and the loss stays at 0.5).
#
# **Sample answer.** At 0.02 the loss has hardly moved after 10 000 epochs: all outputs are near 0.5, the best one can
# say without having understood anything. It is not wrong in direction, it would only need very many times as long. At
# 4.0 the loss falls smoothly after a short plateau. At 40 it first shoots up to about 0.5 and jumps around, and then
# drops even faster and ends lower. Against my expectation nothing explodes. The sigmoid at the output keeps
# every error below 1, so the loss is bounded, and where a step overshoots, the sigmoids become flat and the
# next gradients tiny. But flatness is a trap of its own: at a rate of 400 the very first steps push all outputs to 1,
# where the slope is zero for practical purposes, and the network stays there with a loss of 0.5.
# ### END SOLUTION

# %% [markdown]
# ## Exercise 13 · More inputs: parity
#
# XOR asks whether the number of ones among two inputs is odd. With any number of inputs the same question is called
# **parity**, and it is about as hard as a question about bits can be: flip any single input and the answer flips. No
# input can be ignored, ever. With three inputs there are $2^3 = 8$ rows; in counting order they are
#
# | row | inputs | ones | target |
# |---:|:---:|:---:|:---:|
# | 0 | 0 0 0 | 0 | 0 |
# | 1 | 0 0 1 | 1 | 1 |
# | 2 | 0 1 0 | 1 | 1 |
# | 3 | 0 1 1 | 2 | 0 |
# | 4 | 1 0 0 | 1 | 1 |
# | 5 | 1 0 1 | 2 | 0 |
# | 6 | 1 1 0 | 2 | 0 |
# | 7 | 1 1 1 | 3 | 1 |
#
# Row $i$ is the number $i$ written in binary. The first column is the most significant bit (worth 4 here), the last the
# least significant (worth 1): row 6 is `1 1 0`, since $6 = 4 + 2$. With two inputs you get `XOR_X` and `XOR_Y` back.
#
# Your `train` works for any number of inputs as it is. Only the width needs thought: the plane has become a cube, and
# one has to cut more often. A few units more than there are inputs make it comfortable. And if a start fails, you know
# what to do from exercise 11.
#
# **What `parity_data(n_bits)` must do**
# - `n_bits`: a whole number, at least 1.
# - Returns `(X, y)`, both `float64`: `X` `(2**n_bits, n_bits)`, its rows in counting order as above, and `y`
#   `(2**n_bits, 1)`, 1 where the number of ones in the row is odd, else 0.
# - `ValueError` that names `n_bits` and shows its value, if it is below 1.
#
# **What `train_parity(n_bits, seed)` must do**
# - `n_bits` as above. It will be tried with 2 and 3 bits. `seed`: a whole number from 0 to $2^{31} - 1$; the same seed
#   always gives the same network, different seeds nearly always different ones.
# - Returns `params` of a network with a **sigmoid** hidden layer that gets every row of `parity_data(n_bits)` right:
#   `forward(params, X)` is above 0.5 exactly where the target is 1.
# - Width, learning rate, epochs and restarts are your choice. It should succeed for practically every seed, in a second
#   or two at most.


# %% exercise="parity"
def parity_data(n_bits):
    """All rows of n_bits zeros and ones in counting order, and whether their number of ones is odd.

    Args:
        n_bits: number of inputs, at least 1.

    Returns:
        (X, y): float64 arrays X (2**n_bits, n_bits), first column the most significant bit, and y (2**n_bits, 1).

    Raises:
        ValueError: n_bits is below 1; the message shows its value.

    Example:
        >>> X, y = parity_data(3)
        >>> X[6], y[6]
        (array([1., 1., 0.]), array([0.]))
    """
    ### BEGIN SOLUTION
    if n_bits < 1:
        raise ValueError(f"n_bits must be at least 1, got {n_bits}")
    numbers = np.arange(2**n_bits)[:, np.newaxis]
    bits = (numbers >> np.arange(n_bits - 1, -1, -1)) & 1  # (2**n_bits, n_bits)
    return bits.astype(np.float64), bits.sum(axis=1, keepdims=True) % 2.0
    ### END SOLUTION


def train_parity(n_bits, seed):
    """Train a network with a sigmoid hidden layer until it gets every row of parity_data(n_bits) right.

    Args:
        n_bits: number of inputs, at least 1.
        seed: whole number from 0 to 2**31 - 1; further seeds for restarts are derived from it.

    Returns:
        params of the network; forward(params, X) is on the correct side of 0.5 for all rows.

    Example:
        >>> X, y = parity_data(2)
        >>> output, _ = forward(train_parity(2, seed=0), X)
        >>> (output > 0.5).ravel()
        array([False,  True,  True, False])
    """
    ### BEGIN SOLUTION
    X, y = parity_data(n_bits)
    params, _ = train(X, y, n_hidden=4 * n_bits, epochs=2000, seed=seed)  # wide enough: no start was seen to get stuck
    return params
    ### END SOLUTION


# %% check="parity"
check("parity")

# %% demo="parity"
with demo("parity"):
    rows, odd = parity_data(3)
    answers = forward(train_parity(3, seed=0), rows)[0].ravel()
    names = ["".join(str(int(bit)) for bit in row) for row in rows]
    figure, picture = plt.subplots(figsize=(7, 3.2), layout="constrained")
    for target, colour in ((0, "C0"), (1, "C1")):
        chosen = np.flatnonzero(odd.ravel() == target)
        picture.bar(chosen, answers[chosen], color=colour, label=f"target {target}")
        picture.plot(chosen, np.full(len(chosen), target), "_", color="black", markersize=28)
    picture.axhline(0.5, color="grey", linewidth=1, linestyle="--")
    picture.set(title="parity of three bits: output (bars) and target (marks)", ylim=(-0.05, 1.25), xlabel="inputs")
    picture.set_xticks(range(8), names)
    picture.legend(loc="upper center", ncols=2)

# %% [markdown]
# ## What you have built
#
# - A **neuron** weights, sums and activates. Without the bend in the activation, layers would collapse into one.
# - The **forward pass** is two matrix products with a curve after each. The **loss** turns its result into one number.
# - The **backward pass** is the chain rule from the loss to every parameter; an exact gradient can be checked by
#   nudging.
# - **Training** repeats forward, loss, backward, update. Everything larger that you will meet repeats the same four
#   steps.
# - A network that *can* represent a function need not *find* it: width, seeds, activation and learning rate decide.
# - Shapes that fit by accident, silent overflows and printed numbers that nobody re-ran are how programs go wrong. You
#   have defended against all three.
#
# **Read next:** chapter 5 of the book. Four rows fit into one batch; a million pictures do not. There you meet
# mini-batches, momentum and Adam, overfitting, and what to do about it.
#
# The cell below shows where you stand. Go back to anything that is still open: the order does not matter. The three
# written answers get their points when somebody has read them.

# %% closing
progress()
