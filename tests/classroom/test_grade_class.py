"""`course grade-class`: the marks of `nbgrader autograde`, and whatever happens nothing lost or doubled."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import psutil
import pytest
from typer.testing import CliRunner, Result

from course_lib.catalog import load_course
from course_lib.classroom import record, work
from course_lib.classroom.grade import ClassError, Tally, grade_class
from course_lib.classroom.ledger import Entry, Ledger
from course_lib.classroom.run import Crew, grade_all, in_batches
from course_lib.classroom.work import Outcome, Task
from course_lib.cli import app
from course_lib.nbgrader.gradebook import ClassFolder
from tests.classroom.conftest import Here
from tests.grading.mini_course import CHAPTER, DOUBLE, answers
from tests.nbgrader.conftest import DAMAGES, Classroom

WRONG = "def double(x):\n    return 3.0 * x"
LATE = "c.LateSubmissionPlugin.penalty_method = 'zero'\n"


def run(room: Classroom, **options: object) -> Tally:
    """Grade the class in this process."""
    return grade_class(room.course, room.course.chapters[0], Crew(Here, 1), **options)


def command(room: Classroom, *arguments: str) -> Result:
    """Run the command."""
    environment = {"COURSE_ROOT": str(room.root), "COLUMNS": "200"}
    return CliRunner(env=environment).invoke(app, ["grade-class", CHAPTER, *arguments])


def dump(room: Classroom) -> dict[str, list[tuple[object, ...]]]:
    """Return what the gradebook holds about submissions, without the rows' random ids."""
    names = "FROM submitted_assignment a JOIN submitted_notebook n ON n.assignment_id = a.id"
    queries = {
        "submissions": f"SELECT a.student_id, a.timestamp, n.late_submission_penalty {names}",
        "grades": "SELECT a.student_id, c.name, g.auto_score, g.manual_score, g.needs_manual_grade "
        f"{names} JOIN grade g ON g.notebook_id = n.id JOIN base_cell c ON c.id = g.cell_id",
        "comments": "SELECT a.student_id, c.name, m.auto_comment, m.manual_comment "
        f"{names} JOIN comment m ON m.notebook_id = n.id JOIN base_cell c ON c.id = m.cell_id",
    }
    with sqlite3.connect(room.root / "gradebook.db") as database:
        rows = {name: sorted(database.execute(query).fetchall(), key=str) for name, query in queries.items()}
    database.close()
    return rows


def test_the_gradebook_is_the_one_that_nbgrader_would_write(empty: Classroom) -> None:
    """Scores, what waits for a person, comments, times and penalties: row by row as after `nbgrader autograde`."""
    configuration = empty.root / "nbgrader_config.py"
    configuration.write_text(configuration.read_text("utf-8") + LATE, "utf-8")
    room = Classroom(empty.course, ClassFolder(empty.root))
    with room.gradebook() as gradebook:
        gradebook.update_or_create_assignment(CHAPTER, duedate="2026-01-01 00:00:00")
    room.hand_in("ada", answers())
    room.hand_in("bo", answers(double=WRONG))
    for number, (_, damage) in enumerate(DAMAGES.items()):
        cells = answers()
        damage(cells)
        room.hand_in(f"damaged-{number}", cells)
    (room.path("bo").parent / "timestamp.txt").write_text("2026-02-01 10:00:00 UTC", "utf-8")

    run(room)
    ours = dump(room)
    for table in ("submitted_assignment", "submitted_notebook", "grade", "comment"):
        with sqlite3.connect(room.root / "gradebook.db") as database:
            database.execute(f"DELETE FROM {table}")  # noqa: S608 - a name from the line above
        database.close()
    problems = {name: room.autograde(str(name)) for name in sorted({row[0] for row in ours["submissions"]})}

    assert not any(problems.values()), problems
    assert ours == dump(room)
    assert any(row[1] and row[2] for row in ours["submissions"]), "nobody was late"


def test_feedback_and_formgrader_find_what_they_need(empty: Classroom) -> None:
    """From what is written nbgrader makes the page that students get."""
    empty.hand_in("ada", answers(double=WRONG))

    run(empty)

    assert "triples" in empty.feedback("ada")
    handed_on = {path.name for path in empty.autograded("ada").parent.iterdir()}
    assert handed_on == {f"{CHAPTER}.ipynb", "checks.py"}


def test_manual_marks_stay(empty: Classroom) -> None:
    """Grading again keeps what a person gave, and asks for another look."""
    empty.hand_in("ada", answers())
    run(empty)
    with empty.gradebook() as gradebook:
        gradebook.find_grade("why", CHAPTER, CHAPTER, "ada").manual_score = 1.0

    empty.hand_in("ada", answers(double=WRONG))
    tally = run(empty)

    assert tally.counts == {"graded": 1}
    assert empty.marks("ada").points["why"] == 1.0
    assert empty.marks("ada").points["double__check"] < 4.0
    assert "why" in empty.marks("ada").waiting


def test_second_run_does_only_what_is_new(empty: Classroom) -> None:
    """Unchanged submissions are left alone, changed ones graded; `--force` grades all; `--student` only some."""
    for name in ("ada", "bo", "cy"):
        empty.hand_in(name, answers())

    assert run(empty).counts == {"graded": 3}
    assert run(empty).counts == {"unchanged": 3}
    empty.hand_in("bo", answers(double=WRONG))
    assert run(empty).counts == {"unchanged": 2, "graded": 1}
    shutil.rmtree(empty.autograded("cy").parent)
    assert run(empty).counts == {"unchanged": 2, "graded": 1}
    assert run(empty, students=["ada"], force=True).counts == {"graded": 1}


def test_unusable_submission_is_a_sentence_and_no_zero(empty: Classroom) -> None:
    """The others are graded; the gradebook knows nothing of a file that cannot be read."""
    empty.hand_in("ada", answers())
    empty.path("broken").write_text("{", "utf-8")
    (empty.root / "submitted" / "forgot" / CHAPTER).mkdir(parents=True)

    done = command(empty, "--jobs", "1")

    assert done.exit_code == 2, done.output
    assert f"broken: {CHAPTER}.ipynb is not a notebook" in done.stdout
    assert f"forgot: {CHAPTER}.ipynb does not exist" in done.stdout
    assert {row[0] for row in dump(empty)["submissions"]} == {"ada"}


@pytest.mark.parametrize("name", ["Ada von Lovelace", "Ærøskøbing 学生", "a" * 255, "x'; DROP TABLE grade; --"])
def test_any_name_of_a_folder(empty: Classroom, name: str) -> None:
    """Spaces, other scripts, the longest name of a file, and words of SQL are names like others."""
    empty.hand_in(name, answers())

    assert run(empty).counts == {"graded": 1}
    assert empty.marks(name).score == 9.0


def test_read_only_submissions(empty: Classroom) -> None:
    """Nothing is written where students hand in."""
    folder = empty.hand_in("ada", answers()).parent
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    folder.chmod(0o555)

    try:
        assert run(empty).counts == {"graded": 1}
    finally:
        folder.chmod(0o755)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_full_disk(empty: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without room for the graded notebook nothing is noted, and the sentence says where room is missing."""
    empty.hand_in("ada", answers())

    write = Path.write_text

    def full(path: Path, *rest: str, **more: str) -> int:
        if path.suffix == ".ipynb":
            raise OSError(28, "No space left on device")
        return write(path, *rest, **more)

    monkeypatch.setattr(Path, "write_text", full)
    tally = run(empty)
    monkeypatch.undo()

    assert tally.counts == {"failed": 1}
    assert "cannot be written" in tally.problems["ada"]
    assert "No space left on device" in tally.problems["ada"]
    assert dump(empty)["submissions"] == []
    assert run(empty).counts == {"graded": 1}


def test_a_notebook_that_is_none_ends_no_class(empty: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where we made a graded notebook that breaks the format, that is our failure with one student and no other's."""
    empty.hand_in("ada", answers())
    empty.hand_in("bob", answers())
    made = work.graded_notebook

    def broken(path: Path, *rest: Any) -> Any:
        notebook = made(path, *rest)
        if "ada" in path.parts:
            notebook.cells[0].cell_type = "heading"
        return notebook

    monkeypatch.setattr(work, "graded_notebook", broken)
    tally = run(empty)

    assert tally.counts == {"failed": 1, "graded": 1}
    assert "cannot be written" in tally.problems["ada"]
    assert [row[0] for row in dump(empty)["submissions"]] == ["bob"]


@pytest.mark.parametrize("name", ["test_double.py", "wrong_answers/double/triples.py"])
@pytest.mark.parametrize("line", [b"# \xff\n", b"def (:\n"], ids=["no_text", "no_python"])
def test_a_file_of_ours_that_is_broken(empty: Classroom, name: str, line: bytes) -> None:
    """Our failure, and nobody's zero: the file is named, and the next run grades."""
    empty.hand_in("ada", answers(double="def double(x):\n    return 3.0 * x"))
    file = load_course(empty.root).chapter(CHAPTER).hidden / name
    text = file.read_bytes()
    file.write_bytes(text + line)
    done = command(empty, "--jobs", "1")
    file.write_bytes(text)

    assert done.exit_code == 3, done.output
    assert file.name in done.output
    assert "Traceback" not in done.output
    assert dump(empty)["submissions"] == []
    assert run(empty).counts == {"graded": 1}


def test_locked_gradebook(empty: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gradebook that somebody holds is waited for, then told; the next run writes what is missing."""
    empty.hand_in("ada", answers())
    monkeypatch.setattr(record, "PATIENCE", 0.5)
    with sqlite3.connect(empty.root / "gradebook.db") as holder:
        holder.execute("BEGIN EXCLUSIVE")
        done = command(empty, "--jobs", "1")
    holder.close()

    assert done.exit_code == 3, done.output
    assert "The gradebook cannot be used (database is locked)" in done.stderr
    assert run(empty).counts == {"graded": 1}
    assert empty.marks("ada").score == 9.0


def test_two_graders_at_once(empty: Classroom) -> None:
    """The second one is turned away with the number of the first."""
    empty.hand_in("ada", answers())
    lock = empty.root / ".course" / "class" / f"{CHAPTER}.lock"
    lock.parent.mkdir(parents=True)
    with lock.open("w") as file:
        file.write("4711")
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)

        with pytest.raises(ClassError, match=r"Another `course grade-class` is at work on ch00_mini \(process 4711\)"):
            run(empty)


def test_nobody_handed_in(empty: Classroom) -> None:
    """The sentence says where submissions belong; a student without one is named."""
    with pytest.raises(ClassError, match="Nobody has handed in ch00_mini: no folder"):
        run(empty)
    empty.hand_in("ada", answers())
    with pytest.raises(ClassError, match=r"Nothing of ch00_mini lies in .* for bo"):
        run(empty, students=["ada", "bo"])


def test_chapter_that_was_rebuilt(empty: Classroom) -> None:
    """Where the gradebook holds other points than the chapter, nothing is graded against the wrong ones."""
    empty.hand_in("ada", answers())
    manifest = empty.course.manifest
    manifest.write_text(manifest.read_text("utf-8").replace("points = 4", "points = 5"), "utf-8")
    room = Classroom(load_course(empty.root), empty.folder)

    with pytest.raises(ClassError, match=r"another version of ch00_mini \(double__check differ\). Run: course build"):
        run(room)


def test_cut_off_line_of_the_ledger(empty: Classroom) -> None:
    """A line that was cut off while it was written was never written, and the next one begins on a line of its own."""
    ledger = Ledger(empty.root, empty.course.chapters[0])
    ledger.append([Entry("ada", "k1", None, "one"), Entry("bo", "k2", None, "two")])
    ledger.path.write_bytes(ledger.path.read_bytes()[:-5])

    ledger.append([Entry("cy", "k3", None, "three")])

    assert {student: known.key for student, known in ledger.known().items()} == {"ada": "k1", "cy": "k3"}


class Deadly(Executor):
    """A pool that dies whenever a certain student's work is in it."""

    def __init__(self, killer: str):
        self.killer = killer
        self.dead = False
        self.futures: list[Future[Outcome]] = []

    def submit(self, _function, task, /):
        """Answer, or die with all that is under way."""
        future: Future[Outcome] = Future()
        if self.dead:
            raise BrokenProcessPool
        self.futures.append(future)
        if task.student == self.killer:
            self.dead = True
            for item in self.futures:
                if not item.done():
                    item.set_exception(BrokenProcessPool())
        elif len(self.futures) % 2 == 0:
            future.set_result(Outcome(Entry(task.student, "k", None)))
        if not self.dead and len(self.futures) % 2:
            future.set_result(Outcome(Entry(task.student, "k", None)))
        return future


def test_whoever_kills_the_workers_is_found(tmp_path: Path) -> None:
    """Everybody has one outcome; only who kills a process alone is without a verdict, and that is our failure."""
    names = [f"s{number}" for number in range(9)]
    tasks = [Task(tmp_path, CHAPTER, name, tmp_path, tmp_path) for name in names]

    outcomes = [*grade_all(tasks, Crew(lambda: Deadly("s4"), 2))]

    assert sorted(outcome.entry.student for outcome in outcomes) == names
    assert [outcome.entry.student for outcome in outcomes if outcome.ours] == ["s4"]


SLOW = DOUBLE + "import time\ntime.sleep(0.2)\n"


def start(room: Classroom, *arguments: str) -> subprocess.Popen[bytes]:
    """Start the command in a process of its own."""
    code = "from course_lib.cli import main; main()"
    environment = os.environ | {"COURSE_ROOT": str(room.root)}
    command = [sys.executable, "-c", code, "grade-class", CHAPTER, *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for(condition, seconds: float = 60.0) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)


def test_killed_command_goes_on_where_it_was(empty: Classroom) -> None:
    """`kill -9` at any moment: starting again grades what is missing, and every student is there once."""
    names = [f"s{number}" for number in range(5)]
    for name in names:
        empty.hand_in(name, answers(double=SLOW))
    process = start(empty, "--jobs", "2")
    wait_for(lambda: len(list((empty.root / ".course" / "cache").rglob("*.json"))) >= 2)
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGKILL)
    process.wait()

    tally = run(empty)

    assert sum(tally.counts.values()) == len(names)
    assert [row[0] for row in dump(empty)["submissions"]] == names
    assert all(empty.marks(name).score == 9.0 for name in names)
    wait_for(lambda: not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children))


@pytest.mark.parametrize("victim", ["who grades", "who forks them"])
def test_killed_worker_takes_nothing_with_it(empty: Classroom, victim: str) -> None:
    """`kill -9` of a process that grades, or of the one that it was forked from: the class is graded all the same."""
    names = [f"s{number}" for number in range(4)]
    for name in names:
        empty.hand_in(name, answers(double=SLOW))
    process = start(empty, "--jobs", "2")
    wait_for(lambda: any((empty.root / ".course" / "cache").rglob("*.json")))
    (forks,) = [child for child in psutil.Process(process.pid).children() if "forkserver" in " ".join(child.cmdline())]
    (forks if victim == "who forks them" else forks.children()[0]).kill()

    assert process.wait(timeout=120) == 0
    assert [row[0] for row in dump(empty)["submissions"]] == names


def test_helpers_begin_where_there_will_be_work(empty: Classroom) -> None:
    """For the first grading they start while nbgrader is loaded; where much may be unchanged, with the first task."""
    empty.hand_in("ada", answers())
    begun: list[str] = []
    for name in ("first", "second"):
        crew = Crew(Here, 1, lambda name=name: begun.append(name))
        grade_class(empty.course, empty.course.chapters[0], crew)

    assert begun == ["first"]


def test_batches_end_by_size_by_time_and_by_an_exception() -> None:
    """What comes fast is grouped, what comes slowly is written as it comes, and nothing is left out."""

    def outcomes(count: int, pause: float = 0.0, *, breaks: bool = False) -> Iterator[Outcome]:
        for number in range(count):
            time.sleep(pause)
            yield Outcome(Entry(f"s{number}", "", None, ""))
        if breaks:
            raise OSError(28, "No space left on device")

    assert [len(batch) for batch in in_batches(outcomes(7), 3, 60.0)] == [3, 3, 1]
    assert [len(batch) for batch in in_batches(outcomes(3, 0.02), 50, 0.01)] == [1, 1, 1]
    broken, seen = in_batches(outcomes(2, breaks=True), 50, 60.0), []
    with pytest.raises(OSError, match="No space"):
        seen.extend(broken)
    assert [len(batch) for batch in seen] == [2]
