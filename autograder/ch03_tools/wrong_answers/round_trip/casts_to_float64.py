"""You turn everything into float64. The dtype has to travel along: an array of float32 or of whole numbers comes back
as it was.

Caught by: test_dtype_travels_along, test_writing_to_the_tensor, test_writing_to_the_array_at_the_end,
test_writing_to_the_array_at_the_start
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    tensor = torch.from_numpy(array).double()
    return tensor, tensor.numpy()
