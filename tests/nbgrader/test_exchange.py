"""A term in nbgrader's own commands, against a real exchange and a real gradebook."""

from __future__ import annotations

import csv
import os
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from course_lib.authoring.release import stale
from course_lib.catalog import load_course
from course_lib.nbgrader.gradebook import ClassFolder
from tests.commands import run_nbgrader
from tests.grading.mini_course import CHAPTER, answers, write_notebook

WRONG = "def double(x):\n    return 3.0 * x"


class Term:
    """A course folder, an exchange beside it, and a student's own folder; all of one user, as on one's own machine."""

    def __init__(self, built: Path, folder: Path):
        self.root = Path(shutil.copytree(built, folder / "course"))
        self.student, exchange, home = folder / "student", folder / "exchange", folder / "home"
        for path in (self.student, exchange, home):
            path.mkdir()
        exchange.chmod(0o777)
        settings = f"c.Exchange.root = {str(exchange)!r}\nc.Exchange.cache = {str(home / 'cache')!r}\n"
        with (self.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
            file.write(settings)
        course_id = "c.CourseDirectory.course_id = 'deep_learning_from_zero'\n"
        (self.student / "nbgrader_config.py").write_text(f"c = get_config()\n{settings}{course_id}", "utf-8")
        program = Path(sys.executable).parent
        self.environment = os.environ | {"HOME": str(home), "PATH": f"{program}{os.pathsep}{os.environ['PATH']}"}
        self.environment |= {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}

    def nbgrader(self, *arguments: str, student: bool = False) -> str:
        """Run a command of nbgrader and return what it said; it must succeed."""
        folder = self.student if student else self.root
        done = run_nbgrader(arguments, folder, self.environment, self.root.parent / "said.txt")
        assert done.code == 0, done.said
        return done.said

    def fetched(self, *parts: str) -> Path:
        """Return a path in the student's folder."""
        return self.student.joinpath(CHAPTER, *parts)


@pytest.fixture(scope="module")
def term(built_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Term:
    """A term that has begun."""
    return Term(built_course, tmp_path_factory.mktemp("term"))


def test_from_release_to_feedback(term: Term) -> None:
    """Release, list, fetch, submit, collect, autograde, feedback: the student reads our panel, and nobody's test."""
    term.nbgrader("release_assignment", CHAPTER)
    assert CHAPTER in term.nbgrader("list", student=True)
    term.nbgrader("fetch_assignment", CHAPTER, student=True)
    assert {path.name for path in term.fetched().iterdir()} == {f"{CHAPTER}.ipynb", "checks.py"}

    write_notebook(term.fetched(f"{CHAPTER}.ipynb"), answers(double=WRONG))
    term.nbgrader("submit", CHAPTER, student=True)
    term.nbgrader("collect", CHAPTER)
    (submitted,) = (term.root / "submitted").iterdir()
    assert (submitted / CHAPTER / "timestamp.txt").exists()

    term.nbgrader("autograde", CHAPTER)
    marks = ClassFolder(term.root).marks(CHAPTER, submitted.name)
    assert 0 < marks.score < marks.max_score
    term.nbgrader("generate_feedback", CHAPTER)
    term.nbgrader("release_feedback", CHAPTER)
    term.nbgrader("fetch_feedback", CHAPTER, student=True)
    (page,) = term.fetched("feedback").rglob("*.html")
    text = page.read_text("utf-8")
    assert "triples" in text
    assert "test_values" not in text
    assert "assert_close" not in text


def test_generate_assignment(term: Term) -> None:
    """Nbgrader's own command, which formgrader's button runs too, makes the release that `course build` makes."""
    released = term.root / "assignments" / CHAPTER / f"{CHAPTER}.ipynb"
    released.write_text("not a notebook any more", "utf-8")

    term.nbgrader("generate_assignment", CHAPTER, "--force")

    course = load_course(term.root)
    assert stale(course, course.chapter(CHAPTER)) == ()


def test_export(term: Term, tmp_path: Path) -> None:
    """Nbgrader's own export has a line per student with the score of the gradebook."""
    path = tmp_path / "grades.csv"

    term.nbgrader("export", "--to", str(path))

    lines = path.read_text("utf-8").splitlines()
    rows = [row for row in csv.DictReader(lines) if row["assignment"] == CHAPTER]
    assert rows
    assert all(float(row["max_score"]) == 10.0 for row in rows)


def test_zip_collect(term: Term) -> None:
    """Notebooks downloaded from another system as an archive land where they are graded."""
    notebook = write_notebook(term.root / "scratch" / f"{CHAPTER}.ipynb", answers())
    downloaded = term.root / "downloaded" / CHAPTER / "archive"
    downloaded.mkdir(parents=True)
    with zipfile.ZipFile(downloaded / "all.zip", "w") as archive:
        archive.write(notebook, f"zoe_{CHAPTER}.ipynb")
    pattern = r".*(?P<student_id>[a-z]{3})_(?P<file_id>ch00_mini)\.ipynb"

    term.nbgrader("zip_collect", CHAPTER, f"--FileNameCollectorPlugin.named_regexp={pattern}")
    term.nbgrader("autograde", CHAPTER, "--student", "zoe")

    assert ClassFolder(term.root).marks(CHAPTER, "zoe").score == 9.0
