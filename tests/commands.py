"""Commands in processes of their own that need not import what they use: each is forked from one that has."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import runpy
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

PATIENCE = 300.0
_NBGRADER = ("nbgrader.apps.nbgraderapp", *(f"course_lib.nbgrader.{name}" for name in ("heal", "asking", "exporter")))
_GITHUB = tuple(f"course_lib.github.{name}" for name in ("answer", "collect", "grade", "split"))
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([*_NBGRADER, *_GITHUB])


class Done(NamedTuple):
    """How a command ended, and all that it said."""

    code: int | None
    said: str


def run_nbgrader(arguments: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path) -> Done:
    """Run `nbgrader ARGUMENTS` in a folder.

    Args:
        arguments: of the command line.
        folder: where it is called.
        environment: all variables that it sees.
        log: a file for what it says.

    """
    return _forked(_nbgrader, ["nbgrader", *arguments], folder, environment, log)


def run_module(command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path) -> Done:
    """Run `python -m COMMAND` in a folder; otherwise as `run_nbgrader`."""
    return _forked(_module, command, folder, environment, log)


def _forked(
    program: Callable[[], object], command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path
) -> Done:
    process = _processes.Process(target=_run, args=(program, list(command), str(folder), dict(environment), str(log)))
    process.start()
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
    return Done(process.exitcode, log.read_text("utf-8"))


def _nbgrader() -> None:
    from nbgrader.apps.nbgraderapp import NbGraderApp  # noqa: PLC0415 - imported already where this process was forked

    NbGraderApp.launch_instance()


def _module() -> None:
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _run(program: Callable[[], object], command: list[str], folder: str, environment: dict[str, str], log: str) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = command
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(file, stream)
    code: object = 0
    try:
        program()
    except SystemExit as error:
        code = error.code
    except BaseException:  # noqa: BLE001 - the test reads it
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()  # the judge ends its workers; a process of multiprocessing would leave it out
    sys.stdout.flush()
    sys.stderr.flush()
    sys.exit(code if isinstance(code, int) else int(code is not None))
