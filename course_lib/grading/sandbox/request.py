"""What the judge asks of a worker."""

from __future__ import annotations

from typing import Any, NamedTuple


class Request(NamedTuple):
    """One question; on the wire it is the list of its parts.

    Attributes:
        op: a cell to run, or one of `Operations`.
        target: a name, a kept object, a probe, or the name of a cell.
        args: positional arguments.
        kwargs: keyword arguments.
        seed: what global random states are seeded with.
        forget: whether the worker drops the objects that it keeps for handles.
        number: counts a worker's questions; the reply repeats it.

    """

    op: str
    target: Any
    args: tuple[Any, ...] = ()
    kwargs: Any = {}  # noqa: RUF012 - never changed
    seed: int = 0
    forget: bool = False
    number: int = 0
