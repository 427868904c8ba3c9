"""You move all entries together, so every slope is the sum of all partial derivatives. Move one entry and hold the
others still, then the next.

Caught by: test_quadratics_of_a_vector, test_tables_and_stacks_of_tables, test_central_differences_with_the_step_given,
test_arrays_of_whole_numbers, test_argument_stays_as_it_was
"""


def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    if x.size == 0:
        raise ValueError(f"x has shape {x.shape}")
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    slope = (f(x + h) - f(x - h)) / (2 * h)
    return np.full(x.shape, slope)
