import numpy as np
import pytest
import torch

from autograder.ch03_tools import oracles, probes
from course_lib.grading import assert_close, fail, refuses


def test_entries_and_shape(student, rng):
    """Tensor and array at the end have the entries and the shape of the array at the start.

    Nothing is flattened, reordered or computed on the way. The tensor comes first.
    """
    for axes in (1, 2, 3):
        array = rng.normal(size=oracles.sizes(rng, axes))

        tensor, back, _ = student.run(probes.trip, array)

        assert_close(tensor, torch.tensor(array), rtol=0, name="tensor")
        assert_close(back, array, rtol=0, name="array at the end")


def test_dtype_travels_along(student, rng):
    """Numbers of type float32, float64 and int64 keep their type both ways.

    Which call converts? `torch.Tensor` with a capital T does, and so do `.float()` and `.double()`.
    """
    for dtype in (np.float32, np.float64, np.int64):
        array = (rng.normal(size=7) * 100).astype(dtype)

        tensor, back, _ = student.run(probes.trip, array)

        assert_close(tensor, torch.tensor(array), rtol=0, name="tensor")
        assert_close(back, array, rtol=0, name="array at the end")
        if str(tensor.dtype) != f"torch.{array.dtype}" or back.dtype != array.dtype:
            fail("The dtype has changed on the way.")


def test_writing_to_the_tensor(student, rng):
    """What is written to the tensor shows in both arrays.

    If not, there is a copy on the way there or on the way back. Which calls copy?
    """
    for dtype in (np.float32, np.float64, np.int64):
        array = (rng.normal(size=oracles.sizes(rng, 2)) * 100).astype(dtype)
        place = tuple(int(rng.integers(0, length)) for length in array.shape)

        result = student.run(probes.written, "tensor", array, place, -777)

        oracles.demand_all_three(result, array, place)


def test_writing_to_the_array_at_the_end(student, rng):
    """What is written to the array at the end shows in the tensor and in the array at the start.

    All three look at one block of memory, so it does not matter through which of them one writes.
    """
    for dtype in (np.float32, np.float64, np.int64):
        array = (rng.normal(size=oracles.sizes(rng, 2)) * 100).astype(dtype)
        place = tuple(int(rng.integers(0, length)) for length in array.shape)

        result = student.run(probes.written, "back", array, place, -777)

        oracles.demand_all_three(result, array, place)


def test_writing_to_the_array_at_the_start(student, rng):
    """What is written to the array at the start, after the trip, shows in the tensor and in the array at the end.

    A copy is a photograph: it shows what was there when it was made.
    """
    for dtype in (np.float32, np.float64, np.int64):
        array = (rng.normal(size=oracles.sizes(rng, 2)) * 100).astype(dtype)
        place = tuple(int(rng.integers(0, length)) for length in array.shape)

        result = student.run(probes.written, "array", array, place, -777)

        oracles.demand_all_three(result, array, place)


def test_slices_of_larger_arrays(student, rng):
    """An array whose entries do not lie side by side shares its memory too.

    `np.ascontiguousarray` moves the entries together, and that is a copy. A tensor can skip entries as an array can.
    """
    for probe in (probes.written_spread, probes.written_turned):
        for where in ("array", "tensor", "back"):
            array = rng.normal(size=oracles.sizes(rng, 2))
            seen = array.T if probe is probes.written_turned else array
            place = tuple(int(rng.integers(0, length)) for length in seen.shape)

            result = student.run(probe, where, array, place, -777.0)

            oracles.demand_all_three(result, seen, place)


def test_array_at_the_end_is_a_new_one(student, rng):
    """The array at the end is made from the tensor; it is not the object that came in.

    Same memory, but another array. Which method of a tensor gives an array?
    """
    array = rng.normal(size=5)

    _, back, same = student.run(probes.trip, array)

    assert_close(back, array, rtol=0, name="array at the end")
    if same is not False:
        fail("The array at the end is the very object that came in.")


def test_arrays_without_entries(student):
    """An array without entries and one without axes travel like any other.

    They have a shape and a dtype, and both are kept.
    """
    for array in (np.zeros((0, 3), dtype=np.float32), np.zeros(0), np.array(2.5)):
        tensor, back, _ = student.run(probes.trip, array)

        assert_close(tensor, torch.tensor(array), rtol=0, name="tensor")
        assert_close(back, array, rtol=0, name="array at the end")


@pytest.mark.supporting
def test_refuses_read_only_arrays(student, rng):
    """A read-only array is refused by name.

    A tensor cannot be read-only, and PyTorch only warns. Ask the array, in `array.flags.writeable`.
    """
    for array in (rng.normal(size=4), rng.integers(0, 9, size=(2, 3))):
        with refuses("array"):
            student.run(probes.trip_of_frozen, array)


@pytest.mark.supporting
def test_refuses_arrays_that_run_backwards(student, rng):
    """An array that runs backwards along an axis is refused by name.

    A tensor cannot run backwards, and a copy would not share its memory. `torch.from_numpy` says so by itself.
    """
    for axis in (0, 1):
        with refuses("array"):
            student.run(probes.trip_of_backwards, rng.normal(size=oracles.sizes(rng, 2)), axis)
