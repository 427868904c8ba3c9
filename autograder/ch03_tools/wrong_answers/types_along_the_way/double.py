"""*Double* is the old name for float64, which PyTorch still understands. What `str(tensor.dtype)` shows is the other
one.

Caught by: test_tensor
"""

types_along_the_way = {
    "array_type": "numpy.ndarray",
    "array_dtype": "float64",
    "tensor_type": "torch.Tensor",
    "tensor_dtype": "torch.double",
    "back_type": "numpy.ndarray",
    "back_dtype": "float64",
    "memory_shared": True,
}
