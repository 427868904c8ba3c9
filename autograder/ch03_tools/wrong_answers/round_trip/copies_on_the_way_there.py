"""`torch.tensor(array)` makes a copy: the tensor has memory of its own, and what you write to it never reaches the
array. `torch.from_numpy` makes a view.

Caught by: test_writing_to_the_tensor, test_writing_to_the_array_at_the_end, test_writing_to_the_array_at_the_start,
test_slices_of_larger_arrays
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    tensor = torch.tensor(array)
    return tensor, tensor.numpy()
