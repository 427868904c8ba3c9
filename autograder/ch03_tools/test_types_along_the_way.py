import pytest

from autograder.ch03_tools import oracles
from course_lib.grading import fail


def test_array_at_the_start(student):
    """Class and dtype of the array at the start are right.

    `type(array)` shows the module and the class; `str(array.dtype)` shows the dtype.
    """
    oracles.demand_values(student.value("types_along_the_way"), "array_type", "array_dtype")


def test_tensor(student):
    """Class and dtype of the tensor are right.

    Ask the tensor in the same two ways. There is one class for tensors of all dtypes, and PyTorch writes dtypes in
    full.
    """
    oracles.demand_values(student.value("types_along_the_way"), "tensor_type", "tensor_dtype")


def test_array_at_the_end(student):
    """Class and dtype of the array at the end are right.

    It went through PyTorch. Does it look any different for that?
    """
    oracles.demand_values(student.value("types_along_the_way"), "back_type", "back_dtype")


def test_memory(student):
    """Whether the three share their memory is right, and True or False is no string.

    Change one entry of the tensor and look at the other two.
    """
    oracles.demand_values(student.value("types_along_the_way"), "memory_shared")


@pytest.mark.supporting
def test_seven_keys(student):
    """The dict has the seven keys that are asked for, and no others.

    Copy the lines of the text; a missing letter makes another key.
    """
    answer = student.value("types_along_the_way")

    if type(answer) is not dict or set(answer) != set(oracles.TYPES):
        fail("The dict does not have exactly the seven keys that are asked for.")
