"""`course grade-class --scheduler`: a real cluster gives the verdicts of local processes and may lose any part."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from typer.testing import CliRunner

from course_lib.catalog import load_course
from course_lib.classroom.grade import Tally, grade_class
from course_lib.classroom.hire import ClusterError, crew_of
from course_lib.classroom.ledger import Ledger
from course_lib.classroom.run import Crew
from course_lib.cli import app
from course_lib.nbgrader.gradebook import ClassFolder
from tests.classroom.conftest import Here
from tests.grading.mini_course import CHAPTER, DOUBLE, answers
from tests.nbgrader.conftest import Classroom

REASON = "the extra `cluster` is not installed: pip install '.[cluster]'"
distributed = pytest.importorskip("distributed", reason=REASON)

WORKERS = 2
SLOW = DOUBLE + "import time\ntime.sleep(0.2)\n"
WRONG = "def double(x):\n    return 3.0 * x"


@dataclass
class Cluster:
    """A scheduler and its workers, as processes of this machine."""

    address: str
    scheduler: psutil.Process
    nanny: psutil.Process

    def kill_a_worker(self) -> None:
        """End one of the processes that grade."""
        next(child for child in self.nanny.children() if "spawn_main" in " ".join(child.cmdline())).kill()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Start `dask scheduler` and `dask worker`; whatever is left of them ends afterwards."""
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    common = ["--scheduler-file", str(file), "--no-dashboard"]
    started = []

    def start(*arguments: str) -> psutil.Process:
        with (folder / f"{arguments[0]}.log").open("wb") as log:
            process = subprocess.Popen([sys.executable, "-m", "dask", *arguments], cwd=folder, stdout=log, stderr=log)
        started.append(process)
        return psutil.Process(process.pid)

    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0", *common)
    nanny = start("worker", "--nworkers", str(WORKERS), "--nthreads", "1", "--local-directory", str(folder), *common)
    wait_for(file.is_file)
    address = json.loads(file.read_text("utf-8"))["address"]
    with distributed.Client(address) as client:
        client.wait_for_workers(WORKERS, timeout=60)
    yield Cluster(address, scheduler, nanny)
    for process in started:
        for child in psutil.Process(process.pid).children(recursive=True) if process.poll() is None else ():
            child.kill()
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def room(built: Path) -> Classroom:
    """A class in which every test has students of its own, so that workers stay warm."""
    return Classroom(load_course(built), ClassFolder(built))


def run(room: Classroom, scheduler: str | None = None, **options: object) -> Tally:
    """Grade the class from this process."""
    crew = crew_of(1, scheduler) if scheduler else Crew(Here, 1)
    return grade_class(room.course, room.course.chapters[0], crew, **options)


def hand_in_slowly(room: Classroom, test: str) -> list[str]:
    """Hand in some work that takes a while; return the students."""
    names = [f"{test}-{number}" for number in range(6)]
    for name in names:
        room.hand_in(name, answers(double=SLOW))
    return names


def wait_for(condition: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)


def kept(room: Classroom) -> int:
    """Return how many verdicts there are by now."""
    return len(list((room.root / ".course" / "cache").rglob("*.json")))


@contextmanager
def struck(room: Classroom, strike: Callable[[], object]) -> Iterator[None]:
    """Do something in the middle: as soon as there is one more verdict."""
    before = kept(room)
    thread = threading.Thread(target=lambda: (wait_for(lambda: kept(room) > before), strike()))
    thread.start()
    yield
    thread.join()


def lines_of(room: Classroom, students: list[str]) -> list[str]:
    """Return whose lines the ledger holds, these students' only, in order."""
    lines = Ledger(room.root, room.course.chapters[0]).path.read_text("utf-8").splitlines()
    return sorted(name for name in (json.loads(line)["student"] for line in lines) if name in students)


def without_seconds(room: Classroom) -> dict[str, dict[str, object]]:
    """Return every report of the class, without the times in it."""
    entries = Ledger(room.root, room.course.chapters[0]).read()
    reports = {student: json.loads(entry.report.to_json()) for student, entry in entries.items() if entry.report}
    for report in reports.values():
        for test in (test for exercise in report["exercises"] for test in exercise["tests"]):
            test.pop("seconds")
    return reports


def test_a_cluster_gives_the_reports_of_local_processes(cluster: Cluster, room: Classroom) -> None:
    """Byte for byte apart from seconds, and a second run has nothing to do."""
    for number, double in enumerate([DOUBLE, WRONG, "def double(x):\n    return None"]):
        room.hand_in(f"s{number}", answers(double=double))
    run(room)
    local = without_seconds(room)

    tally = run(room, cluster.address, force=True)

    assert tally.counts == {"graded": 3}
    assert without_seconds(room) == local
    assert run(room, cluster.address).counts == {"unchanged": 3}


def test_killed_worker_of_a_cluster_takes_nothing_with_it(cluster: Cluster, room: Classroom) -> None:
    """`kill -9` of a worker in the middle: its work goes to another, and everybody is graded once."""
    names = hand_in_slowly(room, "worker")
    with struck(room, cluster.kill_a_worker):
        tally = run(room, cluster.address, students=names)

    assert tally.counts == {"graded": len(names)}
    assert {name: room.marks(name).score for name in names} == dict.fromkeys(names, 9.0)
    assert lines_of(room, names) == names


def test_killed_scheduler_is_told_and_the_rest_is_graded_later(cluster: Cluster, room: Classroom) -> None:
    """`kill -9` of the scheduler: a sentence and status 3; another run, here or on a cluster, does what is missing."""
    names = hand_in_slowly(room, "scheduler")
    arguments = ["grade-class", CHAPTER, "--scheduler", cluster.address, *(f"--student={name}" for name in names)]
    with struck(room, cluster.scheduler.kill):
        done = CliRunner(env={"COURSE_ROOT": str(room.root), "COLUMNS": "200"}).invoke(app, arguments)

    assert done.exit_code == 3, done.output
    assert f"The Dask scheduler at {cluster.address} is gone. What is written so far stays; start the" in done.stderr
    run(room, students=names)
    assert {name: room.marks(name).score for name in names} == dict.fromkeys(names, 9.0)
    assert lines_of(room, names) == names


def test_nobody_at_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address at which nothing answers is a sentence."""
    monkeypatch.setattr("course_lib.classroom.hire.PATIENCE", 0.5)

    with pytest.raises(
        ClusterError, match=r"No Dask scheduler answers at tcp://127.0.0.1:9 .* Start one: dask schedul"
    ):
        crew_of(1, "tcp://127.0.0.1:9")
