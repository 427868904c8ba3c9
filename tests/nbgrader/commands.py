"""nbgrader's commands, each in a process of its own that need not import nbgrader: it is forked from one that has."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

PATIENCE = 300.0
STEPS = ("course_lib.nbgrader.heal", "course_lib.nbgrader.asking", "course_lib.nbgrader.exporter")
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["nbgrader.apps.nbgraderapp", *STEPS])


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
    process = _processes.Process(target=_run, args=(list(arguments), str(folder), dict(environment), str(log)))
    process.start()
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
    return Done(process.exitcode, log.read_text("utf-8"))


def _run(arguments: list[str], folder: str, environment: dict[str, str], log: str) -> None:
    from nbgrader.apps.nbgraderapp import NbGraderApp  # noqa: PLC0415 - imported already where this process was forked

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["nbgrader", *arguments]
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(file, stream)
    code: object = 0
    try:
        NbGraderApp.launch_instance()
    except SystemExit as error:
        code = error.code
    except BaseException:  # noqa: BLE001 - the test reads it
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()  # the judge ends its workers; a process of multiprocessing would leave it out
    sys.stdout.flush()
    sys.stderr.flush()
    sys.exit(code if isinstance(code, int) else int(code is not None))
