"""The key `memory_shared` is missing. Find out whether a change of the tensor shows in the two arrays, and add the
answer.

Caught by: test_memory, test_seven_keys
"""

types_along_the_way = {
    "array_type": "numpy.ndarray",
    "array_dtype": "float64",
    "tensor_type": "torch.Tensor",
    "tensor_dtype": "torch.float64",
    "back_type": "numpy.ndarray",
    "back_dtype": "float64",
}
