"""You flatten the array. Its shape has to travel along like its entries.

Caught by: test_entries_and_shape, test_writing_to_the_tensor, test_writing_to_the_array_at_the_end,
test_writing_to_the_array_at_the_start, test_slices_of_larger_arrays, test_arrays_without_entries,
test_refuses_arrays_that_run_backwards
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    tensor = torch.from_numpy(array.reshape(-1))
    return tensor, tensor.numpy()
