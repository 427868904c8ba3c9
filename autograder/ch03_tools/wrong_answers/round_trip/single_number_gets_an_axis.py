"""An array without axes comes back with one: you wrapped it with `np.atleast_1d`. A single number is a fair array, of
shape ().

Caught by: test_arrays_without_entries
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    tensor = torch.from_numpy(np.atleast_1d(array))
    return tensor, tensor.numpy()
