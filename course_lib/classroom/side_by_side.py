"""Two answers beside each other, line by line, as far as they say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from course_lib.classroom.tokens import END, tokens_of

MAX_LINES = 120  # of one answer; more is not read side by side


@dataclass(frozen=True)
class Line:
    """A row: the line on either side, and whether both say the same but for names and comments."""

    left: str
    right: str
    same: bool


def side_by_side(left: str, right: str, names: Collection[str] = ()) -> tuple[Line, ...]:
    """Align two answers.

    Args:
        left: the code of one.
        right: the code of the other.
        names: those that the course gives.

    """
    one, other = _rows(left, names), _rows(right, names)
    matcher = SequenceMatcher(None, [key for _, key in one], [key for _, key in other], autojunk=False)
    return tuple(
        Line(a, b, here == there)
        for _, start, end, begin, stop in matcher.get_opcodes()
        for (a, here), (b, there) in zip_longest(one[start:end], other[begin:stop], fillvalue=("", ()))
    )


def _rows(code: str, names: Collection[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the lines, and of each what is compared: nothing where it holds a comment or is empty."""
    lines = [line.rstrip() for line in code.strip("\n").split("\n")[:MAX_LINES]]
    text = "\n".join(lines)
    found: dict[int, list[str]] = defaultdict(list)
    for token, end in tokens_of(text, names):
        if token != END:
            found[text.count("\n", 0, end)].append(token)
    return [(line, tuple(found[number])) for number, line in enumerate(lines)]
