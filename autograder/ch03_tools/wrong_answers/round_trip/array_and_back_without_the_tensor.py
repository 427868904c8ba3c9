"""The array at the end looks at the array's memory, but the tensor has a copy of its own. All three have to share.

Caught by: test_writing_to_the_tensor, test_writing_to_the_array_at_the_end, test_writing_to_the_array_at_the_start,
test_slices_of_larger_arrays
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    return torch.tensor(array), array[...]
