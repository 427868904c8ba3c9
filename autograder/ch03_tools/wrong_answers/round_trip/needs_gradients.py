"""You ask for gradients (`requires_grad`). Then the tensor can no longer be turned into an array directly, whole
numbers cannot have any, and writing to it is forbidden. Nobody asked for gradients here.

Caught by: test_dtype_travels_along, test_writing_to_the_tensor, test_writing_to_the_array_at_the_end,
test_writing_to_the_array_at_the_start, test_slices_of_larger_arrays
"""


def round_trip(array):
    if not array.flags.writeable:
        raise ValueError("array is read-only")
    tensor = torch.from_numpy(array).requires_grad_()
    return tensor, tensor.detach().numpy()
