"""`float` is Python's type of number. The entries of an array have a type of NumPy's, with the number of bits in its
name: `array.dtype` shows it.

Caught by: test_array_at_the_start, test_tensor, test_array_at_the_end
"""

types_along_the_way = {
    "array_type": "numpy.ndarray",
    "array_dtype": "float",
    "tensor_type": "torch.Tensor",
    "tensor_dtype": "torch.float",
    "back_type": "numpy.ndarray",
    "back_dtype": "float",
    "memory_shared": True,
}
