"""For an array that runs backwards you quietly return a copy. The caller believes that memory is shared, and it is not.
Let the error come through.

Caught by: test_refuses_arrays_that_run_backwards
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    tensor = torch.from_numpy(array if min(array.strides, default=1) >= 0 else array.copy())
    return tensor, tensor.numpy()
