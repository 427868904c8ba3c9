"""A rebuilt notebook: every cell of the chapter once and in order, the student's work in it, nothing active."""

from __future__ import annotations

import pytest

from course_lib.authoring.source import ChapterSource, read_source
from course_lib.catalog import load_course
from course_lib.grading.notebook_file import NotebookCell
from course_lib.nbgrader.inert import CUT, MAX_TEXT, inert_code, inert_markdown
from course_lib.nbgrader.rebuild import MAX_ADDED, Rebuilt, rebuild
from tests.grading.mini_course import DOUBLE, FACT, SCALE, write_course

ORDER = [
    "text-01",
    "setup",
    "double",
    "double__check",
    "double__demo",
    "scale",
    "scale__check",
    "fact",
    "fact__check",
    "why",
    "closing",
]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> ChapterSource:
    """The small course's only chapter."""
    return read_source(load_course(write_course(tmp_path_factory.mktemp("rebuild"))).chapters[0])


def code(text: str, grade_id: str | None = None) -> NotebookCell:
    """Return a code cell as read."""
    return NotebookCell("code", text, grade_id, None)


def ids(cells: tuple[Rebuilt, ...]) -> list[str]:
    """Return the ids, with the text of cells that a student added."""
    return [cell.cell.cell_id if cell.cell else cell.source for cell in cells]


def text_of(cells: tuple[Rebuilt, ...], cell_id: str) -> str:
    """Return what stands in a cell of ours."""
    return next(cell.source for cell in cells if cell.cell and cell.cell.cell_id == cell_id)


def test_nothing_handed_in_is_the_release(source: ChapterSource) -> None:
    """Every cell is as students received it."""
    cells = rebuild([], source)

    assert ids(cells) == ORDER
    assert [cell.source for cell in cells] == [cell.stub for cell in source.cells]


def test_answers_stand_in_their_cells(source: ChapterSource) -> None:
    """Whatever the order, each answer is in the cell of its exercise, and our cells are as we wrote them."""
    cells = rebuild([code(FACT), code(SCALE), code("print('edited')", "double__check"), code(DOUBLE)], source)

    assert ids(cells) == ORDER
    assert [text_of(cells, slug) for slug in ("double", "scale", "fact")] == [DOUBLE, SCALE, FACT]
    assert text_of(cells, "double__check") == 'check("double")'


def test_helpers_stand_before_what_they_helped(source: ChapterSource) -> None:
    """A cell that the student added keeps its place before the next answer; what comes after all answers, the end."""
    cells = rebuild([code(DOUBLE), code("half = 0.5"), code(SCALE), code("print(half)")], source)

    assert ids(cells) == [*ORDER[:5], "half = 0.5", *ORDER[5:10], "print(half)", "closing"]


def test_a_second_answer_has_the_cell_and_the_first_stays_visible(source: ChapterSource) -> None:
    """A grader sees both, the one that counts in the exercise's cell."""
    cells = rebuild([code("def double(x):\n    return x"), code(DOUBLE)], source)

    assert text_of(cells, "double") == DOUBLE
    assert "def double(x):\n    return x" in ids(cells)


def test_one_cell_for_two_exercises_is_shown_once(source: ChapterSource) -> None:
    """The cell stands in the first exercise, and the other one points there."""
    cells = rebuild([code(DOUBLE + "\n\n" + SCALE)], source)

    assert ids(cells) == ORDER
    assert text_of(cells, "scale") == "# Answered in the cell of `double`."


def test_an_untouched_question_keeps_its_exact_text(source: ChapterSource) -> None:
    """By comparing it with the release, nbgrader knows that nobody needs to read it."""
    cells = rebuild([NotebookCell("markdown", "Why twice?\n\nYOUR ANSWER HERE\n", "why", None)], source)

    assert text_of(cells, "why") == "Why twice?\n\nYOUR ANSWER HERE"


def test_a_thousand_added_cells_are_not_all_shown(source: ChapterSource) -> None:
    """A page that a person reads has an end."""
    cells = rebuild([code(f"x{number} = 1") for number in range(1000)], source)

    assert len(cells) == len(ORDER) + MAX_ADDED


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<script>alert(1)</script>", "< script>alert(1)< /script>"),
        ("<!-- x --><img src=x onerror=y>", "< !-- x -->< img src=x onerror=y>"),
        ("[go](javascript:alert(1))", "[go] (javascript:alert(1))"),
        ("[go]: javascript:x\n[go][go]", "[go] : javascript:x\n[go] [go]"),
        ("![x](attachment:gone.png)", "![x] (attachment:gone.png)"),
        ("&#60;script&gt;", "& #60;script& gt;"),
        ("\u202egnp\u202c", "gnp"),
        ("**if** $a < b$ and `x[0] < 3`", "**if** $a < b$ and `x[0] < 3`"),
    ],
)
def test_markdown_of_students_is_inert(written: str, shown: str) -> None:
    """Tags, links, entities and invisible characters do nothing; emphasis, formulas and code are left alone."""
    assert inert_markdown(written) == shown


def test_long_cells_are_cut_for_people() -> None:
    """The end says where the rest is."""
    assert inert_code("x" * (MAX_TEXT + 1)).endswith(f"\n# {CUT}")
    assert inert_markdown("x" * (MAX_TEXT + 1)).endswith(f"\n\n{CUT}")
