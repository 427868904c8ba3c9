"""One in-process pytest run with our plugin and nothing of the surroundings: no other plugin, no configuration."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from course_lib.grading.errors import GraderError
from course_lib.grading.plugin import JudgePlugin

OPTIONS = (
    *("--disable-plugin-autoload", "--import-mode=importlib", "--strict-markers", "-q", "--no-header", "--tb=no"),
    "--assert=plain",  # what a bare assert compares is told to nobody, and rewriting costs a tenth of a second
    *("-p", "no:cacheprovider", "-p", "no:warnings", "-p", "no:faulthandler", "-p", "no:logging"),
    *("-p", "no:unraisableexception", "-p", "no:threadexception"),
    *("-o", "markers=supporting: counts only beside a test of the values"),
)


def run_suites(suites: Sequence[Path], root: Path, plugin: JudgePlugin) -> None:
    """Run hidden suites; the plugin keeps what happened.

    Args:
        suites: the files, in the order of the chapter.
        root: the course's folder.
        plugin: gives the fixtures.

    Raises:
        GraderError: a suite could not be collected, or pytest itself failed.

    """
    arguments = [*OPTIONS, "-c", os.devnull, "--rootdir", str(root), "-o", f"pythonpath={root}", *map(str, suites)]
    said = io.StringIO()
    _forget_suites()
    with _clean_pytest_environment(), contextlib.redirect_stdout(said):
        code = pytest.main(arguments, plugins=[plugin])
    if plugin.broken:
        raise GraderError("\n".join(plugin.broken))
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        message = f"pytest ended with {code!r}: {said.getvalue()[-2000:]}"
        raise GraderError(message)


def _forget_suites() -> None:
    """Make pytest read the suites again: it would keep a module of the same name, also of another course."""
    for name in [name for name in sys.modules if name.startswith("autograder.") and ".test_" in name]:
        del sys.modules[name]


@contextlib.contextmanager
def _clean_pytest_environment() -> Iterator[None]:
    taken = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("PYTEST_")}
    try:
        yield
    finally:
        for name in [name for name in os.environ if name.startswith("PYTEST_")]:
            del os.environ[name]
        os.environ.update(taken)
