"""For a table you move a whole row at a time: a loop over `len(x)` runs over rows, not over entries. Each entry needs
two calls of its own.

Caught by: test_tables_and_stacks_of_tables, test_central_differences_with_the_step_given, test_arrays_of_whole_numbers,
test_argument_stays_as_it_was
"""


def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    if x.size == 0:
        raise ValueError(f"x has shape {x.shape}")
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    gradient = np.zeros(x.shape)
    for i in range(len(x)):
        step = np.zeros(x.shape)
        step[i] = h
        gradient[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
