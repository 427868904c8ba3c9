"""`tensor.contiguous()` moves the entries of a slice together, and that is a copy. You do not need it here.

Caught by: test_slices_of_larger_arrays
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    tensor = torch.from_numpy(array)
    return tensor, tensor.contiguous().numpy()
