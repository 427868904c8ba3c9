"""Chapter 2: vectors, derivatives and probabilities by hand; read with jupytext, released by `course build`."""

# %% [markdown]
# # The math you actually need
#
# Deep learning runs on a handful of ideas: multiply and add, measure a slope, walk downhill, turn numbers into
# probabilities. In this notebook you build each of them yourself, in a few lines of Python, and look at what you have
# built. Nothing here is a toy: dot products, slopes, steps downhill and softmax are what every later chapter, and every
# large model, is made of.
#
# **You need** school algebra and the basics of Python: functions, loops, lists. If you have never used NumPy, read the
# short section below first.
# **Time:** about four hours, in as many sittings as you like. It belongs to **chapter 2** of the book.
#
# | | exercise | you write | points |
# |---|---|---|---:|
# | 1 | `dot` | multiply and add: how much two vectors agree | 8 |
# | 2 | `matvec` | a matrix times a vector, made of dot products | 8 |
# | | `matvec_observation` | a written answer: what the matrix does | 4 |
# | 3 | `numerical_derivative` | a slope, measured | 10 |
# | 4 | `derivative_of_composition` | the chain rule | 8 |
# | 5 | `critical_points` | where a curve turns round | 12 |
# | 6 | `numerical_gradient` | one slope for every input | 12 |
# | 7 | `gradient_descent` | walking downhill | 12 |
# | 8 | `softmax` | numbers become probabilities | 10 |
# | | `softmax_observation` | a written answer: what softmax does | 4 |
# | 9 | `cross_entropy` | how surprised we are by the right answer | 12 |
# | | | **together** | **100** |
#
# **How a page works.** Each exercise first explains an idea, then lists what your function must do, then gives you a
# cell in which you replace `raise NotImplementedError()` with your code. Below it, `check(...)` tries the obvious cases
# and tells you what holds and what does not. Then comes a picture of what you have just built. The checks that you see
# here are a help, not the whole verdict: when you hand the notebook in, every function is tried on many other inputs.
# The two written answers are read by a person.
#
# You may write helper functions inside the same cell, and look anything up. If you are stuck, go on: where a later
# exercise uses an earlier function of yours that turns out to be wrong, it is graded a second time with a correct one.
# A mistake is paid for once.

# %% setup
import matplotlib.pyplot as plt
import numpy as np

from course_lib import check, demo, progress, start

start("ch02_math")

# %% [markdown]
# ## NumPy in one minute
#
# A NumPy **array** is a block of numbers with a **shape**. `np.array([2.0, 3.0, 4.0])` has shape `(3,)`: one axis,
# three numbers. `np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])` has shape `(3, 2)`: three rows, two columns.
# Arithmetic works on all entries at once, entry by entry:
#
# | you write | you get |
# |---|---|
# | `np.array([1, 2]) + np.array([10, 20])` | `[11 22]` |
# | `3 * np.array([1, 2])` | `[3 6]` |
# | `np.array([1, 2]) * np.array([10, 20])` | `[10 40]`, entry by entry |
# | `np.exp(np.array([0, 1]))` | `[1. 2.71828183]` |
# | `np.array([[1, 2], [3, 4]]).sum(axis=1)` | `[3 7]`, the sum along each row |
# | `np.asarray([1, 2], dtype=np.float64)` | `[1. 2.]`, an array of floats, whatever came in |
#
# Two habits will save you hours. Ask for the shape (`x.shape`) whenever you are unsure. And remember that an array of
# **whole numbers** stays one: put 2.7 into it and it keeps 2.
#
# ## Vectors
#
# A **vector** is an ordered list of numbers. A student could be `[170, 65, 22]`: height, weight, age. A grey picture of
# 28 by 28 pixels is a vector of 784 numbers. With two numbers you can draw it, as an arrow from the origin: `[3, 4]`
# goes 3 to the right and 4 up, and by Pythagoras its length is $\sqrt{3^2 + 4^2} = 5$. With 784 you cannot draw it any
# more, but every rule stays the same.

# %% [markdown]
# ## Exercise 1 · The dot product
#
# This is the most important operation in all of deep learning. Multiply the two vectors entry by entry, then add up:
#
# $$a \cdot b = a_1 b_1 + a_2 b_2 + \dots + a_n b_n$$
#
# For example $[2, 3, 4] \cdot [5, 6, 7] = 2 \cdot 5 + 3 \cdot 6 + 4 \cdot 7 = 10 + 18 + 28 = 56$. Two vectors go in,
# **one number** comes out.
#
# What does the number mean? Let light fall at right angles onto $b$. The arrow $a$ then throws a shadow on the line
# through $b$, and
#
# $$a \cdot b = (\text{length of the shadow of } a) \cdot (\text{length of } b)$$
#
# The shadow counts as negative where it falls behind the origin. So the dot product says *how much two directions
# agree*: large and positive if they point the same way, 0 if they are at right angles, negative if they are opposed.
# Try it: $a = [2, 3]$ and $b = [4, 0]$. The dot product is 8, and $b$ has length 4, so the shadow has length
# $8 / 4 = 2$. Of course: it is how far $a$ reaches to the right.
#
# A neuron is a dot product with a bend in it. "How much does this input agree with the pattern that I look for?" That
# is why we begin here, and why you write this one **in plain Python**: once, you should have seen every multiplication.
#
# A good function also **refuses input that makes no sense**. A wrong length that slips through shows up three functions
# later as a baffling error, or never. Beware of `zip(a, b)`, which stops quietly at the end of the shorter one. A good
# message names the argument and shows what came:
#
# ```python
# if n_rows < 1:
#     raise ValueError(f"n_rows must be at least 1, got {n_rows}")
# ```
#
# **What `dot(a, b)` must do**
# - `a`, `b`: two sequences of numbers of the same length: lists, tuples or one-dimensional NumPy arrays, of floats or
#   whole numbers, in any mixture. They are not modified.
# - Returns $a \cdot b$ as one number. In lists and tuples whole numbers may be as large as they like: Python's have no
#   largest value, so nothing is lost. (Those of a NumPy array have one, and beyond it they start again from below, so
#   do not turn a list into an array.)
# - In plain Python: a loop, `sum`, `zip`, the `math` module. No product of NumPy: neither `@` nor `np.dot`, `np.inner`,
#   `np.multiply` and their like.
# - `ValueError` that names `b` and shows its length (`len(b)`), if the two lengths differ.
# - `ValueError` that names `a` and shows its length, if both are empty.


# %% exercise="dot"
def dot(a, b):
    """Multiply two vectors entry by entry and add up, in plain Python.

    Args:
        a: sequence of n numbers, n at least 1 (list, tuple or one-dimensional array).
        b: sequence of n numbers.

    Returns:
        The dot product, one number.

    Raises:
        ValueError: the lengths differ, or both are 0; the message names the argument and shows its length.

    Example:
        >>> dot([2, 3, 4], [5, 6, 7])
        56
    """
    ### BEGIN SOLUTION
    if len(b) != len(a):
        raise ValueError(f"b must have as many entries as a, {len(a)}, got {len(b)}")
    if len(a) < 1:
        raise ValueError(f"a must have at least one entry, got {len(a)}")
    return sum(x * y for x, y in zip(a, b, strict=True))
    ### END SOLUTION


# %% check="dot"
check("dot")

# %% demo="dot"
with demo("dot"):
    figure, panels = plt.subplots(1, 4, figsize=(13, 3.4), width_ratios=[1, 1, 1, 1.3], layout="constrained")
    base = [2.5, 0.5]
    for panel, arrow in zip(panels, ([2.0, 2.2], [-0.5, 2.5], [-2.0, 1.2]), strict=False):
        share = dot(arrow, base) / dot(base, base)
        shadow = [share * base[0], share * base[1]]
        panel.axline((0, 0), tuple(base), color="lightgrey", linewidth=1)
        panel.plot([arrow[0], shadow[0]], [arrow[1], shadow[1]], ":", color="grey")
        panel.plot([0, shadow[0]], [0, shadow[1]], color="C2", linewidth=6, alpha=0.6, label="shadow of a")
        for head, colour, name in ((base, "C0", "b"), (arrow, "C1", "a")):
            panel.annotate("", head, (0, 0), arrowprops={"arrowstyle": "-|>", "color": colour, "linewidth": 2})
            panel.text(1.12 * head[0], 1.12 * head[1], name, color=colour, fontsize=13, ha="center", va="center")
        panel.set(title=f"a · b = {dot(arrow, base):.2f}", xlim=(-3, 3), ylim=(-1.2, 3))
        panel.set_aspect("equal")
    panels[0].legend(loc="lower right")
    angles = np.linspace(0, 360, 181)
    turning = [dot([np.cos(angle), np.sin(angle)], [1.0, 0.0]) for angle in np.radians(angles)]
    panels[3].plot(angles, turning, linewidth=2)
    panels[3].axhline(0, color="grey", linewidth=1)
    panels[3].set(title="two arrows of length 1", xlabel="angle between them (degrees)", ylabel="a · b")
    panels[3].set_xticks([0, 90, 180, 270, 360])

# %% [markdown]
# ## Exercise 2 · A matrix times a vector
#
# A **matrix** is a table of numbers. One with 2 rows and 3 columns has shape `(2, 3)`. To multiply it by a vector, take
# the dot product of **each row** with the vector. Every row gives one number of the result:
#
# $$\begin{pmatrix} 2 & 0 & 1 \\ 1 & 3 & -1 \end{pmatrix} \begin{pmatrix} 4 \\ 1 \\ 2 \end{pmatrix}
# = \begin{pmatrix} 2 \cdot 4 + 0 \cdot 1 + 1 \cdot 2 \\ 1 \cdot 4 + 3 \cdot 1 - 1 \cdot 2 \end{pmatrix}
# = \begin{pmatrix} 10 \\ 5 \end{pmatrix}$$
#
# Shapes tell you at a glance what fits: `(2, 3)` times `(3,)` gives `(2,)`. The inner sizes must agree, and they
# disappear; the outer one remains. A layer of a neural network is exactly this: each row holds the weights of one
# neuron, and the product asks all neurons at once.
#
# There is a second way to read the same product, down the columns. The result is a mixture of the **columns**, in the
# amounts that the vector says: $4 \cdot (2, 1) + 1 \cdot (0, 3) + 2 \cdot (1, -1) = (10, 5)$. Hence a picture: the
# first column is where the arrow $(1, 0, 0)$ is sent, the second where $(0, 1, 0)$ is sent, and so on. A matrix moves
# *every* point of space, and its columns tell you where to.
#
# You have `dot`, so you need no more than a loop over the rows. NumPy can do all of it in one stroke, and from the next
# chapter on it will. Here that would be skipping the exercise.
#
# **What `matvec(W, x)` must do**
# - `W`: a matrix of shape `(rows, cols)`, both at least 1, as a NumPy array or a list of rows (all equally long, you
#   need not check that). `x`: a vector of `cols` numbers, array or list. Floats or whole numbers; neither is modified.
# - Returns $W x$: a `float64` array of shape `(rows,)`.
# - Built from your `dot`, or from your own loops and sums. NumPy's matrix products are excluded: `@`, `np.dot`,
#   `np.matmul`, `np.inner`, `np.vdot`, `np.einsum`, `np.tensordot` and their like.
# - `ValueError` that names `W` and shows its shape, if `W` is not two-dimensional or has no entry.
# - `ValueError` that names `x` and shows its shape, if the shape is not `(cols,)`.


# %% exercise="matvec"
def matvec(W, x):
    """Multiply a matrix by a vector: the dot product of each row with the vector.

    Args:
        W: matrix (rows, cols), array or list of rows.
        x: vector (cols,), array or list.

    Returns:
        float64 array (rows,).

    Raises:
        ValueError: shapes that do not fit; the message names the argument and shows its shape.

    Example:
        >>> matvec([[2, 0, 1], [1, 3, -1]], [4, 1, 2])
        array([10.,  5.])
    """
    ### BEGIN SOLUTION
    W, x = np.asarray(W, dtype=np.float64), np.asarray(x, dtype=np.float64)
    if W.ndim != 2 or W.size < 1:
        raise ValueError(f"W must have shape (rows, cols), both at least 1, got shape {W.shape}")
    if x.shape != W.shape[1:]:
        raise ValueError(f"x must have shape (cols,), one entry for each column, got shape {x.shape}")
    return np.array([dot(row, x) for row in W])
    ### END SOLUTION


# %% check="matvec"
check("matvec")

# %% demo="matvec"
with demo("matvec"):
    letter = np.array([[0, 0], [0, 3], [2, 3], [2, 2.4], [0.6, 2.4], [0.6, 1.8], [1.5, 1.8], [1.5, 1.2], [0.6, 1.2]])
    letter = np.vstack([letter, [[0.6, 0], [0, 0]]]) / 2  # the outline of an F
    matrices = {
        "nothing happens": [[1, 0], [0, 1]],
        "stretch": [[2, 0], [0, 0.5]],
        "turn by 30 degrees": [[np.cos(np.pi / 6), -np.sin(np.pi / 6)], [np.sin(np.pi / 6), np.cos(np.pi / 6)]],
        "shear": [[1, 0.8], [0, 1]],
        "flatten": [[1.6, 0.8], [0.8, 0.4]],
    }
    figure, panels = plt.subplots(1, 5, figsize=(14, 3.4), layout="constrained")
    for panel, (title, matrix) in zip(panels, matrices.items(), strict=True):
        for place in range(-3, 4):
            for line in ([[place, -3], [place, 3]], [[-3, place], [3, place]]):
                panel.plot(*np.transpose([matvec(matrix, end) for end in line]), color="lightgrey", linewidth=0.8)
        panel.fill(*np.transpose([matvec(matrix, corner) for corner in letter]), color="C0", alpha=0.4)
        for arrow, colour in (([1, 0], "C1"), ([0, 1], "C2")):
            head = matvec(matrix, arrow)
            panel.annotate("", head, (0, 0), arrowprops={"arrowstyle": "-|>", "color": colour, "linewidth": 2})
        rows = "\n".join("  ".join(f"{number:5.2g}" for number in row) for row in matrix)
        panel.set_title(title)
        panel.set_xlabel(rows, family="monospace")
        panel.set(xlim=(-2.0, 2.8), ylim=(-1.4, 2.4), xticks=[], yticks=[])
        panel.set_aspect("equal")
    figure.suptitle("What a matrix does to the plane: orange is its first column, green its second")
    print("matvec([[1, 0], [0, 1], [1, 1]], [3, 7]) =", matvec([[1, 0], [0, 1], [1, 1]], [3, 7]))

# %% [markdown] written="matvec_observation"
# ### Exercise 2, in your own words · What do you notice?
#
# Multiply by hand
#
# $$\begin{pmatrix} 1 & 0 \\ 0 & 1 \\ 1 & 1 \end{pmatrix} \begin{pmatrix} 3 \\ 7 \end{pmatrix}$$
#
# and compare with the line printed above. In about three to six sentences:
#
# 1. What does each of the three rows do with the vector? What would the first two rows alone be good for?
# 2. Two numbers went in, three came out. Is there any information in the three that was not in the two?
# 3. Which row would you write to get the *difference* of the two numbers, or their mean?
#
# ### BEGIN SOLUTION
# **Rubric, 4 points**
#
# - **2 points: what each row does.** The result is (3, 7, 10). The first row picks out the first entry, the second row
#   the second, the third adds them up: each row is a question put to the vector. The first two rows alone are the
#   identity matrix, which leaves every vector as it is. *1 point if the result is right but only described ("the last
#   is the sum") without saying that it is the row that decides.*
# - **1 point: nothing new.** The third number is computed from the other two, so the three carry the same information;
#   the plane has become a tilted plane in space. (A remark that a later layer can use the sum more easily is welcome.)
# - **1 point: rows of one's own.** (1, −1) or (−1, 1) for the difference, (1/2, 1/2) for the mean.
#
# **Sample answer.** The product is (3, 7, 10). The row (1, 0) looks only at the first entry and copies it, (0, 1)
# copies the second, and (1, 1) adds the two. The first two rows are the identity: alone they would return the vector
# unchanged. Although three numbers come out, nothing new is known: the third one always equals the sum of the others,
# so all results lie in one plane inside the three-dimensional space. With the row (1, −1) I would get the difference
# −4, with (1/2, 1/2) the mean 5. So a matrix is a list of questions, one per row, and training means finding good
# questions.
# ### END SOLUTION

# %% [markdown]
# ## Exercise 3 · A slope, measured
#
# Turn a knob a little and watch what comes out: by how much does the output change, per unit that you turned? That rate
# is the **derivative** of a function. On the graph it is the slope of the curve at that point. A positive derivative
# means that the output rises when you turn the knob up, a negative one that it falls, and 0 that, for the moment, it
# does neither. Learning will be nothing but this: find out for each knob in which direction the error falls, and turn
# it that way.
#
# For $f(x) = x^3$ the rules of calculus say $f'(x) = 3x^2$, so $f'(2) = 12$. But a derivative can also simply be
# *measured*. Take two points close together on the curve and draw the straight line through them, the **secant**. Its
# slope is rise over run. As the points close in on each other, the secant becomes the **tangent**.
#
# Where should the two points be? The obvious choice is $x$ and $x + h$, the *forward difference*. With $h = 0.1$:
#
# $$\frac{f(2.1) - f(2)}{0.1} = \frac{9.261 - 8}{0.1} = 12.61$$
#
# It is better to step the same distance to **both** sides, the *central difference*:
#
# $$f'(x) \approx \frac{f(x + h) - f(x - h)}{2h} \qquad\qquad
# \frac{f(2.1) - f(1.9)}{0.2} = \frac{9.261 - 6.859}{0.2} = 12.01$$
#
# Again two values of $f$, and an error sixty times smaller. The reason is symmetry: the curve bends away from the
# tangent on both sides, and most of the damage cancels. Make $h$ ten times smaller and the error of the forward
# difference becomes ten times smaller, that of the central one a *hundred* times: we say that it falls as $h^2$. Mind
# the **2** in the denominator. The points are $2h$ apart.
#
# Can we make $h$ as small as we like? No. A computer keeps about 16 digits, and when $f(x+h)$ and $f(x-h)$ agree in the
# first 12 of them, only four are left in the difference. The picture below the exercise shows where the two errors
# balance; $h = 10^{-5}$ is a good compromise.
#
# **What `numerical_derivative(f, x, h=1e-5)` must do**
# - `f`: a function of one number that returns one number. `x`: a number, float or whole. `h`: a positive number.
# - Returns the central difference of $f$ at $x$ with step $h$, one number.
# - Calls `f` exactly twice. (Later on, a call of `f` may mean a pass through a whole network.)
# - `ValueError` that names `h` and shows its value, if `h` is 0, negative or `nan`.


# %% exercise="numerical_derivative"
def numerical_derivative(f, x, h=1e-5):
    """Measure the slope of f at x by a central difference.

    Args:
        f: function of one number that returns one number; called exactly twice.
        x: where to measure.
        h: step to either side, positive.

    Returns:
        The slope, one number; its error falls as h squared.

    Raises:
        ValueError: h is not positive; the message shows its value.

    Example:
        >>> round(numerical_derivative(lambda x: x**3, 2, h=0.1), 6)
        12.01
    """
    ### BEGIN SOLUTION
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    return (f(x + h) - f(x - h)) / (2 * h)
    ### END SOLUTION


# %% check="numerical_derivative"
check("numerical_derivative")

# %% demo="numerical_derivative"
with demo("numerical_derivative"):
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.9), layout="constrained")
    axis, centre = np.linspace(-0.4, 2.6, 200), 1.0
    left.plot(axis, np.exp(axis), color="black", linewidth=2, label="f(x) = eˣ")
    for width, colour in ((1.3, "C0"), (0.8, "C9"), (0.3, "C2")):
        slope = numerical_derivative(np.exp, centre, width)
        ends = np.array([centre - width, centre + width])
        left.plot(ends, np.exp(ends), "o", color=colour)
        left.axline((ends[0], np.exp(ends[0])), slope=slope, color=colour, linewidth=1)
        left.plot([], [], "o-", color=colour, label=f"secant, h = {width}: slope {slope:.3f}")
    left.axline((centre, np.e), slope=np.e, color="C3", linewidth=2, linestyle="--")
    left.plot([], [], "--", color="C3", linewidth=2, label=f"tangent at 1: slope {np.e:.3f}")
    left.set(title="the secant closes in on the tangent", xlabel="x", xlim=(-0.4, 2.6), ylim=(-1, 11))
    left.legend()
    widths = np.logspace(-12, 0, 121)
    for name, slopes in (
        ("forward difference", [(np.sin(1 + width) - np.sin(1)) / width for width in widths]),
        ("your central difference", [numerical_derivative(np.sin, 1.0, width) for width in widths]),
    ):
        right.loglog(widths, np.abs(np.array(slopes) - np.cos(1)) + 1e-17, label=name)
    right.axvline(1e-5, color="grey", linewidth=1, linestyle=":")
    right.set(title="error of the slope of sin at 1", xlabel="h (dotted: 10⁻⁵)", ylabel="error", ylim=(1e-13, 1))
    right.legend()

# %% [markdown]
# Both axes of the right-hand picture are **logarithmic**: each mark stands for a multiple of the one before. Read it
# from right to left. First the errors fall: for every factor of ten in $h$ by a factor of ten for the forward
# difference (a line of slope 1), and by a factor of a hundred for yours (slope 2). Then rounding takes over: the less
# is left of the difference, the more its last digits are noise.
#
# ## Exercise 4 · The chain rule
#
# Functions are often put inside one another. First $g$, then $f$: $y = f(g(x))$. A neural network is a long chain of
# that kind, one layer inside the next. How fast does $y$ change when $x$ changes?
#
# Think of gears. If the first wheel turns the second three times as fast, and the second turns the third twice as fast,
# then the third turns six times as fast as the first: rates **multiply**. That is the chain rule.
#
# $$\frac{d}{dx} f(g(x)) = f'(g(x)) \cdot g'(x)$$
#
# There is one trap in it. Each wheel turns at *its own place*. The inner function sits at $x$; the outer function never
# sees $x$, it is handed $g(x)$, so **its slope must be taken at $g(x)$**.
#
# **By hand.** Let $f(u) = u^3$ and $g(x) = x^2 + 1$, so $f'(u) = 3u^2$ and $g'(x) = 2x$. At $x = 1$ the inner value is
# $g(1) = 2$. The outer slope there is $f'(2) = 12$, the inner slope is $g'(1) = 2$, and the product is $24$. You can
# check it: $(x^2 + 1)^3$ has the derivative $6x(x^2 + 1)^2$, which is $24$ at $1$. Had you taken the outer slope at
# $x$, you would have found $f'(1) \cdot g'(1) = 6$.
#
# $x$ may also be an array. Then everything happens for each entry on its own, and your one line of code need not know.
#
# **What `derivative_of_composition(f_prime, g, g_prime, x)` must do**
# - `f_prime`: the derivative of the outer function. `g`: the inner function. `g_prime`: its derivative. Each takes a
#   number or an array and works entry by entry.
# - `x`: a number or an array of any shape, of floats or whole numbers, not modified.
# - Returns the derivative of $f(g(x))$ at $x$: a number for a number, an array of the same shape for an array.


# %% exercise="derivative_of_composition"
def derivative_of_composition(f_prime, g, g_prime, x):
    """Differentiate f(g(x)) by the chain rule.

    Args:
        f_prime: derivative of the outer function.
        g: inner function.
        g_prime: derivative of the inner function.
        x: a number, or an array whose entries are treated one by one.

    Returns:
        The derivative of f(g(x)) at x, of the shape of x.

    Example:
        >>> derivative_of_composition(lambda u: 3 * u**2, lambda x: x**2 + 1, lambda x: 2 * x, 1)
        24
    """
    ### BEGIN SOLUTION
    return f_prime(g(x)) * g_prime(x)
    ### END SOLUTION


# %% check="derivative_of_composition"
check("derivative_of_composition")

# %% demo="derivative_of_composition"
with demo("derivative_of_composition"):
    axis = np.linspace(-2.6, 2.6, 401)
    slopes = derivative_of_composition(np.cos, lambda x: x**2, lambda x: 2 * x, axis)
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.4), layout="constrained")
    left.plot(axis, np.sin(axis**2), color="black", linewidth=2)
    for place in (-2.0, -0.9, 0.5, 1.5):
        slope = derivative_of_composition(np.cos, lambda x: x**2, lambda x: 2 * x, place)
        run = np.array([-0.35, 0.35]) / np.hypot(1, slope)
        left.plot(place + run, np.sin(place**2) + slope * run, color="C3", linewidth=2)
        left.plot(place, np.sin(place**2), "o", color="C3")
    left.set(title="sin(x²), and tangents drawn with your slopes", xlabel="x")
    right.plot(axis, slopes, color="C3", linewidth=2, label="chain rule")
    right.plot(axis, np.cos(axis) * 2 * axis, ":", color="grey", label="outer slope taken at x: wrong")
    dots = axis[::16]
    measured = (np.sin((dots + 1e-5) ** 2) - np.sin((dots - 1e-5) ** 2)) / 2e-5
    right.plot(dots, measured, "o", color="black", markersize=4, label="measured")
    right.set(title="its slope", xlabel="x")
    right.legend(loc="upper center")

# %% [markdown]
# ## Exercise 5 · Where a curve turns round
#
# On top of a hill and at the bottom of a valley the slope is 0. Places where the derivative is 0 are called **critical
# points**, and whoever wants the smallest value of a function looks there. Let us find all of them for the family of
# cubic curves
#
# $$f(x) = a x^3 + b x^2 + c x + d \qquad\qquad f'(x) = 3a x^2 + 2b x + c$$
#
# (The constant $d$ lifts the whole curve and changes no slope, so it does not even appear.) We want $f'(x) = 0$. That
# is a quadratic equation, and the formula you know from school gives
#
# $$x = \frac{-b \pm \sqrt{D}}{3a} \qquad \text{with } D = b^2 - 3ac$$
#
# **By hand.** $f(x) = x^3 - 4x$ has $a = 1$, $b = 0$, $c = -4$, so $D = 12$ and
# $x = \pm\sqrt{12}/3 = \pm 2/\sqrt 3 \approx \pm 1.155$. Which of them is the valley? Look at how the *slope* changes.
# Its own slope, the **second derivative**, is $f''(x) = 6ax + 2b$. Where $f'' > 0$ the slope rises from negative to
# positive, and we are in a valley, a **minimum**; where $f'' < 0$, on a hill, a **maximum**. Here $f''(1.155) > 0$, a
# minimum, and $f''(-1.155) < 0$, a maximum. ("Minimum" is meant locally: far to the left the curve is lower still.)
#
# All the other cases:
#
# | coefficients | what the curve looks like | critical points |
# |---|---|---|
# | $a \neq 0$, $D > 0$ | a hill and a valley | a maximum and a minimum; with $a < 0$ the valley comes first |
# | $a \neq 0$, $D = 0$ | rises (or falls), pauses, goes on | one, at $-b/(3a)$, neither of the two: an **inflection** |
# | $a \neq 0$, $D < 0$ | rises (or falls) for ever | none |
# | $a = 0$, $b \neq 0$ | a parabola | one, at $-c/(2b)$: a minimum if $b > 0$, a maximum if $b < 0$ |
# | $a = b = 0$ | a straight line | none (if $c = 0$ too, every point is one; we list none) |
#
# For example $x^3 - 3x^2 + 3x$ has $D = 9 - 9 = 0$ and one inflection, at $x = 1$.
#
# **What `critical_points(a, b, c)` must do**
# - `a`, `b`, `c`: numbers, floats or whole.
# - Returns a list of pairs `(x, kind)`, sorted by `x`, smallest first. `kind` is one of the strings `"minimum"`,
#   `"maximum"`, `"inflection"`. No critical point: an empty list.
# - Only real solutions count. Where $D$ is 0 there is *one* pair, not two equal ones. (It will be tried with numbers
#   for which `b * b - 3 * a * c` comes out as exactly 0.)
# - `ValueError` that names the argument and shows its value, if a coefficient is `nan` or infinite
#   (`np.isfinite(number)` tells).


# %% exercise="critical_points"
def critical_points(a, b, c):
    """Find where the slope of a x**3 + b x**2 + c x + d is 0, and what kind of point that is.

    Args:
        a: coefficient of x**3.
        b: coefficient of x**2.
        c: coefficient of x.

    Returns:
        list of (x, kind), sorted by x; kind is "minimum", "maximum" or "inflection".

    Raises:
        ValueError: a coefficient is not finite; the message names it and shows its value.

    Example:
        >>> critical_points(1, -3, 0)
        [(0.0, 'maximum'), (2.0, 'minimum')]
    """
    ### BEGIN SOLUTION
    for name, value in (("a", a), ("b", b), ("c", c)):
        if not np.isfinite(value):
            raise ValueError(f"{name} must be finite, got {value}")
    if a == 0:
        if b == 0:
            return []
        return [(-c / (2 * b), "minimum" if b > 0 else "maximum")]
    under_root = b * b - 3 * a * c
    if under_root < 0:
        return []
    middle = -b / (3 * a)
    if under_root == 0:
        return [(middle, "inflection")]
    reach = under_root**0.5 / abs(3 * a)
    kinds = ("maximum", "minimum") if a > 0 else ("minimum", "maximum")
    return [(middle - reach, kinds[0]), (middle + reach, kinds[1])]
    ### END SOLUTION


# %% check="critical_points"
check("critical_points")

# %% demo="critical_points"
with demo("critical_points"):
    axis = np.linspace(-3, 3, 241)
    figure, panels = plt.subplots(1, 5, figsize=(14, 3), layout="constrained")
    curves = {
        "x³ − 4x": (1, 0, -4),
        "−x³ + 4x": (-1, 0, 4),
        "x³ − 3x² + 3x": (1, -3, 3),
        "x³ + 2x": (1, 0, 2),
        "a parabola: x² − 2x": (0, 1, -2),
    }
    looks = {"minimum": ("v", "C0"), "maximum": ("^", "C3"), "inflection": ("s", "C2")}
    for panel, (title, (cubic, square, linear)) in zip(panels, curves.items(), strict=True):
        panel.plot(axis, cubic * axis**3 + square * axis**2 + linear * axis, color="black")
        found = critical_points(cubic, square, linear)
        for x, kind in found:
            height = cubic * x**3 + square * x**2 + linear * x
            marker, colour = looks[kind]
            panel.plot([x - 0.8, x + 0.8], [height, height], color=colour, linewidth=1)
            panel.plot(x, height, marker, color=colour, markersize=9, label=f"{kind} at {x:.3f}")
        if found:
            panel.legend(loc="lower center", fontsize=8)
        panel.set(title=title, ylim=(-9, 7), xlabel="x" if found else "x (no critical point)")

# %% [markdown]
# ## Exercise 6 · One slope for every input
#
# The error of a network depends on many numbers at once. Turn only *one* of them, hold all others still, and measure
# how fast the output changes: that is a **partial derivative**. Do it for each number in turn and collect the results
# in an array of the same shape, and you have the **gradient**, written $\nabla f$.
#
# **By hand.** Let $f(x, y) = x^2 + 3xy$ and stand at $(1, 2)$. Turning $x$ while $y = 2$ stays: the slope is
# $2x + 3y = 2 + 6 = 8$. Turning $y$ while $x = 1$ stays: $3x = 3$. So the gradient at $(1, 2)$ is $(8, 3)$.
#
# Seen as an arrow, the gradient points in the direction in which $f$ **rises fastest**, and the longer it is, the
# steeper the climb. Straight against it goes the fastest way down. And it crosses the lines of equal height at right
# angles, as hikers know.
#
# To measure it, use the central difference of exercise 3 for every entry: a copy of `x` with that one entry raised by
# $h$, another with it lowered by $h$. `np.ndindex(x.shape)` runs over all positions of an array, whatever its number of
# axes: for shape `(2, 2)` it gives `(0, 0)`, `(0, 1)`, `(1, 0)`, `(1, 1)`, and `x[0, 1]` and `x[(0, 1)]` mean the same.
#
# Two traps. Write into the array that you were given, and the caller's numbers have changed; work on copies
# (`x.copy()`). And an array of whole numbers cannot hold $2.00001$: it silently keeps 2, and all your differences are
# 0.
#
# **What `numerical_gradient(f, x, h=1e-5)` must do**
# - `f`: a function that takes a `float64` array of the shape of `x` and returns one number; it does not change what it
#   is given. `h`: a positive number.
# - `x`: a NumPy array with any number of axes, at least one, of floats or whole numbers. It is not modified, not even
#   for a moment: a read-only array must do.
# - Returns a `float64` array of the shape of `x`: at each place the central difference of $f$ with step $h$ when that
#   entry alone is moved.
# - `ValueError` that names `x` and shows its shape, if `x` has no entry.
# - `ValueError` that names `h` and shows its value, if `h` is 0, negative or `nan`.


# %% exercise="numerical_gradient"
def numerical_gradient(f, x, h=1e-5):
    """Measure the gradient of f at x, one entry after another, by central differences.

    Args:
        f: function from a float64 array of the shape of x to one number.
        x: where to measure; array of any shape with at least one entry.
        h: step to either side, positive.

    Returns:
        float64 array of the shape of x.

    Raises:
        ValueError: x is empty, or h is not positive; the message shows the shape or the value.

    Example:
        >>> numerical_gradient(lambda p: p[0] ** 2 + 3 * p[0] * p[1], np.array([1, 2])).round(6)
        array([8., 3.])
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=np.float64)
    if x.size < 1:
        raise ValueError(f"x must have at least one entry, got shape {x.shape}")
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    slopes = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = h
        slopes[place] = (f(x + step) - f(x - step)) / (2 * h)
    return slopes
    ### END SOLUTION


# %% check="numerical_gradient"
check("numerical_gradient")

# %% demo="numerical_gradient"
with demo("numerical_gradient"):

    def hills(point):
        """Two hills and a dip between them."""
        x, y = point
        return (
            np.exp(-((x - 1.2) ** 2) - (y - 0.4) ** 2) + 0.8 * np.exp(-((x + 1.1) ** 2) - (y + 0.3) ** 2) - 0.1 * y**2
        )

    ticks = np.linspace(-2.5, 2.5, 101)
    across, upward = np.meshgrid(ticks, ticks)
    figure, picture = plt.subplots(figsize=(6.4, 4.6), layout="constrained")
    picture.contourf(across, upward, hills((across, upward)), levels=20, cmap="viridis")
    picture.contour(across, upward, hills((across, upward)), levels=20, colors="white", linewidths=0.3)
    for x in np.linspace(-2.2, 2.2, 12):
        for y in np.linspace(-2.2, 2.2, 12):
            arrow = numerical_gradient(hills, np.array([x, y]))
            picture.arrow(x, y, *(0.3 * arrow), color="white", head_width=0.06, length_includes_head=True)
    picture.set(title="your gradients point uphill, across the lines of equal height", xlabel="x", ylabel="y")
    picture.set_aspect("equal")

# %% [markdown]
# ## Exercise 7 · Walking downhill
#
# You stand on a hillside in thick fog and want to get to the bottom. You cannot see the valley, but you can feel the
# slope under your feet. So you take a step downhill, feel again, take another step. That is **gradient descent**, and
# it is how practically every neural network learns:
#
# $$x_{k+1} = x_k - \eta \, \nabla f(x_k)$$
#
# The gradient points uphill, hence the minus. The **learning rate** $\eta$ ("eta") says how far to go per unit of
# slope. Near the bottom the slope gets small, and the steps shrink by themselves.
#
# **By hand.** Let $f(x) = (x - 3)^2 + 2$. Its lowest point is at $x = 3$, where $f = 2$. Its gradient is $2(x - 3)$.
# Start at $x_0 = 0$ with $\eta = 0.1$:
#
# | step | gradient $2(x - 3)$ | next $x$ |
# |---:|---:|---:|
# | 0 → 1 | $2(0 - 3) = -6$ | $0 + 0.6 = 0.6$ |
# | 1 → 2 | $2(0.6 - 3) = -4.8$ | $0.6 + 0.48 = 1.08$ |
# | 2 → 3 | $2(1.08 - 3) = -3.84$ | $1.08 + 0.384 = 1.464$ |
#
# The distance to 3 shrinks by the factor $1 - 2\eta = 0.8$ in every step. Now see what the rate does to that factor.
# With $\eta = 0.5$ it is 0, and you are there in one step. With $\eta = 0.9$ it is $-0.8$: you jump *across* the valley
# each time, but still get closer. With $\eta = 1.1$ it is $-1.2$, and every step takes you further away. Your function
# must not hide that: a run that blows up is a result, and the person who chose the rate needs to see it.
#
# We return the whole path, not only its end, because the path is what one learns from. Watch out when you collect it:
# `x -= step` changes the array *inside* the list as well, and in the end all entries are the same array.
#
# **What `gradient_descent(gradient, start, learning_rate, steps)` must do**
# - `gradient`: a function that takes a point and returns the gradient there, of the same shape. It is handed floats: a
#   number if `start` is a number, a `float64` array if it is an array.
# - `start`: a number, or an array of any shape (a list of numbers will do too), of floats or whole numbers; not
#   modified. `learning_rate`: a number. `steps`: a whole number, 0 or more.
# - Returns a `float64` array with `steps + 1` entries along its first axis: the start, then the point after each step.
#   Its shape is `(steps + 1,)` for a number and `(steps + 1, *shape of start)` for an array.
# - It takes exactly `steps` steps and does not stop early, whatever happens.
# - `ValueError` that names `steps` and shows its value, if it is negative.


# %% exercise="gradient_descent"
def gradient_descent(gradient, start, learning_rate, steps):
    """Walk against the gradient and keep every point of the way.

    Args:
        gradient: function from a point to the gradient there, of the same shape.
        start: where to begin, a number or an array.
        learning_rate: length of a step per unit of slope.
        steps: number of steps, 0 or more.

    Returns:
        float64 array (steps + 1, *shape of start): the start, then the point after each step.

    Raises:
        ValueError: steps is negative; the message shows its value.

    Example:
        >>> gradient_descent(lambda x: 2 * (x - 3), start=0, learning_rate=0.1, steps=2)
        array([0.  , 0.6 , 1.08])
    """
    ### BEGIN SOLUTION
    if steps < 0:
        raise ValueError(f"steps must not be negative, got {steps}")
    path = [np.array(start, dtype=np.float64)[()]]  # [()] turns an array without axes into a number
    for _ in range(steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)
    ### END SOLUTION


# %% check="gradient_descent"
check("gradient_descent")

# %% demo="gradient_descent"
with demo("gradient_descent"):
    figure, panels = plt.subplots(1, 3, figsize=(14, 3.8), layout="constrained")
    axis = np.linspace(-2.5, 8.5, 200)
    panels[0].plot(axis, (axis - 3) ** 2 + 2, color="lightgrey", linewidth=3)
    for rate, colour in ((0.1, "C0"), (0.9, "C1"), (1.1, "C3")):
        walk = gradient_descent(lambda x: 2 * (x - 3), 0, rate, 8 if rate < 1 else 3)
        label = f"rate {rate}: now at {walk[-1]:.2f}"
        panels[0].plot(walk, (walk - 3) ** 2 + 2, "o-", color=colour, markersize=5, linewidth=1, label=label)
    panels[0].set(title="(x − 3)² + 2 from 0, eight steps (rate 1.1: three)", xlabel="x", ylim=(0, 44))
    panels[0].legend(loc="upper center")
    ticks = np.linspace(-4, 4, 121)
    across, upward = np.meshgrid(ticks, ticks)
    for panel, rate in zip(panels[1:], (0.04, 0.19), strict=True):
        panel.contour(across, upward, across**2 + 5 * upward**2, levels=np.arange(1, 11) ** 2, cmap="viridis")
        walk = gradient_descent(lambda p: np.array([2 * p[0], 10 * p[1]]), [-3.6, 2.4], rate, 25)
        panel.plot(*walk.T, "o-", color="C3", markersize=4, linewidth=1)
        panel.plot(0, 0, "*", color="black", markersize=12)
        panel.set(title=f"x² + 5y², rate {rate}, 25 steps", xlabel="x", ylabel="y")
        panel.set_aspect("equal")

# %% [markdown]
# In the long valley of the two pictures on the right one rate has to serve two directions. The small one creeps along
# the floor; the large one jumps from wall to wall. Chapter 5 returns to that with momentum and Adam.
#
# ## Exercise 8 · Numbers become probabilities
#
# A network that is to tell cats, dogs and birds apart ends in three numbers, one **score** per class, called *logits*.
# They can be anything: 4.2, −17, 0. We would like **probabilities**: each between 0 and 1, all together 1. **Softmax**
# makes them. It takes the exponential of every score, which is never negative and rises with the score, and divides by
# the sum:
#
# $$\mathrm{softmax}(z)_i = \frac{e^{z_i}}{e^{z_1} + e^{z_2} + \dots + e^{z_K}}$$
#
# **By hand.** Take $z = (0, \ln 2, \ln 5) \approx (0, 0.69, 1.61)$. The exponentials are 1, 2 and 5, their sum is 8,
# and the probabilities are $1/8$, $2/8$ and $5/8$. What counts is only the *difference* between scores: add 10 to all
# of them, every exponential becomes $e^{10}$ times as large, the sum too, and the quotient stays the same.
#
# That is more than a curiosity. The largest number that a computer can hold this way is about $1.8 \cdot 10^{308}$, and
# $e^{z}$ is beyond it already for $z = 710$. Type the formula as it stands, ask for $\mathrm{softmax}([1000, 0])$, and
# you get infinity divided by infinity: `nan`, *not a number*. The remedy costs nothing. **Subtract the largest score
# first.** By what we just saw, the answer does not change, and now the largest exponent is 0: nothing can overflow. (A
# very negative exponent is harmless: $e^{-1000}$ is simply 0.)
#
# Usually there is a whole **batch**: a table of shape `(N, K)`, one row of scores per sample. Each row is a
# distribution of its own, with its own maximum and its own sum. `z.max(axis=-1, keepdims=True)` takes the largest entry
# along the last axis and keeps the shape `(N, 1)`, so that subtracting it from the `(N, K)` table works row by row.
#
# **What `softmax(z)` must do**
# - `z`: an array of any shape with at least one axis (a list will do too), of floats (also `float32`) or whole numbers.
#   The **last axis** runs over the classes. It is not modified.
# - Returns a `float64` array of the same shape: softmax along the last axis.
# - No warning from NumPy and no `nan`, for scores as large as $\pm 10\,000$.
# - A `nan` among the scores makes its own row `nan`, and no other.
# - `ValueError` that names `z` and shows its shape, if `z` is a single number or has no entry.


# %% exercise="softmax"
def softmax(z):
    """Turn scores into probabilities along the last axis.

    Args:
        z: scores (..., K), K at least 1, as large as ±10 000; a nan makes its own row nan.

    Returns:
        float64 array (..., K), between 0 and 1, adding up to 1 along the last axis.

    Raises:
        ValueError: z has no axis or no entry; the message shows its shape.

    Example:
        >>> softmax(np.array([[1000.0, 1000.0], [0.0, np.log(3.0)]]))
        array([[0.5 , 0.5 ],
               [0.25, 0.75]])
    """
    ### BEGIN SOLUTION
    z = np.asarray(z, dtype=np.float64)
    if z.ndim < 1 or z.size < 1:
        raise ValueError(f"z must have at least one axis and one entry, got shape {z.shape}")
    grown = np.exp(z - z.max(axis=-1, keepdims=True))  # at most 1, so nothing can overflow
    return grown / grown.sum(axis=-1, keepdims=True)
    ### END SOLUTION


# %% check="softmax"
check("softmax")

# %% [markdown]
# Before you look at the picture: dividing all scores by a number $T$ before softmax is called setting the
# **temperature**. What do you expect for a small $T$, and for a very large one?

# %% demo="softmax"
with demo("softmax"):
    scores = np.array([2.0, 1.0, 0.0, -1.0, 3.0])
    figure, panels = plt.subplots(1, 5, figsize=(14, 2.8), layout="constrained")
    panels[0].bar(list("ABCDE"), scores, color="grey")
    panels[0].axhline(0, color="black", linewidth=0.8)
    panels[0].set_title("scores of five classes")
    for panel, temperature in zip(panels[1:], (0.25, 1.0, 3.0, 100.0), strict=True):
        bars = panel.bar(list("ABCDE"), softmax(scores / temperature))
        panel.bar_label(bars, fmt="%.2f", fontsize=9)
        panel.set(title=f"temperature {temperature:g}", ylim=(0, 1.12))
    for logits in ([5, 5, 5], [100, 0, 0]):
        print(f"softmax({logits}) =", softmax(logits))

# %% [markdown] written="softmax_observation"
# ### Exercise 8, in your own words · What do you notice?
#
# Look at the two lines printed above, softmax of `[5, 5, 5]` and of `[100, 0, 0]`. In about three to six sentences:
#
# 1. Explain the first result. What would `[0, 0, 0]` or `[-80, -80, -80]` give, and why?
# 2. Explain the second. Is the probability of the last two classes really 0? What does the printed number mean?
# 3. Would you call the second network *right* because it is so sure? What does a single confident mistake cost? (Come
#    back to this one after exercise 9, if you like.)
#
# ### BEGIN SOLUTION
# **Rubric, 4 points**
#
# - **1 point: equal scores.** [5, 5, 5] gives 1/3 for each: equal scores, equal probabilities, whatever their common
#   value. [0, 0, 0] and [−80, −80, −80] give the same, since only differences matter.
# - **2 points: a large lead.** [100, 0, 0] gives practically (1, 0, 0): the exponential turns a difference of 100 into
#   a factor of e^100. The small ones are e^−100 ≈ 3.7e−44 each, tiny but not 0 (mathematically softmax never gives 0 or
#   1); the first is printed as 1 because it differs from 1 by less than a float64 can show. *1 point if only "the
#   largest takes all" is stated.*
# - **1 point: sure is not right.** The probabilities are the model's own opinion. A wrong answer given with that
#   confidence is the worst case: cross-entropy charges 100 for it, where "one third each" costs about 1.1.
#
# **Sample answer.** Three equal scores give one third each. It does not matter that they are 5: softmax only sees
# differences, so zeros or −80s give the same. For [100, 0, 0] the first class gets everything, because a lead of 100 in
# score is a factor of e^100 in probability. The other two are printed as 3.7e−44: not 0, but so small that 1 minus both
# is still 1 for the computer. Being sure is not being right, though. The numbers only say how far apart the scores are.
# If class two was the true one, the loss of this single sample would be 100, while the undecided network pays ln 3 ≈
# 1.1.
# ### END SOLUTION

# %% [markdown]
# ## Exercise 9 · How surprised are we?
#
# The network has given probabilities, and now we learn the right answer. How bad was the prediction? Look at one number
# only: the probability $p$ that it had given to the **right class**. If $p = 1$, it was perfect, and the loss should be
# 0. The smaller $p$, the larger the loss. **Cross-entropy** uses the logarithm:
#
# $$\text{loss of one sample} = -\ln p_{\text{right class}}$$
#
# With $p = 1/2$ that is $\ln 2 \approx 0.69$, with $p = 1/4$ it is $\ln 4 \approx 1.39$, with $p = 1/1000$ it is $6.9$.
# Whoever puts nearly nothing on the truth pays dearly. The loss of a batch is the **mean** over its samples, and the
# logarithm is the natural one, `np.log`.
#
# **By hand.** Two samples, three classes, logits $\begin{pmatrix} 0 & \ln 2 & \ln 5 \\ 7 & 7 & 7 \end{pmatrix}$ and
# labels $(1, 2)$. Labels count from 0, so the right class of the first sample is the middle one. Its probability is
# $1/4$ (exercise 8), that of the second sample $1/3$. The loss is $(\ln 4 + \ln 3)/2 \approx 1.2425$.
#
# Once more a formula that must not be typed as it stands. Logits $(0, 1000)$ with right class 0: its probability is
# $e^{-1000}$, which the computer rounds to 0, and $-\ln 0$ is infinite. But the true loss is a harmless $1000$. Take
# the logarithm *before* anything is rounded away. With $m$ the largest score,
#
# $$-\ln \frac{e^{z_y}}{\sum_k e^{z_k}} = \ln \sum_k e^{z_k} - z_y
# = \ln \sum_k e^{z_k - m} - (z_y - m)$$
#
# In the last form no exponent is positive, and at least one of them is 0, so the sum is at least 1 and its logarithm
# safe. That is why the function takes **logits**, not probabilities: from a probability that has become 0, nothing can
# be rescued. (For the same reason PyTorch's `CrossEntropyLoss` wants logits. To give it probabilities is one of the
# most frequent mistakes of beginners.)
#
# And a trap that NumPy lays: a label of −1 is no error for it. It takes the *last* class.
#
# **What `cross_entropy(logits, labels)` must do**
# - `logits`: `(N, K)`, one row of scores per sample, $N$ and $K$ at least 1, floats (also `float32`) or whole numbers,
#   array or list of rows. `labels`: `(N,)`, the right classes as whole numbers from 0 to $K - 1$, a list or an
#   array of any integer type (small ones such as `uint8` too). Neither is modified.
# - Returns the mean of $-\ln p_{\text{right class}}$ over the samples, computed in `float64`, as one number.
# - Right, finite and without a warning for scores as large as $\pm 10\,000$. A `nan` among the logits is not hidden:
#   the loss is then `nan`.
# - `ValueError` that names `logits` and shows its shape, if it is not two-dimensional or has no entry.
# - `ValueError` that names `labels` and shows its shape, if the shape is not `(N,)`.
# - `ValueError` that names `labels` and shows the label, if one is below 0 or above $K - 1$.


# %% exercise="cross_entropy"
def cross_entropy(logits, labels):
    """Mean negative log-likelihood of the right classes, computed from logits so that nothing overflows.

    Args:
        logits: scores (N, K), one row per sample.
        labels: right classes (N,), whole numbers from 0 to K - 1.

    Returns:
        The mean loss, one number, 0 or more, in natural units.

    Raises:
        ValueError: shapes that do not fit, or a label that is no class; the message shows the shape or the label.

    Example:
        >>> round(float(cross_entropy([[0, 0], [0, 1000]], [1, 1])), 6)
        0.346574
    """
    ### BEGIN SOLUTION
    logits, labels = np.asarray(logits, dtype=np.float64), np.asarray(labels)
    if logits.ndim != 2 or logits.size < 1:
        raise ValueError(f"logits must have shape (N, K), both at least 1, got shape {logits.shape}")
    if labels.shape != logits.shape[:1]:
        raise ValueError(f"labels must have shape (N,), one for each sample, got shape {labels.shape}")
    for label in labels:
        if label not in range(logits.shape[1]):
            raise ValueError(f"labels must lie between 0 and K - 1, got {label}")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(shifted).sum(axis=1))  # (N,)
    return np.mean(log_sums - shifted[np.arange(len(labels)), labels])
    ### END SOLUTION


# %% check="cross_entropy"
check("cross_entropy")

# %% demo="cross_entropy"
with demo("cross_entropy"):
    leads = np.linspace(-7, 7, 281)  # score of the right class minus score of the only other one
    costs = [cross_entropy([[lead, 0.0]], [0]) for lead in leads]
    chances = 1 / (1 + np.exp(-leads))
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.6), layout="constrained")
    left.plot(chances, costs, linewidth=2)
    for chance in (0.01, 0.25, 0.5, 0.9):
        cost = cross_entropy([[np.log(chance), np.log(1 - chance)]], [0])
        left.plot(chance, cost, "o", color="C1")
        left.annotate(f"p = {chance}: {cost:.2f}", (chance, cost), (8, 5), textcoords="offset points")
    left.set(title="the price of a prediction", xlabel="probability given to the right class", xlim=(-0.03, 1.2))
    left.set_ylabel("loss")
    right.plot(leads, costs, linewidth=2, label="two classes")
    right.plot(leads, np.maximum(-leads, 0), ":", color="grey", label="−lead, or 0")
    right.set(title="the same, by score", xlabel="lead of the right class over the other", ylabel="loss")
    right.legend()

# %% [markdown]
# On the right you see why this loss is easy to learn from: a network that is badly wrong is on a straight slope,
# however wrong it is. The pull towards the right answer never fades.
#
# ## What you have built
#
# - A **dot product** says how much two directions agree. A **matrix** puts many such questions at once, and moves all
#   of space while doing so.
# - A **derivative** is a rate; it can be computed, and it can be measured. In chains, rates multiply, each taken at its
#   own place.
# - The **gradient** collects one rate per input and points uphill. **Gradient descent** walks the other way, and the
#   learning rate decides between creeping, arriving and exploding.
# - **Softmax** turns scores into probabilities, **cross-entropy** turns the probability of the truth into a price.
# - A formula that is right on paper may overflow, lose its digits or be cut to whole numbers without a word. You have
#   met all of these, and you know the remedies.
#
# **Read next:** chapter 3 of the book: the tools, among them one that finds gradients without measuring. In chapter 4
# everything from this notebook comes together in a network that learns.
#
# The cell below shows where you stand. Go back to anything that is still open: the order does not matter. The two
# written answers get their points when somebody has read them.

# %% closing
progress()
