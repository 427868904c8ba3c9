"""The tensor is right, but on the way back you convert to float64. For other dtypes that is a copy, and the type has
changed.

Caught by: test_dtype_travels_along, test_writing_to_the_tensor, test_writing_to_the_array_at_the_end,
test_writing_to_the_array_at_the_start
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    tensor = torch.from_numpy(array)
    return tensor, np.asarray(tensor.numpy(), dtype=np.float64)
