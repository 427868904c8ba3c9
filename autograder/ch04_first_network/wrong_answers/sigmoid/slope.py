"""You returned the slope of the sigmoid, s (1 - s), which is at most 1/4. It will be needed in the backward pass; here
the value s itself is asked for.

Caught by: test_agrees_with_the_definition, test_keeps_any_shape, test_single_numbers,
test_large_entries_cause_no_warning, test_whole_numbers_give_floats, test_mirror_images_add_up_to_one,
test_input_stays_as_it_was
"""


def sigmoid(z):
    s = 1 / (1 + np.exp(-np.clip(z, -500, 500)))
    return s * (1 - s)
