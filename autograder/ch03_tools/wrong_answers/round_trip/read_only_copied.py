"""For a read-only array you quietly return a copy. The caller believes that memory is shared, and it is not. Refuse
instead, by name.

Caught by: test_refuses_read_only_arrays
"""


def round_trip(array):
    tensor = torch.from_numpy(array if array.flags.writeable else array.copy())
    return tensor, tensor.numpy()
