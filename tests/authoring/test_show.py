import json
import shutil

import pytest

from course_lib.authoring.show import chapter_data, exercise_data, places


def test_the_places_of_an_exercise_are_named_after_its_slug(tiny):
    """One slug, spelled the same everywhere."""
    found = places(tiny.course, tiny.chapter.exercise("double"))

    assert {name: place.path for name, place in found.items()} == {
        "stub": "assignments/ch01_tiny/ch01_tiny.ipynb",
        "solution": "solutions/ch01_tiny/ch01_tiny.py",
        "visible checks": "solutions/ch01_tiny/checks.py",
        "hidden suite": "autograder/ch01_tiny/test_double.py",
        "right answers": "autograder/ch01_tiny/right_answers/double",
        "wrong answers": "autograder/ch01_tiny/wrong_answers/double",
    }


def test_a_written_answer_has_two_places(tiny):
    """It has neither checks nor suite nor bank."""
    assert list(places(tiny.course, tiny.chapter.exercise("double_why"))) == ["stub", "solution"]


def test_places_in_files_have_a_line(tiny):
    """An editor opens `path:line`."""
    found = places(tiny.course, tiny.chapter.exercise("draw"))

    line = tiny.line_of('exercise="draw"')
    assert found["solution"].text == f"solutions/ch01_tiny/ch01_tiny.py:{line}"
    assert found["visible checks"].text == "solutions/ch01_tiny/checks.py:13"


def test_places_say_what_is_in_them(tiny):
    """Tests by their names, answers by those of their files; a visible check counts for its exercise alone."""
    found = places(tiny.course, tiny.chapter.exercise("double"))

    assert found["visible checks"].names == ("test_double_of_three",)
    assert found["hidden suite"].names == ("test_secret_numbers",)
    assert found["right answers"].names == ("adds",)
    assert found["wrong answers"].names == ("squares",)


def test_what_is_missing_is_said(tiny):
    """A part that nobody wrote is found at a glance."""
    found = places(tiny.course, tiny.chapter.exercise("fact"))

    assert {name for name, place in found.items() if not place.exists} == {"stub", "right answers", "wrong answers"}
    assert found["right answers"].names == ()


@pytest.mark.parametrize("name", ["solutions/ch01_tiny/ch01_tiny.py", "solutions/ch01_tiny/checks.py"])
def test_broken_files_do_not_keep_the_rest_from_being_shown(tiny, name):
    """Just then an author wants to know where they are."""
    tiny.write(name, "def broken(:\n")

    found = places(tiny.course, tiny.chapter.exercise("double"))

    assert found["solution"].exists
    assert found["hidden suite"].names == ("test_secret_numbers",)


def test_a_student_repository_can_be_shown(tiny):
    """Only the stub is there."""
    shutil.rmtree(tiny.root / "solutions")
    shutil.rmtree(tiny.root / "autograder")
    tiny.write("assignments/ch01_tiny/ch01_tiny.ipynb", "{}")

    found = places(tiny.course, tiny.chapter.exercise("double"))

    assert [name for name, place in found.items() if place.exists] == ["stub"]


def test_data_is_json(tiny):
    """A script may read everything that a person reads."""
    data = json.loads(json.dumps(chapter_data(tiny.course, tiny.chapter)))

    assert (data["chapter"], data["points"], len(data["exercises"])) == ("ch01_tiny", 7.5, 4)
    assert data["exercises"][0] == json.loads(json.dumps(exercise_data(tiny.course, tiny.chapter.exercise("double"))))
    assert data["exercises"][0]["places"]["hidden_suite"] == {
        "path": "autograder/ch01_tiny/test_double.py",
        "exists": True,
        "lines": [],
        "names": ["test_secret_numbers"],
    }
