"""You wrote a list of the seven answers. The contract asks for a dict, in which every answer has its key.

Caught by: test_array_at_the_start, test_tensor, test_array_at_the_end, test_memory, test_seven_keys
"""

types_along_the_way = ["numpy.ndarray", "float64", "torch.Tensor", "torch.float64", "numpy.ndarray", "float64", True]
