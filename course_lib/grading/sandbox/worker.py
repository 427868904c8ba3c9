"""The worker: the process that holds the student's notebook and nothing else. It answers one request at a time.

Nothing here is trusted by the judge: student code shares this process and may replace any of it.
"""

from __future__ import annotations

import linecache
import sys
from collections.abc import Callable
from contextlib import nullcontext
from types import ModuleType
from typing import Any

from course_lib.grading.errors import StudentError
from course_lib.grading.operations import CELL_PREFIX, Operations, describe, reseed
from course_lib.grading.sandbox.channel import Channel
from course_lib.grading.sandbox.request import Request


def serve(channel: Channel) -> None:
    """Answer requests until the judge hangs up."""
    worker = Worker()
    while True:
        channel.send(worker.answer(Request(*channel.receive())))


class _NoShell:
    """Stands for IPython's shell: magics do nothing."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_args, **_kwargs: None


def make_main() -> ModuleType:
    """Make the module in which notebook cells run, with what Jupyter offers there."""
    main = ModuleType("__main__")
    main.__dict__.update(get_ipython=_NoShell, display=lambda *_args, **_kwargs: None)
    sys.modules["__main__"] = main
    return main


def silence_course() -> None:
    """Turn the notebook's own calls into no-ops: what they show is for a person."""
    import course_lib  # noqa: PLC0415 - only the worker changes it

    for name in ("check", "progress", "start"):
        setattr(course_lib, name, lambda *_args, **_kwargs: None)
    course_lib.demo = nullcontext  # type: ignore[assignment]


class Worker:
    """The notebook's objects and the operations on them."""

    def __init__(self) -> None:
        self._main = make_main()
        self._operations = Operations(self._main.__dict__)
        self._below: dict[str, Any] | None = None
        self._probes: dict[str, dict[str, Any]] = {}

    def answer(self, request: Request) -> dict[str, Any]:
        """Perform a request and return the reply: `value`, or `error` as data."""
        reply: dict[str, Any] = {"seq": request.number}
        try:
            reply["value"] = self._perform(request)
        except BaseException as error:  # noqa: BLE001 - SystemExit and the like are results as well
            reply["error"] = _as_data(describe(error))
        return reply

    def _perform(self, request: Request) -> Any:
        if request.forget:
            self._operations.kept.clear()
        match request.op:
            case "cell":
                return self._run_cell(request.target, request.args[0], request.seed)
            case "overlay":
                self._restore()
                return self._run_cell(request.target, request.args[0], request.seed)
            case "cells":
                return [self._error_of(*cell) for cell in request.args[0]]
        target = self._probe(**request.target) if request.op == "run" else request.target
        return self._operations.perform(request.op, target, request.args, request.kwargs, request.seed)

    def _run_cell(self, cell: str, source: str, seed: int) -> None:
        filename = f"{CELL_PREFIX}{cell}>"
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        reseed(seed)
        exec(compile(source, filename, "exec", dont_inherit=True), self._main.__dict__)  # noqa: S102 - our purpose

    def _restore(self) -> None:
        """Give every name the object that it had before the first overlay."""
        names = self._main.__dict__
        if self._below is None:
            self._below = dict(names)
        names.clear()
        names.update(self._below)

    def _error_of(self, cell: str, source: str) -> dict[str, Any] | None:
        """Run one of many cells and return what it raised."""
        try:
            self._run_cell(cell, source, seed=0)
        except BaseException as error:  # noqa: BLE001 - as in `answer`
            return _as_data(describe(error))
        return None

    def _probe(self, digest: str, source: str, function: str) -> Callable[..., Any]:
        if source:
            module = ModuleType("probes")
            exec(compile(source, "<probes>", "exec"), module.__dict__)  # noqa: S102 - ours
            self._probes[digest] = module.__dict__
        probe: Callable[..., Any] = self._probes[digest][function]
        return probe


def _as_data(error: StudentError) -> dict[str, Any]:
    return {
        "outcome": str(error.outcome),
        "types": [str(name) for name in error.types],
        "message": str(error.message),
        "cell": error.cell,
        "line": error.line,
    }
