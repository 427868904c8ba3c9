"""`student`: the object through which tests call student code, in this process or in a worker.

A visible check in a notebook and a hidden suite are written alike; only the backend differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from course_lib.grading.errors import StudentError
from course_lib.grading.operations import Operations
from course_lib.grading.portable import Reference, export, substitute


class Backend(Protocol):
    """Carries one request to the student's code and its plain result back."""

    def request(self, name: str, target: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None) -> Any:
        """Perform the operation `name` (see `Operations`) and return plain data with `Reference`s in it."""


class Student:
    """The student's notebook, seen from a test: `student.softmax(z)`, `student.run(probe, …)`, `student.value("x")`.

    Args:
        backend: what carries the calls.

    """

    def __init__(self, backend: Backend):
        self._backend = backend

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return a function that calls the student's function or class of that name."""
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **kwargs: _ask(self._backend, "call", name, args, kwargs)

    def value(self, name: str) -> Any:
        """Read a variable of the notebook."""
        return _ask(self._backend, "value", name)

    def run(self, probe: Callable[..., Any], *args: Any) -> Any:
        """Run a probe beside the student's code: `probe(namespace, *args)`. It must hold no expectations."""
        return _ask(self._backend, "run", probe, args)

    def run_once(self, probe: Callable[..., Any], *args: Any) -> Any:
        """Run a probe once for all tests of a suite that ask with equal arguments; they only read what it returned.

        For what takes long and shows several things, such as a picture, of which each test looks at one.
        """
        return _ask(self._backend, "run_once", probe, args)


class Handle:
    """An object of the student's that cannot cross, such as a module, a cache or a generator.

    It can be called, indexed, iterated, measured with `len`, asked for attributes, and passed back.
    """

    def __init__(self, backend: Backend, reference: Reference):
        self._backend = backend
        self._reference = reference

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the object."""
        return _ask(self._backend, "call", self._reference, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        """Return an attribute: data, or a handle."""
        if name.startswith("__"):
            raise AttributeError(name)
        return _ask(self._backend, "attribute", self._reference, (name,))

    def __getitem__(self, key: Any) -> Any:
        """Return an item: data, or a handle."""
        return _ask(self._backend, "item", self._reference, (key,))

    def __len__(self) -> int:
        """Return what the object says of its length; TypeError where it has none, so that `list(handle)` works."""
        try:
            return int(_ask(self._backend, "length", self._reference))
        except StudentError as error:
            if error.is_a("TypeError"):
                raise TypeError(error.message) from error
            raise

    def __iter__(self) -> Iterator[Any]:
        """Collect the items of an iterable or a generator, and go through them."""
        return iter(_ask(self._backend, "items", self._reference))

    def __repr__(self) -> str:
        """Name the handle without asking the student's object."""
        return f"<student object {self._reference.number}>"


def _ask(backend: Backend, name: str, target: Any, args: tuple[Any, ...] = (), kwargs: Any = None) -> Any:
    def put(value: Any) -> Any:
        if type(value) is Handle:
            return value._reference  # noqa: SLF001 - the handle's own module
        message = f"a test passed a {type(value).__name__}, which cannot cross to the student's code; use a probe"
        raise TypeError(message)

    result = backend.request(name, target, export(args, put), export(kwargs or {}, put))
    return substitute(result, lambda reference: Handle(backend, reference))


class LocalBackend:
    """Calls student code in this process: for visible checks in a notebook.

    Args:
        objects: the notebook's global variables.
        seed: what global random states are seeded with before each call.

    """

    def __init__(self, objects: dict[str, Any], seed: int = 0):
        self._operations = Operations(objects)
        self._seed = seed

    def request(self, name: str, target: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None) -> Any:
        """Perform the operation here. Arguments were copied by `export`, so the student cannot change a test's own."""
        return self._operations.perform(name, target, args, kwargs or {}, self._seed)
