"""You refuse what cannot be shared, but your message does not name the argument. Say that it is `array` that is the
trouble.

Caught by: test_refuses_read_only_arrays, test_refuses_arrays_that_run_backwards
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("read-only")
    try:
        tensor = torch.from_numpy(array)
    except ValueError:
        raise ValueError("cannot be shared") from None
    return tensor, tensor.numpy()
