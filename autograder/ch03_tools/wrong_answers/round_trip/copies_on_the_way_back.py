"""The tensor shares the array's memory, but the array at the end is a copy (`np.array` copies unless told otherwise).
`tensor.numpy()` is a view.

Caught by: test_writing_to_the_tensor, test_writing_to_the_array_at_the_end, test_writing_to_the_array_at_the_start,
test_slices_of_larger_arrays
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    tensor = torch.from_numpy(array)
    return tensor, np.array(tensor)
