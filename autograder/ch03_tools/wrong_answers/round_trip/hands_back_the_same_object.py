"""You hand back the very array that came in. Its memory is shared, to be sure, but the way back was not taken: make an
array from the tensor.

Caught by: test_array_at_the_end_is_a_new_one
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    return torch.from_numpy(array), array
