"""Visible checks of chapter 4: the obvious cases, most of them with numbers that the notebook computes by hand."""

import warnings

import numpy as np
from matplotlib.collections import LineCollection, PathCollection, QuadMesh
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse

from course_lib.grading import assert_close, fail, refuses, visible

XOR_X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR_Y = np.array([[0.0], [1.0], [1.0], [0.0]])
KNOWN_LOSSES = np.array([0.283190, 0.000274, 0.000110, 0.000067, 0.000048])  # of the default run, every 2000 epochs


# --- small tools ------------------------------------------------------------------------------------------------------


def tiny_network():
    """Return the network that exercises 4 to 7 compute by hand: one input, one hidden unit, one output."""
    return {name: np.array([[value]]) for name, value in (("W1", 1.0), ("b1", -3.0), ("W2", 2.0), ("b2", -1.0))}


def tiny_cache():
    """Return what `forward` computes for the tiny network and the input 3, so that `backward` can be tried alone."""
    cache = {
        name: np.array([[value]]) for name, value in (("X", 3.0), ("z1", 0.0), ("a1", 0.5), ("z2", 0.0), ("a2", 0.5))
    }
    return {**cache, "hidden": "sigmoid"}


def random_network(rng, n_in=3, n_hidden=5, n_out=2):
    """Return a network with random weights and biases, so that a forgotten bias shows."""
    shapes = {"W1": (n_in, n_hidden), "b1": (1, n_hidden), "W2": (n_hidden, n_out), "b2": (1, n_out)}
    return {name: rng.standard_normal(shape) for name, shape in shapes.items()}


def parts(value, count, names):
    """Demand a tuple (or list) of `count` parts."""
    if not isinstance(value, tuple | list) or len(value) != count:
        fail(f"The function must return {names}, separated by commas.", f"Received: {type(value).__name__}.")
    return value


def numbers(value, name):
    """Demand an array, or a list of numbers, and return it as a float array."""
    if not isinstance(value, np.ndarray | list | tuple):
        fail(f"{name} must be an array or a list of numbers.", f"Received: {type(value).__name__}.")
    try:
        return np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        return fail(f"{name} must hold numbers only.")


def arrays(value, name):
    """Demand a dictionary with the four arrays of a network."""
    if not isinstance(value, dict) or set(value) != {"W1", "b1", "W2", "b2"}:
        fail(f"{name} must be a dictionary with exactly the keys W1, b1, W2 and b2.")
    return {key: numbers(array, f"{name}[{key!r}]") for key, array in value.items()}


def all_rows_right(output, y):
    """Demand an output on the correct side of 0.5 in every row."""
    output = numbers(output, "The output")
    if output.shape != y.shape:
        fail(f"The output must have shape {y.shape}.", f"Received shape {output.shape}.")
    wrong = int(np.sum((output > 0.5) != (y > 0.5)))
    if wrong:
        fail(f"{wrong} of the {len(y)} rows are on the wrong side of 0.5.", f"Outputs: {output.ravel().round(3)}.")


# --- sigmoid ----------------------------------------------------------------------------------------------------------


def quietly(student, function, z):
    """Probe: call one of the student's functions and record what NumPy warns about."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = getattr(student, function)(z)
    return result, [str(warning.message) for warning in caught]


@visible("sigmoid")
def test_sigmoid_at_the_three_points_computed_by_hand(student):
    """The three values computed by hand come out.

    If all three are mirrored (3/4 where 1/4 should be), look at the sign in the exponent.
    """
    result = student.sigmoid(np.array([-np.log(3.0), 0.0, np.log(3.0)]))

    assert_close(result, np.array([0.25, 0.5, 0.75]))


@visible("sigmoid")
def test_sigmoid_keeps_the_shape_and_takes_whole_numbers(student):
    """A table of whole numbers gives a table of floats of the same shape.

    NumPy works on all entries at once; no loop over rows or columns is needed.
    """
    result = student.sigmoid(np.zeros((2, 3), dtype=np.int64))

    assert_close(result, np.full((2, 3), 0.5))


@visible("sigmoid")
def test_sigmoid_far_from_zero(student):
    """At plus and minus 10 000 it reaches 0 and 1 without a warning.

    `np.exp` of a large positive number overflows. Use the form of the formula whose exponent is negative, and mind that
    `np.where(condition, a, b)` computes both a and b for every entry.
    """
    result, warned = student.run(quietly, "sigmoid", np.array([-10_000.0, 10_000.0]))

    assert_close(result, np.array([0.0, 1.0]), atol=1e-12)
    if warned:
        fail("NumPy warned while computing the sigmoid of large numbers.", f"It said: {warned[0]}.")


# --- relu -------------------------------------------------------------------------------------------------------------


@visible("relu")
def test_relu_of_the_numbers_in_the_text(student):
    """Positive numbers pass, everything else becomes 0."""
    result = student.relu(np.array([-2.0, 0.0, 3.0, -0.5, 0.25]))

    assert_close(result, np.array([0.0, 0.0, 3.0, 0.0, 0.25]))


@visible("relu")
def test_relu_derivative_of_the_numbers_in_the_text(student):
    """The slope is 1 for positive numbers, and 0 for all others, also at 0.

    The result must be made of floats. A comparison such as `z > 0` gives True and False; turn them into numbers.
    """
    result = student.relu_derivative(np.array([-2.0, 0.0, 3.0, -0.5, 0.25]))

    assert_close(result, np.array([0.0, 0.0, 1.0, 0.0, 1.0]))


@visible("relu")
def test_relu_turns_whole_numbers_into_floats(student):
    """Whole numbers come back as floats, in the same shape.

    `np.asarray(z, dtype=np.float64)` makes a float array of whatever came in.
    """
    table = np.array([[-1, 2], [3, -4], [0, 5]])

    assert_close(student.relu(table), np.array([[0.0, 2.0], [3.0, 0.0], [0.0, 5.0]]), name="relu")
    assert_close(student.relu_derivative(table), np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]]), name="relu_derivative")


# --- init_params ------------------------------------------------------------------------------------------------------


def global_random_state(student):
    """Probe: NumPy's global random state before and after a call of init_params."""
    before = np.random.get_state()[1:3]  # noqa: NPY002 - the question is whether this state is left alone
    student.init_params(2, 3, 1, seed=5)
    after = np.random.get_state()[1:3]  # noqa: NPY002 - the same
    return [*before, *after]


@visible("init_params")
def test_init_params_shapes(student):
    """The four arrays have the shapes of the table, and the biases are 0.

    Three inputs, five hidden units, two outputs. A transposed matrix shows here, because all sizes differ.
    """
    params = arrays(student.init_params(3, 5, 2, seed=0), "The result")

    for name, shape in (("W1", (3, 5)), ("W2", (5, 2))):
        if params[name].shape != shape:
            fail(f"{name} must have shape {shape} here.", f"Received shape {params[name].shape}.")
    assert_close(params["b1"], np.zeros((1, 5)), name="b1")
    assert_close(params["b2"], np.zeros((1, 2)), name="b2")


@visible("init_params")
def test_init_params_draws_the_numbers_that_everybody_draws(student):
    """With seed 42 the weights are the ones that everybody gets.

    They come from `np.random.RandomState(seed)`, standard normal: all of W1 first, then all of W2, each in one draw of
    its shape. If W1 is right and W2 is not, something else was drawn in between.
    """
    params = arrays(student.init_params(2, 4, 1, seed=42), "The result")

    first = np.array([[0.4967, -0.1383, 0.6477, 1.5230], [-0.2342, -0.2341, 1.5792, 0.7674]])
    assert_close(params["W1"], first, rtol=0, atol=5.1e-5, name="W1")
    assert_close(params["W2"], np.array([[-0.4695], [0.5426], [-0.4634], [-0.4657]]), rtol=0, atol=5.1e-5, name="W2")


@visible("init_params")
def test_init_params_leaves_the_global_generator_alone(student):
    """NumPy's shared random generator is neither used nor reset.

    Draw from a generator of your own, `np.random.RandomState(seed)`, not from `np.random.randn` or after
    `np.random.seed`.
    """
    keys, place, keys_after, place_after = student.run(global_random_state)

    if place != place_after or not np.array_equal(keys, keys_after):
        fail("NumPy's global random state is not the same before and after the call.")


@visible("init_params")
def test_init_params_refuses_a_layer_without_units(student):
    """A layer without units is refused, by name and value."""
    with refuses("n_hidden", shown=0):
        student.init_params(2, 0, 1, seed=42)


# --- forward ----------------------------------------------------------------------------------------------------------


@visible("forward")
def test_forward_of_the_tiny_network(student):
    """The tiny network answers as computed by hand, with a sigmoid and with a ReLU hidden unit.

    Input 3 with sigmoid gives 0.5, input 5 with ReLU gives 0.953. Print z1, a1, z2 and a2 and compare with the text.
    """
    for x, hidden, expected in ((3.0, "sigmoid", 0.5), (5.0, "relu", 1.0 / (1.0 + np.exp(-3.0)))):
        output, _ = parts(student.forward(tiny_network(), np.array([[x]]), hidden), 2, "output and cache")
        assert_close(output, np.array([[expected]]), name=f"output with {hidden}")


@visible("forward")
def test_forward_remembers_what_it_computed(student):
    """The cache holds X, z1, a1, z2, a2 and hidden.

    For the tiny network and the input 3 both z are 0 and both a are 0.5.
    """
    _, cache = parts(student.forward(tiny_network(), np.array([[3.0]])), 2, "output and cache")

    expected = {"X": 3.0, "z1": 0.0, "a1": 0.5, "z2": 0.0, "a2": 0.5}
    if not isinstance(cache, dict):
        fail("The cache must be a dictionary.", f"Received: {type(cache).__name__}.")
    missing = {*expected, "hidden"} - set(cache)
    if missing:
        fail(f"The cache lacks the key {min(missing)!r}.")
    for name, value in expected.items():
        assert_close(cache[name], np.array([[value]]), name=f"cache[{name!r}]")
    assert_close(cache["hidden"], "sigmoid", name="cache['hidden']")


@visible("forward")
def test_forward_treats_every_row_on_its_own(student, rng):
    """A batch of seven rows gives the same answers as the seven rows one by one."""
    params, batch = random_network(rng), rng.standard_normal((7, 3))

    together = numbers(parts(student.forward(params, batch), 2, "output and cache")[0], "The output")

    if together.shape != (7, 2):
        fail("Seven rows and two outputs must give shape (7, 2).", f"Received shape {together.shape}.")
    for i in range(7):
        alone, _ = parts(student.forward(params, batch[i : i + 1]), 2, "output and cache")
        assert_close(alone, together[i : i + 1], rtol=1e-8, name=f"output for row {i} alone")


@visible("forward")
def test_forward_refuses_what_does_not_fit(student):
    """An unknown activation and a table with too many columns are refused.

    Say which argument is wrong and show what came: the unknown word, or the shape of X.
    """
    with refuses("hidden", shown="tanh"):
        student.forward(tiny_network(), np.array([[3.0]]), hidden="tanh")
    with refuses("X", shown=(4, 2)):
        student.forward(tiny_network(), XOR_X)


# --- mse_loss ---------------------------------------------------------------------------------------------------------


@visible("mse_loss")
def test_mse_loss_of_the_example(student):
    """Predictions 0.5 and 0.25 for targets 1 and 0 give 0.15625.

    Twice as much means that the sum was taken instead of the mean, half as much that there is a factor 1/2 too many.
    """
    loss = student.mse_loss(np.array([[0.5], [0.25]]), np.array([[1.0], [0.0]]))

    assert_close(loss, 0.15625, name="loss")


@visible("mse_loss")
def test_mse_loss_averages_over_all_entries(student):
    """With two outputs per row the mean is over all entries, and a perfect prediction costs nothing."""
    y = np.array([[0, 1], [1, 1], [0, 0]])

    assert_close(student.mse_loss(np.zeros((3, 2)), y), 0.5, name="loss")
    assert_close(student.mse_loss(y, y), 0.0, name="loss")


@visible("mse_loss")
def test_mse_loss_escapes_the_broadcasting_trap(student):
    """Targets of shape (4,) for predictions of shape (4, 1) are refused.

    NumPy would subtract every target from every prediction. Compare the two shapes before anything else.
    """
    with refuses("y", shown=(4,)):
        student.mse_loss(XOR_Y, XOR_Y.ravel())


# --- backward ---------------------------------------------------------------------------------------------------------


def measured_gradient(loss, params):
    """Nudge each parameter both ways, and return how fast `loss(params)` changes."""
    slopes = {name: np.zeros(value.shape) for name, value in params.items()}
    for name, values in params.items():
        for place in np.ndindex(values.shape):
            nudge = np.zeros(values.shape)
            nudge[place] = 1e-5
            above, below = loss({**params, name: values + nudge}), loss({**params, name: values - nudge})
            slopes[name][place] = (above - below) / 2e-5
    return slopes


@visible("backward")
def test_backward_of_the_tiny_network(student):
    """The tiny network has the gradient computed by hand.

    Go through the table in the text line by line: delta2 first, then what belongs to W2 and b2, then delta1. If all
    four differ by the same factor, look at the 2 and the M in front of delta2.
    """
    grads = student.backward(tiny_network(), tiny_cache(), np.array([[1.0]]))

    by_hand = {"W1": -0.375, "b1": -0.125, "W2": -0.125, "b2": -0.25}
    assert_close(grads, {name: np.array([[value]]) for name, value in by_hand.items()}, name="gradient")


@visible("backward")
def test_backward_agrees_with_nudging(student, rng):
    """Every entry is the slope that one measures by nudging that parameter, for both activations.

    Four rows, three inputs, five hidden units, two outputs. When the tiny network is right and this is not, ask how
    large M is here, along which axis the biases are summed, and which slope the hidden activation has.
    """
    params, batch, y = random_network(rng), rng.standard_normal((4, 3)), rng.uniform(size=(4, 2))

    def loss(moved):
        output, _ = parts(student.forward(moved, batch, hidden), 2, "output and cache")
        return numbers([student.mse_loss(output, y)], "The list of one loss").sum()

    for hidden in ("sigmoid", "relu"):
        _, cache = parts(student.forward(params, batch, hidden), 2, "output and cache")
        grads = student.backward(params, cache, y)
        assert_close(grads, measured_gradient(loss, params), rtol=1e-5, atol=1e-9, name=f"{hidden} gradient")


@visible("backward")
def test_backward_changes_nothing(student):
    """Parameters and cache are the same before and after.

    `a -= b` and `a *= b` write into the array that `a` stands for. Write `a = a - b` to get a new one.
    """
    params, cache = student.run(after_backward, tiny_network(), tiny_cache(), np.array([[1.0]]))

    assert_close(params, tiny_network(), rtol=0, name="params")
    assert_close(cache, tiny_cache(), rtol=0, name="cache")


def after_backward(student, params, cache, y):
    """Probe: parameters and cache as they are after a call."""
    student.backward(params, cache, y)
    return params, cache


@visible("backward")
def test_backward_refuses_targets_of_another_shape(student):
    """Targets of shape (1,) for an output of shape (1, 1) are refused here too."""
    with refuses("y", shown=(1,)):
        student.backward(tiny_network(), tiny_cache(), np.array([1.0]))


# --- train ------------------------------------------------------------------------------------------------------------


@visible("train")
def test_train_makes_one_step_against_the_gradient(student):
    """One epoch moves every parameter by minus learning rate times gradient.

    Measured with your own init_params, forward and backward. If some arrays agree and others do not, you may have used
    updated parameters for a gradient: compute all four gradients first.
    """
    params, _ = parts(student.train(XOR_X, XOR_Y, learning_rate=0.5, epochs=1, seed=3), 2, "params and losses")

    begin = arrays(student.init_params(2, 4, 1, seed=3), "The result of init_params")
    _, cache = parts(student.forward(begin, XOR_X), 2, "output and cache")
    grads = arrays(student.backward(begin, cache, XOR_Y), "The result of backward")
    expected = {name: begin[name] - 0.5 * grads[name] for name in begin}
    assert_close(params, expected, rtol=1e-8, name="params")


@visible("train")
def test_train_for_no_epochs(student):
    """Zero epochs give the starting parameters and no loss."""
    params, losses = parts(student.train(XOR_X, XOR_Y, epochs=0, seed=3), 2, "params and losses")

    assert_close(params, student.init_params(2, 4, 1, seed=3), rtol=0, name="params")
    if numbers(losses, "losses").size:
        fail("There must be no loss after zero epochs.", f"Received {len(losses)}.")


@visible("train")
def test_train_takes_the_known_path(student):
    """The default run solves XOR, and its losses are the ones in the text.

    0.283190 before the first update and 0.000274 after 2000 of them. A loss list that is shifted by one was noted after
    the update. If the loss falls at half or twice the speed, look at the factor 2/M in backward.
    """
    params, losses = parts(student.train(XOR_X, XOR_Y), 2, "params and losses")

    losses = numbers(losses, "losses")
    if losses.shape != (10_000,):
        fail("10 000 epochs must give 10 000 losses.", f"Received shape {losses.shape}.")
    assert_close(losses[::2000], KNOWN_LOSSES, rtol=0, atol=6e-7, name="losses at epochs 0, 2000, 4000, 6000, 8000")
    all_rows_right(parts(student.forward(params, XOR_X), 2, "output and cache")[0], XOR_Y)


@visible("train")
def test_train_refuses_what_does_not_fit(student):
    """Too few targets and a negative number of epochs are refused."""
    with refuses("y", shown=(3, 1)):
        student.train(XOR_X, XOR_Y[:3], epochs=1)
    with refuses("epochs", shown=-5):
        student.train(XOR_X, XOR_Y, epochs=-5)


# --- loss_curve -------------------------------------------------------------------------------------------------------


def drawn_losses(student, losses):
    """Probe: let the student draw on the first of two axes, and read off what is there."""
    ax, _ = Figure().subplots(1, 2)
    student.plot_losses(ax, losses)
    curves = [line.get_xydata() for line in ax.lines]
    curves += [
        segment for lines in ax.collections if isinstance(lines, LineCollection) for segment in lines.get_segments()
    ]
    curves += [dots.get_offsets() for dots in ax.collections if isinstance(dots, PathCollection)]
    titles = [*(ax.get_title(loc) for loc in ("left", "center", "right")), ax.figure.get_suptitle()]
    return {
        "curves": [np.asarray(curve, float) for curve in curves],
        "scales": [ax.get_xscale(), ax.get_yscale()],
        "words": [ax.get_xlabel(), ax.get_ylabel(), "".join(titles)],
    }


@visible("loss_curve")
def test_plot_losses_draws_every_epoch(student):
    """The curve shows one point per epoch, counted from 0, on the axes that were given.

    Draw with `ax.plot` or `ax.semilogy`, not with `plt.plot`: the axes that you are given need not be the current ones.
    """
    losses = [0.3, 0.2, 0.05, 0.001]
    curves = student.run(drawn_losses, losses)["curves"]

    if not curves:
        fail("There is no curve on the axes that were given.")
    whole = [curve for curve in curves if curve.shape == (4, 2)] or [max(curves, key=len)]
    curve = min(whole, key=lambda curve: np.abs(curve[:, 1] - losses).sum() if len(curve) == len(losses) else 0.0)
    assert_close(curve[:, 0], np.arange(4.0), name="x values of the curve")
    assert_close(curve[:, 1], np.array(losses), name="y values of the curve")


@visible("loss_curve")
def test_plot_losses_uses_a_logarithmic_axis(student):
    """The y-axis is logarithmic, the x-axis is not.

    Give the losses to Matplotlib as they are, and let the axis do the logarithm.
    """
    x_scale, y_scale = student.run(drawn_losses, [0.3, 0.2, 0.05])["scales"]

    if (x_scale, y_scale) != ("linear", "log"):
        fail("The x-axis must be linear and the y-axis logarithmic.", f"They are {x_scale} and {y_scale}.")


@visible("loss_curve")
def test_plot_losses_says_what_it_shows(student):
    """Both axes have a label, and the picture has a title."""
    words = student.run(drawn_losses, [0.3, 0.2, 0.05])["words"]

    missing = [name for name, text in zip(("x-axis", "y-axis", "title"), words, strict=True) if not text.strip()]
    if missing:
        fail(f"There are no words for: {', '.join(missing)}.")


# --- decision_boundary ------------------------------------------------------------------------------------------------


def drawn_boundary(student, params):
    """Probe: let the student draw a boundary, and read off colours, points and labels."""
    ax, _ = Figure().subplots(1, 2)
    student.plot_decision_boundary(ax, params)
    points = [np.asarray(line.get_xydata(), float) for line in ax.lines]
    points += [np.asarray(dots.get_offsets(), float) for dots in ax.collections if isinstance(dots, PathCollection)]
    points += [np.array([patch.get_center()]) for patch in ax.patches if isinstance(patch, Ellipse)]
    filled = [c for c in ax.collections if isinstance(c, QuadMesh) or (isinstance(c, ContourSet) and c.filled)]
    return {
        "filled": len(filled) + len(ax.images),
        "points": np.concatenate([np.empty((0, 2)), *points]),
        "words": [ax.get_xlabel(), ax.get_ylabel()],
    }


@visible("decision_boundary")
def test_decision_boundary_covers_the_square(student, rng):
    """Three arrays of shape (5, 5) cover the square from -0.5 to 1.5, ends included."""
    result = student.decision_boundary(random_network(rng, n_in=2, n_out=1), resolution=5)

    for grid, name in zip(parts(result, 3, "xx, yy and zz"), ("xx", "yy", "zz"), strict=True):
        grid = numbers(grid, name)  # noqa: PLW2901 - the same grid, as floats
        if grid.shape != (5, 5):
            fail(f"{name} must have shape (resolution, resolution).", f"Received shape {grid.shape}.")
        if name != "zz":
            assert_close(np.unique(grid.round(9)), np.array([-0.5, 0.0, 0.5, 1.0, 1.5]), name=f"coordinates in {name}")


@visible("decision_boundary")
def test_decision_boundary_asks_the_network_at_every_point(student, rng):
    """The grid zz holds the network's output at the places that xx and yy name.

    xx is the first input and yy the second. A mix-up of the two shows here, because the network is not symmetric.
    """
    params = random_network(rng, n_in=2, n_out=1)
    xx, yy, zz = (numbers(grid, "The grid") for grid in parts(student.decision_boundary(params, 6), 3, "xx, yy and zz"))

    if not xx.shape == yy.shape == zz.shape:
        fail("xx, yy and zz must have the same shape.", f"Received {xx.shape}, {yy.shape} and {zz.shape}.")
    output, _ = parts(student.forward(params, np.column_stack([xx.ravel(), yy.ravel()])), 2, "output and cache")
    assert_close(zz.reshape(-1, 1), output, rtol=1e-8, name="zz, written as one column")


@visible("decision_boundary")
def test_plot_decision_boundary_shows_everything(student, rng):
    """The picture has colours for the output, the four points of XOR, and labels."""
    drawn = student.run(drawn_boundary, random_network(rng, n_in=2, n_out=1))

    if not drawn["filled"]:
        fail("The axes that were given are not coloured by the output: ax.contourf does that.")
    for corner in XOR_X:
        if not np.any(np.all(np.isclose(drawn["points"], corner), axis=1)):
            fail("One of the four points of XOR is missing.", f"Nothing is drawn at {tuple(corner.tolist())}.")
    if not all(text.strip() for text in drawn["words"]):
        fail("Both axes need a label.")


@visible("decision_boundary")
def test_decision_boundary_refuses_a_grid_of_one_point(student, rng):
    """A resolution of 1 is refused, by name and value."""
    with refuses("resolution", shown=1):
        student.decision_boundary(random_network(rng, n_in=2, n_out=1), resolution=1)


# --- hidden_size_study ------------------------------------------------------------------------------------------------


@visible("hidden_size_study")
def test_hidden_size_study_of_one_and_four_units(student):
    """From seed 0, one hidden unit fails and four succeed.

    A network counts as successful only when all four rows are on the correct side of 0.5.
    """
    assert_close(student.hidden_size_study([1, 4], [0]), {1: 0.0, 4: 1.0}, name="study")


@visible("hidden_size_study")
def test_hidden_size_study_reports_a_share(student):
    """Two units succeed from one of the seeds 0 and 1, which is a share of one half.

    0 or 1 instead means that only one of the two seeds was used; 2 or a list means that nothing was divided yet.
    """
    assert_close(student.hidden_size_study([2], [0, 1]), {2: 0.5}, name="study")


@visible("hidden_size_study")
def test_hidden_size_study_refuses_no_seeds(student):
    """A share of no seeds at all is refused."""
    with refuses("seeds"):
        student.hidden_size_study([4], [])


# --- relu_network -----------------------------------------------------------------------------------------------------


@visible("relu_network")
def test_relu_network_solves_xor(student):
    """From three seeds the network gets all four rows right, with ReLU in the hidden layer.

    When one seed fails, look at its loss curve. Does it stop at 0.125 or 0.25? Then units are dead: restart, or widen.
    """
    for seed in (0, 3, 9):
        params, _ = parts(student.relu_network(seed), 2, "params and losses")
        all_rows_right(parts(student.forward(params, XOR_X, "relu"), 2, "output and cache")[0], XOR_Y)


@visible("relu_network")
def test_relu_network_is_repeatable(student):
    """The same seed gives the same network and the same losses, and the losses fell.

    Every random number must come from the seed, also those of a restart.
    """
    first, second = student.run(same_seed_twice, 3)
    params, losses = parts(first, 2, "params and losses")
    again, losses_again = parts(second, 2, "params and losses")

    assert_close(again, params, rtol=0, name="params of the second call")
    losses = numbers(losses, "losses")
    assert_close(numbers(losses_again, "losses"), losses, rtol=0, name="losses of the second call")
    if losses.ndim != 1 or losses.size == 0 or not losses[-1] < losses[0]:
        fail("The losses must be those of the run that produced params, one per epoch, and must have fallen.")


def same_seed_twice(student, seed):
    """Probe: two calls in a row; from outside, each would find the global random state freshly seeded."""
    return [student.relu_network(seed), student.relu_network(seed)]


# --- learning_rate_study ----------------------------------------------------------------------------------------------


@visible("learning_rate_study")
def test_learning_rate_study_starts_every_rate_afresh(student):
    """Every rate has 10 000 losses, and all of them start from the same network.

    The first loss is noted before any update, so it cannot depend on the rate. If the second rate starts lower than the
    first, it went on with the network that the first had trained.
    """
    study = student.learning_rate_study([4.0, 0.02])

    if not isinstance(study, dict) or set(study) != {4.0, 0.02}:
        fail("The result must be a dictionary with one entry per rate, and the rate as its key.")
    for rate, losses in study.items():
        values = numbers(losses, f"The entry of rate {rate}")
        if values.shape != (10_000,):
            fail("Each entry must hold the 10 000 losses of its run.", f"Received shape {values.shape}.")
        assert_close(values[:1], np.array([0.283190]), rtol=0, atol=6e-7, name=f"first loss at rate {rate}")


@visible("learning_rate_study")
def test_learning_rate_study_changes_only_the_rate(student):
    """At 4.0 the losses are the ones in the text: everything but the rate is at its default."""
    study = student.learning_rate_study([4.0])

    if not isinstance(study, dict) or set(study) != {4.0}:
        fail("The result must be a dictionary with one entry per rate, and the rate as its key.")
    losses = numbers(study[4.0], "The entry of rate 4.0")
    assert_close(losses[::2000], KNOWN_LOSSES, rtol=0, atol=6e-7, name="losses at epochs 0, 2000, 4000, 6000, 8000")


# --- parity -----------------------------------------------------------------------------------------------------------


@visible("parity")
def test_parity_data_of_three_bits(student):
    """Three bits give the table in the text, as floats.

    The first column changes slowest (it is worth 4), the last one fastest. The target is 1 for an odd number of ones.
    """
    X, y = parts(student.parity_data(3), 2, "X and y")

    rows = [[0, 0, 0], [0, 0, 1], [0, 1, 0], [0, 1, 1], [1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]]
    assert_close(X, np.array(rows, dtype=np.float64), name="X")
    assert_close(y, np.array([[0.0], [1.0], [1.0], [0.0], [1.0], [0.0], [0.0], [1.0]]), name="y")


@visible("parity")
def test_parity_data_of_two_bits_is_xor(student):
    """Two bits give XOR back."""
    X, y = parts(student.parity_data(2), 2, "X and y")

    assert_close(X, XOR_X, name="X")
    assert_close(y, XOR_Y, name="y")


@visible("parity")
def test_train_parity_gets_all_rows_right(student):
    """A network trained on two bits and one trained on three bits get every row right.

    When three bits fail, give the network more hidden units, or let it start again from another seed.
    """
    for n_bits, seed in ((2, 0), (3, 1)):
        X, y = parts(student.parity_data(n_bits), 2, "X and y")
        output, _ = parts(student.forward(student.train_parity(n_bits, seed), X), 2, "output and cache")
        all_rows_right(output, numbers(y, "y"))


@visible("parity")
def test_parity_data_refuses_no_bits(student):
    """Zero bits are refused, by name and value."""
    with refuses("n_bits", shown=0):
        student.parity_data(0)
