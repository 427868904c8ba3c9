"""Honest work in a damaged notebook keeps its points, and a note says what was mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.grading.conftest import Grade
from tests.grading.mini_course import DOUBLE, FACT, SCALE, answers, code_cell

STUB = 'def double(x):\n    """Return twice the array."""\n    # YOUR CODE HERE\n    raise NotImplementedError()\n'
Cells = list[dict[str, Any]]


def without_metadata(cells: Cells) -> Cells:
    """Drop all metadata, as Colab does."""
    return [cell | {"metadata": {}} for cell in cells]


def as_lists(cells: Cells) -> Cells:
    """Write sources as lists of lines, as the format allows."""
    return [cell | {"source": cell["source"].splitlines(keepends=True)} for cell in cells]


def with_windows_ends(cells: Cells) -> Cells:
    """Use Windows line endings."""
    return [cell | {"source": cell["source"].replace("\n", "\r\n")} for cell in cells]


def with_other_points(cells: Cells) -> Cells:
    """Claim other points in the metadata."""
    marks = {"grade": True, "points": 1000, "locked": False}
    return [
        cell | {"metadata": {"nbgrader": cell["metadata"].get("nbgrader", {}) | marks}} if cell["metadata"] else cell
        for cell in cells
    ]


def with_swapped_ids(cells: Cells) -> Cells:
    """Exchange the ids of two solution cells."""
    swap = {"double": "scale", "scale": "double"}
    result = []
    for cell in cells:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        result.append(cell | {"metadata": {"nbgrader": {"grade_id": swap.get(grade_id, grade_id)}}})
    return result


def duplicated_after(cells: Cells) -> Cells:
    """The answered cell, then a copy of the stub."""
    return [*cells[:2], code_cell(STUB, "double"), *cells[2:]]


def duplicated_before(cells: Cells) -> Cells:
    """A copy of the stub, then the answered cell."""
    return [cells[0], code_cell(STUB, "double"), *cells[1:]]


def split_in_two(cells: Cells) -> Cells:
    """A helper in a cell of its own, and the answer that uses it."""
    helper = code_cell("def twice(x):\n    return x + x\n")
    answer = DOUBLE.replace("x * 2.0", "twice(x)")
    return [cells[0], helper, code_cell(answer, "double"), *cells[2:]]


def all_in_one(cells: Cells) -> Cells:
    """Every answer in the first solution cell."""
    return [cells[0], code_cell(f"{DOUBLE}\n{SCALE}\n{FACT}", "double"), cells[6]]


def imports_elsewhere(cells: Cells) -> Cells:
    """An import that the answer needs, written into the check cell above it."""
    answer = DOUBLE.replace("np.all", "numeric.all")
    check = code_cell('import numpy as numeric\ncheck("double")', "double__check")
    return [cells[0], check, code_cell(answer, "double"), *cells[3:]]


def with_magics(cells: Cells) -> Cells:
    """Magics, shell lines and help, as people type them."""
    lines = "%matplotlib inline\n!pip install numpy\nfiles = !ls\nnp.ones?\n"
    timed = code_cell("%%time\n" + SCALE, "scale")
    script = code_cell("%%bash\nexit 1\n")
    return [cells[0], code_cell(lines + DOUBLE, "double"), cells[2], timed, script, *cells[5:]]


def check_cells_deleted(cells: Cells) -> Cells:
    """No check cell at all."""
    return [cell for cell in cells if "check(" not in cell["source"]]


def check_cells_edited(cells: Cells) -> Cells:
    """Check cells that were overwritten with something that would fail."""
    return [
        cell | {"source": "raise RuntimeError('edited')"} if cell["source"].startswith("check(") else cell
        for cell in cells
    ]


def with_huge_outputs(cells: Cells) -> Cells:
    """Fifty megabytes of saved output."""
    big = {"output_type": "stream", "name": "stdout", "text": "x" * (50 * 2**20)}
    return [cells[0] | {"outputs": [big]}, *cells[1:]]


def reordered(cells: Cells) -> Cells:
    """The later exercise's cell above the earlier one's."""
    return [cells[0], cells[3], cells[1], *cells[5:]]


def with_junk_metadata(cells: Cells) -> Cells:
    """Metadata of wrong types everywhere."""
    junk: list[Any] = [None, [], "x", {"nbgrader": []}, {"nbgrader": {"grade_id": 5}}, {"nbgrader": None}, 3]
    return [cell | {"metadata": mark, "id": 7} for cell, mark in zip(cells, junk, strict=True)]


DAMAGES = [
    *(without_metadata, as_lists, with_windows_ends, with_other_points, with_swapped_ids, duplicated_after),
    *(duplicated_before, split_in_two, all_in_one, imports_elsewhere, with_magics, check_cells_deleted),
    *(check_cells_edited, with_huge_outputs, reordered, with_junk_metadata),
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_honest_work_keeps_its_points(grade: Grade, damage: Callable[[Cells], Cells]) -> None:
    """Whatever happened to the notebook, right answers in it are worth what they are worth."""
    report = grade(damage(answers()))

    assert report.score == 9.0
    assert report.max_score == 10.0


@pytest.mark.parametrize("damage", [duplicated_after, duplicated_before])
def test_a_stub_beside_the_answer_is_noted(grade: Grade, damage: Callable[[Cells], Cells]) -> None:
    """A copied cell does not undo the answer, and the report says that it was there."""
    notes = grade(damage(answers())).notes

    assert notes == ("The solution cell of `double` was there twice; the answered one was graded.",)


def test_of_two_answers_the_last_counts(grade: Grade) -> None:
    """Two different answers to one exercise: the later one is what the notebook defines."""
    cells = answers()
    report = grade([cells[0], code_cell("def double(x):\n    return x\n", "double"), *cells[1:]])

    assert report.score == 9.0
    assert "`double` was answered twice; the last one counts." in report.notes


def test_lost_marks_are_noted(grade: Grade) -> None:
    """A notebook that came through Colab says so."""
    assert any("had lost its grading marks" in note for note in grade(without_metadata(answers())).notes)


def test_a_missing_answer_is_noted(grade: Grade) -> None:
    """An exercise whose cell is gone is not attempted, and the note names it."""
    report = grade([cell for cell in answers() if "def double" not in cell["source"]])

    assert report.exercise("double").state == "not_attempted"
    assert "No cell defines `double`." in report.notes


def test_what_builds_on_a_missing_answer_is_graded_on_ours(grade: Grade) -> None:
    """The next exercise is not paid for with the one that is missing."""
    report = grade([cell for cell in answers() if "def double" not in cell["source"]])

    assert report.exercise("scale").points == 3.0


def test_points_never_come_from_the_file(grade: Grade) -> None:
    """What a notebook claims of its points is not read."""
    assert grade(with_other_points(answers())).max_score == 10.0


def test_a_renamed_function_is_attempted_and_fails(grade: Grade) -> None:
    """A cell that keeps its id and defines another name is an attempt at its exercise."""
    result = grade(answers(double=DOUBLE.replace("double", "duplicate"))).exercise("double")

    assert (result.state, result.points) == ("graded", 0.0)


def test_an_unchanged_written_answer_is_not_attempted(grade: Grade) -> None:
    """The untouched question needs no person's time."""
    cells = answers()
    cells[-1] = cells[-1] | {"source": "Why twice?\n\nYOUR ANSWER HERE"}

    assert grade(cells).exercise("why").state == "not_attempted"
