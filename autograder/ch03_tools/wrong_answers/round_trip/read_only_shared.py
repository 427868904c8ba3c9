"""You accept a read-only array. The tensor that looks at its memory is writeable all the same, so whoever has the
tensor can change what was protected. PyTorch only warns; you have to refuse.

Caught by: test_refuses_read_only_arrays
"""


def round_trip(array):
    tensor = torch.from_numpy(array)
    return tensor, tensor.numpy()
