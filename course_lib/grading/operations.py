"""What can be asked of student code: the same operations in a notebook and in a worker process."""

from __future__ import annotations

import itertools
import random
import sys
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from course_lib.grading.errors import StudentBlocked, StudentError, StudentMemory
from course_lib.grading.portable import Reference, export, substitute

CELL_PREFIX = "<cell "
MAX_ITEMS = 100_000
MAX_TEXT = 2000


class Namespace:
    """The student's objects as attributes, for probes."""

    def __init__(self, objects: Mapping[str, Any]):
        object.__setattr__(self, "_objects", objects)

    def __getattr__(self, name: str) -> Any:
        """Return the notebook's object of that name."""
        try:
            return self._objects[name]
        except KeyError:
            message = f"name {name!r} is not defined"
            raise NameError(message) from None


class Operations:
    """Performs requests on the objects of a namespace and keeps what cannot cross.

    Args:
        objects: the notebook's global variables.

    """

    def __init__(self, objects: dict[str, Any]):
        self.objects = objects
        self.kept: list[Any] = []
        self._operations: dict[str, Callable[..., Any]] = {
            "call": lambda target, *args, **kwargs: self._resolve(target)(*args, **kwargs),
            "value": self._resolve,
            "attribute": lambda target, name: getattr(self._resolve(target), name),
            "item": lambda target, key: self._resolve(target)[key],
            "length": lambda target: len(self._resolve(target)),
            "items": lambda target: list(itertools.islice(iter(self._resolve(target)), MAX_ITEMS)),
            "run": self._run,
            "run_once": self._run,  # in a notebook, where nobody remembers answers
        }

    def perform(self, name: str, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any], seed: int) -> Any:
        """Reseed, perform one operation and return its result as plain data with references.

        Raises:
            StudentError: whatever the student's code raised, as data.

        """
        reseed(seed)
        args, kwargs = substitute(args, self._find), substitute(kwargs, self._find)
        try:
            return export(self._operations[name](target, *args, **kwargs), self._keep)
        except (Exception, SystemExit) as error:
            raise describe(error) from error

    def _run(self, probe: Callable[..., Any], *args: Any) -> Any:
        return probe(Namespace(self.objects), *args)

    def _resolve(self, target: Any) -> Any:
        if isinstance(target, Reference):
            return self._find(target)
        if target not in self.objects:
            message = f"name {target!r} is not defined"
            raise NameError(message)
        return self.objects[target]

    def _find(self, reference: Reference) -> Any:
        return self.kept[reference.number]

    def _keep(self, value: Any) -> Reference:
        self.kept.append(value)
        return Reference(len(self.kept) - 1)


def reseed(seed: int) -> None:
    """Seed random, NumPy and, where it is loaded, torch."""
    random.seed(seed)
    np.random.seed(seed % 2**32)  # noqa: NPY002 - student code may draw from the global state
    torch = sys.modules.get("torch")
    if torch is not None:
        _reseed_torch(torch, seed)


def _reseed_torch(torch: Any, seed: int) -> None:
    """Do what `torch.manual_seed` does, without its 0.3 ms of preparing for devices that are not in use."""
    torch.default_generator.manual_seed(seed)
    if torch.cuda.is_initialized():
        torch.cuda.manual_seed_all(seed)
    if torch.backends.mps.is_available():
        torch.mps.manual_seed(seed)


def describe(error: BaseException) -> StudentError:
    """Turn an exception into data: its classes, its text, and the student's line that raised it."""
    if isinstance(error, StudentError):
        return error
    types = tuple(kind.__name__[:100] for kind in type(error).__mro__)
    cell, line = _place(error)
    return _kind(error)(types, _text(error), cell, line)


def _kind(error: BaseException) -> type[StudentError]:
    if isinstance(error, MemoryError) or "can't allocate memory" in _text(error):
        return StudentMemory
    return StudentBlocked if isinstance(error, PermissionError) else StudentError


def _text(error: BaseException) -> str:
    try:
        return str(error)[:MAX_TEXT]
    except Exception:  # noqa: BLE001 - a hostile __str__
        return ""


def _place(error: BaseException) -> tuple[str | None, int | None]:
    if isinstance(error, SyntaxError) and str(error.filename).startswith(CELL_PREFIX):
        return _cell_name(str(error.filename)), error.lineno
    place: tuple[str | None, int | None] = (None, None)
    trace = error.__traceback__
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        if filename.startswith(CELL_PREFIX):
            place = (_cell_name(filename), trace.tb_lineno)
        trace = trace.tb_next
    return place


def _cell_name(filename: str) -> str:
    return filename.removeprefix(CELL_PREFIX).removesuffix(">")
