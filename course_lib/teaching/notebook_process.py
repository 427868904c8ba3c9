"""The process of `course check`: runs the cells of one notebook, then its visible checks, and reports every step.

It is started by `notebook_check` and reads its request from standard input. It reports on what was standard output,
one JSON object a line; what the notebook prints goes nowhere. It is no sandbox: this is the student's own code on the
student's own machine, and it works wherever Python does.
"""

from __future__ import annotations

import json
import linecache
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

import course_lib
from course_lib.grading.code import without_magics
from course_lib.grading.safe_text import one_line
from course_lib.grading.visible import load_checks
from course_lib.teaching.examine import examine_one
from course_lib.teaching.place import MAX_LINE, name_and_text

UNDEFINED_REMEDY = "is it in the saved notebook, and does its cell run?"
CELL, CHECK = "cell", "check"


def main() -> None:
    """Do the steps of the request, reporting before and after each."""
    request = json.load(sys.stdin)
    report = _take_output()
    _quieten_course()
    notebook = _Notebook(Path(request["checks"]))
    report({"ready": True})
    for number, step in enumerate(request["steps"]):
        report({"begin": number})
        report({"end": number} | notebook.perform(step))
    report({"done": True})


class _Notebook:
    """The notebook's variables and what is done with them."""

    def __init__(self, checks: Path) -> None:
        self._main = _make_main()
        self._checks = load_checks(checks)

    def perform(self, step: dict[str, Any]) -> dict[str, Any]:
        """Run a cell or a check."""
        if step["kind"] == CELL:
            return {"error": self._run_cell(step["name"], step["source"])}
        check = self._checks[step["name"]][step["index"]]
        return {"outcome": asdict(examine_one(check, self._main.__dict__, UNDEFINED_REMEDY))}

    def _run_cell(self, name: str, source: str) -> str:
        """Run a cell and return what stopped it, or nothing."""
        code = without_magics(source)
        filename = f"<cell {name}>"
        linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)
        try:
            exec(compile(code, filename, "exec", dont_inherit=True), self._main.__dict__)  # noqa: S102 - our purpose
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever the student's cell raises
            return f"{name_and_text(error)}{_where(error, filename)}"
        return ""


def _where(error: BaseException, filename: str) -> str:
    line = error.lineno if isinstance(error, SyntaxError) else None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == filename:
            line = trace.tb_lineno
        trace = trace.tb_next
    code = one_line(linecache.getline(filename, line), MAX_LINE) if line else ""
    return f"\nLine {line}: `{code}`" if code else ""


def _take_output() -> Callable[[dict[str, Any]], None]:
    """Keep standard output for reports; send what the notebook prints nowhere."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)

    def report(event: dict[str, Any]) -> None:
        channel.write(json.dumps(event) + "\n")
        channel.flush()

    return report


def _quieten_course() -> None:
    """Turn the notebook's own calls into nothing: what they show is for a person in front of it."""
    for name in ("check", "progress", "start"):
        setattr(course_lib, name, lambda *_args, **_kwargs: None)
    course_lib.demo = lambda *_args, **_kwargs: nullcontext()


def _make_main() -> ModuleType:
    """Make the module in which cells run, with what Jupyter offers there."""
    main_module = ModuleType("__main__")
    main_module.__dict__.update(get_ipython=_NoShell, display=lambda *_args, **_kwargs: None)
    sys.modules["__main__"] = main_module
    return main_module


class _NoShell:
    """Stands for IPython's shell: magics do nothing."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_args, **_kwargs: None


if __name__ == "__main__":
    main()
