"""`np.array` is the function that makes arrays. The class of what it makes has another name: `type(array)` shows it.

Caught by: test_array_at_the_start, test_array_at_the_end
"""

types_along_the_way = {
    "array_type": "numpy.array",
    "array_dtype": "float64",
    "tensor_type": "torch.Tensor",
    "tensor_dtype": "torch.float64",
    "back_type": "numpy.array",
    "back_dtype": "float64",
    "memory_shared": True,
}
