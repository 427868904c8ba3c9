"""The array at the end is an ordinary array, so its dtype is written in NumPy's way, without torch in front.

Caught by: test_array_at_the_end
"""

types_along_the_way = {
    "array_type": "numpy.ndarray",
    "array_dtype": "float64",
    "tensor_type": "torch.Tensor",
    "tensor_dtype": "torch.float64",
    "back_type": "numpy.ndarray",
    "back_dtype": "torch.float64",
    "memory_shared": True,
}
