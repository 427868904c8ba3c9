"""You left out the modules. The contract asks for what stands between the quotes in `<class '…'>`: the module, a dot,
the class.

Caught by: test_array_at_the_start, test_tensor, test_array_at_the_end
"""

types_along_the_way = {
    "array_type": "ndarray",
    "array_dtype": "float64",
    "tensor_type": "Tensor",
    "tensor_dtype": "torch.float64",
    "back_type": "ndarray",
    "back_dtype": "float64",
    "memory_shared": True,
}
