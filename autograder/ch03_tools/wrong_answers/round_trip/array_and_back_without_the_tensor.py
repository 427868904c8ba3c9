"""The array at the end looks at the array's memory, but the tensor has a copy of its own. All three have to share.

Caught by: test_writing_shows_everywhere, test_slices_of_larger_arrays
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    return torch.tensor(array), array[...]
