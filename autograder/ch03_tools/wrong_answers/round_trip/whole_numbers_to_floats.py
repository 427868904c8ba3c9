"""You turn whole numbers into floats. They stay what they are: int64 becomes torch.int64, and no digit changes.

Caught by: test_dtype_travels_along, test_writing_to_the_tensor, test_writing_to_the_array_at_the_end,
test_writing_to_the_array_at_the_start
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    tensor = torch.from_numpy(array if array.dtype.kind == "f" else array.astype(np.float64))
    return tensor, tensor.numpy()
