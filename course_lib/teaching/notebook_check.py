"""Checking a notebook as it is saved: its cells run in a fresh Python process, then the visible checks.

A cell or a check that never ends costs itself: the process is ended, and another one goes on without it.
"""

from __future__ import annotations

import hashlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import course_lib
from course_lib.catalog import Chapter
from course_lib.grading.notebook_file import NotebookCell, SubmissionError, read_notebook
from course_lib.grading.report import TestResult, describe_docstring
from course_lib.grading.visible import load_checks
from course_lib.teaching.examine import FAILED, Finding, Outcome
from course_lib.teaching.notebook_process import CELL, CHECK

START_SECONDS = 120.0  # to start Python and for the first cell, which imports: slow disks, virus scanners
CALLS = 2  # a visible check may take as long as that many calls
NOT_RUN = ("__check", "__demo")  # ends of the ids of cells that only show something
CLOSING = "closing"


@dataclass(frozen=True)
class NotebookCheck:
    """What the visible checks found about a saved notebook.

    Attributes:
        chapter: its chapter.
        digest: of its code; it changes when the student changes the code, not when outputs do.
        findings: one per exercise of the chapter, in order.
        notes: cells that stopped, and why.

    """

    chapter: Chapter
    digest: str
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One thing for the process to do, and how many seconds it may take."""

    kind: str
    name: str
    seconds: float
    source: str = ""
    index: int = 0


def check_notebook(
    chapter: Chapter, cell_seconds: float, on_step: Callable[[int, int], None] | None = None
) -> NotebookCheck:
    """Run a chapter's released notebook, as saved, and its visible checks.

    Args:
        chapter: the chapter.
        cell_seconds: time for one cell.
        on_step: called with the number of steps done and of all steps.

    Raises:
        SubmissionError: the notebook or its checks cannot be read, or Python does not start.

    """
    cells = read_notebook(chapter.release)
    run = _Run(chapter, _cell_steps(cells, cell_seconds), on_step)
    run.to_the_end()
    findings = (Finding(exercise, tuple(run.outcomes.get(exercise.slug, ()))) for exercise in chapter.exercises)
    return NotebookCheck(chapter, digest_of(cells), tuple(findings), tuple(run.notes))


def digest_of(cells: tuple[NotebookCell, ...]) -> str:
    """Return what identifies the code of a notebook, whatever its outputs and its prose."""
    code = [cell.source for cell in cells if cell.kind == "code"]
    return hashlib.sha256(json.dumps(code).encode()).hexdigest()


def _cell_steps(cells: tuple[NotebookCell, ...], seconds: float) -> list[Step]:
    steps: list[Step] = []
    for number, cell in enumerate(cells, 1):
        name = cell.grade_id or f"number {number}"
        if cell.kind == "code" and cell.source.strip() and not name.endswith(NOT_RUN) and name != CLOSING:
            steps.append(Step(CELL, name, seconds if steps else START_SECONDS, cell.source))
    return steps


@dataclass
class _Run:
    """Steps that are still to do, and what the others found."""

    chapter: Chapter
    cells: list[Step]
    on_step: Callable[[int, int], None] | None
    outcomes: dict[str, list[Outcome]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Find the checks."""
        self._path = self.chapter.visible_checks_released
        try:
            self._checks = load_checks(self._path)
        except Exception as error:
            message = f"{self._path} cannot be used ({error}): get it again from where you got the notebook."
            raise SubmissionError(message) from error
        self._to_check = [
            Step(CHECK, exercise.slug, exercise.limits.call_seconds * CALLS, index=index)
            for exercise in self.chapter.exercises
            for index in range(len(self._checks.get(exercise.slug, ())))
        ]
        self._total = len(self.cells) + len(self._to_check)

    def to_the_end(self) -> None:
        """Do every step, in as many processes as it takes."""
        while True:
            steps = [*self.cells, *self._to_check]
            request = {"checks": str(self._path), "steps": [vars(step) for step in steps]}
            with _process(self.chapter.release_folder, request) as process:
                stuck = self._follow(process, steps)
            if stuck is None:
                return
            self._go_on_without(stuck, process)

    def _follow(self, process: _Process, steps: list[Step]) -> Step | None:
        """Note what the process reports; return the step that it did not come back from, or None at the end."""
        event = process.next_event(START_SECONDS)
        if event is None:
            message = f"Python did not start. {process.reason} This command must work: {sys.executable} -m {MODULE}"
            raise SubmissionError(message)
        current = steps[0] if steps else None
        while True:
            event = process.next_event(current.seconds if current else START_SECONDS)
            if event is None or "done" in event:
                return current if event is None else None
            if "begin" in event:
                current = steps[event["begin"]]
            else:
                self._note(steps[event["end"]], event)
                self._tell_progress(self._total - len(steps) + event["end"] + 1)

    def _note(self, step: Step, event: dict[str, Any]) -> None:
        if step.kind == CELL and event["error"]:
            self._add_note(f"The cell `{step.name}` stopped: {event['error']}")
        elif step.kind == CHECK:
            outcome = event["outcome"]
            found = Outcome(TestResult(**outcome["test"]), outcome["status"], outcome["missing"])
            self.outcomes.setdefault(step.name, []).append(found)
            self._to_check.remove(step)

    def _tell_progress(self, done: int) -> None:
        if self.on_step is not None:
            self.on_step(done, self._total)

    def _go_on_without(self, step: Step, process: _Process) -> None:
        """A cell that does not end is left out; so is the rest of an exercise whose check does not end."""
        if step.kind == CELL:
            self.cells.remove(step)
            self._add_note(f"The cell `{step.name}` was left out. {process.reason}")
            return
        for other in [other for other in self._to_check if other.name == step.name]:
            self._to_check.remove(other)
            check = self._checks[other.name][other.index]
            said = process.reason if other is step else "Not run after that."
            test = TestResult(check.__name__, describe_docstring(check)[0], process.outcome, said)
            self.outcomes.setdefault(step.name, []).append(Outcome(test, FAILED))

    def _add_note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)


MODULE = "course_lib.teaching.notebook_process"


class _Process:
    """A running notebook. Its reports are read by a thread, so that waiting for them can end, on every system."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._events: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self.outcome = self.reason = ""  # why there was no report
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - it was asked for
        with self._process.stdout as stream:
            for line in stream:
                if line.endswith("\n"):  # a process that is ended may leave half a line
                    self._events.put(json.loads(line))
        self._events.put(None)

    def stop(self) -> None:
        """End the process, where it has not ended."""
        self._process.kill()
        self._process.wait()
        self._reader.join(timeout=1)  # longer only where the notebook left a process behind that holds the pipe

    def next_event(self, seconds: float) -> dict[str, Any] | None:
        """Wait for a report; return None where none comes, and say why in `reason`."""
        try:
            event = self._events.get(timeout=seconds)
        except queue.Empty:
            self.outcome, self.reason = (
                "timeout",
                f"It did not end within {seconds:g} seconds: is there a loop that goes on?",
            )
            return None
        if event is None:
            self.outcome, self.reason = "error", f"It ended Python itself, with exit status {self._process.wait()}."
        return event


@contextmanager
def _process(folder: Path, request: dict[str, Any]) -> Iterator[_Process]:
    paths = [str(Path(course_lib.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {
        "MPLBACKEND": "Agg",
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PYTHONUTF8": "1",
    }
    process = subprocess.Popen(  # noqa: S603 - this Python, a module of ours
        [sys.executable, "-m", MODULE],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    running = _Process(process)
    try:
        _send(process, request)
        yield running
    finally:
        running.stop()


def _send(process: subprocess.Popen[str], request: dict[str, Any]) -> None:
    assert process.stdin is not None  # noqa: S101 - it was asked for
    try:
        with process.stdin as stream:
            json.dump(request, stream)
    except OSError:
        return  # it ended already: there will be no report, and that is noticed
