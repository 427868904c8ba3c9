"""Chapter 3: NumPy's shapes, PyTorch's gradients and devices; read with jupytext, released by `course build`."""

# %% [markdown]
# # Python and tools
#
# A carpenter who knows the plane and the chisel builds faster, and loses fewer fingers. This notebook is about two
# tools: **NumPy**, which computes with whole tables of numbers at once, and **PyTorch**, which does the same, finds
# gradients by itself, and can move the work to a graphics card. You will cut tables into pieces, work out the rule by
# which NumPy stretches them, bring columns to one scale, share memory between the two tools, and let PyTorch find a
# slope that you measured by hand in chapter 2. Each of these things is a line or two of code, and each of them has a
# trap that has cost people days. You will have met the traps here.
#
# **You need** functions, loops and lists in Python, and from chapter 2 the idea of a slope.
# **Time:** about three hours, in as many sittings as you like. It belongs to **chapter 3** of the book.
#
# | | exercise | you write | points |
# |---|---|---|---:|
# | 1 | `slice_matrix` | a row, a column and a corner of a matrix | 12 |
# | 2 | `broadcast_shape` | the rule by which shapes are stretched | 18 |
# | 3 | `standardize` | columns on one scale, without a loop | 18 |
# | 4 | `round_trip` | from NumPy to PyTorch and back, without copying | 14 |
# | 5 | `types_along_the_way` | what types you get on that trip | 8 |
# | 6 | `torch_gradient` | a slope that nobody had to measure | 16 |
# | 7 | `choose_device` | where to compute: processor or graphics card | 14 |
# | | | **together** | **100** |
#
# **How a page works.** Each exercise first explains an idea, then lists what your function must do, then gives you a
# cell in which you replace `raise NotImplementedError()` with your code. Below it, `check(...)` tries the obvious cases
# and tells you what holds and what does not. Then comes a picture of what you have just built. The checks that you see
# here are a help, not the whole verdict: when you hand the notebook in, every function is tried on many other inputs.
#
# You may write helper functions inside the same cell, and look anything up. If you are stuck, go on: no exercise needs
# an earlier one to be right.

# %% setup
import matplotlib.pyplot as plt
import numpy as np
import torch

from course_lib import check, demo, progress, start

start("ch03_tools")

# %% [markdown]
# ## The toolbox
#
# | tool | what it is for |
# |---|---|
# | **NumPy** | arithmetic with arrays of numbers; everything else in scientific Python stands on it |
# | **Matplotlib** | pictures: curves, points, images |
# | **Jupyter** | notebooks like this one: text, code and results on one page |
# | **PyTorch** | arrays again (called *tensors*), plus automatic gradients, plus graphics cards |
#
# If the cell above ran, you have all of them. On another computer, `pip install numpy matplotlib jupyter torch` gets
# them for any recent Python; Miniconda is a good way to get Python itself. Without installing anything you can work in
# a browser, in Google Colab or Kaggle Notebooks, where a graphics card can be had for free. You will not need one in
# this course.
#
# Three things about notebooks that everybody learns the hard way:
#
# - A cell runs when *you* run it, and Python remembers everything since the last restart, even of cells that you have
#   deleted. If something cannot be explained, use *Restart kernel and run all cells*. (It stops at the first cell that
#   is still unanswered at its outermost level, like exercise 5; go on by hand from there.)
# - The value of the last line of a cell is shown by itself. Anywhere else use `print`.
# - `x?` in a cell shows the documentation of `x`, and the Tab key completes names.
#
# ## Arrays
#
# A NumPy **array** is a block of numbers, all of the same type, with a **shape**. The shape `(3, 4)` means two axes:
# three rows, four columns. A vector has one axis, a table two, a colour picture three (height, width, colour), and a
# batch of pictures four.
#
# | you write | you get |
# |---|---|
# | `np.array([1, 2, 3])` | a vector of shape `(3,)`, made of whole numbers |
# | `np.zeros((3, 4))`, `np.ones((2, 3))` | tables of zeros, of ones |
# | `np.arange(12).reshape(3, 4)` | the numbers 0 to 11, laid out in three rows of four |
# | `np.random.default_rng(0).normal(size=(2, 3))` | random numbers from the bell curve, always the same for seed 0 |
# | `M.shape`, `M.ndim`, `M.size` | the shape, the number of axes, the number of entries |
# | `M.dtype` | the type of the entries: `float64`, `int64`, `bool`, … |
# | `A + B`, `A * B`, `np.exp(A)` | arithmetic, entry by entry |
# | `A @ B` | the matrix product |
# | `M.mean(axis=0)`, `M.mean(axis=1)` | one mean for each column, one for each row |
#
# The last line confuses everybody at first. `axis=0` is the axis that *disappears*: the mean is taken along it, from
# row to row, and what remains is one number per column. A table of shape `(3, 4)` has `M.mean(axis=0)` of shape `(4,)`.
#
# ## Exercise 1 · Cutting a matrix
#
# Take a matrix `M` with 4 rows and 6 columns:
#
# ```text
#                 column   0   1   2   3   4   5
#                 row 0   10  11  12  13  14  15
#                 row 1   16  17  18  19  20  21
#                 row 2   22  23  24  25  26  27
#                 row 3   28  29  30  31  32  33
# ```
#
# Python counts **from 0**. The first row is row 0, the *second* row is row 1. In square brackets stands one entry per
# axis, rows first:
#
# | you write | you get | shape |
# |---|---|---|
# | `M[2, 4]` | `26`, one number | `()` |
# | `M[3]`, the same as `M[3, :]` | the last row, `[28 29 30 31 32 33]` | `(6,)` |
# | `M[:, 0]` | the first column, `[10 16 22 28]` | `(4,)` |
# | `M[1:3, 2:6]` | rows 1 and 2, columns 2 to 5: a block | `(2, 4)` |
# | `M[-1]`, `M[:, -2]` | the last row; the last column but one | `(6,)`, `(4,)` |
# | `M[:, ::2]` | every second column | `(4, 3)` |
#
# A colon means *from … to*. The end is left out: `1:3` is 1 and 2, so its length is simply $3 - 1$. What is missing
# before the colon means *from the beginning*, after it *to the end*. And mind the third column of the table: a single
# number **removes** its axis, a range keeps it. `M[:, 0]` is a vector of shape `(4,)`, `M[:, 0:1]` is a table with one
# column, of shape `(4, 1)`. They hold the same numbers and behave quite differently in exercise 2.
#
# The trap: `M[:][0]` is *not* the first column. `M[:]` is all of `M`, and `[0]` then takes a row of it. In the same
# way, `M[0:2][0:2]` cuts rows twice. Both axes belong in **one** pair of brackets, with a comma.
#
# One more thing, for exercise 4: a piece cut out like this is a *window* onto the same numbers, not a copy. Write into
# the piece, and you have written into `M`.
#
# **What `slice_matrix(M)` must do**
# - `M`: a NumPy array of shape `(rows, cols)` with at least 2 rows and 3 columns, of any type of entries. It is not
#   modified.
# - Returns three arrays, in this order: the **second row**, of shape `(cols,)`; the **third column**, of shape
#   `(rows,)`; the **top-left block** of two rows and two columns, of shape `(2, 2)`. (In everyday counting: the second
#   row is the one below the first.) Windows or copies, both are right, but the entries stay as they are: the same
#   values, and the dtype of `M`.
# - `ValueError` that names `M` and shows its shape, if `M` is not two-dimensional or too small.


# %% exercise="slice_matrix"
def slice_matrix(M):
    """Cut the second row, the third column and the top-left 2 by 2 block out of a matrix.

    Args:
        M: array (rows, cols), at least 2 rows and 3 columns.

    Returns:
        tuple of three arrays: (cols,), (rows,) and (2, 2).

    Raises:
        ValueError: M has not two axes or is too small; the message names M and shows its shape.

    Example:
        >>> row, column, block = slice_matrix(np.arange(12).reshape(3, 4))
        >>> row, column
        (array([4, 5, 6, 7]), array([ 2,  6, 10]))
    """
    ### BEGIN SOLUTION
    if M.ndim != 2 or M.shape[0] < 2 or M.shape[1] < 3:
        raise ValueError(f"M must have at least 2 rows and 3 columns, got shape {M.shape}")
    return M[1], M[:, 2], M[:2, :2]
    ### END SOLUTION


# %% check="slice_matrix"
check("slice_matrix")

# %% demo="slice_matrix"
with demo("slice_matrix"):
    matrix = np.arange(10, 34).reshape(4, 6)
    pieces = dict(zip(["second row", "third column", "top-left block"], slice_matrix(matrix), strict=True))
    figure, panels = plt.subplots(1, 4, figsize=(14, 2.9), layout="constrained")
    for panel, (title, piece) in zip(panels, {"the matrix": matrix, **pieces}.items(), strict=True):
        chosen = np.isin(matrix, piece)  # all numbers differ, so a number tells its place
        panel.imshow(np.where(chosen, matrix, np.nan), cmap="viridis", vmin=0, vmax=50)
        for (i, j), number in np.ndenumerate(matrix):
            panel.text(j, i, number, ha="center", va="center", color="white" if chosen[i, j] else "silver")
        panel.set_title(f"{title}, shape {np.shape(piece)}")
        panel.set(xticks=range(6), yticks=range(4), xticklabels=range(6), yticklabels=range(4))
        panel.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
        panel.grid(visible=False)

# %% [markdown]
# The coloured cells are those that your function returned. The numbers at the edges are the ones that you type.
#
# ## Exercise 2 · The rule of broadcasting
#
# Adding two tables of the same shape is easy. But NumPy also adds a table of shape `(3, 4)` and a vector of shape
# `(4,)`, and it does what you hope: the vector is added to every row. It acts as if the vector were written down three
# times. This stretching is called **broadcasting**. It saves loops and memory (nothing is really copied), and it is the
# source of the most stubborn bugs in this field, because it also happens when you did not mean it. The rule is short:
#
# 1. Write the two shapes below each other, **aligned on the right**. If one is shorter, fill it up with 1s **on the
#    left**.
# 2. Go through the columns. The two sizes fit if they are **equal**, or if one of them is **1**. An axis of size 1 is
#    stretched to the size of the other.
# 3. If a single pair does not fit, there is no result, only an error.
#
# Three examples:
#
# ```text
#      a:        3  4             a:  8  1  6             a:     3  4
#      b:           4             b:     5  1             b:        3
#     ----------------           ----------------        ----------------
#      result:   3  4             result:  8  5  6        4 and 3: error
# ```
#
# On the left, `(4,)` counts as `(1, 4)` and is stretched to three rows. In the middle, `(5, 1)` counts as `(1, 5, 1)`,
# and both are stretched: the first from 1 to 5 in its middle axis, the second from 1 to 8 in its first axis and from 1
# to 6 in its last. On the right you may have wanted to add one number to each of the three rows. NumPy does not guess:
# it aligns on the right, always. What you want is a *column* of shape `(3, 1)`, which you get with
# `v[:, np.newaxis]` or `v.reshape(3, 1)`.
#
# And here is the bug that bites everyone once. A network returns predictions of shape `(100, 1)`, the truth has shape
# `(100,)`. Their difference ought to be 100 numbers. By the rule it has shape `(100, 100)`: every prediction minus
# every truth. No error, no warning, and a loss that means nothing.
#
# A size may also be 0, for an axis without entries. It is a size like any other: 0 and 0 fit, 0 and 1 fit (the 1 is
# stretched to 0: written down not even once), 0 and 3 do not. And the shape of a single number is `()`, no axis at all.
# It fits with everything.
#
# You will now write the rule down as a function of two *shapes*. The arrays themselves are not needed: the rule never
# looks at a number in them.
#
# **What `broadcast_shape(a, b)` must do**
# - `a`, `b`: two shapes, each a tuple or a list of whole numbers, of any length, the empty one included. Neither is
#   modified.
# - Returns the shape of the result as a tuple.
# - `ValueError` that names `a` and `b` and shows **both** shapes as they came (`f"… a {a} … b {b}"`), if they do not
#   fit.
# - `ValueError` that names the argument (`a` or `b`) and shows the shape, if a size in it is negative. (If both are
#   bad, naming one is enough.)
# - It is your own rule: NumPy's and PyTorch's functions with *broadcast* in their name are excluded. And it computes
#   with shapes alone. No array of such a shape is made: the sizes may be so large that no computer could hold one.


# %% exercise="broadcast_shape"
def broadcast_shape(a, b):
    """Say which shape results when arrays of two shapes are combined entry by entry.

    Args:
        a: shape, a sequence of sizes, each 0 or more.
        b: shape.

    Returns:
        The shape of the result, a tuple.

    Raises:
        ValueError: the shapes do not fit (the message names a and b and shows both), or a size is negative (it names
            that argument and shows its shape).

    Example:
        >>> broadcast_shape((8, 1, 6), (5, 1))
        (8, 5, 6)
    """
    ### BEGIN SOLUTION
    for name, shape in (("a", a), ("b", b)):
        if any(size < 0 for size in shape):
            raise ValueError(f"{name} must not have a negative size, got {shape}")
    sizes_a = (1,) * (len(b) - len(a)) + tuple(a)  # a negative count gives no ones at all
    sizes_b = (1,) * (len(a) - len(b)) + tuple(b)
    result = []
    for p, q in zip(sizes_a, sizes_b, strict=True):
        if p != q and 1 not in (p, q):
            raise ValueError(f"a and b do not fit: sizes {p} and {q} in a {a} and b {b}")
        result.append(q if p == 1 else p)
    return tuple(result)
    ### END SOLUTION


# %% check="broadcast_shape"
check("broadcast_shape")

# %% demo="broadcast_shape"
with demo("broadcast_shape"):

    def draw_cells(panel, left, numbers, shape, colour):
        """Draw an array as cells, stretched to a shape; the copies that stretching makes are pale."""
        own = (1,) * (2 - numbers.ndim) + numbers.shape
        for i, j in np.ndindex(*shape):
            real = i < own[0] and j < own[1]
            cell = plt.Rectangle((left + j, -i), 0.92, 0.92, color=colour, alpha=0.85 if real else 0.2, linewidth=0)
            panel.add_patch(cell)
            number = numbers.reshape(own)[min(i, own[0] - 1), min(j, own[1] - 1)]
            panel.text(left + j + 0.46, 0.44 - i, number, ha="center", va="center", color="white" if real else "grey")

    table, tens, units = np.arange(12).reshape(3, 4), np.array([10, 20, 30]), np.array([1, 2, 3, 4])
    pairs = {
        "a vector is added to every row": (table, units * 100),
        "a column is added to every column": (table, tens.reshape(3, 1)),
        "both are stretched": (tens.reshape(3, 1), units),
        "does not fit": (table, tens),
    }
    figure, panels = plt.subplots(2, 2, figsize=(13, 5), layout="constrained")
    for panel, (title, (first, second)) in zip(panels.flat, pairs.items(), strict=True):
        try:
            shape = broadcast_shape(first.shape, second.shape)
        except ValueError:
            shape = None
        draw_cells(panel, 0, first, shape or first.shape, "C0")
        draw_cells(panel, 5, second, shape or (1, *second.shape), "C1")
        panel.text(4.45, -0.6, "+", fontsize=15, ha="center")
        panel.text(9.45, -0.6, "=", fontsize=15, ha="center")
        if shape is None:
            panel.text(12, -0.6, "✗", fontsize=30, ha="center", va="center", color="C1")
        else:
            draw_cells(panel, 10, first + second, shape, "C2")
        panel.set_title(f"{first.shape} + {second.shape}  →  {shape}: {title}".replace("None: ", ""))
        panel.set(xlim=(-0.3, 14.2), ylim=(-2.3, 1.2))
        panel.axis("off")

# %% [markdown]
# Solid cells are there, pale ones are written down by the rule. In the last picture the shapes end in 4 and in 3:
# aligned on the right, these two stand below each other, and they do not fit.
#
# ## Exercise 3 · Columns on one scale
#
# In a table of data, each row is a sample, and each column is something that was measured: height in centimetres,
# income in euros, age in years. To a network, the income is a thousand times as important as the rest, only because its
# numbers are large; had we written the height in micrometres, that would be the most important one. So before training,
# each column is **standardised**: shifted so that its mean is 0, and stretched so that its standard deviation is 1.
#
# $$z_{ij} = \frac{x_{ij} - \mu_j}{\sigma_j} \qquad\qquad
# \mu_j = \frac{1}{n} \sum_i x_{ij} \qquad
# \sigma_j = \sqrt{\frac{1}{n} \sum_i (x_{ij} - \mu_j)^2}$$
#
# Every column $j$ has a mean $\mu_j$ and a standard deviation $\sigma_j$ of its own: how far its entries typically lie
# from their mean.
#
# **By hand.** The column $(2, 4, 4, 10)$ has the mean 5. The deviations are $-3, -1, -1, 5$, their squares
# $9, 1, 1, 25$, the mean of those is $36 / 4 = 9$, so the standard deviation is 3. Standardised, the column is
# $(-1, -\tfrac13, -\tfrac13, \tfrac53)$. What was 2 is now "one standard deviation below the mean", whatever unit it
# was measured in.
#
# With broadcasting this needs no loop. The means of a table of shape `(n, cols)` along `axis=0` have the shape
# `(cols,)`. Align on the right: the subtraction does the right thing in every row. The same goes for the division. (The
# trap: for a *square* table, means along the wrong axis fit as well, and nothing complains.)
#
# Three questions that a careful person asks before using such a function:
#
# - *Is it divided by $n$ or by $n - 1$?* Both are called standard deviation. Here it is $n$, as above. That is what
#   NumPy does unless told otherwise (`ddof=0`); PyTorch and pandas divide by $n - 1$.
# - *What if all entries of a column are equal?* Then $\sigma = 0$, and $0/0$ is `nan`, with a warning. Such a column
#   says nothing about the samples, and it should become 0. But do not ask whether $\sigma$ is 0! For six times 0.1 the
#   computed mean is 0.09999999999999999, because computers round. The deviations are then not 0 but tiny, $\sigma$ is
#   tiny too, the quotient is 1, and a column without any information has become a column of ones. Ask whether the
#   *entries* are equal, for example whether the largest is the smallest.
# - *What if an entry is missing?* Missing numbers are often written as `nan`, not a number. All arithmetic with a
#   `nan` gives `nan`, so that nobody can overlook it. (Comparisons do not: `<`, `>` and `==` say `False`, even
#   `nan == nan`; only `!=` says `True`. Mind that when you ask whether entries are equal.) But it must stay in its own
#   column.
#
# **What `standardize(X)` must do**
# - `X`: an array of shape `(n, cols)`, one row per sample, of floats (also `float32`) or whole numbers. It is not
#   modified.
# - Returns a `float64` array of the same shape, and computes in `float64` from the beginning: what is computed in
#   `float32` is right to seven digits only. Each column has mean 0 and standard deviation 1, dividing by $n$.
# - A column whose entries are all equal becomes exactly 0. With a single row, that is every column.
# - A column that holds a `nan` becomes `nan` from top to bottom; the others are not affected. (Infinite entries do not
#   occur.)
# - Right also where the numbers are far from 0 and close to each other, such as 1000000.1 and 1000000.2. (Subtract
#   the mean first; a formula with squares of the entries themselves loses their digits.)
# - No warning from NumPy. Loops are allowed, but not needed.
# - `ValueError` that names `X` and shows its shape, if `X` is not two-dimensional or has no entry.


# %% exercise="standardize"
def standardize(X):
    """Shift and stretch every column to mean 0 and standard deviation 1.

    Args:
        X: array (n, cols), one row per sample; n and cols at least 1.

    Returns:
        float64 array (n, cols); a column of equal entries is 0, a column with a nan is nan.

    Raises:
        ValueError: X has not two axes or no entry; the message names X and shows its shape.

    Example:
        >>> standardize(np.array([[2, 7], [4, 7], [4, 7], [10, 7]])).round(2)
        array([[-1.  ,  0.  ],
               [-0.33,  0.  ],
               [-0.33,  0.  ],
               [ 1.67,  0.  ]])
    """
    ### BEGIN SOLUTION
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X must have shape (n, cols), both at least 1, got shape {X.shape}")
    varies = X.max(axis=0) != X.min(axis=0)  # (cols,); True also where a nan is, which differs even from itself
    return np.divide(X - X.mean(axis=0), X.std(axis=0), out=np.zeros(X.shape), where=varies)
    ### END SOLUTION


# %% check="standardize"
check("standardize")

# %% demo="standardize"
with demo("standardize"):
    rng = np.random.default_rng(3)
    names = ["height (cm)", "age (years)", "income (€ a week)", "planet"]
    people = np.stack(
        [rng.normal(172, 9, 150), rng.uniform(18, 80, 150), 200 + rng.gamma(2.5, 240, 150), np.full(150, 3.0)], axis=1
    )
    figure, (before, after) = plt.subplots(1, 2, figsize=(13, 4), layout="constrained")
    for panel, table in ((before, people), (after, standardize(people))):
        for j, name in enumerate(names):
            panel.plot(j + rng.uniform(-0.25, 0.25, len(table)), table[:, j], ".", markersize=5, alpha=0.6, label=name)
            middle, spread = table[:, j].mean(), table[:, j].std()
            panel.errorbar(j, middle, spread, fmt="o", color="black", capsize=9, linewidth=2, zorder=3)
        panel.set_xticks(range(4), names)
    before.set_title("before: one column drowns the others")
    after.set_title("after your function: mean 0, standard deviation 1")

# %% [markdown]
# Each person is four dots, one in every column (all of them live on the third planet); the black marks show mean and
# standard deviation. Note what standardising does *not* do: the shape of the cloud stays. Income leans to one side
# before and after.
#
# The digits of chapter 6 come prepared like this, with one mean and one deviation for all pixels. Whoever prepares data
# computes both from the **training** data alone, and uses them for the test data as well: whoever looks at the test
# data first, even at its mean, has peeked.
#
# ## Exercise 4 · To PyTorch and back
#
# PyTorch's arrays are called **tensors**. Nearly all that you know carries over: shapes, slices, broadcasting,
# arithmetic. What is new is that a tensor can remember how it was computed (exercise 6) and that it can live on a
# graphics card (exercise 7). Data usually begin as NumPy arrays, and results are drawn from NumPy arrays, so the way
# there and back is taken all the time.
#
# There are two kinds of roads. `torch.tensor(array)` makes a **copy**: new memory, same numbers. `torch.from_numpy`
# makes a tensor that is a second **view** of the array's own memory: nothing is copied, however large the array is, and
# what is written to one appears in the other. On the way back, `tensor.numpy()` is a view as well.
#
# ```text
#      array       ──►  ┌──────┬──────┬──────┐
#      tensor      ──►  │ 1.5  │ 2.5  │ 3.5  │    one block of memory, three names for it
#      array_back  ──►  └──────┴──────┴──────┘
# ```
#
# Sharing is quick, and it is dangerous for the same reason: `tensor *= 2` has doubled your data set, in a place where
# the letter `a` for array does not even occur. You need to know which road you are on.
#
# The **dtype** travels along: `float64` becomes `torch.float64`. That matters because a tensor that you make yourself,
# `torch.tensor([1.5, 2.5])`, is `torch.float32`, PyTorch's usual type, and the two cannot be multiplied as matrices:
# for two tables the error says "expected m1 and m2 to have the same dtype, but got: float != double". (*Double* is the
# old name of `float64`, and *float* means `float32` here.) You convert with `.float()` or `.to(torch.float32)`, and
# since `float32` numbers are half as long, that must be a copy.
# (Avoid `torch.Tensor(array)` with a capital T: it converts to `float32` without a word.)
#
# Two kinds of arrays are not to be shared. One that is **read-only** (`array.flags.writeable` is `False`): PyTorch
# knows no read-only tensors, so whoever had the tensor could write where nobody may. `torch.from_numpy` shares it all
# the same and only warns, so you have to refuse it yourself. And one that runs **backwards**, like `array[::-1]`:
# tensors only run forwards, and `torch.from_numpy` raises a `ValueError`.
#
# **What `round_trip(array)` must do**
# - `array`: a NumPy array of `float32`, `float64` or `int64` numbers with any number of axes, perhaps with no entries,
#   perhaps a slice of a larger array whose entries do not lie side by side.
# - Returns two things: a tensor, and a NumPy array made from that tensor (another array object, not `array` itself).
#   Both have the shape and the dtype of `array`.
# - All three look at **the same memory**: whatever is written to one shows in the other two. The function itself
#   changes nothing.
# - `ValueError` that names `array`, if it is read-only or runs backwards.


# %% exercise="round_trip"
def round_trip(array):
    """Turn an array into a tensor and the tensor into an array again, all on the same memory.

    Args:
        array: writeable array of float32, float64 or int64 numbers, of any shape.

    Returns:
        (tensor, array_back), two more views of the memory of array, with its shape and dtype.

    Raises:
        ValueError: array is read-only, so its memory must not be shared, or runs backwards, so it cannot be; the
            message names array.

    Example:
        >>> tensor, array_back = round_trip(np.array([1.5, 2.5]))
        >>> tensor
        tensor([1.5000, 2.5000], dtype=torch.float64)
    """
    ### BEGIN SOLUTION
    if not array.flags.writeable:
        raise ValueError("array must be writeable, got one that is read-only, and a tensor cannot be")
    tensor = torch.from_numpy(array)  # refuses an array that runs backwards
    return tensor, tensor.numpy()
    ### END SOLUTION


# %% check="round_trip"
check("round_trip")

# %% demo="round_trip"
with demo("round_trip"):
    array = np.array([10, 20, 30, 40])
    tensor, array_back = round_trip(array)
    tensor[1] = 99  # written once, through one of the three names
    addresses = {
        "array": array.__array_interface__["data"][0],
        "tensor": tensor.data_ptr(),
        "array_back": array_back.__array_interface__["data"][0],
    }
    contents = {"array": array, "tensor": tensor.numpy(), "array_back": array_back}
    figure, panel = plt.subplots(figsize=(11, 3), layout="constrained")
    blocks = list(dict.fromkeys(addresses.values()))  # one entry for each block of memory that there is
    for row, address in enumerate(blocks):
        height = 1 - (row - (len(blocks) - 1) / 2) * 1.1
        names = [name for name in addresses if addresses[name] == address]
        for k, number in enumerate(contents[names[0]]):
            colour = "C1" if number == 99 else "C0"
            panel.add_patch(plt.Rectangle((4 + k, height - 0.35), 0.94, 0.7, color=colour, alpha=0.8))
            panel.text(4.47 + k, height, number, color="white", fontsize=13, ha="center", va="center")
        panel.text(8.2, height, f"memory at address\n{address:#x}", va="center", color="grey")
        for name in names:
            start_height = 2 - list(addresses).index(name)
            arrow = {"arrowstyle": "-|>", "color": "black", "linewidth": 1.5}
            panel.annotate("", (3.95, height + (start_height - height) * 0.25), (2.1, start_height), arrowprops=arrow)
            panel.text(2, start_height, name, family="monospace", fontsize=13, ha="right", va="center")
    panel.set(xlim=(0, 11), ylim=(-0.6, 2.6), title="after tensor[1] = 99")
    panel.axis("off")

# %% [markdown]
# The picture asks the three objects for the address of their memory and draws each block once. Had you copied, there
# would be more than one, and only one of them would hold the 99.
#
# ## Exercise 5 · What types do you get?
#
# Now look closely at what you have in your hands on that trip. Take the array
#
# ```python
# array = np.array([1.5, 2.5, 3.5])
# ```
#
# and go from NumPy to a tensor and back, sharing memory as in exercise 4. Two questions at each station. What **type**
# is the object: which class, from which module? `type(x)` tells: for the number `np.float32(1)` it shows
# `<class 'numpy.float32'>`, and the answer that we want is the name between the quotes, `"numpy.float32"`. And what
# **dtype** do its entries have? `str(x.dtype)` tells, for example `"int64"` for an array of whole numbers. Note that
# the two tools do not write their dtypes alike.
#
# Guess first. Then open a new cell, try it, and see whether you were right. (Beware of `tensor.type()`, a method from
# the early days, which answers in names of its own that belong to no class you will ever meet.)
#
# **What `types_along_the_way` must be**
# - A dict with exactly these seven keys. Copy the lines into the cell below and fill them in:
#
# ```python
# types_along_the_way = {
#     "array_type": ...,  # the array at the start: module and class
#     "array_dtype": ...,
#     "tensor_type": ...,  # the tensor
#     "tensor_dtype": ...,
#     "back_type": ...,  # the array at the end
#     "back_dtype": ...,
#     "memory_shared": ...,  # do all three look at the same memory?
# }
# ```
#
# - The first six values are strings, as explained above. `memory_shared` is `True` or `False`, without quotes. You may
#   write the answers down, or let Python find them.

# %% exercise="types_along_the_way"
### BEGIN SOLUTION
types_along_the_way = {
    "array_type": "numpy.ndarray",
    "array_dtype": "float64",
    "tensor_type": "torch.Tensor",
    "tensor_dtype": "torch.float64",
    "back_type": "numpy.ndarray",
    "back_dtype": "float64",
    "memory_shared": True,
}
### END SOLUTION

# %% check="types_along_the_way"
check("types_along_the_way")

# %% demo="types_along_the_way"
with demo("types_along_the_way"):
    print(f"{'your answers':16}{types_along_the_way['array_dtype']!s:>12} → {types_along_the_way['tensor_dtype']!s}\n")
    print(f"{'np.array of':16}{'dtype':>12}   {'tensor':15}{'bytes each':>11}   what 1/3 is then")
    for told, entries in {
        "1.5, 2.5": np.array([1.5, 2.5]),
        "float32 numbers": np.array([1.5, 2.5], dtype=np.float32),
        "1, 2": np.array([1, 2]),
        "True, False": np.array([True, False]),
    }.items():
        moved = torch.from_numpy(entries)
        floats = entries.dtype.kind == "f"
        third = entries.dtype.type(1) / entries.dtype.type(3) if floats else "-"
        print(f"{told:16}{entries.dtype!s:>12}   {moved.dtype!s:15}{entries.itemsize:>11}   {third!s}")

# %% [markdown]
# `float32` keeps about seven digits, `float64` about sixteen. Networks are trained with `float32`, or with even less:
# the noise of learning is far larger than the rounding, and half the bytes are twice the speed. Where exactness counts,
# as in checking a gradient, use `float64`.
#
# ## Exercise 6 · A slope without measuring
#
# In chapter 2 you measured slopes: a small step to either side, and a quotient with an error in it. For a network with
# a million weights that would take two million calls. PyTorch does it in **one**, and exactly. While you compute, it
# keeps a record of every operation. Afterwards it walks the record **backwards** and applies the chain rule at each
# step. This is **automatic differentiation**, *autograd* for short.
#
# ```python
# x = torch.tensor(3.0, requires_grad=True)  # please keep a record of what happens to this one
# y = x**2  # forwards: computes 9 and notes "a square"
# y.backward()  # backwards: dy/dx = 2x
# x.grad  # tensor(6.)
# ```
#
# **By hand.** For $f(x) = 3x^3 + 2x^2 - 5x + 7$ the rules of calculus give $f'(x) = 9x^2 + 4x - 5$, and
# $f'(2) = 36 + 8 - 5 = 39$. Autograd does not know this formula. It knows the rules for `*`, `+` and `**`, and the
# record; and because the record is of what *really happened*, loops and `if` in your function are no obstacle.
#
# Four things to know:
#
# - **Floats only.** `torch.tensor(2, requires_grad=True)` is an error: a whole number cannot be moved a little. Write
#   2.0, or convert with `float(x)`.
# - **`.grad` adds up.** `backward()` *adds* to what is already in `x.grad`. Ask twice for the slope 39 with the same
#   tensor, and you read 78. Training loops therefore begin each round with `zero_grad()`. A function like ours takes a
#   fresh tensor for each call.
# - **The record can be off.** Inside `with torch.no_grad():` nothing is recorded, which saves memory once a network is
#   only used. Then `backward()` fails. Inside that block, `with torch.enable_grad():` switches recording on for a few
#   lines and restores, at its end, what was before.
# - **What is cut off counts as constant.** `x.detach()` is the same number without the record. For $f(x) = x \cdot$
#   `x.detach()` autograd finds the slope $x$, not $2x$: the second factor is held still. That is used on purpose more
#   often than you would think.
#
# **What `torch_gradient(f, x)` must do**
# - `f`: a function that takes a tensor holding one float and returns a tensor holding one number that depends on it,
#   computed with operations that PyTorch can record. `x`: a number, float or whole.
# - Returns the slope of `f` at `x` as a Python `float`, found by **autograd** (right to about five digits, so that
#   `float32` is good enough), with the cut-off parts held constant.
# - Every call gives the slope for that call alone: asking again gives the same number.
# - It works inside the caller's `torch.no_grad()` too, and leaves that switch as it was: off inside, on outside.
# - `ValueError` that names `f` and shows the shape of what it returned, if that is not exactly one number.


# %% exercise="torch_gradient"
def torch_gradient(f, x):
    """Find the slope of f at x by automatic differentiation.

    Args:
        f: function from a tensor with one float to a tensor with one number.
        x: where to take the slope; float or whole number.

    Returns:
        The slope, a Python float.

    Raises:
        ValueError: f returned something else than one number; the message names f and shows the shape.

    Example:
        >>> torch_gradient(lambda x: 3 * x**3 + 2 * x**2 - 5 * x + 7, 2)
        39.0
    """
    ### BEGIN SOLUTION
    with torch.enable_grad():  # even where the caller has switched recording off
        place = torch.tensor(float(x), dtype=torch.float64, requires_grad=True)
        height = f(place)
        if height.numel() != 1:
            raise ValueError(f"f must return one number, got shape {tuple(height.shape)}")
        height.backward()
    return place.grad.item()
    ### END SOLUTION


# %% check="torch_gradient"
check("torch_gradient")

# %% demo="torch_gradient"
with demo("torch_gradient"):

    def polynomial(x):
        """The example of the text."""
        return 3 * x**3 + 2 * x**2 - 5 * x + 7

    def folded(x):
        """A function with a loop and an if inside: a line, folded three times."""
        for _ in range(3):
            x = 1 - 2 * x if x > 0 else 1 + 2 * x
        return x

    print("slope of 3x³ + 2x² − 5x + 7 at 2:", torch_gradient(polynomial, 2))
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(14, 3.8), layout="constrained")
    axis = np.linspace(-2, 2, 201)
    left.plot(axis, polynomial(axis), color="black")
    middle.plot(axis, [torch_gradient(polynomial, x) for x in axis], color="black", label="autograd")
    for x, colour in zip((-1.6, -0.6, 0.5, 1.5), ("C0", "C1", "C2", "C3"), strict=True):
        slope = torch_gradient(polynomial, x)
        reach = np.array([-0.4, 0.4])
        left.plot(x + reach, polynomial(x) + slope * reach, color=colour, linewidth=3)
        middle.plot(x, slope, "o", color=colour, label=f"at {x}: {slope:.2f}")
    left.set(title="a curve and tangents with your slopes", xlabel="x")
    middle.set(title="the slope at every x", xlabel="x")
    middle.legend()
    axis = np.linspace(-0.99, 0.99, 397)
    right.plot(axis, [folded(x) for x in axis], color="black", label="f, with loop and if")
    right.plot(axis, [torch_gradient(folded, x) for x in axis], ".", color="C1", markersize=3, label="its slope")
    right.set(title="autograd follows code, not formulas", xlabel="x", ylim=(-9.5, 14))
    right.legend(loc="upper center")

# %% [markdown]
# ## Exercise 7 · Where to compute
#
# Multiplying matrices is the same small operation billions of times over, each independent of the others. A graphics
# card does thousands of them at once, which makes large networks ten to a hundred times faster. PyTorch calls the place
# where a tensor lives a **device**:
#
# | name | what it is | is it there? |
# |---|---|---|
# | `"cpu"` | the ordinary processor | always |
# | `"cuda"` | a graphics card by NVIDIA | `torch.cuda.is_available()` |
# | `"mps"` | the graphics part of a Mac with Apple's own chips | `torch.backends.mps.is_available()` |
#
# `tensor.to(device)` and `model.to(device)` move things there. Two tensors can only be combined if they live on the
# same device, and before you draw anything it has to come back with `tensor.cpu()`.
#
# Code that says `"cuda"` outright crashes on every laptop without one: `torch.device("cuda")` is merely a *name* and
# never fails, the crash comes later, when the first tensor is to move there. So one asks first, once, at the top of a
# program, and uses the answer everywhere: `device = choose_device()`. Good code runs on whatever is there, and only the
# speed differs.
#
# **What `choose_device(preference="auto")` must do**
# - `preference`: one of the four strings `"auto"`, `"cpu"`, `"cuda"`, `"mps"`, exactly so written.
# - Returns a `torch.device` (not a string).
# - `"auto"` takes the best that is there: `cuda`, else `mps`, else `cpu`.
# - `"cpu"`, `"cuda"` and `"mps"` give that device, or the CPU if it is not there. (Not the other graphics card: whoever
#   asks for one by name has a reason.)
# - Whether a device is there is asked of PyTorch, as in the table, in every call anew. Nothing is tried out: no tensor
#   is moved.
# - `ValueError` that names `preference` and shows its value, for anything else: `"gpu"`, `"CUDA"`, `"cuda:0"`, `""`.


# %% exercise="choose_device"
def choose_device(preference="auto"):
    """Return the device that tensors should live on.

    Args:
        preference: "auto" for the best that is there (cuda, then mps, then cpu), or the name of one, which gives the
            CPU where it is not there.

    Returns:
        torch.device

    Raises:
        ValueError: there is no such name; the message names preference and shows the value.

    Example:
        >>> choose_device("cpu")
        device(type='cpu')
    """
    ### BEGIN SOLUTION
    orders = {"auto": ("cuda", "mps", "cpu"), "cuda": ("cuda", "cpu"), "mps": ("mps", "cpu"), "cpu": ("cpu",)}
    if preference not in orders:
        raise ValueError(f"preference must be one of {', '.join(orders)}, got {preference!r}")
    is_there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    return torch.device(next(name for name in orders[preference] if is_there[name]))
    ### END SOLUTION


# %% check="choose_device"
check("choose_device")

# %% demo="choose_device"
with demo("choose_device"):
    from time import perf_counter

    def multiply_by_loops(A, B):
        """Multiply two square matrices with three loops."""
        n = len(A)
        return [[sum(A[i][k] * B[k][j] for k in range(n)) for j in range(n)] for i in range(n)]

    def seconds(work, repeats):
        """Return how long a piece of work takes, at best."""
        times = []
        for _ in range(repeats):
            began = perf_counter()
            work()
            times.append(perf_counter() - began)
        return min(times)

    device = choose_device()
    sizes = [8, 16, 32, 64, 128, 256, 512]
    rows = {"three loops in Python": [], "NumPy": [], f"PyTorch on {device}": []}
    for n in sizes:
        A, B = np.random.default_rng(n).normal(size=(2, n, n)).astype(np.float32)
        A_there, B_there = torch.from_numpy(A).to(device), torch.from_numpy(B).to(device)
        if n <= 64:  # beyond, the loops take seconds, then hours
            lists = A.tolist(), B.tolist()
            rows["three loops in Python"].append(seconds(lambda lists=lists: multiply_by_loops(*lists), 2))
        rows["NumPy"].append(seconds(lambda A=A, B=B: A @ B, 5))
        # .cpu() brings the result back, so that nobody stops the clock while a graphics card is still at work
        rows[f"PyTorch on {device}"].append(seconds(lambda A=A_there, B=B_there: (A @ B).cpu(), 5))
    figure, panel = plt.subplots(figsize=(8, 4.2), layout="constrained")
    for name, times in rows.items():
        panel.loglog(sizes[: len(times)], times, "o-", label=name)
    panel.set(title="time for the product of two n by n matrices", xlabel="n", ylabel="seconds")
    panel.set_xticks(sizes, sizes)
    panel.minorticks_off()
    panel.legend()
    for wanted in ("auto", "cpu", "cuda", "mps"):
        print(f"choose_device({wanted!r:6}) → {choose_device(wanted)!r}")

# %% [markdown]
# Both axes are logarithmic: each line upwards is ten times as long. That gap is why nobody writes loops over numbers
# here, and why exercise 3 was worth doing without one.
#
# ## Drawing, in six lines
#
# The last tool on the list. In the next chapters you will draw pictures yourself, and it always goes like this:
#
# ```python
# figure, ax = plt.subplots()  # a figure, and in it a pair of axes to draw on
# x = np.linspace(-3, 3, 100)  # 100 numbers from -3 to 3, evenly spaced
# ax.plot(x, np.tanh(x), label="tanh")
# ax.scatter([0], [0], color="red")
# ax.set(title="a curve", xlabel="x", ylabel="y")
# ax.legend()
# ```
#
# ## What you have built
#
# - Arrays have **shapes**; counting starts at 0, ends are left out, and both axes go into one pair of brackets.
# - **Broadcasting** aligns shapes on the right and stretches what is 1. It is the best tool and the worst trap in
#   NumPy. When in doubt, print the shapes.
# - **Standardising** puts columns on one scale. A constant column, a single row, a `nan`: the cases at the edge are
#   where functions break.
# - **Memory** can have several names. Know whether you hold a view or a copy, and which dtype.
# - **Autograd** records what you compute and walks back with the chain rule: exact, and in one go.
# - A **device** is asked for, never assumed.
#
# **Read next:** chapter 4 of the book. There you build a network from nothing but NumPy, gradients included, so that
# you will know for ever what `backward()` does for you.
#
# The cell below shows where you stand. Go back to anything that is still open: the order does not matter.

# %% closing
progress()
