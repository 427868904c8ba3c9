"""`course demo`: a sample class goes through nbgrader, and the gradebook says what `course grade` says."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from course_lib import cli_demo
from course_lib.authoring.problems import AuthoringError
from course_lib.authoring.sample_class import PLAN, read_class, write_class
from course_lib.catalog import Course, load_course
from course_lib.cli import app
from course_lib.nbgrader import sample_run
from course_lib.nbgrader.gradebook import CHECK, ClassFolder
from course_lib.nbgrader.sample_run import Graded, run_class
from course_lib.readme import NoPlaceError, read_table, write_table
from tests.built_course import prepare_mini
from tests.grading.mini_course import CHAPTER, write_course

ROOT = Path(__file__).parents[1]
CLASS = """
[[student]]
name = "ada"
hands_in = "everything right"
answers = "reference"

[[student]]
name = "bruno"
hands_in = "another style"
answers = "right"

[[student]]
name = "chiara"
hands_in = "half"
answers = "reference"
until = "double"

[[student]]
name = "dmitri"
hands_in = "nothing"
answers = "stub"

[[student]]
name = "emeka"
hands_in = "two mistakes"
answers = "reference"
wrong = { double = "triples", fact = "other" }

[[student]]
name = "hana"
hands_in = "a loop"
answers = "reference"
until = "scale"
code = { scale = "loops" }

[[student]]
name = "ines"
hands_in = "a crash"
answers = "reference"
code = { double = "crashes" }

[[student]]
name = "jonas"
hands_in = "None, and patched tests"
answers = "tampers"

[[student]]
name = "keiko"
hands_in = "marks stripped"
answers = "right"
damage = "colab"
"""
TABLE = """\
| student | hands in | score | known mistakes | remark |
|---|---|---:|---|---|
| ada | everything right | 9 / 10 |  | 1 to read |
| bruno | another style | 9 / 10 |  | 1 to read |
| chiara | half | 4 / 10 |  | 3 left out |
| dmitri | nothing | 0 / 10 |  | all left out |
| emeka | two mistakes | 3 / 10 | double: triples, fact: other | 1 to read |
| hana | a loop | 4 / 10 |  | 2 left out; stopped: scale |
| ines | a crash | 5 / 10 |  | crashed: double; 1 to read |
| jonas | None, and patched tests | 0 / 10 |  | 1 left out |
| keiko | marks stripped | 9 / 10 |  | 1 to read; marks mended |"""
README = "# Mini\n\n<!-- demo:begin -->\n{}\n<!-- demo:end -->\n\nThe end.\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, gradebook_version: None) -> Course:  # noqa: ARG001 - a fresh one
    """The small course with a sample class."""
    root = prepare_mini(tmp_path_factory.mktemp("demo"))
    (root / "autograder" / CHAPTER / PLAN).write_text(CLASS, "utf-8")
    (root / "README.md").write_text(README.format("old"), "utf-8")
    return load_course(root)


@dataclass(frozen=True)
class Ran:
    """The command as it ran on the small course."""

    done: Result
    readme: str
    graded: tuple[Graded, ...]


@pytest.fixture(scope="module")
def ran(course: Course) -> Ran:
    """`course demo --readme`, once, and the class that it graded."""
    kept: list[tuple[Graded, ...]] = []

    def run_and_keep(*arguments: Any) -> tuple[Graded, ...]:
        kept.append(run_class(*arguments))
        return kept[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_ROOT", str(course.root))
        patch.setattr(sample_run, "run_class", run_and_keep)
        done = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["demo", "--readme"])
    assert done.exit_code == 0, done.output
    return Ran(done, (course.root / "README.md").read_text("utf-8"), kept[0])


def scores_of_course_grade(
    course: Course, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, dict[str, float]]:
    """Return what the command gives for every submission in a folder, by student and exercise."""
    monkeypatch.setenv("COURSE_ROOT", str(course.root))
    paths = sorted(str(path) for path in folder.glob("submitted/*/*/*.ipynb"))
    done = CliRunner().invoke(app, ["grade", "--json", *paths])
    assert done.exit_code == 0, done.output
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    return {
        report["submission"]: {item["exercise"]: item["points"] or 0.0 for item in report["exercises"]}
        for report in reports
    }


def scores_of_gradebook(folder: Path, chapter: str, students: list[str]) -> dict[str, dict[str, float]]:
    """Return what nbgrader stored, by student and exercise."""
    classroom = ClassFolder(folder)
    return {
        student: {name.removesuffix(CHECK): points for name, points in classroom.marks(chapter, student).points.items()}
        for student in students
    }


def test_command_prints_the_table_and_agrees(ran: Ran) -> None:
    """It prints every score, says that gradebook and judge agree, names pages to open, and keeps README current."""
    assert "✓ The gradebook agrees with `course grade` on all 9, exercise by exercise." in ran.done.stdout
    assert "build/demo/feedback/emeka/ch00_mini/ch00_mini.html" in ran.done.stdout
    assert "jupyter lab" in ran.done.stdout
    assert ran.readme == README.format(TABLE)


def test_gradebook_equals_course_grade_for_the_whole_class(course: Course, ran: Ran, monkeypatch) -> None:
    """Both doors give every student the same points for every exercise."""
    folder = ran.graded[0].feedback.parents[3]
    students = [item.student.name for item in ran.graded]

    assert "\n".join(cli_demo.markdown(ran.graded)) == TABLE
    assert all(item.agrees and item.feedback.is_file() for item in ran.graded)
    assert scores_of_gradebook(folder, CHAPTER, students) == scores_of_course_grade(course, folder, monkeypatch)


def test_disagreement_would_be_seen(ran: Ran) -> None:
    """A gradebook that is off by the last digit in one exercise does not agree."""
    graded = ran.graded
    points = dict(graded[0].marks.points) | {"double__check": 3.9999999999999996}
    off = replace(graded[0], marks=replace(graded[0].marks, points=points))

    assert (graded[0].agrees, off.agrees) == (True, False)


def test_folder_of_somebody_is_left_alone(course: Course, tmp_path: Path) -> None:
    """Only a folder that the command made itself is emptied."""
    (tmp_path / "thesis.txt").write_text("years of work")

    with pytest.raises(AuthoringError, match=r"holds something that is not from `course demo`: choose another folder"):
        run_class(course, course.chapters[0], tmp_path, jobs=1)

    assert (tmp_path / "thesis.txt").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('wrong = { double = "triples"', 'wrong = { double = "tripels"'), r"emeka, double: there is no 'tripels'"),
        (('"loops"', '"sleeps"'), r"hana, scale: there is no 'sleeps'; there are crashes, loops"),
        (("hands_in", "hand_in"), r"sample_class.toml: .*A student has name, hands_in, answers"),
        (("[[student]]", "[[student]"), r"sample_class.toml: "),
    ],
)
def test_mistakes_in_the_plan_are_named(course: Course, tmp_path: Path, change: tuple[str, str], words: str) -> None:
    """The sentence says whose line it is and what is possible."""
    plan = course.chapters[0].hidden / PLAN
    release = tmp_path / "release.ipynb"
    cells = [{"cell_type": "code", "metadata": {}, "source": ""}]
    release.write_text(json.dumps({"cells": cells}), "utf-8")
    plan.write_text(CLASS.replace(*change), "utf-8")
    try:
        with pytest.raises(AuthoringError, match=words):
            write_class(course.chapters[0], release, tmp_path / "submitted")
    finally:
        plan.write_text(CLASS, "utf-8")


def test_chapter_without_a_class_says_what_to_write(tmp_path: Path) -> None:
    """The sentence names the missing file."""
    chapter = load_course(write_course(tmp_path)).chapters[0]

    with pytest.raises(AuthoringError, match=r"sample_class\.toml is missing: ch00_mini has no sample class"):
        read_class(chapter)


def test_class_of_the_course_is_graded_alike_by_both_doors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real class: equal to the last digit, honest work in full, dishonest work at zero, mistakes named."""
    course = load_course(ROOT)
    chapter = next(item for item in course.chapters if (item.hidden / PLAN).exists())

    graded = {item.student.name: item for item in run_class(course, chapter, tmp_path / "class", jobs=2)}

    stored = scores_of_gradebook(tmp_path / "class", chapter.name, list(graded))
    assert stored == scores_of_course_grade(course, tmp_path / "class", monkeypatch)
    by_suite = sum(exercise.points for exercise in chapter.exercises if exercise.graded_by_suite)
    for item in graded.values():
        kind = item.student
        assert item.agrees
        assert set(cli_demo._mistakes(item)) >= {
            f"{slug}: {name.replace('_', ' ')}" for slug, name in kind.wrong.items()
        }
        if kind.answers in ("reference", "right") and not (kind.until or kind.wrong or kind.code):
            assert item.marks.score == by_suite
        if kind.answers in ("stub", "tampers"):
            assert item.marks.score == 0.0


def test_readme_shows_this_class() -> None:
    """The table in README has our columns and these students; `course demo --readme` writes it."""
    rows = read_table(ROOT / "README.md", cli_demo.README_NAME)
    chapter = cli_demo.largest_class(load_course(ROOT))

    assert rows[:1] == [list(cli_demo.COLUMNS)]
    assert [row[:2] for row in rows[1:]] == [[item.name, item.hands_in] for item in read_class(chapter)]


def test_readme_without_a_place_for_the_table(tmp_path: Path) -> None:
    """A table is never written to a place that nobody chose."""
    path = tmp_path / "README.md"
    path.write_text("<!-- demo:begin -->", "utf-8")

    with pytest.raises(NoPlaceError, match="<!-- demo:end -->: write them where the table belongs"):
        write_table(path, "demo", ["| a |"])
