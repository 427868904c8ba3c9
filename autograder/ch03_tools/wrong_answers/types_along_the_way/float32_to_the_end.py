"""You expected that the numbers become float32 in PyTorch and stay so. The tensor looks at the array's own memory, and
so does the array at the end: float64 all the way.

Caught by: test_tensor, test_array_at_the_end
"""

types_along_the_way = {
    "array_type": "numpy.ndarray",
    "array_dtype": "float64",
    "tensor_type": "torch.Tensor",
    "tensor_dtype": "torch.float32",
    "back_type": "numpy.ndarray",
    "back_dtype": "float32",
    "memory_shared": True,
}
