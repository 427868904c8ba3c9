"""What chapter 3 ought to compute: NumPy's own rule, slow loops in plain Python, and derivatives in closed form."""

import itertools
import math

import numpy as np
import torch

from autograder.ch03_tools import probes
from course_lib.grading import assert_close, fail, recalled

TYPES = {
    "array_type": "numpy.ndarray",
    "array_dtype": "float64",
    "tensor_type": "torch.Tensor",
    "tensor_dtype": "torch.float64",
    "back_type": "numpy.ndarray",
    "back_dtype": "float64",
    "memory_shared": True,
}
KINDS = ("sin", "exp", "tanh", "logarithm")  # functions that `slope` and the probes know, beside cubics
COMPUTERS = ((), ("cuda",), ("mps",), ("cuda", "mps"))  # what may be there beside the processor


def sizes(rng, count, low=4, high=9):
    """Return distinct sizes, so that a transposition shows."""
    return [int(size) for size in rng.choice(np.arange(low, high + 1), count, replace=False)]


def matrix(rng, rows, cols):
    """Return a matrix whose entries all differ, so that every mistaken index shows."""
    return (rng.permutation(rows * cols) + rng.uniform(0.1, 0.9)).reshape(rows, cols)


def piece(result, number):
    """Return one of the three pieces of a matrix; what is no triple of pieces fails the test."""
    if type(result) not in (tuple, list) or len(result) != 3:
        fail("Three arrays must come back: the row, the column and the block, in this order.")
    return result[number]


def pieces(M):
    """Return second row, third column and top-left block, entry by entry."""
    rows, cols = M.shape
    row = np.array([M[1, j] for j in range(cols)])
    column = np.array([M[i, 2] for i in range(rows)])
    return row, column, np.array([[M[0, 0], M[0, 1]], [M[1, 0], M[1, 1]]])


def shapes(chosen, axes):
    """Return every shape with at most some axes of the chosen sizes."""
    return [shape for length in range(axes + 1) for shape in itertools.product(chosen, repeat=length)]


def broadcast_shape(a, b):
    """Return NumPy's answer as a list, or None where the shapes do not fit."""
    try:
        return list(np.broadcast_shapes(tuple(a), tuple(b)))
    except ValueError:
        return None


def demand_shapes(results, expected):
    """Demand these shapes; of a pair that fits and was refused, say so."""
    if type(results) is list and any(type(answer) is str and answer == "ValueError" for answer in results):
        fail("Shapes that fit were refused with a ValueError.")
    assert_close(results, expected, name="list of shapes")


@recalled
def answers_to_all(chosen, axes):
    """Return NumPy's answer to every pair of shapes with at most some axes of the chosen sizes."""
    every = shapes(chosen, axes)
    answers = [broadcast_shape(a, b) for a, b in itertools.product(every, every)]
    return ["ValueError" if answer is None else answer for answer in answers]


def demand_own_rule(student):
    """Demand that no function of NumPy or PyTorch that knows the rule does the work."""
    if student.run(probes.functions_that_know_the_rule):
        fail("A function that knows the rule does the work; write the rule yourself.")


def standardize(X):
    """Return standardised columns by loops over exactly rounded sums."""
    n, cols = X.shape
    result = np.zeros((n, cols))
    for j in range(cols):
        column = [float(X[i, j]) for i in range(n)]
        if all(entry == column[0] for entry in column):
            continue
        mean = math.fsum(column) / n
        spread = math.sqrt(math.fsum((entry - mean) ** 2 for entry in column) / n)
        for i in range(n):
            result[i, j] = (column[i] - mean) / spread
    return result


def demand_all_three(result, array, place):
    """Demand that array, tensor and array at the end all hold what was written at a place."""
    expected = array.copy()
    expected[place] = -777
    parts = zip(result, ("array at the start", "tensor", "array at the end"), strict=True)
    for part, name in parts:
        assert_close(part, torch.tensor(expected) if name == "tensor" else expected, rtol=0, name=name)


def demand_values(answer, *keys):
    """Demand that the answer is a dict with the right values of some keys."""
    if type(answer) is not dict:
        fail("types_along_the_way must be a dict.")
    for key in keys:
        if key not in answer:
            fail(f"The key {key!r} is missing.")
        assert_close(answer[key], TYPES[key], name=f"value of {key!r}")


def slope(kind, numbers, x):
    """Return the derivative of one of the functions that the probes know, and the size of its largest term."""
    if kind == "cubic":
        a, b, c, _ = numbers
        terms = [3 * a * x**2, 2 * b * x, c]
        return sum(terms), max(map(abs, terms))
    inner = numbers[0] * x
    rates = {
        "sin": numbers[0] * math.cos(inner),
        "exp": numbers[0] * math.exp(inner),
        "tanh": numbers[0] * (1 - math.tanh(inner) ** 2),
        "logarithm": numbers[0] * 2 * inner / (1 + inner**2),
    }
    return rates[kind], abs(numbers[0])


def demand_slopes(slopes, expected):
    """Demand each of some slopes: what is said of one that is no number is not said of a list of them."""
    for slope, wanted in zip(slopes, expected, strict=True):
        assert_close(slope, wanted, rtol=1e-5, name="slope")


def folded_slope(times, x):
    """Return the derivative of a line that is folded some number of times."""
    rate = 1.0
    for _ in range(times):
        rate *= -2 if x > 0 else 2
        x = 1 - 2 * x if x > 0 else 1 + 2 * x
    return rate


def device(preference, there):
    """Return the name of the device that is right where some of cuda and mps are there."""
    if preference == "auto":
        return next((name for name in ("cuda", "mps") if name in there), "cpu")
    return preference if preference in there else "cpu"


def demand_device(choice, wanted):
    """Demand that what was chosen is a torch.device, and the right one."""
    kind, name = choice
    if kind != "device":
        fail("What comes back must be a torch.device.", f"Received: {kind}.")
    if name != wanted:
        fail("That is not the right device.", f"Expected {wanted}, received {name}.")
