"""The prose of a submission: written answers are found where students leave them, and nothing is dropped."""

from __future__ import annotations

import pytest

from course_lib.authoring.source import ChapterSource, read_source
from course_lib.catalog import Course
from course_lib.grading.healing import heal
from course_lib.grading.notebook_file import NotebookCell
from course_lib.grading.written import read_prose

STUB = "Why twice?\n\nYOUR ANSWER HERE"


@pytest.fixture
def source(course: Course) -> ChapterSource:
    """The small course's only chapter."""
    return read_source(course.chapters[0])


def prose_cell(text: str, grade_id: str | None = None, cell_id: str | None = None) -> NotebookCell:
    """Return a Markdown cell."""
    return NotebookCell("markdown", text, grade_id, cell_id)


@pytest.mark.parametrize(
    "cell",
    [
        prose_cell("Because two.", grade_id="why"),
        prose_cell("Because two.", cell_id="why"),
        prose_cell("Why twice?\n\nBecause two."),
        NotebookCell("code", "Because two.", "why", None),
    ],
    ids=["by mark", "by cell id", "by question", "in a code cell"],
)
def test_an_answer_is_found(source: ChapterSource, cell: NotebookCell) -> None:
    """By the ids of its cell, else by the question above it."""
    prose = read_prose([cell], source)

    assert prose.answers == {"why": cell.source}


def test_the_stub_is_no_answer(source: ChapterSource) -> None:
    """A question that was left alone counts as not attempted, whatever blank lines an editor added."""
    prose = read_prose([prose_cell(f"{STUB}\n\n", grade_id="why")], source)

    assert (prose.answers, prose.remarks) == ({}, ())


def test_an_answer_in_the_next_cell_counts(source: ChapterSource) -> None:
    """A student who answers in a new cell below the question has answered, and a note says so."""
    prose = read_prose([prose_cell(STUB, grade_id="why"), prose_cell("Because two.")], source)

    assert prose.answers == {"why": "Why twice?\n\nBecause two."}
    assert prose.remarks == ()
    assert prose.notes == ("The answer to `why` stood in the cell below its question.",)


def test_two_answers_are_both_shown(source: ChapterSource) -> None:
    """A cell that was copied and written on in both places loses neither text; equal texts are shown once."""
    cells = [prose_cell("One.", "why"), prose_cell("Two.", "why"), prose_cell("One.", "why")]

    assert read_prose(cells, source).answers == {"why": "One.\n\nTwo."}


def test_the_chapters_own_text_is_no_remark(source: ChapterSource) -> None:
    """What a student added between the cells is kept with its place; what we wrote is not repeated."""
    cells = [
        prose_cell("# Mini"),
        prose_cell("# Mini, my notes", "text-01"),
        prose_cell("Ask about this."),
        prose_cell("  "),
    ]

    assert read_prose(cells, source).remarks == ((2, "Ask about this."),)


def test_an_answer_below_the_question_is_attempted(source: ChapterSource) -> None:
    """Healing counts such an answer, and its note reaches the report."""
    healed = heal((prose_cell(STUB, "why"), prose_cell("Because two.")), source)

    assert healed.attempted == {"why"}
    assert "The answer to `why` stood in the cell below its question." in healed.notes
