"""You copied all of `<class '…'>`. The contract asks for the name between the quotes only.

Caught by: test_array_at_the_start, test_tensor, test_array_at_the_end
"""

types_along_the_way = {
    "array_type": "<class 'numpy.ndarray'>",
    "array_dtype": "float64",
    "tensor_type": "<class 'torch.Tensor'>",
    "tensor_dtype": "torch.float64",
    "back_type": "<class 'numpy.ndarray'>",
    "back_dtype": "float64",
    "memory_shared": True,
}
