"""You expected the array at the end to be a tensor still, with a dtype of PyTorch. `tensor.numpy()` gives an ordinary
array: it does not look any different for its journey.

Caught by: test_array_at_the_end
"""

types_along_the_way = {
    "array_type": "numpy.ndarray",
    "array_dtype": "float64",
    "tensor_type": "torch.Tensor",
    "tensor_dtype": "torch.float64",
    "back_type": "torch.Tensor",
    "back_dtype": "torch.float64",
    "memory_shared": True,
}
