"""There is a key too many in your dict. Exactly seven are asked for; keep notes of your own elsewhere.

Caught by: test_seven_keys
"""

types_along_the_way = {
    "array_type": "numpy.ndarray",
    "array_dtype": "float64",
    "tensor_type": "torch.Tensor",
    "tensor_dtype": "torch.float64",
    "back_type": "numpy.ndarray",
    "back_dtype": "float64",
    "memory_shared": True,
    "tensor_device": "cpu",
}
