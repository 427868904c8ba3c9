"""`torch.Tensor` with a capital T, like `.float()`, turns everything into float32. That changes the dtype, and since
those numbers are shorter, it must be a copy.

Caught by: test_entries_and_shape, test_dtype_travels_along, test_writing_to_the_tensor,
test_writing_to_the_array_at_the_end, test_writing_to_the_array_at_the_start, test_slices_of_larger_arrays,
test_array_at_the_end_is_a_new_one
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    tensor = torch.from_numpy(array).float()
    return tensor, tensor.numpy()
