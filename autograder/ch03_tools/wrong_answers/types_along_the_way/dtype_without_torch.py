"""The dtype of the tensor is right in spirit, but PyTorch writes it in full: `str(tensor.dtype)` begins with torch and
a dot.

Caught by: test_tensor
"""

types_along_the_way = {
    "array_type": "numpy.ndarray",
    "array_dtype": "float64",
    "tensor_type": "torch.Tensor",
    "tensor_dtype": "float64",
    "back_type": "numpy.ndarray",
    "back_dtype": "float64",
    "memory_shared": True,
}
