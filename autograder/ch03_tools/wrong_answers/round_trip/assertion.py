"""You refuse with `assert`, which raises an AssertionError. The contract asks for a ValueError.

Caught by: test_refuses_read_only_arrays
"""


def round_trip(array):
    assert array.flags.writeable, "array is read-only"
    tensor = torch.from_numpy(array)
    return tensor, tensor.numpy()
