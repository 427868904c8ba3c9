"""Visible checks of chapter 2: the obvious cases, most of them with numbers that the notebook computes by hand."""

import dis
import math
import types
import warnings

import numpy as np

from course_lib.grading import assert_close, fail, refuses, visible

NUMPY_PRODUCTS = {
    *("dot", "vdot", "inner", "outer", "multiply", "matmul", "matvec", "vecdot", "vecmat", "einsum", "tensordot"),
}


# --- small tools ------------------------------------------------------------------------------------------------------


def products_in(student, name, *allowed):
    """Probe: the products of NumPy that a function's own code mentions, beside those that are allowed."""
    found, waiting = set(), [getattr(getattr(student, name), "__code__", None)]
    while waiting:
        code = waiting.pop()
        if not isinstance(code, types.CodeType):
            continue
        waiting += code.co_consts  # what is written inside: comprehensions, inner functions
        for step in dis.get_instructions(code):
            mentioned = step.opname in ("LOAD_ATTR", "LOAD_METHOD", "IMPORT_FROM") and step.argval in NUMPY_PRODUCTS
            found |= {step.argval} if mentioned else set()
            found |= {"@"} if step.opname == "BINARY_OP" and step.argrepr.startswith("@") else set()
    return sorted(found - set(allowed))


def quietly(student, function, *args):
    """Probe: call one of the student's functions and record what NumPy warns about."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = getattr(student, function)(*args)
    return result, [str(warning.message) for warning in caught]


def numbers(value, name):
    """Demand an array, or a list of numbers, and return it as a float array."""
    if not isinstance(value, np.ndarray | list | tuple):
        fail(f"{name} must be an array or a list of numbers.", f"Received: {type(value).__name__}.")
    try:
        return np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        return fail(f"{name} must hold numbers only.")


# --- dot --------------------------------------------------------------------------------------------------------------


@visible("dot")
def test_dot_of_the_example(student):
    """The example of the text gives 56, and arrows at right angles give 0.

    10 + 18 + 28. If you get 28 too little, the last pair is missing; 162 is 9 times 18, the sums multiplied.
    """
    assert_close(student.dot([2, 3, 4], [5, 6, 7]), 56.0)
    assert_close(student.dot([3.0, 4.0], [-4.0, 3.0]), 0.0)


@visible("dot")
def test_dot_takes_tuples_and_arrays(student):
    """Lists, tuples and NumPy vectors may be mixed, and one entry is enough.

    An array cannot be asked `if a:` or `if not a:`. Ask for its length.
    """
    assert_close(student.dot((0.5, 2.0), np.array([4.0, -1.0])), 0.0)
    assert_close(student.dot(np.array([1.5, 2.0, -1.0]), [2, 2, 2]), 5.0)
    assert_close(student.dot([3], [-2]), -6.0)


@visible("dot")
def test_dot_is_plain_python(student):
    """Your own code multiplies and adds; no product of NumPy does."""
    assert_close(student.dot([1, 2], [3, 4]), 11.0)
    used = student.run(products_in, "dot")

    if used:
        fail("In this exercise the multiplying and adding is yours, without NumPy's products.", f"Found: {used}.")


@visible("dot")
def test_dot_refuses_vectors_that_do_not_fit(student):
    """Different lengths are refused, and so are two empty vectors.

    `zip` stops at the end of the shorter one without a word. Compare the lengths before you begin.
    """
    with refuses("b", shown=2):
        student.dot([1, 2, 3], [4, 5])
    with refuses("a", shown=0):
        student.dot([], [])


# --- matvec -----------------------------------------------------------------------------------------------------------


@visible("matvec")
def test_matvec_of_the_example(student):
    """The example of the text gives 10 and 5, as floats.

    One number for each row, in an array of shape (2,).
    """
    assert_close(student.matvec(np.array([[2, 0, 1], [1, 3, -1]]), np.array([4, 1, 2])), np.array([10.0, 5.0]))


@visible("matvec")
def test_matvec_takes_lists_and_narrow_matrices(student):
    """Lists of rows will do, and so will a single row or a single column."""
    assert_close(student.matvec([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [10.0, 20.0]), np.array([50.0, 110.0, 170.0]))
    assert_close(student.matvec([[1.0, 2.0, 3.0]], [4.0, 5.0, 6.0]), np.array([32.0]))
    assert_close(student.matvec([[1.0], [2.0], [3.0]], [4.0]), np.array([4.0, 8.0, 12.0]))


@visible("matvec")
def test_matvec_is_built_by_hand(student):
    """No matrix product of NumPy does the work."""
    assert_close(student.matvec([[1, 2]], [3, 4]), np.array([11.0]))
    used = student.run(products_in, "matvec", "multiply", "outer")

    if used:
        fail("Build this one from dot, or from loops, without NumPy's products.", f"Found: {used}.")


@visible("matvec")
def test_matvec_refuses_what_does_not_fit(student):
    """A vector of the wrong length and a matrix that is none are refused, with their shapes."""
    with refuses("x", shown=(2,)):
        student.matvec(np.ones((2, 3)), np.ones(2))
    with refuses("W", shown=(3,)):
        student.matvec(np.ones(3), np.ones(3))


# --- numerical_derivative ---------------------------------------------------------------------------------------------


def slope_of_cube(student, x, **options):
    """Probe: the student's slope of x³, and the places at which x³ was asked for."""
    places = []

    def cube(place):
        places.append(float(place))
        return place**3

    return student.numerical_derivative(cube, x, **options), places


@visible("numerical_derivative")
def test_numerical_derivative_of_the_example(student):
    """With h = 0.1 the slope of x³ at 2 is measured as 12.01, as in the text.

    12.61 is the forward difference; step to both sides. 24.02 means that the 2 in the denominator is missing.
    """
    slope, _ = student.run(with_h, 2.0, 0.1)

    assert_close(slope, 12.01, name="slope")


def with_h(student, x, h):
    """Probe: as above, with a step of one's own."""
    return slope_of_cube(student, x, h=h)


@visible("numerical_derivative")
def test_numerical_derivative_without_h(student):
    """Without h the step is 0.00001, and f is called twice."""
    slope, places = student.run(slope_of_cube, 2.0)

    assert_close(slope, 12.0, rtol=1e-7, name="slope")
    if len(places) != 2:
        fail("f must be called exactly twice.", f"It was called {len(places)} times.")
    assert_close(sorted(places), [1.99999, 2.00001], rtol=0, atol=1e-12, name="list of places at which f was called")


@visible("numerical_derivative")
def test_numerical_derivative_goes_downhill_too(student):
    """A falling curve has a negative slope: that of cos at π/2 is −1."""
    slope = student.run(slope_of_cosine, math.pi / 2)

    assert_close(slope, -1.0, rtol=1e-7, name="slope")


def slope_of_cosine(student, x):
    """Probe: the student's slope of cos."""
    return student.numerical_derivative(math.cos, x)


@visible("numerical_derivative")
def test_numerical_derivative_refuses_a_step_of_zero(student):
    """A step of 0 is refused, by name and value."""
    with refuses("h", shown=0.0):
        student.run(with_h, 2.0, 0.0)


# --- derivative_of_composition ----------------------------------------------------------------------------------------


def slope_of_chain(student, x):
    """Probe: the student's slope of (x² + 1)³."""
    return student.derivative_of_composition(lambda u: 3 * u**2, lambda x: x**2 + 1, lambda x: 2 * x, x)


@visible("derivative_of_composition")
def test_derivative_of_composition_of_the_example(student):
    """The slope of (x² + 1)³ at 1 is 24, as computed by hand.

    6 means that the outer slope was taken at x; it belongs at g(x). 14 means that the two slopes were added.
    """
    assert_close(student.run(slope_of_chain, 1.0), 24.0)


@visible("derivative_of_composition")
def test_derivative_of_composition_of_an_array(student):
    """An array gives one slope for each entry, in the same shape."""
    result = student.run(slope_of_chain, np.array([[0.0, 1.0], [-1.0, 2.0]]))

    assert_close(result, np.array([[0.0, 24.0], [-24.0, 300.0]]))


# --- critical_points --------------------------------------------------------------------------------------------------


@visible("critical_points")
def test_critical_points_of_the_example(student):
    """The curve x³ − 4x has a maximum at −2/√3 and a minimum at 2/√3, in this order; 2x³ − 9x² + 12x at 1 and 2.

    If the first is right and the second is not: it is divided by 3a, both of it. `/ 3 * a` divides by 3 and multiplies.
    """
    expected = [(-2 / math.sqrt(3), "maximum"), (2 / math.sqrt(3), "minimum")]

    assert_close(student.critical_points(1, 0, -4), expected, name="list of points")
    expected = [(1.0, "maximum"), (2.0, "minimum")]
    assert_close(student.critical_points(2, -9, 12), expected, name="list of points of 2x³ − 9x² + 12x")


@visible("critical_points")
def test_critical_points_of_a_falling_curve(student):
    """With a < 0 the valley comes first.

    If the two places are swapped: dividing by a negative number turns the order round. Sort at the end.
    """
    expected = [(-2 / math.sqrt(3), "minimum"), (2 / math.sqrt(3), "maximum")]

    assert_close(student.critical_points(-1, 0, 4), expected, name="list of points")


@visible("critical_points")
def test_critical_points_of_the_other_cases(student):
    """A pause is an inflection, a parabola has one point, a rising curve and a straight line have none."""
    assert_close(student.critical_points(1, -3, 3), [(1.0, "inflection")], name="list of points of x³ − 3x² + 3x")
    assert_close(student.critical_points(2, -6, 6), [(1.0, "inflection")], name="list of points of 2x³ − 6x² + 6x")
    assert_close(student.critical_points(0, 1, -2), [(1.0, "minimum")], name="list of points of x² − 2x")
    assert_close(student.critical_points(0, -2, -2), [(-0.5, "maximum")], name="list of points of −2x² − 2x")
    assert_close(student.critical_points(1, 0, 2), [], name="list of points of x³ + 2x")
    assert_close(student.critical_points(0, 0, 5), [], name="list of points of 5x")


@visible("critical_points")
def test_critical_points_refuses_nan(student):
    """A coefficient that is no number is refused, by name and value."""
    with refuses("b", shown=math.nan):
        student.critical_points(1.0, math.nan, 0.0)


# --- numerical_gradient -----------------------------------------------------------------------------------------------


def gradient_of_example(student, x):
    """Probe: the student's gradient of x² + 3xy, and x as it is afterwards."""
    gradient = student.numerical_gradient(lambda p: p[0] ** 2 + 3 * p[0] * p[1], x)
    return gradient, x


def gradient_of_table(student, x):
    """Probe: the student's gradient of the sum of cubes of a table, with a large step."""
    return student.numerical_gradient(lambda p: (p**3).sum(), x, h=0.1)


@visible("numerical_gradient")
def test_numerical_gradient_of_the_example(student):
    """The gradient of x² + 3xy at (1, 2) is (8, 3), also for whole numbers.

    (11, 11) means that all entries were moved at once. Zeros mean that an array of whole numbers lost the step.
    """
    gradient, _ = student.run(gradient_of_example, np.array([1.0, 2.0]))
    assert_close(gradient, np.array([8.0, 3.0]), rtol=1e-6, name="gradient")

    gradient, _ = student.run(gradient_of_example, np.array([1, 2]))
    assert_close(gradient, np.array([8.0, 3.0]), rtol=1e-6, name="gradient at whole numbers")


@visible("numerical_gradient")
def test_numerical_gradient_of_a_table(student):
    """A table gives a table of the same shape, and the step h is the one that was passed."""
    table = np.array([[1.0, 2.0, 3.0], [0.0, -1.0, -2.0]])

    assert_close(student.run(gradient_of_table, table), 3 * table**2 + 0.01, name="gradient of the sum of cubes")


@visible("numerical_gradient")
def test_numerical_gradient_leaves_x_alone(student):
    """The array that came in is the same afterwards.

    Move one entry of a copy, not of x itself.
    """
    _, after = student.run(gradient_of_example, np.array([1.0, 2.0]))

    assert_close(after, np.array([1.0, 2.0]), rtol=0, name="x afterwards")


@visible("numerical_gradient")
def test_numerical_gradient_refuses_nothing_to_move(student):
    """An array without entries is refused."""
    with refuses("x", shown=(0, 3)):
        student.run(gradient_of_table, np.zeros((0, 3)))


# --- gradient_descent -------------------------------------------------------------------------------------------------


def walk(student, start, rate, steps):
    """Probe: the student's walk down (x − 3)² + 2, or its sum over the entries."""
    return student.gradient_descent(lambda x: 2 * (x - 3), start, rate, steps)


@visible("gradient_descent")
def test_gradient_descent_takes_the_steps_of_the_table(student):
    """The first points are 0, 0.6, 1.08 and 1.464, as in the table.

    A path that begins at 0.6 lacks the start. Negative numbers mean that it went uphill.
    """
    assert_close(student.run(walk, 0, 0.1, 3), np.array([0.0, 0.6, 1.08, 1.464]), name="path")


@visible("gradient_descent")
def test_gradient_descent_finds_the_lowest_point(student):
    """A hundred steps at rate 0.1 lead to 3, and no step at all leaves the start."""
    path = numbers(student.run(walk, 0.0, 0.1, 100), "The path")
    if path.shape != (101,):
        fail("100 steps must give 101 points.", f"Received shape {path.shape}.")
    assert_close(path[-1:], np.array([3.0]), rtol=1e-8, name="end of the path")

    assert_close(student.run(walk, 5.0, 0.1, 0), np.array([5.0]), name="path of no step")


@visible("gradient_descent")
def test_gradient_descent_walks_in_the_plane(student):
    """From a point in the plane every row of the path is another point.

    If all rows are the same, the list holds one array many times, and `x -= …` has changed it.
    """
    path = student.run(walk, np.array([1, 5]), 0.25, 2)

    assert_close(path, np.array([[1.0, 5.0], [2.0, 4.0], [2.5, 3.5]]), name="path")


@visible("gradient_descent")
def test_gradient_descent_shows_an_explosion(student):
    """At rate 1.5 the distance to 3 doubles in every step, and all steps are there."""
    assert_close(student.run(walk, 2.0, 1.5, 4), np.array([2.0, 5.0, -1.0, 11.0, -13.0]), name="path")


@visible("gradient_descent")
def test_gradient_descent_refuses_negative_steps(student):
    """A negative number of steps is refused, by name and value."""
    with refuses("steps", shown=-1):
        student.run(walk, 0.0, 0.1, -1)


# --- softmax ----------------------------------------------------------------------------------------------------------


@visible("softmax")
def test_softmax_of_the_example(student):
    """The scores 0, ln 2 and ln 5 give 1/8, 2/8 and 5/8, and equal scores give equal shares."""
    assert_close(student.softmax(np.log([1.0, 2.0, 5.0])), np.array([0.125, 0.25, 0.625]))
    assert_close(student.softmax([5, 5, 5]), np.full(3, 1 / 3))


@visible("softmax")
def test_softmax_treats_every_row_on_its_own(student):
    """In a batch every row adds up to 1, each with its own maximum and its own sum.

    `axis=-1, keepdims=True` belongs to both the maximum and the sum.
    """
    rows = np.log([[1.0, 2.0, 5.0], [6.0, 1.0, 1.0]])

    assert_close(student.softmax(rows), np.array([[0.125, 0.25, 0.625], [0.75, 0.125, 0.125]]))


@visible("softmax")
def test_softmax_of_large_scores(student):
    """Scores of plus and minus 10 000 give 1 and 0, without a warning.

    Subtract the largest score of the row before `np.exp`.
    """
    result, warned = student.run(quietly, "softmax", np.array([[10_000.0, 0.0], [-10_000.0, -10_000.0]]))

    assert_close(result, np.array([[1.0, 0.0], [0.5, 0.5]]), atol=1e-12)
    if warned:
        fail("NumPy warned while computing the softmax of large scores.", f"It said: {warned[0]}.")


@visible("softmax")
def test_softmax_refuses_nothing(student):
    """Scores of no class at all are refused, with their shape."""
    with refuses("z", shown=(2, 0)):
        student.softmax(np.zeros((2, 0)))


# --- cross_entropy ----------------------------------------------------------------------------------------------------


@visible("cross_entropy")
def test_cross_entropy_of_the_example(student):
    """The batch computed by hand costs (ln 4 + ln 3) / 2.

    Twice as much is the sum instead of the mean; 1.7925 is the logarithm to base 2.
    """
    logits = np.array([[0.0, math.log(2), math.log(5)], [7.0, 7.0, 7.0]])

    assert_close(student.cross_entropy(logits, np.array([1, 2])), math.log(12) / 2, name="loss")


@visible("cross_entropy")
def test_cross_entropy_of_a_confident_mistake(student):
    """A score of 1000 for the wrong class costs 1000, without a warning.

    Once the probability has been rounded to 0, its logarithm cannot be saved. Use the last form of the formula.
    """
    loss, warned = student.run(quietly, "cross_entropy", np.array([[0.0, 1000.0]]), np.array([0]))

    assert_close(loss, 1000.0, name="loss")
    if warned:
        fail("NumPy warned while computing the loss of a confident mistake.", f"It said: {warned[0]}.")


@visible("cross_entropy")
def test_cross_entropy_refuses_labels_that_are_no_class(student):
    """Labels below 0 or above 2 are refused where the classes are 0, 1 and 2, and shown.

    NumPy takes −1 to be the last class, so it does not complain by itself.
    """
    for bad in (3, 7, -1, -2):
        with refuses("labels", shown=bad):
            student.cross_entropy(np.zeros((2, 3)), np.array([0, bad]))


@visible("cross_entropy")
def test_cross_entropy_refuses_shapes_that_do_not_fit(student):
    """An empty batch and labels for another number of samples are refused, with their shapes."""
    with refuses("logits", shown=(0, 3)):
        student.cross_entropy(np.zeros((0, 3)), np.zeros(0, dtype=int))
    with refuses("labels", shown=(3,)):
        student.cross_entropy(np.zeros((2, 3)), np.array([0, 1, 2]))
