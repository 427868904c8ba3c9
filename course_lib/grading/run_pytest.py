"""Hidden suites, read by pytest once and run for one submission after the other, with nothing of the surroundings."""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from course_lib.grading.errors import GraderError
from course_lib.grading.plugin import RECORD, JudgePlugin, Judging, is_plain

NOT_NEEDED = (
    *("cacheprovider", "capture", "doctest", "faulthandler", "junitxml", "legacypath", "logging", "monkeypatch"),
    *("pastebin", "recwarn", "setuponly", "setupplan", "stepwise", "threadexception", "tmpdir", "unittest"),
    *("unraisableexception", "warnings"),
)
OPTIONS = (
    *("--disable-plugin-autoload", "--import-mode=importlib", "--strict-markers", "--collect-only", "-q", "--tb=no"),
    "--assert=plain",  # what a bare assert compares is told to nobody
    *(part for name in NOT_NEEDED for part in ("-p", f"no:{name}")),
    *("-o", "markers=supporting: counts only beside a test of the values"),
)


class Collected(JudgePlugin):
    """Suites that pytest has read: the items stay, and each of them can be run any number of times.

    Args:
        suites: the files.
        root: the course's folder.

    Raises:
        GraderError: a suite could not be collected, or pytest itself failed.

    """

    def __init__(self, suites: Sequence[Path], root: Path):
        super().__init__()
        self.items: list[pytest.Item] = []
        self._broken: list[str] = []
        # Without `confcutdir`, pytest would look into every folder above the course's, and at all that lies there.
        place = ["--rootdir", str(root), "--confcutdir", str(root), "-o", f"pythonpath={root}"]
        arguments = [*OPTIONS, "-c", os.devnull, *place, *map(str, suites)]
        _forget_suites()
        with _apart() as said:
            code = pytest.main(arguments, plugins=[self])
        if self._broken:
            raise GraderError("\n".join(self._broken))
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            message = f"pytest ended with {code!r}: {said.getvalue()[-2000:]}"
            raise GraderError(message)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep what could not be collected: a failure of ours."""
        if report.failed:
            self._broken.append(f"{report.nodeid}: {report.longreprtext[-2000:]}")

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Keep the items, and stop reporting: what happens from here on, the plugin records."""
        self.items = session.items
        session.config.pluginmanager.unregister(name="terminalreporter")


@dataclass(frozen=True)
class _Suite:
    """One file's tests; `following` has those that pytest itself must run, each with the next one of them."""

    plugin: Collected
    items: list[pytest.Item]
    following: dict[pytest.Item, pytest.Item | None]


_collected: dict[tuple[Path, int, int], _Suite] = {}


def run_suites(suites: Sequence[Path], root: Path, judging: Judging) -> None:
    """Run hidden suites on a submission; what happened is then in `judging.records`.

    Args:
        suites: the files, in the order of the chapter.
        root: the course's folder.
        judging: the submission.

    Raises:
        GraderError: a suite could not be collected, or pytest itself failed.

    """
    _collect([suite for suite in suites if _state(suite) not in _collected], root)
    for suite in [_collected[_state(path)] for path in suites]:
        suite.plugin.judging = judging
        judging.expect(suite.items)
        with _apart(), _forgotten_if_broken_off():
            for item in suite.items:
                if item in suite.following:
                    item.ihook.pytest_runtest_protocol(item=item, nextitem=suite.following[item])
                else:  # needs our fixtures alone: pytest's protocol would take longer than the test
                    judging.call(item.stash[RECORD])


def _collect(suites: Sequence[Path], root: Path) -> None:
    if suites:
        plugin = Collected(suites, root)
        for suite in suites:
            items = [item for item in plugin.items if item.path == suite]
            pytests = [item for item in items if not is_plain(item)]
            following = dict(itertools.zip_longest(pytests, pytests[1:]))
            _collected[_state(suite)] = _Suite(plugin, items, following)


@contextlib.contextmanager
def _forgotten_if_broken_off() -> Iterator[None]:
    """Read every suite anew after an interruption: pytest would still be inside the test that was under way."""
    try:
        yield
    except BaseException:
        _collected.clear()
        raise


def _state(suite: Path) -> tuple[Path, int, int]:
    state = suite.stat()
    return suite, state.st_mtime_ns, state.st_size


def _forget_suites() -> None:
    """Make pytest read the suites again: it would keep a module of the same name, also of another course."""
    for name in [name for name in sys.modules if name.startswith("autograder.") and ".test_" in name]:
        del sys.modules[name]


@contextlib.contextmanager
def _apart() -> Iterator[io.StringIO]:
    """Hide the variables of a pytest around us, and keep what is printed."""
    taken = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("PYTEST_")}
    try:
        with contextlib.redirect_stdout(io.StringIO()) as said:
            yield said
    finally:
        for name in [name for name in os.environ if name.startswith("PYTEST_")]:
            del os.environ[name]
        os.environ.update(taken)
