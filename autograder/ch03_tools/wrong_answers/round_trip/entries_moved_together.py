"""`np.ascontiguousarray` moves the entries of a slice together, and that is a copy whenever they were not together
before. A tensor can skip entries just as an array can: no need to move anything.

Caught by: test_slices_of_larger_arrays, test_refuses_arrays_that_run_backwards
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    tensor = torch.from_numpy(np.ascontiguousarray(array) if array.ndim else array)
    return tensor, tensor.numpy()
