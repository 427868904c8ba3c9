"""Every attack, graded end to end at every tier of this machine: nothing gained, nothing touched, nothing leaked."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from course_lib.catalog import load_course
from course_lib.grading import judge as judge_module
from course_lib.grading.judge import Judge
from course_lib.grading.report import Report
from course_lib.grading.sandbox import tiers
from course_lib.grading.sandbox.launcher import Zygote
from course_lib.grading.submission import load_submission
from tests.grading.mini_course import CHAPTER, answers, write_course, write_notebook

HERE = Path(__file__).parent
ATTACKS = sorted(path for path in HERE.glob("*/*.py") if path.parent.name != "__pycache__")
SECRET = "canary-5c1e7-secret"  # noqa: S105 - bait
# Without a lockdown code may read, write and connect. What it returns still counts as data only.
HELD_AT_T0 = ("forge", "feedback")
# These need what only a lockdown stops: at T0 the reading itself succeeds, or a write to the disk.
LEAKS_AT_T0 = frozenset({"forge/plants_bytecode", "forge/plants_conftest", "forge/plants_pth", "forge/import_hook"})
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class Trap:
    """What the harness plants around a submission, and how it sees that something was touched."""

    folder: Path
    contacts: list[str]
    names: dict[str, object]

    def untouched(self) -> list[str]:
        """Return a sentence for everything that was touched."""
        found = list(self.contacts)
        if (self.folder / "canary").exists():
            found.append("the canary file was written")
        for name in ("secret.txt", "gradebook.db"):
            path = self.folder / name
            if not path.exists() or SECRET not in path.read_text() or path.stat().st_mode & 0o777 != 0o600:
                found.append(f"{name} was changed")
        return found


@pytest.fixture(scope="session")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trap]:
    """Secrets to read, files to spoil, and listeners to reach."""
    folder = tmp_path_factory.mktemp("trap")
    for parent in (folder, folder.parent, folder.parent.parent):
        parent.chmod(0o755)  # what protects the secrets is the sandbox, not a private folder
    write_course(folder / "course")
    for name in ("secret.txt", "gradebook.db"):
        (folder / name).write_text(SECRET)
        (folder / name).chmod(0o600)
    other = write_notebook(folder / "submitted" / "bob" / CHAPTER / f"{CHAPTER}.ipynb", answers())
    contacts: list[str] = []
    tcp, udp, unix = _listen(folder, contacts)
    os.environ["COURSE_TEST_SECRET"] = SECRET
    yield Trap(
        folder,
        contacts,
        {
            "SECRET_FILE": str(folder / "secret.txt"),
            "SUITE": str(folder / "course" / "autograder" / CHAPTER / "test_double.py"),
            "SOLUTION": str(folder / "course" / "solutions" / CHAPTER / f"{CHAPTER}.py"),
            "GRADEBOOK": str(folder / "gradebook.db"),
            "OTHER": str(other),
            "CANARY": str(folder / "canary"),
            "TCP": tcp.getsockname()[1],
            "UDP": udp.getsockname()[1],
            "UNIX": str(folder / "socket"),
            "JUDGE": os.getpid(),
        },
    )
    del os.environ["COURSE_TEST_SECRET"]
    for listener in (tcp, udp, unix):
        listener.close()


def _listen(folder: Path, contacts: list[str]) -> tuple[socket.socket, socket.socket, socket.socket]:
    tcp = socket.create_server(("127.0.0.1", 0))
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 0))
    unix = socket.socket(socket.AF_UNIX)
    unix.bind(str(folder / "socket"))
    (folder / "socket").chmod(0o777)
    unix.listen()
    for name, listener in (("tcp", tcp), ("unix", unix)):
        threading.Thread(target=_wait, args=(name, listener.accept, contacts), daemon=True).start()
    threading.Thread(target=_wait, args=("udp", lambda: udp.recv(1), contacts), daemon=True).start()
    return tcp, udp, unix


def _wait(name: str, hear: object, contacts: list[str]) -> None:
    try:
        hear()  # type: ignore[operator]
    except OSError:
        return
    contacts.append(f"the {name} listener was reached")


TIERS = [tier.name for tier in tiers.available()]
CASES = [
    (tier, attack)
    for tier in TIERS
    for attack in ATTACKS
    if tier != "T0" or (attack.parent.name in HELD_AT_T0 and f"{attack.parent.name}/{attack.stem}" not in LEAKS_AT_T0)
]


@pytest.fixture(scope="session")
def judges(trap: Trap) -> Iterator[dict[str, Judge]]:
    """One warm judge per tier, started when it is first asked for."""
    course = load_course(trap.folder / "course")
    opened: dict[str, Judge] = {}

    class Judges(dict[str, Judge]):
        """Opens a judge at its first use."""

        def __missing__(self, tier: str) -> Judge:
            """Open the judge of a tier."""
            opened[tier] = self[tier] = Judge(course, tier)
            return self[tier]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judge_module, "Zygote", Zygote)  # below a shared one, other tests' workers live
        yield Judges()
    for judge in opened.values():
        judge.close()


@pytest.mark.parametrize(("tier", "attack"), CASES, ids=lambda value: getattr(value, "stem", value))
def test_attack_is_held(tier: str, attack: Path, trap: Trap, judges: dict[str, Judge], tmp_path: Path) -> None:
    """The attacked exercise gains nothing, the others lose nothing, and the surroundings are as they were."""
    planted = "".join(f"{name} = {value!r}\n" for name, value in trap.names.items())
    cells = answers(double=planted + attack.read_text("utf-8"))
    path = write_notebook(tmp_path / "mallory" / CHAPTER / f"{CHAPTER}.ipynb", cells)
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    report = judges[tier].grade(load_submission(path, judges[tier].course))
    judges[tier].bank.close()

    points = {item.exercise: item.points for item in report.exercises}
    assert points == {"double": 0.0, "scale": 3.0, "fact": 2.0, "why": None}
    assert trap.untouched() == []
    assert left_behind(judges[tier]) == []
    assert mask == signal.pthread_sigmask(signal.SIG_BLOCK, ())
    assert leaks(report) == []


def left_behind(judge: Judge) -> list[str]:
    """Return what still runs below the zygote."""
    zygote = psutil.Process(judge._zygote._process.pid)
    return [
        child.name()
        for child in zygote.children(recursive=True)
        if child.name() != "bwrap" and "course_lib.grading.sandbox.zygote" not in " ".join(child.cmdline()[:6])
    ] + [f"{child.pid}" for child in workers_of(zygote)]


def workers_of(zygote: psutil.Process) -> list[psutil.Process]:
    """Return the processes that were forked from the zygote: they share its command line."""
    family = [zygote, *zygote.children(recursive=True)]
    python = [member for member in family if "course_lib.grading.sandbox.zygote" in " ".join(member.cmdline()[:6])]
    python = [member for member in python if member.name() != "bwrap" and "bwrap" not in member.cmdline()[0]]
    return [child for member in python for child in member.children() if child in python]


def leaks(report: Report) -> list[str]:
    """Return what a report tells that it must not: secrets, hidden inputs, characters that act."""
    text = json.dumps(report.to_dict(), ensure_ascii=False)
    found = [word for word in (SECRET, "leaked input", "PATH=/usr", "Input0", "Input-") if word in text]
    strings = [report.assignment, report.submission, *report.notes]
    strings += [part for item in report.exercises for test in item.tests for part in (test.message, test.hint or "")]
    return found + [f"acting character in {string!r}" for string in strings if UNSAFE.search(string)]


def test_every_attack_says_what_it_tries() -> None:
    """Each file begins with one sentence."""
    for attack in ATTACKS:
        first = attack.read_text("utf-8").splitlines()[0]

        assert re.fullmatch(r'"""[A-Z].*\."""', first), attack
