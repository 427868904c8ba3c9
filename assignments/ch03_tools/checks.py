"""Visible checks of chapter 3: the obvious cases, most of them with numbers that the notebook works out."""

import contextlib
import dis
import types
import warnings
from unittest import mock

import numpy as np
import torch

from course_lib.grading import assert_close, fail, refuses, visible

SEVEN_KEYS = ("array_type", "array_dtype", "tensor_type", "tensor_dtype", "back_type", "back_dtype", "memory_shared")

# --- slice_matrix -----------------------------------------------------------------------------------------------------


def pieces(student, M):
    """Ask for the three pieces and demand three arrays."""
    result = student.slice_matrix(M)
    if not isinstance(result, list | tuple) or len(result) != 3:
        fail("Return three arrays: `return row, column, block`.", f"Received: {result!r}.")
    return result


@visible("slice_matrix")
def test_slice_matrix_of_the_example(student):
    """The matrix of the text is cut into the right three pieces.

    22 … 27 is the third row: counting starts at 0. A column that looks like a row was cut by `M[:][2]`.
    """
    row, column, block = pieces(student, np.arange(10, 34).reshape(4, 6))

    assert_close(row, np.arange(16, 22), name="second row")
    assert_close(column, np.array([12, 18, 24, 30]), name="third column")
    assert_close(block, np.array([[10, 11], [16, 17]]), name="top-left block")


@visible("slice_matrix")
def test_slice_matrix_of_the_smallest_matrix(student):
    """Two rows and three columns are enough."""
    row, column, block = pieces(student, np.array([[0.5, 1.5, 2.5], [3.5, 4.5, 5.5]]))

    assert_close(row, np.array([3.5, 4.5, 5.5]), name="second row")
    assert_close(column, np.array([2.5, 5.5]), name="third column")
    assert_close(block, np.array([[0.5, 1.5], [3.5, 4.5]]), name="top-left block")


@visible("slice_matrix")
def test_slice_matrix_refuses_what_is_too_small(student):
    """A matrix with one row, one with two columns, and a vector are refused, with their shapes.

    `M[1]` or `M[:, 2]` raises an IndexError then, which does not say what is wrong with M, and a range that reaches
    over the edge raises nothing: the block just comes out smaller. Look at the shape first.
    """
    for shape in ((1, 5), (4, 2), (6,)):
        with refuses("M", shown=shape):
            student.slice_matrix(np.ones(shape))


# --- broadcast_shape --------------------------------------------------------------------------------------------------


@visible("broadcast_shape")
def test_broadcast_shape_of_the_examples(student):
    """The examples of the text come out.

    If (8, 1, 6) and (5, 1) do not fit in yours: write them below each other, aligned on the right.
    """
    assert_close(student.broadcast_shape((3, 4), (4,)), (3, 4), name="shape")
    assert_close(student.broadcast_shape((8, 1, 6), (5, 1)), (8, 5, 6), name="shape")
    assert_close(student.broadcast_shape((100, 1), (100,)), (100, 100), name="shape")
    for name, shape in (("a", (3, 4)), ("b", (3,))):
        with refuses(name, shown=shape):
            student.broadcast_shape((3, 4), (3,))


@visible("broadcast_shape")
def test_broadcast_shape_of_nothing(student):
    """The shape () of a single number fits with everything, and a size of 0 with 0 and with 1.

    The larger of two sizes is not always right: 0 and 1 give 0.
    """
    assert_close(student.broadcast_shape((), (2, 3)), (2, 3), name="shape")
    assert_close(student.broadcast_shape([4], []), (4,), name="shape")
    assert_close(student.broadcast_shape((), ()), (), name="shape")
    assert_close(student.broadcast_shape((0, 3), (1, 1)), (0, 3), name="shape")


@visible("broadcast_shape")
def test_broadcast_shape_refuses_a_negative_size(student):
    """A size below 0 is refused, and the shape is shown."""
    with refuses("b", shown=(-2, 3)):
        student.broadcast_shape((2, 3), (-2, 3))


@visible("broadcast_shape")
def test_broadcast_shape_is_your_own_rule(student):
    """No function with broadcast in its name does the work."""
    assert_close(student.broadcast_shape((2, 1), (1, 7)), (2, 7), name="shape")
    used = student.run(borrowed_names)

    if used:
        fail("Write the rule yourself, without the functions that know it.", f"Found: {used}.")


def borrowed_names(student):
    """Probe: names with broadcast in them that the function's own code looks up in a module."""
    found, waiting = set(), [getattr(student.broadcast_shape, "__code__", None)]
    while waiting:
        code = waiting.pop()
        if isinstance(code, types.CodeType):
            waiting += code.co_consts  # what is written inside: comprehensions, inner functions
            steps = [step for step in dis.get_instructions(code) if step.opname in {"LOAD_ATTR", "LOAD_METHOD"}]
            found |= {step.argval for step in steps if "broadcast" in step.argval}
    return sorted(found)


# --- standardize ------------------------------------------------------------------------------------------------------


def quietly(student, X):
    """Probe: standardise and record what NumPy warns about."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = student.standardize(X)
    return result, [str(warning.message) for warning in caught]


@visible("standardize")
def test_standardize_the_example(student):
    """The column 2, 4, 4, 10 becomes −1, −1/3, −1/3, 5/3.

    −0.87 in the first place means that you divided by n − 1; −0.33 that you divided by the variance.
    """
    X = np.array([[2, 200], [4, 0], [4, 100], [10, 100]])
    expected = np.array([[-1, 2**0.5], [-1 / 3, -(2**0.5)], [-1 / 3, 0], [5 / 3, 0]])

    assert_close(student.standardize(X), expected, atol=1e-12)


@visible("standardize")
def test_standardize_columns_of_equal_entries(student):
    """A column of equal entries becomes exactly 0, even if they are 0.1, and so does a single row.

    Ones mean that rounding left a tiny deviation, which was divided by itself. Compare the entries, not σ with 0.
    """
    X = np.array([[0.1, 1.0], [0.1, 3.0], [0.1, 1.0], [0.1, 3.0], [0.1, 1.0], [0.1, 3.0]])
    expected = np.array([[0.0, -1.0], [0.0, 1.0]] * 3)
    for table, wanted in ((X, expected), (np.array([[5.0, -2.0, 0.1]]), np.zeros((1, 3)))):
        result, warned = student.run(quietly, table)

        assert_close(result, wanted)
        if warned:
            fail("NumPy warned.", f"It said: {warned[0]}.")


@visible("standardize")
def test_standardize_keeps_nan_in_its_column(student):
    """A missing number makes its own column nan, and no other."""
    X = np.array([[1.0, 5.0], [np.nan, 9.0]])

    assert_close(student.standardize(X), np.array([[np.nan, -1.0], [np.nan, 1.0]]))


@visible("standardize")
def test_standardize_leaves_the_argument_alone(student):
    """The table that came in is the same afterwards, even if it already holds floats.

    `X -= …` writes into the caller's table; `X - …` makes a new one.
    """
    _, after = student.run(standardised_and_argument, np.array([[1.0, 2.0], [3.0, 5.0]]))

    assert_close(after, np.array([[1.0, 2.0], [3.0, 5.0]]), name="table afterwards")


def standardised_and_argument(student, X):
    """Probe: the result, and the argument as it is afterwards."""
    return student.standardize(X), X


@visible("standardize")
def test_standardize_refuses_what_is_no_table(student):
    """A table without rows and a vector are refused, with their shapes."""
    for shape in ((0, 3), (3,)):
        with refuses("X", shown=shape):
            student.standardize(np.zeros(shape))


# --- round_trip -------------------------------------------------------------------------------------------------------


def trip(student, array, *, tensor_entry=None, back_entry=None):
    """Probe: go there and back, write to the first entry of the tensor or the array, return all three."""
    tensor, back = student.round_trip(array)
    if tensor_entry is not None:
        tensor[0] = tensor_entry
    if back_entry is not None:
        back[0] = back_entry
    return array, tensor, back, back is array


def write_to_tensor(student, array, entry):
    """Probe: as above, writing to the tensor."""
    return trip(student, array, tensor_entry=entry)


def write_to_back(student, array, entry):
    """Probe: as above, writing to the array at the end."""
    return trip(student, array, back_entry=entry)


@visible("round_trip")
def test_round_trip_gives_a_tensor_and_an_array(student):
    """You get a tensor and a new array, both with the entries and the dtype of the first one.

    `torch.Tensor(array)` and `.float()` turn everything into float32.
    """
    for array in (np.array([1.5, 2.5]), np.array([1, 2, 3]), np.array([[0.5], [1.0]], dtype=np.float32)):
        _, tensor, back, same = student.run(trip, array)

        assert_close(tensor, torch.tensor(array), name="tensor")
        assert_close(back, array, name="array at the end")
        if str(tensor.dtype) != f"torch.{array.dtype}" or back.dtype != array.dtype:
            fail("The dtype has changed on the way.", f"{array.dtype}, then {tensor.dtype}, then {back.dtype}.")
        if same:
            fail("The array at the end is the very object that came in; make it from the tensor.")


@visible("round_trip")
def test_round_trip_shares_memory(student):
    """What is written to the tensor, or to the array at the end, shows in all three.

    `torch.tensor(array)` copies. Which function does not?
    """
    for write in (write_to_tensor, write_to_back):
        array, tensor, back, _ = student.run(write, np.array([1.5, 2.5, 3.5]), -7.0)

        expected = np.array([-7.0, 2.5, 3.5])
        assert_close(array, expected, name="array at the start")
        assert_close(tensor, torch.tensor(expected), name="tensor")
        assert_close(back, expected, name="array at the end")


@visible("round_trip")
def test_round_trip_refuses_a_read_only_array(student):
    """A read-only array is refused, since a tensor cannot be read-only.

    Ask for `array.flags.writeable` first.
    """
    with refuses("array"):
        student.run(trip_of_frozen, np.array([1.0, 2.0]))


def trip_of_frozen(student, array):
    """Probe: the same with an array that nobody may write to."""
    array.flags.writeable = False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return trip(student, array)


# --- types_along_the_way ----------------------------------------------------------------------------------------------


@visible("types_along_the_way")
def test_types_along_the_way_has_all_keys(student):
    """All seven keys are there, and the first six values are strings, the last one True or False.

    A string stands in quotes; write `"float64"`, not `np.float64`.
    """
    answer = student.value("types_along_the_way")
    if type(answer) is not dict or set(answer) != set(SEVEN_KEYS):
        fail("types_along_the_way must be a dict with the seven keys of the text.")
    for key in SEVEN_KEYS:
        wanted = bool if key == "memory_shared" else str
        if type(answer[key]) is not wanted:
            fail(f"The value of {key!r} must be {'True or False' if wanted is bool else 'a string'}.")


@visible("types_along_the_way")
def test_types_along_the_way_begins_right(student):
    """The array at the start is described in the words that Python uses.

    `type(array)` and `str(array.dtype)`, in a cell of your own. The other answers are found in the same way.
    """
    answer = student.value("types_along_the_way")
    array = np.array([1.5, 2.5, 3.5])
    shown = {"array_type": str(type(array)).split("'")[1], "array_dtype": str(array.dtype)}

    assert_close({key: answer[key] for key in shown if key in answer}, shown, name="answer")


# --- torch_gradient ---------------------------------------------------------------------------------------------------


def slope_of_polynomial(student, x):
    """Probe: the student's slope of 3x³ + 2x² − 5x + 7."""
    return student.torch_gradient(lambda x: 3 * x**3 + 2 * x**2 - 5 * x + 7, x)


@visible("torch_gradient")
def test_torch_gradient_of_the_example(student):
    """The slope of 3x³ + 2x² − 5x + 7 is 39 at 2, as a float, also for the whole number 2.

    A tensor of whole numbers has no gradient; make a float of x. And take the number out of the tensor.
    """
    for x in (2.0, 2):
        assert_close(student.run(slope_of_polynomial, x), 39.0, rtol=1e-5, name="slope")


@visible("torch_gradient")
def test_torch_gradient_twice(student):
    """Asking twice gives the same slope twice.

    78 is 39 and 39: `backward` adds to the gradient that is already there.
    """
    for x, wanted in ((2.0, 39.0), (2.0, 39.0), (0.0, -5.0)):
        assert_close(student.run(slope_of_polynomial, x), wanted, rtol=1e-5, name="slope")


@visible("torch_gradient")
def test_torch_gradient_without_recording(student):
    """It works inside `torch.no_grad()`, and recording is off there afterwards.

    `with torch.enable_grad():` switches recording on for its own lines only.
    """
    slope, recording = student.run(slope_inside_no_grad, 2.0)

    assert_close(slope, 39.0, rtol=1e-5, name="slope")
    if recording:
        fail("Afterwards recording was on inside the caller's no_grad().")


def slope_inside_no_grad(student, x):
    """Probe: the slope, and whether recording is on afterwards."""
    with torch.no_grad():
        return slope_of_polynomial(student, x), torch.is_grad_enabled()


@visible("torch_gradient")
def test_torch_gradient_is_not_measured(student):
    """The slope of x · x.detach() at 3 is 3, since the second factor counts as constant.

    6 means that it was measured, by moving x.
    """
    assert_close(student.run(slope_with_a_cut), 3.0, rtol=1e-5, name="slope")


def slope_with_a_cut(student):
    """Probe: the student's slope of x · x.detach() at 3."""
    return student.torch_gradient(lambda x: x * x.detach(), 3.0)


@visible("torch_gradient")
def test_torch_gradient_refuses_many_numbers(student):
    """A function that returns a table is refused, with the shape of what it returned."""
    with refuses("f", shown="2, 3"):
        student.run(slope_of_table)


def slope_of_table(student):
    """Probe: the student's slope of a function that returns a table."""
    return student.torch_gradient(lambda x: x * torch.ones(2, 3), 1.0)


# --- choose_device ----------------------------------------------------------------------------------------------------


def choice(student, there, *preference):
    """Probe: the device chosen while PyTorch says that these devices are there; its class and its name."""
    with computer_with("cuda" in there, "mps" in there):
        device = student.choose_device(*preference)
    return type(device).__name__, getattr(device, "type", str(device))


@contextlib.contextmanager
def computer_with(cuda, mps):
    """Let PyTorch say that devices are there, also to those who imported its questions by name: these ask its core."""
    core = torch._C  # noqa: SLF001 - see above
    answers = [
        (core, "_cuda_getDeviceCount", lambda: int(cuda)),
        (core, "_mps_is_available", lambda: mps),
        (torch.cuda, "is_available", lambda: cuda),
        (torch.backends.mps, "is_available", lambda: mps),
    ]
    forget = getattr(torch.backends.mps.is_available, "cache_clear", lambda: None)  # it remembers its answer
    with contextlib.ExitStack() as changes:
        changes.callback(forget)  # the last thing to happen
        forget()
        for owner, name, answer in answers:
            changes.enter_context(mock.patch.object(owner, name, answer, create=True))
        yield


def demand(student, there, preference, wanted):
    """Ask for a device and compare."""
    kind, name = student.run(choice, there, *preference)
    asked = f"For {', '.join(map(repr, preference)) or 'no argument'} with {', '.join(there) or 'neither'} there"
    if kind != "device":
        fail("Return a torch.device.", f"Received: {kind}.")
    if name != wanted:
        fail("That is not the right device.", f"{asked}: expected {wanted}, received {name}.")


@visible("choose_device")
def test_choose_device_by_itself(student):
    """Without an argument it takes cuda, else mps, else the CPU.

    PyTorch is made to say that devices are there or not, so this works on every computer.
    """
    for there, wanted in ((["cuda", "mps"], "cuda"), (["mps"], "mps"), ([], "cpu")):
        demand(student, there, [], wanted)
        demand(student, there, ["auto"], wanted)


@visible("choose_device")
def test_choose_device_by_name(student):
    """A device asked for by name is given if it is there, and otherwise the CPU."""
    demand(student, ["cuda", "mps"], ["mps"], "mps")
    demand(student, ["mps"], ["cuda"], "cpu")
    demand(student, ["cuda"], ["cpu"], "cpu")


@visible("choose_device")
def test_choose_device_refuses_other_names(student):
    """Other names are refused, with the name that came."""
    with refuses("preference", shown="gpu"):
        student.choose_device("gpu")
