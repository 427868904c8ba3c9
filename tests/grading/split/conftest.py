"""The small course with tests that pass answers on, and a verdict by way of files of questions and answers."""

from __future__ import annotations

import pytest

from course_lib.catalog import load_course
from course_lib.grading.judge import Judge
from course_lib.grading.split.frames import read_frames, write_frames
from course_lib.grading.split.performance import perform
from course_lib.grading.split.review import References, review
from course_lib.grading.split.script import identity, pack_answers, pack_script, read_answers, read_script
from course_lib.grading.split.transcript import Recorded
from course_lib.grading.submission import load_submission
from tests.grading.mini_course import CHAPTER, write_course, write_notebook

CHAINED = '''

def test_of_a_double(student, rng):
    """What is doubled can be doubled again."""
    x = rng.standard_normal(4)

    once = student.double(x)

    assert_close(student.scale(once, 1), 4 * x)


def test_of_a_sum(student, rng):
    """What is computed from an answer can be doubled."""
    x = rng.standard_normal(4)

    once = student.double(x)
    moved = once + 1.0

    assert_close(student.scale(moved, 1), 4 * x + 2)


def test_as_a_value(student, rng):
    """The function is a value that can be called."""
    x = rng.standard_normal(4)

    function = student.value("scale")

    assert_close(function(x, 1), 2 * x)
'''


@pytest.fixture(scope="session")
def split_judge(tmp_path_factory):
    """A judge of the small course, some of whose tests pass an answer on."""
    root = write_course(tmp_path_factory.mktemp("split") / "course")
    with (root / "autograder" / CHAPTER / "test_scale.py").open("a", encoding="utf-8") as suite:
        suite.write(CHAINED)
    with Judge(load_course(root)) as judge:
        yield judge


class Rounds:
    """Verdicts by way of files, as in three jobs.

    Attributes:
        scripts: what was asked in each round of the last verdict.
        files: the questions of each round, as bytes.

    """

    def __init__(self, judge, folder):
        self.judge, self.folder = judge, folder
        self.references = References(judge)

    def submission(self, cells):
        """A healed notebook of these cells."""
        path = write_notebook(self.folder / "alice" / CHAPTER / f"{CHAPTER}.ipynb", cells)
        return load_submission(path, self.judge.course)

    def verdict(self, submission, rounds=3):
        """The report after at most so many rounds of questions."""
        self.scripts, self.files, recorded = [], [], {}
        for number in range(rounds + 1):
            report, script = review(self.judge, submission, recorded, self.references if number < rounds else None)
            if not script.notebooks:
                break
            self.scripts.append(script)
            self._hear(script, recorded)
        return report

    def _hear(self, script, recorded):
        questions, answers = self.folder / "questions.bin", self.folder / "answers.bin"
        write_frames(questions, pack_script(script))
        self.files.append(questions.read_bytes())
        said = perform(self.judge, read_script(read_frames(self.files[-1])))
        write_frames(answers, (message for notebook in said for message in pack_answers(notebook)))
        messages = read_frames(answers.read_bytes())
        for notebook in script.notebooks:
            recorded.setdefault(identity(notebook.cells), Recorded()).learn(notebook, read_answers(messages, notebook))


@pytest.fixture
def rounds(split_judge, tmp_path):
    """Verdicts by way of files."""
    made = Rounds(split_judge, tmp_path)
    yield made
    made.references.close()
