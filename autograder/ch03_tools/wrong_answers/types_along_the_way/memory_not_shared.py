"""You expected a copy. Change one entry of the tensor and print the array: it has changed as well, since both look at
the same memory. (`torch.tensor` would copy, `torch.from_numpy` does not.)

Caught by: test_memory
"""

types_along_the_way = {
    "array_type": "numpy.ndarray",
    "array_dtype": "float64",
    "tensor_type": "torch.Tensor",
    "tensor_dtype": "torch.float64",
    "back_type": "numpy.ndarray",
    "back_dtype": "float64",
    "memory_shared": False,
}
