"""This is tanh, a sister of the sigmoid: it runs from -1 to 1 and passes through 0 at z = 0. The sigmoid runs from 0 to
1 and passes through 1/2. Check your value at z = 0 first.

Caught by: test_agrees_with_the_definition, test_keeps_any_shape, test_single_numbers,
test_large_entries_cause_no_warning, test_whole_numbers_give_floats, test_mirror_images_add_up_to_one,
test_input_stays_as_it_was
"""


def sigmoid(z):
    return np.tanh(z)
