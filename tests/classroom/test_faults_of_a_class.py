"""What happens to a class beside its work: another grader, a rebuilt chapter, a lost gradebook, unknown students."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Executor

import pytest

from course_lib.authoring.release import build
from course_lib.classroom.grade import ClassError, Tally, grade_class
from course_lib.classroom.run import Crew
from tests.classroom.conftest import Here
from tests.grading.mini_course import CHAPTER, answers
from tests.nbgrader.conftest import Classroom

WRONG = "def double(x):\n    return 3.0 * x"


def nobody_works() -> Executor:
    """Stand for an executor that must not be needed."""
    pytest.fail("something was graded again")


def run(room: Classroom, hire: Callable[[], Executor] = Here, **options: object) -> Tally:
    """Grade the class in this process."""
    return grade_class(room.course, room.course.chapters[0], Crew(hire, 1), **options)


def test_second_grader_is_turned_away_while_the_first_goes_on(empty: Classroom) -> None:
    """The second one ends with a sentence and the first one's number; everybody is graded once."""
    for name in ("ada", "bo"):
        empty.hand_in(name, answers())
    at_work, go_on = threading.Event(), threading.Event()
    tallies: list[Tally] = []
    first = threading.Thread(
        target=lambda: tallies.append(run(empty, lambda: Here(lambda: (at_work.set(), go_on.wait(30)))))
    )
    first.start()
    at_work.wait(30)

    with pytest.raises(ClassError, match=rf"Another `course grade-class` is at work .* \(process {os.getpid()}\)"):
        run(empty)
    go_on.set()
    first.join(60)

    assert [tally.counts for tally in tallies] == [{"graded": 2}]
    assert run(empty, nobody_works).counts == {"unchanged": 2}


def test_student_who_is_not_in_the_roster(empty: Classroom) -> None:
    """Whoever hands in is graded and added; what the roster says of the others stays."""
    with empty.gradebook() as gradebook:
        gradebook.add_student("ada", first_name="Ada")
    for name in ("ada", "stranger"):
        empty.hand_in(name, answers())

    run(empty)

    with empty.gradebook() as gradebook:
        assert {student.id: student.first_name for student in gradebook.students} == {"ada": "Ada", "stranger": None}
    assert empty.marks("stranger").score == 9.0


@pytest.mark.parametrize("name", ["学" * 85, "é" * 127 + "x"], ids=["85 of three bytes", "127 of two and one"])
def test_longest_name_in_other_scripts(empty: Classroom, name: str) -> None:
    """A name of 255 bytes, which is as long as a folder's may be."""
    assert len(name.encode()) == 255
    empty.hand_in(name, answers())

    assert run(empty).counts == {"graded": 1}
    assert empty.marks(name).score == 9.0


def test_chapter_whose_tests_changed_after_the_release(empty: Classroom) -> None:
    """Everybody is graded again by the new tests; the marks that a person gave stay."""
    empty.hand_in("ada", answers(double=WRONG))
    run(empty)
    with empty.gradebook() as gradebook:
        gradebook.find_grade("why", CHAPTER, CHAPTER, "ada").manual_score = 1.0
    suite = empty.root / "autograder" / CHAPTER / "test_double.py"
    suite.write_text(suite.read_text("utf-8").replace("2 * x", "3 * x").replace("x + x", "3 * x"), "utf-8")

    assert run(empty).counts == {"graded": 1}

    points = empty.marks("ada").points
    assert points["why"] == 1.0
    assert points["double__check"] == 3.0  # all but the refusal of NaN


def test_chapter_that_was_built_again_unchanged(empty: Classroom) -> None:
    """A build that changes nothing takes nothing away and gives no work."""
    empty.hand_in("ada", answers())
    run(empty)

    build(empty.course, empty.course.chapters[0])

    assert run(empty, nobody_works).counts == {"unchanged": 1}
    assert empty.marks("ada").score == 9.0


def test_gradebook_that_was_lost(empty: Classroom) -> None:
    """A new gradebook gets every mark again, although nothing has changed."""
    empty.hand_in("ada", answers())
    run(empty)
    (empty.root / "gradebook.db").unlink()
    build(empty.course, empty.course.chapters[0])

    assert run(empty).counts == {"graded": 1}
    assert empty.marks("ada").score == 9.0


def test_unchanged_class_starts_no_process(empty: Classroom) -> None:
    """What is as it was is not opened: not even where the file was written again with the same content."""
    path = empty.hand_in("ada", answers())
    run(empty)
    os.utime(path, ns=(1, 1))

    tally = run(empty, nobody_works)

    assert tally.counts == {"unchanged": 1}
    assert tally.mean == 9.0


def test_submission_that_only_looks_other(empty: Classroom) -> None:
    """Where a new look finds the same verdict, nothing is written but what spares the next look."""
    path = empty.hand_in("ada", answers())
    run(empty)
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")

    assert run(empty).counts == {"unchanged": 1}
    assert run(empty, nobody_works).counts == {"unchanged": 1}


@pytest.mark.parametrize("how", ["fifo", "link", "folder"])
def test_what_is_put_in_the_place_of_a_graded_file(empty: Classroom, how: str) -> None:
    """A pipe, a link or a folder is told, waited for by nobody, and the earlier mark stays."""
    path = empty.hand_in("ada", answers())
    run(empty)
    kept = path.rename(path.with_name("kept.txt"))
    {"fifo": lambda: os.mkfifo(path), "link": lambda: path.symlink_to(kept), "folder": path.mkdir}[how]()

    tally = run(empty)

    assert tally.counts == {"unusable": 1}
    assert empty.marks("ada").score == 9.0
