"""You average the absolute differences. The square is missing: it makes large mistakes count more, and its derivative
is the simple 2 (output - y).

Caught by: test_one_output_per_sample, test_several_outputs_per_sample, test_any_common_shape,
test_whole_numbers_are_fair_targets, test_arguments_stay_as_they_were
"""


def mse_loss(output, y):
    output, y = np.asarray(output), np.asarray(y)
    if y.shape != output.shape:
        raise ValueError(f"y has shape {y.shape}, but output has {output.shape}")
    if output.size == 0:
        raise ValueError(f"output is empty: {output.shape}")
    return np.mean(np.abs(output - y))
