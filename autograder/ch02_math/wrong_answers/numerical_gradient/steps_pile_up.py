"""You make the array of steps once, outside the loop, and never set it back to zero: the second entry is moved together
with the first, and so on. Make a fresh one for every entry.

Caught by: test_quadratics_of_a_vector, test_tables_and_stacks_of_tables, test_central_differences_with_the_step_given,
test_arrays_of_whole_numbers, test_argument_stays_as_it_was
"""


def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    if x.size == 0:
        raise ValueError(f"x has shape {x.shape}")
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    gradient, step = np.zeros(x.shape), np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step[place] = h
        gradient[place] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
