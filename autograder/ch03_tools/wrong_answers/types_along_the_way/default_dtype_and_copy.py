"""You described the way by `torch.tensor` or `torch.Tensor`, with a copy and PyTorch's usual float32. The trip of
exercise 4 shares memory, so the numbers stay what they are: float64.

Caught by: test_tensor, test_memory
"""

types_along_the_way = {
    "array_type": "numpy.ndarray",
    "array_dtype": "float64",
    "tensor_type": "torch.Tensor",
    "tensor_dtype": "torch.float32",
    "back_type": "numpy.ndarray",
    "back_dtype": "float64",
    "memory_shared": False,
}
