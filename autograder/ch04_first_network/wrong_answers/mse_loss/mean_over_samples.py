"""You divide by the number of samples. With one output unit that is the number of entries; with several it is too
small by that factor. The mean goes over all entries.

Caught by: test_several_outputs_per_sample, test_any_common_shape, test_whole_numbers_are_fair_targets,
test_arguments_stay_as_they_were
"""


def mse_loss(output, y):
    output, y = np.asarray(output), np.asarray(y)
    if y.shape != output.shape:
        raise ValueError(f"y has shape {y.shape}, but output has {output.shape}")
    if output.size == 0:
        raise ValueError(f"output is empty: {output.shape}")
    return np.sum((output - y) ** 2) / len(output)
