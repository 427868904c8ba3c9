"""A gradebook on a PostgreSQL server, by its URL: the same marks, and the same sentences when it is not there."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from course_lib.authoring.release import build
from course_lib.catalog import load_course
from course_lib.cli import app
from course_lib.nbgrader.gradebook import ClassFolder
from tests.built_course import prepare_mini
from tests.classroom.conftest import Here
from tests.grading.mini_course import CHAPTER, answers
from tests.nbgrader.conftest import Classroom

pytest.importorskip("psycopg", reason="PostgreSQL's driver is not installed: pip install '.[postgres]'")

NOBODY = "nobody"  # the server refuses to run as root
WRONG = "def double(x):\n    return 3.0 * x"


def program(name: str) -> str:
    """Return the path of a program of PostgreSQL's server; Debian keeps them off the PATH."""
    found = shutil.which(name) or next((str(path) for path in Path("/usr/lib/postgresql").glob(f"*/bin/{name}")), "")
    if not found:
        pytest.skip(f"no {name} on this machine: install PostgreSQL's server (Debian: apt-get install postgresql)")
    return found


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start a server of our own with an empty database; give its URL."""
    initdb, postgres = program("initdb"), program("postgres")
    who = {"user": NOBODY, "group": pwd.getpwnam(NOBODY).pw_gid} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="pg-") as name:  # short: the path of a socket has room for 107 characters
        folder = Path(name)
        if who:
            shutil.chown(folder, NOBODY)
        data = folder / "data"
        arguments = ["-D", str(data), "-U", "course", "-A", "trust", "--no-sync"]
        subprocess.run([initdb, *arguments], cwd=folder, check=True, capture_output=True, **who)
        options = ["-D", str(data), "-k", str(folder), "-c", "listen_addresses=", "-c", "fsync=off"]
        process = subprocess.Popen([postgres, *options], cwd=folder, stderr=subprocess.DEVNULL, **who)
        try:
            wait_for_socket(folder / ".s.PGSQL.5432", process)
            yield f"postgresql+psycopg://course@/postgres?host={folder}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for_socket(path: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server listens."""
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket(socket.AF_UNIX) as client:
            if client.connect_ex(str(path)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the server did not start")


@pytest.fixture
def room(
    server: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    gradebook_version: None,  # noqa: ARG001 - the release makes a gradebook
) -> Classroom:
    """A course whose gradebook is on the server."""
    monkeypatch.setenv("COURSE_GRADEBOOK", server)
    root = prepare_mini(tmp_path)
    course = load_course(root)
    build(course, course.chapters[0])
    return Classroom(course, ClassFolder(root))


def command(room: Classroom) -> Result:
    """Run the command with one process."""
    environment = {"COURSE_ROOT": str(room.root), "COLUMNS": "200"}
    return CliRunner(env=environment).invoke(app, ["grade-class", CHAPTER, "--jobs", "1"])


def test_two_submissions(room: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are graded into the server's tables, no file of SQLite is made, and a server that is gone is a sentence."""
    monkeypatch.setattr("course_lib.classroom.hire.ProcessPoolExecutor", lambda *_, **__: Here())
    room.hand_in("ada", answers())
    room.hand_in("bo", answers(double=WRONG))

    done = command(room)

    assert done.exit_code == 0, done.output
    assert room.marks("ada").score == 9.0
    assert room.marks("bo").points["double__check"] < 4.0
    assert not (room.root / "gradebook.db").exists()

    monkeypatch.setenv("COURSE_GRADEBOOK", "postgresql+psycopg://course@/postgres?host=/nowhere")
    done = command(room)

    assert done.exit_code == 3, done.output
    assert "The gradebook cannot be used" in done.stderr
