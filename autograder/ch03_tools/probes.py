"""Code that runs beside the student's: what a single call from outside cannot see. It holds no expectations."""

import contextlib
import dis
import inspect
import itertools
import types
import warnings

import numpy as np
import torch

KNOW_THE_RULE = {
    name
    for module in (np, np.lib.stride_tricks, torch, torch.functional)
    for name in dir(module)
    if "broadcast" in name.lower()
}


def with_warnings(student, name, *args):
    """Call a function in NumPy's default error state; return its result and how many RuntimeWarnings came."""
    state = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
    with warnings.catch_warnings(record=True) as caught, np.errstate(**state):
        warnings.simplefilter("always")
        result = getattr(student, name)(*args)
    return result, sum(issubclass(warning.category, RuntimeWarning) for warning in caught)


def arguments_after(student, name, *args):
    """Call a function and return its arguments as they are afterwards."""
    getattr(student, name)(*args)
    return list(args)


def with_frozen(student, name, *args):
    """Call a function with read-only arrays whose entries do not lie side by side in memory."""
    return getattr(student, name)(*[_frozen(value) for value in args])


def _frozen(value):
    view = _spread(value)
    view.flags.writeable = False
    return view


def _spread(array):
    room = np.zeros(tuple(2 * length for length in array.shape), dtype=array.dtype)
    view = room[tuple(slice(None, None, 2) for _ in array.shape)]
    view[...] = array
    return view


# --- broadcast_shape --------------------------------------------------------------------------------------------------


def shapes_of_pairs(student, pairs):
    """Ask for the shape of each pair; a ValueError is noted as its name."""
    return [_shape_of_pair(student, a, b) for a, b in pairs]


def shapes_of_all(student, sizes, axes):
    """Ask for the shape of every pair of shapes with at most some axes of these sizes."""
    shapes = [shape for length in range(axes + 1) for shape in itertools.product(sizes, repeat=length)]
    return shapes_of_pairs(student, itertools.product(shapes, shapes))


def _shape_of_pair(student, a, b):
    try:
        result = student.broadcast_shape(a, b)
    except ValueError:
        return "ValueError"
    return list(result) if type(result) in (tuple, list, torch.Size, np.ndarray) else result


def functions_that_know_the_rule(student):
    """Return the names with broadcast in them that the function takes from NumPy or PyTorch, directly or by a helper.

    The compiled code is read, not the text: comments, docstrings and other code of the cell (such as a comparison with
    NumPy, to check oneself) are nobody's business.
    """
    found, waiting, seen = set(), [student.broadcast_shape], set()
    while waiting:
        value = waiting.pop()
        found |= _borrowed(value)
        function = inspect.unwrap(value) if callable(value) else value
        if not isinstance(function, types.FunctionType) or function in seen:
            continue
        seen.add(function)
        for step in _steps(function.__code__):
            if step.opname in ("LOAD_ATTR", "LOAD_METHOD", "IMPORT_FROM") and step.argval in KNOW_THE_RULE:
                found.add(step.argval)
            if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
                named = function.__globals__.get(step.argval)
                found |= _borrowed(named)
                if isinstance(named, types.FunctionType) and named.__globals__ is function.__globals__:
                    waiting.append(named)
    return sorted(found)


def _steps(code):
    yield from dis.get_instructions(code)
    for part in code.co_consts:
        if isinstance(part, types.CodeType):
            yield from _steps(part)


def _borrowed(value):
    """Name a function of NumPy or PyTorch that is called something with broadcast, whatever the student calls it."""
    name = str(getattr(value, "__name__", ""))
    module = str(getattr(value, "__module__", "")).partition(".")[0]
    return {name} if module in ("numpy", "torch") and name in KNOW_THE_RULE else set()


# --- round_trip -------------------------------------------------------------------------------------------------------


def trip(student, array):
    """Go there and back; return tensor, array at the end, and whether that is the very object that went in."""
    tensor, back = student.round_trip(array=array)
    return tensor, back, back is array


def written(student, where, array, place, entry):
    """Go there and back, write an entry through one of the three; return what all three hold then."""
    return _written(student, where, array, place, entry)


def written_spread(student, where, array, place, entry):
    """Do the same with an array whose entries do not lie side by side."""
    return _written(student, where, _spread(array), place, entry)


def written_turned(student, where, array, place, entry):
    """Do the same with a transposed array."""
    return _written(student, where, array.T, place, entry)


def _written(student, where, array, place, entry):
    tensor, back = student.round_trip(array)
    {"array": array, "tensor": tensor, "back": back}[where][place] = entry
    return array, tensor, back


def trip_of_frozen(student, array):
    """Go there and back with a read-only array; return all that came of it, and whether memory is shared then.

    PyTorch's warning about it is nobody's business here.
    """
    frozen = _frozen(array)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tensor, back, same = trip(student, frozen)
    return tensor, back, same, np.shares_memory(frozen, back)


def trip_of_backwards(student, array, axis):
    """Go there and back with an array that runs backwards along an axis."""
    return trip(student, np.flip(array, axis))


# --- torch_gradient ---------------------------------------------------------------------------------------------------


def _function(kind, numbers):
    if kind == "cubic":
        a, b, c, d = numbers
        return lambda x: a * x**3 + b * x**2 + c * x + d
    rate = numbers[0]
    core = {
        "sin": lambda x: torch.sin(rate * x),
        "exp": lambda x: torch.exp(rate * x),
        "tanh": lambda x: torch.tanh(rate * x),
        "logarithm": lambda x: torch.log(1 + (rate * x) ** 2),
    }[kind]
    return lambda x: core(x) + 5 * x.detach()  # the second part is cut off from the record


def slopes(student, kind, numbers, places):
    """Take the slope of one function at several places, one after the other."""
    function = _function(kind, numbers)
    return [student.torch_gradient(function, x) for x in places]


def slope_by_keyword(student, kind, numbers, x):
    """Take a slope, both arguments passed by name."""
    return student.torch_gradient(x=x, f=_function(kind, numbers))


def folded_slopes(student, times, places):
    """Take slopes of a function with a loop and an if."""

    def folded(x):
        for _ in range(times):
            x = 1 - 2 * x if x > 0 else 1 + 2 * x
        return x

    return [student.torch_gradient(folded, x) for x in places]


def slope_with_a_cut(student, rate, x):
    """Take the slope of a product whose second factor is cut off from the record."""
    return student.torch_gradient(lambda place: rate * place * place.detach() ** 2, x)


def slope_at_a_kink(student, rate):
    """Take the slope of a ReLU at 0."""
    return student.torch_gradient(lambda place: rate * torch.relu(place), 0.0)


def slopes_around_no_grad(student, kind, numbers, x):
    """Take a slope inside no_grad and one outside; note after each whether recording is on."""
    function = _function(kind, numbers)
    with torch.enable_grad():  # whatever earlier calls have left behind
        with torch.no_grad():
            inside = student.torch_gradient(function, x)
            on_inside = torch.is_grad_enabled()
        on_between = torch.is_grad_enabled()
        outside = student.torch_gradient(function, x)
        return [inside, outside], [on_inside, on_between, torch.is_grad_enabled()]


def slope_of_shape(student, shape):
    """Take the slope of a function that returns an array of some shape."""
    return student.torch_gradient(lambda x: x * torch.ones(shape), 1.5)


def slope_in_one_entry(student, kind, numbers, x, axes):
    """Take the slope of a function that returns its one number with some axes of length 1 around it."""
    function = _function(kind, numbers)
    return student.torch_gradient(lambda place: function(place).reshape((1,) * axes), x)


# --- choose_device ----------------------------------------------------------------------------------------------------


def chosen(student, there, *preference):
    """Choose a device on a computer that has some of cuda and mps; return the class of the choice and its name."""
    with _computer_with(there):
        device = student.choose_device(*preference)
    return type(device).__name__, str(getattr(device, "type", device))


def chosen_by_keyword(student, there, preference):
    """Do the same, the argument passed by name."""
    with _computer_with(there):
        device = student.choose_device(preference=preference)
    return type(device).__name__, str(getattr(device, "type", device))


@contextlib.contextmanager
def _computer_with(there):
    """Let PyTorch say that some devices are there, whichever of its functions is asked."""
    cuda, mps = "cuda" in there, "mps" in there
    best = torch.device("cuda") if cuda else torch.device("mps") if mps else None
    core = torch._C  # noqa: SLF001 - those who imported a function by name ask here in the end
    changes = [
        (core, "_cuda_getDeviceCount", lambda: int(cuda)),
        (core, "_mps_is_available", lambda: mps),
        (core, "_has_mps", mps),
        (torch.cuda, "is_available", lambda: cuda),
        (torch.cuda, "device_count", lambda: int(cuda)),
        (torch.backends.mps, "is_available", lambda: mps),
        (torch.backends.mps, "is_built", lambda: mps),
        (torch.mps, "is_available", lambda: mps),
        (torch.mps, "device_count", lambda: int(mps)),
        (torch.accelerator, "is_available", lambda: best is not None),
        (torch.accelerator, "current_accelerator", lambda check_available=False: best),  # noqa: ARG005
        (torch.accelerator, "device_count", lambda: int(best is not None)),
    ]
    missing = object()
    before = [(owner, name, getattr(owner, name, missing)) for owner, name, _ in changes]
    original = torch.backends.mps.is_available  # remembers its answer, also for those who imported it by name
    forget = getattr(original, "cache_clear", lambda: None)
    try:
        forget()
        for owner, name, value in changes:
            setattr(owner, name, value)
        yield
    finally:
        for owner, name, value in before:
            if value is missing:
                delattr(owner, name)
            else:
                setattr(owner, name, value)
        forget()
