"""Both things that you return are tensors. The way back is still missing: `tensor.numpy()` makes an array.

Caught by: test_entries_and_shape, test_dtype_travels_along, test_writing_to_the_tensor,
test_writing_to_the_array_at_the_end, test_writing_to_the_array_at_the_start, test_slices_of_larger_arrays,
test_array_at_the_end_is_a_new_one, test_arrays_without_entries
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    tensor = torch.from_numpy(array)
    return tensor, tensor
