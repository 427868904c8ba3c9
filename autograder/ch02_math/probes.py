"""Code that runs beside the student's: what a single call from outside cannot see. It holds no expectations."""

import dis
import inspect
import math
import types
import warnings

import numpy as np

PRODUCTS = (
    *("dot", "vdot", "inner", "outer", "matmul", "matvec", "vecmat", "vecdot", "einsum", "tensordot", "kron"),
    *("multiply", "multi_dot", "mv", "mm", "addmv", "convolve", "correlate"),
)


def with_warnings(student, name, *args):
    """Call a function in NumPy's default error state; return its result and how many RuntimeWarnings came."""
    state = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
    with warnings.catch_warnings(record=True) as caught, np.errstate(**state):
        warnings.simplefilter("always")
        result = getattr(student, name)(*args)
    return result, sum(issubclass(warning.category, RuntimeWarning) for warning in caught)


def arguments_after(student, name, *args):
    """Call a function and return its arguments as they are afterwards."""
    getattr(student, name)(*args)
    return list(args)


def with_frozen(student, name, *args):
    """Call a function with read-only arrays whose entries do not lie side by side in memory."""
    return getattr(student, name)(*[_frozen(value) for value in args])


def _frozen(value):
    if not isinstance(value, np.ndarray):
        return value
    room = np.zeros(tuple(2 * length for length in value.shape), dtype=value.dtype)
    view = room[tuple(slice(None, None, 2) for _ in value.shape)]
    view[...] = value
    view.flags.writeable = False
    return view


def products_used(student, name, *allowed):
    """Return the products of NumPy that a function computes with: itself, or functions of the notebook that it calls.

    The compiled code is read, not the text: comments, docstrings and other code of the cell (such as a comparison with
    NumPy, to check oneself) are nobody's business.
    """
    found, waiting, seen = set(), [getattr(student, name)], set()
    while waiting:
        value = waiting.pop()
        found |= _product_named(value)
        function = inspect.unwrap(value) if callable(value) else value
        if not isinstance(function, types.FunctionType) or function in seen:
            continue
        seen.add(function)
        for step in _steps(function.__code__):
            found |= _product_in(step, function.__globals__)
            waiting += _called(step, function.__globals__)
    return sorted(found - set(allowed))


def _steps(code):
    yield from dis.get_instructions(code)
    for part in code.co_consts:
        if isinstance(part, types.CodeType):
            yield from _steps(part)


def _product_in(step, names):
    if step.opname == "BINARY_OP" and step.argrepr.startswith("@"):
        return {"@"}
    if step.opname in ("LOAD_ATTR", "LOAD_METHOD", "IMPORT_FROM") and step.argval in PRODUCTS:
        return {step.argval}
    if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
        return _product_named(names.get(step.argval))
    return set()


def _product_named(value):
    return {product for product in PRODUCTS if value is not None and value is getattr(np, product, None)}


def _called(step, names):
    value = names.get(step.argval) if step.opname in ("LOAD_GLOBAL", "LOAD_NAME") else None
    written_here = isinstance(value, types.FunctionType) and value.__globals__ is names
    return [value] if written_here else []


# --- functions to differentiate, by name: the function and its derivative ---------------------------------------------


def _cubic(coefficients):
    a, b, c, d = coefficients
    return lambda x: a * x**3 + b * x**2 + c * x + d


FUNCTIONS = {
    "sin": (np.sin, np.cos),
    "exp": (np.exp, np.exp),
    "square": (lambda x: x**2, lambda x: 2 * x),
    "tanh": (np.tanh, lambda x: 1 - np.tanh(x) ** 2),
}


def slope(student, kind, coefficients, x, *step):
    """Measure a slope; return it and the places at which the function was called."""
    function = {"sin": math.sin, "exp": math.exp}.get(kind) or _cubic(coefficients)
    places = []

    def watched(place):
        places.append(float(place))
        return function(place)

    return student.numerical_derivative(watched, x, *step), places


def slope_by_keyword(student, coefficients, x, h):
    """Measure the slope of a cubic, every argument passed by name."""
    return student.numerical_derivative(h=h, x=x, f=_cubic(coefficients))


def composition(student, outer, inner, x):
    """Differentiate outer(inner(x))."""
    g, g_prime = FUNCTIONS[inner]
    return student.derivative_of_composition(FUNCTIONS[outer][1], g, g_prime, x)


def composition_of_three(student, outer, middle, inner, x):
    """Differentiate outer(middle(inner(x))): the rule is applied to the result of the rule."""
    (m, m_prime), (g, g_prime) = FUNCTIONS[middle], FUNCTIONS[inner]
    return student.derivative_of_composition(
        f_prime=FUNCTIONS[outer][1],
        g=lambda place: m(g(place)),
        g_prime=lambda place: student.derivative_of_composition(m_prime, g, g_prime, place),
        x=x,
    )


def composition_and_argument(student, outer, inner, x):
    """Differentiate at a read-only array, then at an ordinary one; return both results and the latter's entries."""
    return composition(student, outer, inner, _frozen(x)), composition(student, outer, inner, x), x


def quadratic_gradient(student, Q, b, x, *step):
    """Measure the gradient of x'Qx + b'x."""

    def quadratic(place):
        row = np.ravel(place)
        return float((Q * np.outer(row, row)).sum() + (b * row).sum())

    return student.numerical_gradient(quadratic, x, *step)


def cubic_gradient(student, A, x, *step):
    """Measure the gradient of the sum of A x^3."""
    return student.numerical_gradient(lambda place: float((A * place**3).sum()), x, *step)


def cubic_gradient_and_argument(student, A, x, h):
    """Measure the gradient by keyword; return it and x as it is afterwards."""
    return student.numerical_gradient(h=h, x=x, f=lambda place: float((A * place**3).sum())), x


def cubic_gradient_of_frozen(student, A, x, h):
    """Measure the gradient at a read-only array."""
    return cubic_gradient(student, A, _frozen(x), h)


def parabola_walk(student, parabola, start, learning_rate, steps):
    """Walk down steepness (x - bottom)^2; the parabola is the pair of the two."""
    steepness, bottom = parabola
    return student.gradient_descent(lambda x: 2 * steepness * (x - bottom), start, learning_rate, steps)


def linear_walk(student, slopes_of, start, learning_rate, steps):
    """Walk with the gradient Qx + b of a pair (Q, b), written into an array like the one that is handed over."""
    Q, b = slopes_of

    def gradient(place):
        slopes = np.zeros_like(place)
        slopes[...] = (Q @ np.ravel(place) + b).reshape(np.shape(place))
        return slopes

    return student.gradient_descent(gradient=gradient, start=start, learning_rate=learning_rate, steps=steps)


def linear_walk_and_start(student, slopes_of, start, learning_rate, steps):
    """Walk from a read-only start, then from an ordinary one; return the first path and the ordinary start."""
    path = linear_walk(student, slopes_of, _frozen(start), learning_rate, steps)
    linear_walk(student, slopes_of, start, learning_rate, steps)
    return path, start
