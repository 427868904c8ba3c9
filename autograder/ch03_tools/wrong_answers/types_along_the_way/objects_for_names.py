"""You wrote the classes and dtypes themselves, without quotes. The contract asks for their names, as strings.

Caught by: test_array_at_the_start, test_tensor, test_array_at_the_end
"""

types_along_the_way = {
    "array_type": np.ndarray,
    "array_dtype": np.dtype("float64"),
    "tensor_type": torch.Tensor,
    "tensor_dtype": torch.float64,
    "back_type": np.ndarray,
    "back_dtype": np.dtype("float64"),
    "memory_shared": True,
}
