"""A class is graded again: of who changed something, only what can have changed is judged."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence

import pytest

from course_lib.classroom.grade import Tally, grade_class
from course_lib.classroom.run import Crew
from course_lib.grading.judge import Judge
from course_lib.grading.report import Report
from course_lib.grading.submission import Submission
from tests.classroom.conftest import Here
from tests.grading.mini_course import CHAPTER, answers
from tests.nbgrader.conftest import Classroom

FACT = 'fact = {"answer": 42}\n'
WRONG_FACT = 'fact = {"answer": 41}\n'


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The exercises that were judged, one entry for each submission that was."""
    seen: list[tuple[str, ...]] = []
    grade = Judge.grade

    def watched(self: Judge, submission: Submission, slugs: Sequence[str] | None = None, **more: bool) -> Report:
        seen.append(("all",) if slugs is None else tuple(slugs))
        return grade(self, submission, slugs, **more)

    monkeypatch.setattr(Judge, "grade", watched)
    return seen


def run(room: Classroom, **options: object) -> Tally:
    """Grade the class in this process."""
    return grade_class(room.course, room.course.chapters[0], Crew(Here, 1), **options)


def ledger(room: Classroom) -> str:
    """Return the last report that was noted, without times."""
    line = (room.root / ".course" / "class" / f"{CHAPTER}.jsonl").read_text("utf-8").splitlines()[-1]
    return re.sub(r'"seconds": [\d.e-]+', "", json.dumps(json.loads(line)["report"]))


def test_one_exercise_of_one_student(empty: Classroom, judged: list[tuple[str, ...]]) -> None:
    """A changed exercise is judged alone, marks and report are those of a whole grading."""
    for name in ("ada", "bo"):
        empty.hand_in(name, answers(fact=FACT))
    run(empty)
    judged.clear()

    empty.hand_in("bo", answers(fact=WRONG_FACT))
    assert run(empty).counts == {"unchanged": 1, "graded": 1}
    assert judged == [("fact", "why")]
    assert empty.marks("bo").points["fact__check"] == 0.0
    assert empty.marks("bo").points["double__check"] == 4.0
    together = ledger(empty)

    assert run(empty, students=["bo"], force=True).counts == {"graded": 1}
    assert judged[-1] == ("all",)
    assert ledger(empty) == together


def test_results_are_lost(empty: Classroom, judged: list[tuple[str, ...]]) -> None:
    """What was kept may be thrown away at any time: it is made anew."""
    empty.hand_in("ada", answers(fact=FACT))
    run(empty)
    shutil.rmtree(empty.root / ".course" / "exercises")
    empty.hand_in("ada", answers(fact=WRONG_FACT))

    assert run(empty).counts == {"graded": 1}
    assert judged[-1] == ("all",)
