"""`assert_close` and `refuses`: what they accept, what they refuse, and what they say."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from course_lib.grading import Mismatch, assert_close, refuses
from course_lib.grading.errors import StudentError

SAMPLE = np.array([[1.0, 2.0, 3.5], [-4.0, 5.0, 7.25]])


def sentence_of(actual: object, expected: object, **options: float) -> str:
    """Return the sentence with which a comparison fails."""
    with pytest.raises(Mismatch) as caught:
        assert_close(actual, expected, **options)
    return caught.value.sentence


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (3, 3.0),
        (np.array(3.0), 3.0),
        ([1.0, 2], [1.0, 2.0]),
        (np.array([1.0, 2.0]), [1.0, 2.0]),
        ((1.0, "a"), (1.0, "a")),
        ({"a": SAMPLE.copy()}, {"a": SAMPLE}),
        (torch.ones(2, 3), torch.ones(2, 3)),
        (SAMPLE * (1 + 1e-12), SAMPLE),
        (np.array([np.inf, 1.0]), np.array([np.inf, 1.0])),
        (None, None),
        (np.zeros((0, 3)), np.zeros((0, 3))),
    ],
)
def test_accepts_every_form_of_the_right_answer(actual: object, expected: object) -> None:
    """The same answer in another allowed form is right."""
    assert_close(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected", "words"),
    [
        (None, SAMPLE, "must be a NumPy array, but None came back. Does the function end without `return`?"),
        (None, 1.0, "must be a number (float), but None came back"),
        (True, 1.0, "must be a number (float)"),
        (2.0, 2, "must be a whole number (int)"),
        (SAMPLE.T, SAMPLE, "Is it transposed?"),
        (SAMPLE[0], SAMPLE, "The first axis is missing"),
        (SAMPLE[:, 0], SAMPLE, "The last axis is missing"),
        (SAMPLE[:, :, None], SAMPLE, "An axis of length 1 is too many."),
        (SAMPLE[:, :2], SAMPLE, "Axis 1 has the wrong length."),
        (SAMPLE.astype(int), SAMPLE, "holds integers (int64), but floats are asked for"),
        (SAMPLE * 2, SAMPLE, "the right answer times 2."),
        (SAMPLE * 0.25, SAMPLE, "the right answer times 0.25."),
        (-SAMPLE, SAMPLE, "The sign is flipped."),
        (SAMPLE[::-1], SAMPLE, "in reverse order along axis 0"),
        (SAMPLE + 3, SAMPLE, "the same constant everywhere"),
        (np.roll(SAMPLE, 1, axis=1), SAMPLE, "shifted by one along axis 1"),
        (np.zeros_like(SAMPLE), SAMPLE, "Every entry is zero."),
        (SAMPLE.astype(np.float32) + np.float32(1e-7), SAMPLE, "only as exact as float32"),
        (SAMPLE * np.nan, SAMPLE, "is NaN where a finite number is asked for"),
        (SAMPLE * np.inf, SAMPLE, "is infinite where a finite number"),
        ({"a": 1.0}, {"a": 1.0, "b": 2.0}, "lacks the key 'b'"),
        ({"a": 1.0, "b": 2.0}, {"a": 1.0}, "1 key(s) too many"),
        ((1.0,), (1.0, 2.0), "must have 2 parts, but it has 1"),
        ("b", "a", "not the expected string"),
        (SAMPLE, torch.ones(2, 3), "must be a torch tensor, but a NumPy array came back"),
    ],
)
def test_says_what_differs_and_why(actual: object, expected: object, words: str) -> None:
    """The sentence names the difference and, where a pattern explains it, the likely reason."""
    assert words in sentence_of(actual, expected)


def test_transposed_values_are_recognised() -> None:
    """A square matrix that came back transposed has the right shape, so only the values tell."""
    square = np.arange(9.0).reshape(3, 3) ** 2

    assert "transposed" in sentence_of(square.T, square)


def test_sentence_holds_no_values() -> None:
    """Received and expected values are in the detail alone, which hidden tests do not show."""
    with pytest.raises(Mismatch) as caught:
        assert_close(np.array([0.125, 0.7]), np.array([0.125, 0.9]))

    assert "0.7" not in caught.value.sentence
    assert "0.9" in caught.value.detail


class LyingArray(np.ndarray):
    """Claims to equal everything."""

    def __eq__(self, other: object) -> bool:  # type: ignore[override]
        """Lie."""
        return True

    __hash__ = None  # type: ignore[assignment]


def test_a_subclass_of_an_array_is_no_array() -> None:
    """A subclass may lie about every comparison, so it is refused by its type."""
    assert "must be a NumPy array" in sentence_of(np.zeros(2).view(LyingArray), np.ones(2))


def test_a_scalar_does_not_broadcast() -> None:
    """One number where a vector is asked for is a wrong shape, although NumPy would compare it."""
    assert "wrong shape" in sentence_of(np.array(1.0), np.ones(3))


def test_refuses_accepts_a_value_error_that_names_and_shows() -> None:
    """A ValueError with the parameter's name and the value is what the contract asks for."""
    with refuses("labels", shown=(2, 1)):
        raise StudentError(("ValueError", "Exception"), "labels must be (N,), received shape (2,1)")


@pytest.mark.parametrize("shape", [(5, 28, 28), (4,), (), (0, 3)])
def test_refuses_accepts_a_shape_however_it_is_written(shape: tuple[int, ...]) -> None:
    """As a tuple, as a list, or as torch shows it; another shape is another one in each form."""
    for written in (shape, list(shape), torch.Size(shape)):
        with refuses("x", shown=shape):
            raise StudentError(("ValueError",), f"x has shape {written}")
        with pytest.raises(Mismatch, match="must show what was received"), refuses("x", shown=(*shape, 7)):
            raise StudentError(("ValueError",), f"x has shape {written}")


@pytest.mark.parametrize(
    ("types", "message", "words"),
    [
        (("TypeError",), "labels", "not another kind of error"),
        (("ValueError",), "bad input -1", "must name the parameter `labels`"),
        (("ValueError",), "labels are bad", "must show what was received"),
    ],
)
def test_refuses_says_what_is_missing(types: tuple[str, ...], message: str, words: str) -> None:
    """A wrong class, a missing name and a missing value each have a sentence."""
    with pytest.raises(Mismatch, match=words), refuses("labels", shown=-1):
        raise StudentError(types, message)


def test_refuses_looks_for_the_name_as_a_word() -> None:
    """The letter x in another word does not name the parameter `x`; punctuation around it does no harm."""
    with pytest.raises(Mismatch, match="must name the parameter `x`"), refuses("x"):
        raise StudentError(("ValueError",), "expected something else")
    with refuses("x"):
        raise StudentError(("ValueError",), "x=[] is empty")


def test_refuses_fails_where_no_error_comes() -> None:
    """Accepting bad input is wrong."""
    with pytest.raises(Mismatch, match="no error came"), refuses("labels"):
        pass


def test_refuses_does_not_take_the_stub_for_a_refusal() -> None:
    """NotImplementedError of an untouched stub passes through as what it is."""
    with pytest.raises(StudentError), refuses("labels"):
        raise StudentError(("NotImplementedError", "RuntimeError"), "labels")
