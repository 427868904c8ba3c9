"""A session: one notebook in a worker, loaded cell by cell, replaced when the worker dies."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from course_lib.grading.errors import StudentCrash, StudentError, StudentTimeout
from course_lib.grading.healing import CodeCell
from course_lib.grading.sandbox.launcher import WorkerProcess, Zygote, read_errors
from course_lib.grading.sandbox.request import Request

MAX_RELOADS = 6  # one for all cells together, the others for each cell that ends the worker
TOGETHER_SECONDS = 1.0  # for all cells together; where they take longer, each is loaded by itself, with its own time


@dataclass
class Clock:
    """What is left of a submission's total time, and how much of it student code used."""

    total_seconds: float
    used_seconds: float = 0.0

    def allow(self, seconds: float) -> float:
        """Return how long the next call may take."""
        return max(0.01, min(seconds, self.total_seconds - self.used_seconds))

    @property
    def is_over(self) -> bool:
        """Whether the total is used up."""
        return self.used_seconds >= self.total_seconds


class Session:
    """A notebook that can be asked.

    Args:
        zygote: gives the workers.
        cells: the code to load, in order.
        clock: the submission's time.
        memory_mib: what a worker may use.
        cell_seconds: what each cell may take to load.

    Attributes:
        failures: cells that did not load, by position, with the exception.

    """

    def __init__(self, zygote: Zygote, cells: tuple[CodeCell, ...], clock: Clock, memory_mib: int, cell_seconds: float):
        self._zygote = zygote
        self._cells = cells
        self._clock = clock
        self._memory_mib = memory_mib
        self._cell_seconds = cell_seconds
        self._worker: WorkerProcess | None = None
        self._deadly: set[int] = set()
        self._overlay: CodeCell | None = None
        self._forgets = False
        self._one_by_one = False
        self.failures: dict[int, StudentError] = {}

    is_asked = True  # questions reach student code

    @property
    def alive(self) -> bool:
        """Whether a worker holds the notebook now."""
        return self._worker is not None and self._worker.alive

    def start_again(self, clock: Clock) -> None:
        """Give what follows a time of its own."""
        self._clock = clock

    def overlay(self, cell: CodeCell) -> None:
        """Run one more cell on top of the others, in place of the last one given; for many variants of a cell.

        Args:
            cell: redefines what an earlier cell defines; run again whenever a worker is replaced. What the last one
                defined is gone.

        """
        self._overlay = cell
        if self._worker is not None and self._worker.alive:
            self._run_overlay(self._worker)

    def _run_overlay(self, worker: WorkerProcess) -> None:
        if self._overlay is not None:
            with suppress(StudentError):  # a cell that fails leaves its names undefined, and the calls say so
                request = Request("overlay", self._overlay.name, (self._overlay.source,))
                self._timed(worker, request, self._cell_seconds)

    def ask(self, name: str, target: Any, args: Any, kwargs: Any, *, seed: int, seconds: float) -> Any:  # noqa: PLR0913
        """Perform one operation on the notebook's objects (see `Operations`), starting a worker where none lives.

        Raises:
            StudentError: what happened instead of a result, by class.

        """
        worker = self._ready_worker()
        if name == "run" and callable(target):
            target = shippable(target)
        request = Request(name, target, args, kwargs, seed, self._forgets)
        self._forgets = False
        return self._timed(worker, request, seconds)

    def forget(self) -> None:
        """Let the worker drop the objects that it keeps for handles, with the next question."""
        self._forgets = True

    def load(self) -> None:
        """Load the notebook now."""
        self._ready_worker()

    def close(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _timed(self, worker: WorkerProcess, request: Request, seconds: float) -> Any:
        if self._clock.is_over:
            message = f"the submission used up its {self._clock.total_seconds:g} s"
            raise StudentTimeout(("TimeoutError",), message)
        began = time.monotonic()
        try:
            return worker.ask(request, self._clock.allow(seconds))
        finally:
            self._clock.used_seconds += time.monotonic() - began

    def _ready_worker(self) -> WorkerProcess:
        for _ in range(MAX_RELOADS):
            if self._worker is not None and self._worker.alive:
                return self._worker
            self._worker = self._zygote.fork(self._memory_mib)
            self._load_into(self._worker)
        raise StudentCrash(("SystemExit",), "the notebook's cells end the process whenever they are run")

    def _load_into(self, worker: WorkerProcess) -> None:
        if self._one_by_one:
            self._load_one_by_one(worker)
        else:
            self._load_together(worker)
        if worker.alive:
            self._run_overlay(worker)

    def _load_together(self, worker: WorkerProcess) -> None:
        """Load all cells with one question; where it is not answered, which cell is to blame shows one by one."""
        cells = [(cell.name, cell.source) for cell in self._cells]
        try:
            told = self._timed(worker, Request("cells", "", (cells,)), min(TOGETHER_SECONDS, self._cell_seconds))
            errors = read_errors(told, len(cells))
        except StudentError:
            self._one_by_one = True
            worker.close()
        else:
            self.failures |= {position: error for position, error in enumerate(errors) if error is not None}

    def _load_one_by_one(self, worker: WorkerProcess) -> None:
        for position, cell in enumerate(self._cells):
            if position in self._deadly:
                continue
            try:
                self._timed(worker, Request("cell", cell.name, (cell.source,)), self._cell_seconds)
            except StudentError as error:
                self.failures[position] = error
                if not worker.alive:
                    self._deadly.add(position)
                    return


@lru_cache(maxsize=1024)
def shippable(probe: Callable[..., Any]) -> dict[str, str]:
    """Turn a probe into what the worker needs to run it: its module's source and its name."""
    module = inspect.getmodule(probe)
    if module is None:
        message = f"{probe!r} is not a function of a probes module"
        raise TypeError(message)
    return {"source": inspect.getsource(module), "function": probe.__name__}
