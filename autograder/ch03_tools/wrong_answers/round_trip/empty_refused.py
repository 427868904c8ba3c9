"""You refuse an array without entries. It has a shape and a dtype like any other, and it can be shared.

Caught by: test_arrays_without_entries
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    if array.size == 0:
        raise ValueError("array is empty")
    tensor = torch.from_numpy(array)
    return tensor, tensor.numpy()
