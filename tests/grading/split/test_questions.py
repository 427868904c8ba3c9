"""The questions hold inputs and symbols, and nothing that the reference computed."""

import numpy as np
import pytest

from course_lib.grading.errors import StudentError
from course_lib.grading.portable import Reference
from course_lib.grading.sandbox.wire import encode
from course_lib.grading.session import Session
from course_lib.grading.split.agreement import agree
from course_lib.grading.split.frames import read_frames
from course_lib.grading.split.nudge import nudge
from course_lib.grading.split.script import read_script
from course_lib.grading.split.symbols import LostError, Seen, is_array, resolve
from tests.grading.mini_course import answers

X = np.array([1.5, -2.5, 3.25])


def leaves(value):
    """The arrays and floats in plain data."""
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in leaves(item)]
    if isinstance(value, list | tuple):
        return [leaf for item in value for leaf in leaves(item)]
    return [value] if is_array(value) or isinstance(value, float) else []


def numbers(value):
    """The numbers in plain data that no chance explains."""
    return {float(n) for leaf in leaves(value) for n in np.asarray(leaf).reshape(-1) if n not in (0, 1, -1, 0.5, 2)}


def test_no_number_that_the_reference_computed_is_in_the_questions(rounds, monkeypatch):
    """Neither what it answered nor what a suite computed from that, in data or in the bytes of the file."""
    computed, ask = [], Session.ask

    def listening(*arguments, **more):
        computed.append(ask(*arguments, **more))
        return computed[-1]

    submission = rounds.submission(answers())
    monkeypatch.setattr(Session, "ask", listening)
    rounds.verdict(submission, rounds=1)
    monkeypatch.undo()

    held = read_script(read_frames(rounds.files[0]))
    questions = [q for notebook in held.notebooks for test in notebook.tests for q in test.questions]
    shown = numbers([[q.args, q.kwargs] for q in questions])
    results = numbers(computed) - shown_by_chance(questions)
    assert len(results) > 50
    assert not results & shown
    assert not {float(n) for n in np.add(list(results), 1.0)} & shown
    for result in computed:
        for leaf in leaves(result):
            raw = b"".join(map(bytes, encode(leaf)[1:]))
            assert is_input(leaf, questions) or len(raw) < 16 or raw not in rounds.files[0]


def shown_by_chance(questions):
    """Numbers that an answer copied from its own question: with no times, nothing is doubled."""
    return numbers([q.args[0] for q in questions if q.args[1:] == (0,)])


def is_input(leaf, questions):
    """Whether an answer is the array of a question."""
    return any(np.array_equal(leaf, given) for q in questions for given in leaves(q.args))


def test_the_reference_is_not_in_the_questions(rounds):
    """Where no exercise is judged on it, and its cells are not the student's."""
    rounds.verdict(rounds.submission(answers()), rounds=1)

    assert b"received {x}" not in rounds.files[0]
    assert b"autograder" not in rounds.files[0]


def test_a_part_of_an_answer_becomes_a_symbol():
    """Whole containers too, so that an answer of another form is passed on as it is."""
    seen, symbols = Seen(), []
    seen.add(0, {"out": X, "cache": {"x": X + 1, "n": 3}})

    packed = seen.pack([{"x": X + 1, "n": 3}, X, 7.0], symbols)

    assert packed == [Reference(0), Reference(1), 7.0]
    assert symbols == [(0, ("cache",)), (0, ("out",))]
    assert resolve(packed, symbols, [{"out": "theirs", "cache": Reference(5)}]) == [Reference(5), "theirs", 7.0]


def test_an_input_that_came_back_is_still_an_input():
    """A function that returns what it was given makes no symbol of it."""
    seen, symbols = Seen(), []
    seen.pack(X, symbols)
    seen.add(0, X.copy())

    assert seen.pack(X, symbols) is X
    assert symbols == []


@pytest.mark.parametrize("answer", [None, {}, [1, 2], StudentError(("ValueError",))])
def test_an_answer_without_the_part_is_lost(answer):
    """The next question cannot be put then."""
    with pytest.raises(LostError):
        resolve(Reference(0), [(0, ("out",))], [answer])


def test_nudging_moves_what_was_computed_and_leaves_what_was_given():
    """By so little that no suite's tolerance notices."""
    torch = pytest.importorskip("torch")

    moved = nudge({"a": X, "b": [0.0, 1.0, 0.3], "t": torch.tensor([0.3, 0.7]), "n": 3}, np.array([1.5]))

    assert moved["a"][0] == X[0]
    assert (moved["a"][1:] != X[1:]).all()
    assert np.allclose(moved["a"], X, rtol=1e-14, atol=0)
    assert moved["b"][:2] == [0.0, 1.0]
    assert moved["b"][2] != 0.3
    assert type(moved["t"]) is torch.Tensor
    assert bool((moved["t"] != torch.tensor([0.3, 0.7])).all())
    assert moved["n"] == 3


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (X, X * (1 + 2e-16), True),
        (X, X * (1 + 1e-9), False),
        ([1, "a", None], [1, "a", None], True),
        (1, 1.0, False),
        (True, 1, False),
        ((1,), [1], False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, False),
        (X, X.astype(np.float32), False),
        (Reference(1), Reference(2), False),
        (np.array([1, 2]), np.array([1, 3]), False),
    ],
)
def test_a_question_agrees_to_the_last_bits_of_its_floats(left, right, same):
    """Processors differ in these; everything else has to be equal."""
    assert agree(left, right) is same
