"""You copy on the way there and on the way back, so that there are three separate blocks of memory. `torch.from_numpy`
and `tensor.numpy()` copy nothing.

Caught by: test_writing_to_the_tensor, test_writing_to_the_array_at_the_end, test_writing_to_the_array_at_the_start,
test_slices_of_larger_arrays
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    tensor = torch.tensor(array)
    return tensor, tensor.numpy().copy()
