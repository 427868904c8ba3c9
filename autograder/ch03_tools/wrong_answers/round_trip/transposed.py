"""The array at the end is transposed. Nothing has to be turned: tensors put rows first, as arrays do.

Caught by: test_entries_and_shape, test_writing_to_the_tensor, test_writing_to_the_array_at_the_end,
test_writing_to_the_array_at_the_start, test_slices_of_larger_arrays, test_arrays_without_entries
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    tensor = torch.from_numpy(array)
    return tensor, tensor.numpy().T
