"""A recorded answer is given to the question that it answers, and to no other one."""

import numpy as np
import pytest

from course_lib.grading.errors import StudentError, StudentTimeout
from course_lib.grading.healing import CodeCell
from course_lib.grading.plugin import MAX_HANGS
from course_lib.grading.portable import Reference
from course_lib.grading.split.conversation import Question
from course_lib.grading.split.performance import perform
from course_lib.grading.split.script import Answers, Asked, Test
from course_lib.grading.split.transcript import PendingError, Recorded, TranscriptSession
from tests.grading.mini_course import answers

SEED = 5
X = np.array([1.5, 2.5])
FIRST = Question("call", "f", (X,), {}, (), SEED, 1.0)
SECOND = Question("call", Reference(0), (Reference(1),), {"n": 2}, ((0, ("g",)), (0, ("y",))), SEED + 1, 1.0)


def session(*recorded):
    """A session on these questions and answers, with nobody to ask."""
    return TranscriptSession(Recorded(tests={SEED: list(recorded)}), None)


def ask(asked, target="f", args=(X,), seed=SEED, **kwargs):
    """Ask as a test does."""
    return asked.ask("call", target, args, kwargs, seed=seed, seconds=1.0)


def test_the_question_that_was_asked_is_answered():
    """With the value that was recorded."""
    assert ask(session((FIRST, (3.25,)))) == 3.25


@pytest.mark.parametrize(
    "other",
    [{"target": "g"}, {"args": (X + 1,)}, {"args": (X, 1)}, {"args": ()}, {"n": 1}, {"args": (X.tolist(),)}],
)
def test_another_question_is_not(other):
    """It waits, and that is no mistake of the student's."""
    with pytest.raises(PendingError):
        ask(session((FIRST, (3.25,))), **other)


def test_a_question_that_was_not_put_is_not_answered():
    """The worker could not be asked, or nothing more was recorded."""
    with pytest.raises(PendingError):
        ask(session((FIRST, None)))
    asked = session((FIRST, (3.25,)))
    ask(asked)
    with pytest.raises(PendingError):
        ask(asked, seed=SEED + 1)


def test_an_error_is_raised_as_it_was():
    """It is an answer."""
    with pytest.raises(StudentTimeout):
        ask(session((FIRST, StudentTimeout(("TimeoutError",)))))


def test_symbols_stand_for_the_students_own_answers():
    """What a test got from this notebook it passes on, an object as well; another value is another question."""
    recorded = (FIRST, ({"g": Reference(7), "y": X * 3},)), (SECOND, (9.5,))
    asked, other = session(*recorded), session(*recorded)
    got, same = ask(asked), ask(other)

    assert ask(asked, got["g"], (X * 3,), seed=SEED + 1, n=2) == 9.5
    with pytest.raises(PendingError):
        ask(other, same["g"], (X * 4,), seed=SEED + 1, n=2)


def test_a_later_round_takes_the_place_of_an_earlier_one():
    """In the tests that were asked again; cells that failed are known from all rounds."""
    recorded, cells = Recorded(), (CodeCell("a", ""),)
    asked = Asked(cells, (Test("double", (FIRST,)),))
    recorded.learn(asked, Answers({0: StudentError(("A",))}, ((None,),)))
    recorded.learn(asked, Answers({}, (((3.25,),),)))

    assert ask(TranscriptSession(recorded, None)) == 3.25
    assert list(recorded.failures) == [0]


def test_what_hung_twice_is_asked_no_more(rounds):
    """Nor what builds on it: one endless loop does not take the time of the others."""
    loop = "import time\n\n\ndef double(x):\n    while True:\n        time.sleep(9)\n"
    rounds.verdict(rounds.submission(answers(double=loop)), rounds=1)
    (said,) = perform(rounds.judge, rounds.scripts[0])
    by_slug = {"double": [], "scale": [], "fact": []}
    for test, heard in zip(rounds.scripts[0].notebooks[0].tests, said.tests, strict=True):
        by_slug[test.slug] += heard

    assert sum(isinstance(answer, StudentTimeout) for answer in by_slug["double"]) == MAX_HANGS
    assert set(by_slug["scale"]) == {None}
    assert by_slug["fact"] == [({"answer": 42},)]
