"""`memory_shared` is text in yours. True without quotes is a truth value; in quotes it is a word of four letters (and
any word counts as true, even the word False).

Caught by: test_memory
"""

types_along_the_way = {
    "array_type": "numpy.ndarray",
    "array_dtype": "float64",
    "tensor_type": "torch.Tensor",
    "tensor_dtype": "torch.float64",
    "back_type": "numpy.ndarray",
    "back_dtype": "float64",
    "memory_shared": "True",
}
