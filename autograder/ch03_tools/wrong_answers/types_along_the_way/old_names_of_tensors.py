"""`torch.DoubleTensor` is what the old method `tensor.type()` answers. There is only one class for tensors of all
dtypes; `type(tensor)` names it.

Caught by: test_tensor
"""

types_along_the_way = {
    "array_type": "numpy.ndarray",
    "array_dtype": "float64",
    "tensor_type": "torch.DoubleTensor",
    "tensor_dtype": "torch.float64",
    "back_type": "numpy.ndarray",
    "back_dtype": "float64",
    "memory_shared": True,
}
