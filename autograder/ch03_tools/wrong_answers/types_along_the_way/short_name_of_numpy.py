"""`np` is only our nickname for the module. Its real name stands in what `type(array)` shows.

Caught by: test_array_at_the_start, test_array_at_the_end
"""

types_along_the_way = {
    "array_type": "np.ndarray",
    "array_dtype": "float64",
    "tensor_type": "torch.Tensor",
    "tensor_dtype": "torch.float64",
    "back_type": "np.ndarray",
    "back_dtype": "float64",
    "memory_shared": True,
}
