"""Landlock alone, without the other layers, in a child of our own."""

# Attempts are sent to the children as source: they bring their own imports, and do things as students do.
# ruff: noqa: F401, PLC0415, S307

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from course_lib.grading.sandbox import landlock
from tests.grading.sandbox.nursery import Outcome

Unconfined = Callable[..., Outcome]

pytestmark = pytest.mark.skipif(landlock.abi() == 0, reason="this kernel has no Landlock")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str, str]:
    """A folder to read, one to write, and one that is hidden, with a file in each."""
    for name in ("read", "write", "hidden"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name, encoding="utf-8")
    return str(tmp_path / "read"), str(tmp_path / "write"), str(tmp_path / "hidden")


def try_all(read, write, expressions):
    """Restrict this process, then evaluate expressions; return "ok" or the name of the exception for each."""
    import os
    from pathlib import Path

    from course_lib.grading.sandbox import landlock, libc

    libc.prctl("PR_SET_NO_NEW_PRIVS", libc.PR_SET_NO_NEW_PRIVS, 1)
    landlock.prepare(read, write).enforce()
    results = []
    for expression in expressions:
        try:
            eval(expression)
            results.append("ok")
        except OSError as error:
            results.append(type(error).__name__)
    return results


def test_only_what_is_named_can_be_read(unconfined: Unconfined, folders: tuple[str, str, str]) -> None:
    """Files and folders outside the rules cannot be opened."""
    read, write, hidden = folders
    attempts = [f"Path({path!r}, 'file').read_bytes()" for path in folders]

    assert unconfined(try_all, [read], [write], attempts).value == ["ok", "ok", "PermissionError"]
    assert unconfined(try_all, [read], [], [f"os.listdir({hidden!r})"]).value == ["PermissionError"]


def test_reading_is_not_writing(unconfined: Unconfined, folders: tuple[str, str, str]) -> None:
    """A folder to read cannot be changed in any way."""
    read, _write, _hidden = folders
    attempts = [
        f"Path({read!r}, 'file').write_text('x')",
        f"Path({read!r}, 'new').touch()",
        f"Path({read!r}, 'file').unlink()",
        f"os.mkdir({read!r} + '/folder')",
        f"os.rename({read!r} + '/file', {read!r} + '/other')",
    ]

    assert unconfined(try_all, [read], [], attempts).value == ["PermissionError"] * len(attempts)


def test_a_folder_to_write_takes_files_but_no_links_or_pipes(
    unconfined: Unconfined, folders: tuple[str, str, str]
) -> None:
    """Links would lead out, and pipes and sockets to other programs."""
    _read, write, _hidden = folders
    attempts = [
        f"Path({write!r}, 'new').write_text('x')",
        f"os.mkdir({write!r} + '/folder')",
        f"os.symlink('/etc', {write!r} + '/link')",
        f"os.mkfifo({write!r} + '/pipe')",
    ]

    assert unconfined(try_all, [], [write], attempts).value == ["ok", "ok", "PermissionError", "PermissionError"]


def test_a_link_that_was_there_is_judged_by_its_target(unconfined: Unconfined, folders: tuple[str, str, str]) -> None:
    """A link from a readable folder to a hidden file does not open it."""
    read, _write, hidden = folders
    Path(read, "link").symlink_to(Path(hidden, "file"))

    assert unconfined(try_all, [read], [], [f"Path({read!r}, 'link').read_bytes()"]).value == ["PermissionError"]


def test_a_single_file_can_be_named(unconfined: Unconfined, folders: tuple[str, str, str]) -> None:
    """A rule for a file opens that file and not its neighbours."""
    read, _write, _hidden = folders
    Path(read, "neighbour").write_text("x", encoding="utf-8")
    attempts = [f"Path({read!r}, {name!r}).read_bytes()" for name in ("file", "neighbour")]

    assert unconfined(try_all, [f"{read}/file"], [], attempts).value == ["ok", "PermissionError"]


def test_missing_paths_are_left_out(unconfined: Unconfined, folders: tuple[str, str, str]) -> None:
    """A system without some folder of the list is no error."""
    read, _write, _hidden = folders
    attempts = [f"Path({read!r}, 'file').read_bytes()"]

    assert unconfined(try_all, ["/no/such/folder", f"{read}/file/below", read], [], attempts).value == ["ok"]


def test_nothing_can_be_executed(unconfined: Unconfined) -> None:
    """Reading a program is not running it."""
    assert unconfined(try_all, ["/"], [], ["os.execv('/bin/true', ['true'])"]).value == ["PermissionError"]


def test_paths_are_opened_before_they_are_out_of_reach(unconfined: Unconfined, tmp_path: Path) -> None:
    """A ruleset prepared as root is enforced as a user who cannot pass the folders above."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")

    def attempt(folder):
        import os
        from pathlib import Path

        from course_lib.grading.sandbox import landlock, libc

        ruleset = landlock.prepare([folder], [])
        inside = os.open(folder, os.O_RDONLY)
        os.setresuid(65000, 65000, 65000)
        libc.prctl("PR_SET_NO_NEW_PRIVS", libc.PR_SET_NO_NEW_PRIVS, 1)
        ruleset.enforce()
        os.fchdir(inside)
        return Path("file").read_text(encoding="utf-8")

    private = tmp_path / "private"
    (private / "inner").mkdir(parents=True)
    (private / "inner" / "file").write_text("content", encoding="utf-8")
    private.chmod(0o700)

    assert unconfined(attempt, str(private / "inner")).value == "content"


@pytest.mark.skipif(landlock.abi() < 4, reason="this kernel's Landlock does not see TCP (ABI 4 does)")
def test_tcp_is_refused(unconfined: Unconfined) -> None:
    """Neither listening nor connecting, even without the system-call filter."""
    attempts = [
        "__import__('socket').socket().bind(('127.0.0.1', 0))",
        "__import__('socket').create_connection(('127.0.0.1', 9))",
    ]

    assert unconfined(try_all, ["/"], [], attempts).value == ["PermissionError", "PermissionError"]


@pytest.mark.skipif(landlock.abi() < 6, reason="this kernel's Landlock does not see signals (ABI 6 does)")
def test_signals_to_others_are_refused(unconfined: Unconfined) -> None:
    """Signals stay within the sandbox, even without the system-call filter."""
    attempts = ["os.kill(os.getppid(), 0)", "os.kill(os.getpid(), 0)"]

    assert unconfined(try_all, ["/"], [], attempts).value == ["PermissionError", "ok"]
