"""Answers are read like anything that student code may have written."""

import pytest

from course_lib.grading.errors import StudentBlocked, StudentCrash, StudentError, StudentMemory, StudentTimeout
from course_lib.grading.healing import CodeCell
from course_lib.grading.sandbox.wire import WireError
from course_lib.grading.split.frames import read_frames, write_frames
from course_lib.grading.split.outcomes import MalformedError, pack_outcome, read_outcome
from course_lib.grading.split.performance import perform
from course_lib.grading.split.script import Asked, pack_answers, read_answers
from tests.grading.mini_course import answers

ERROR = {"kind": "StudentError", "types": ["ValueError"], "message": "", "cell": None, "line": None}


@pytest.mark.parametrize("kind", [StudentError, StudentTimeout, StudentMemory, StudentBlocked, StudentCrash])
def test_every_kind_of_error_comes_back_as_it_was(kind):
    """With classes, text and place."""
    error = read_outcome(pack_outcome(kind(("A", "B"), "text", "double", 3)))

    assert type(error) is kind
    assert (error.types, error.message, error.cell, error.line) == (("A", "B"), "text", "double", 3)


@pytest.mark.parametrize("answer", [None, (None,), (1.5,), ([1, {"a": (2,)}],)])
def test_results_come_back_as_they_were(answer):
    """A result of None is not the same as no answer."""
    assert read_outcome(pack_outcome(answer)) == answer


@pytest.mark.parametrize(
    "forged",
    [
        5,
        {"passed": True},
        {"value": 1, "error": ERROR},
        {"error": ERROR | {"kind": "SystemExit"}},
        {"error": ERROR | {"kind": ["StudentError"]}},
        {"error": ERROR | {"types": "ValueError"}},
        {"error": ERROR | {"types": [1]}},
        {"error": ERROR | {"types": ["x" * 1000]}},
        {"error": ERROR | {"message": "x" * 100_000}},
        {"error": ERROR | {"line": True}},
        {"error": ERROR | {"outcome": "passed"}},
        {"error": {}},
    ],
)
def test_what_no_run_writes_is_refused(forged):
    """Nothing of it is taken for an answer."""
    with pytest.raises(MalformedError):
        read_outcome(forged)


@pytest.mark.parametrize("position", [-1, 1, True, "0", None])
def test_a_cell_that_is_not_there_cannot_have_failed(position):
    """The position is one of the notebook's."""
    head = {"failures": [[position, ERROR]]}

    with pytest.raises(MalformedError):
        read_answers(iter([head]), Asked((CodeCell("a", ""),), ()))


@pytest.mark.parametrize(
    "change", [lambda b: b[:-3], lambda b: b + b"\0", lambda b: b"x" + b, lambda b: b.replace(b"CW1", b"PK\3")]
)
def test_damaged_files_are_refused(tmp_path, change):
    """Too short, too long, or of another kind."""
    path = tmp_path / "frames"
    write_frames(path, [{"a": 1}, [2.5] * 10])

    assert list(read_frames(path.read_bytes())) == [{"a": 1}, [2.5] * 10]
    with pytest.raises(WireError):
        list(read_frames(change(path.read_bytes())))


def test_answers_that_are_too_large_are_the_students_outcome(rounds):
    """What has room is kept, the rest is an answer of its own kind; nobody else's place is taken."""
    rounds.verdict(rounds.submission(answers()), rounds=1)

    (said,) = perform(rounds.judge, rounds.scripts[0], max_bytes=300)

    kinds = [type(answer) for test in said.tests for answer in test]
    assert tuple in kinds
    assert StudentMemory in kinds
    assert len(list(pack_answers(said))) == 1 + len(kinds)
