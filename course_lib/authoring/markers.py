"""Solution regions: what stands between ``### BEGIN SOLUTION`` and ``### END SOLUTION``.

The rules are those of nbgrader's `ClearSolutions`, which makes the release: a line that contains the words begins or
ends a region, and the region becomes a stub with the indentation of its first line. A test holds that both agree.
"""

from __future__ import annotations

from typing import NamedTuple

from course_lib.authoring.problems import Problem

BEGIN = "BEGIN SOLUTION"
END = "END SOLUTION"
CODE_STUB = ("# YOUR CODE HERE", "raise NotImplementedError()")
TEXT_STUB = ("YOUR ANSWER HERE",)
# Words on which other parts of nbgrader would act; the course has no use for them.
_OTHERS = ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS", "BEGIN MARK SCHEME", "END MARK SCHEME", "AUTOTEST")


class Regions(NamedTuple):
    """A cell taken apart at its markers."""

    kept: str  # the cell with every region replaced by the stub
    whole: str  # the cell with its regions, without the marker lines
    inside: tuple[str, ...]  # the text of each region, without the marker lines


def take_apart(source: str, stub: tuple[str, ...]) -> Regions:
    """The cell with stubs, the cell with answers, and the answers; the markers must be balanced."""
    kept: list[str] = []
    whole: list[str] = []
    inside: list[list[str]] = []
    within = False
    for line in source.split("\n"):
        if BEGIN in line:
            within = True
            inside.append([])
            indent = line[: len(line) - len(line.lstrip())]
            kept += [indent + text for text in stub]
        elif END in line:
            within = False
        else:
            whole.append(line)
            (inside[-1] if within else kept).append(line)
    return Regions("\n".join(kept), "\n".join(whole), tuple("\n".join(lines) for lines in inside))


def marker_problems(source: str, first: int, *, expected: bool) -> list[Problem]:
    """What is wrong with the markers of a cell, whose first line has the number `first`.

    Args:
        source: The cell.
        first: Number of its first line in the file.
        expected: Whether the cell is one that holds an answer.
    """
    problems: list[Problem] = []
    opened = 0  # the line of the marker that waits for its end
    filled = seen = False
    for number, line in enumerate(source.split("\n"), first):
        problems += _strangers(line, number)
        if BEGIN in line:
            if opened:
                problems.append(Problem(number, f"a solution begins inside the one of line {opened}", _end_it(END)))
            opened, filled, seen = number, False, True
        elif END in line:
            if not opened:
                problems.append(Problem(number, "a solution ends that never began", f"write ### {BEGIN} above it."))
            elif not filled:
                problems.append(Problem(opened, "an empty solution", "write the reference answer between the markers."))
            opened = 0
        else:
            filled = filled or bool(line.strip())
    if opened:
        problems.append(Problem(opened, "a solution that never ends", _end_it(END)))
    if expected and not seen:
        remedy = f"put the answer between ### {BEGIN} and ### {END}, or students receive it."
        problems.append(Problem(first - 1, "no solution region", remedy))
    if seen and not expected:
        remedy = "remove the markers; only exercise and written cells hold answers."
        problems.append(Problem(first - 1, "a solution in a cell that is no exercise", remedy))
    return problems


def _strangers(line: str, number: int) -> list[Problem]:
    """Markers that are written in another way, and words that other parts of nbgrader act on."""
    problems = [
        Problem(number, f"{word!r} would make nbgrader act on this cell", "use other words.")
        for word in _OTHERS
        if word in line
    ]
    for word in (BEGIN, END):
        if word in line and line.strip() != f"### {word}":
            wrong = f"{line.strip()!r} is a marker for nbgrader, because it contains {word}"
            problems.append(Problem(number, wrong, f"write exactly ### {word} on a line of its own, or other words."))
    return problems


def _end_it(word: str) -> str:
    """What to do about a region without an end."""
    return f"write ### {word} after its last line."
