"""You expected torch.float32, the type of tensors that you make yourself. But this one looks at the array's own memory,
and there stand float64 numbers: the dtype travels along.

Caught by: test_tensor
"""

types_along_the_way = {
    "array_type": "numpy.ndarray",
    "array_dtype": "float64",
    "tensor_type": "torch.Tensor",
    "tensor_dtype": "torch.float32",
    "back_type": "numpy.ndarray",
    "back_dtype": "float64",
    "memory_shared": True,
}
