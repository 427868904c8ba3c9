"""The pages: what a student gets back, and what only graders see."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from nbconvert.exporters import HTMLExporter
from traitlets.config.loader import PyFileConfigLoader

from tests.grading.mini_course import CHAPTER, answers, code_cell
from tests.nbgrader.conftest import DAMAGES, Classroom, Graded

SQUARES = "def double(x):\n    return x**2\n"
RUBRIC = "Because."
ATTACK = "<script>alert('ha')</script><img src=x onerror=alert(1)>"


class _Tags(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.active: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note scripts, images and event handlers."""
        sources = [value or "" for name, value in attrs if name == "src"]
        if tag in ("img", "iframe") or (tag == "script" and not any("mathjax" in source for source in sources)):
            self.active.append(f"{tag} {dict(attrs)}")
        self.active += [
            f"{tag} {name}" for name, value in attrs if name.startswith("on") or "javascript:" in (value or "")
        ]


def active_parts(html: str) -> list[str]:
    """Return what of a page acts, MathJax aside."""
    parser = _Tags()
    parser.feed(html)
    return [part for part in parser.active if "text/x-mathjax-config" not in part]


def test_page_names_the_mistake_once_with_its_hint_folded(graded: Graded, classroom: Classroom) -> None:
    """The panel says which tests hold, names the known mistake, and folds the hint away."""
    graded(answers(double=SQUARES), "page")
    html = classroom.feedback("page")

    assert "0 of 4 tests hold · 0 of 4 points" in html
    assert "A known mistake: squares." in html
    assert html.count("You squared the entries.") == 1
    assert html.index('<details class="course-hint">') < html.index("You squared the entries.")
    assert html.count("The same mistake as above.") == 3
    assert "all 3 tests hold · 3 of 3 points" in html


def test_page_has_scores_from_the_gradebook(graded: Graded, classroom: Classroom) -> None:
    """The table lists every exercise by its title; an answer that nobody read yet says that it waits."""
    graded(answers(double=SQUARES), "table")
    html = classroom.feedback("table")

    assert "<strong>5</strong> of 10 points" in html
    rows = [row.split("</tr>")[0] for row in html.split("<tr>")[2:]]
    assert [row.count("waits for a person") for row in rows] == [0, 0, 0, 1]
    assert ["squares" in row for row in rows] == [True, False, False, False]


def test_page_shows_what_a_grader_gave(graded: Graded, classroom: Classroom) -> None:
    """Points and comment of a person appear, also where a person overrules the tests."""
    graded(answers(double=SQUARES), "read")
    with classroom.gradebook() as gradebook:
        for cell, points in (("why", 0.75), ("double__check", 1.5)):
            grade = gradebook.find_grade(cell, CHAPTER, CHAPTER, "read")
            grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.find_comment("why", CHAPTER, CHAPTER, "read").manual_comment = "Nicely put."
    html = classroom.feedback("read")

    assert "<strong>7.25</strong> of 10 points" in html
    assert "0.75 of 1" in html
    assert "Nicely put." in html
    assert "A grader set this to 1.5 of 4 points." in html
    assert "waits for a person" not in html


def test_page_reveals_nothing_hidden(graded: Graded, classroom: Classroom) -> None:
    """Neither the rubric nor a line of a suite nor a reference is in it, or in the notebook that it is made of."""
    graded(answers(double=SQUARES), "secret")
    shown = classroom.feedback("secret") + classroom.autograded("secret").read_text("utf-8")

    for secret in (RUBRIC, "standard_normal", "assert_close", "2.0 * x", "np.isfinite"):
        assert secret not in shown


def test_nothing_of_a_student_acts_in_a_page(graded: Graded, classroom: Classroom) -> None:
    """Tags and links in answers, notes, names and messages are text, in feedback and in formgrader."""
    cells = answers(double=f"def double(x):\n    raise ValueError({ATTACK!r})\n")
    cells[-1]["source"] = f"Why twice?\n\n{ATTACK} [go](javascript:alert(2))"
    cells += [{"cell_type": "markdown", "metadata": {}, "source": ATTACK}, code_cell(f"# {ATTACK}\n{ATTACK}")]
    graded(cells, "attack")

    assert active_parts(classroom.feedback("attack")) == []
    assert active_parts(formgrader_page(classroom, "attack").partition('id="notebook-container"')[2]) == []


@pytest.mark.parametrize("kind", ["lost attachment", "lone surrogate"])
def test_page_can_be_made_of_a_damaged_notebook(graded: Graded, classroom: Classroom, kind: str) -> None:
    """What a renderer or a file cannot take does not stop the feedback."""
    cells = answers()
    DAMAGES[kind](cells)
    student = kind.replace(" ", "_")
    graded(cells, student)

    assert "<strong>9</strong> of 10 points" in classroom.feedback(student)


def test_notes_say_what_was_mended(graded: Graded, classroom: Classroom) -> None:
    """A student learns that the notebook had lost its marks."""
    cells = answers()
    for cell in cells:
        cell["metadata"] = {}
    graded(cells, "mended")

    assert "The notebook had lost its grading marks" in classroom.feedback("mended")


def test_cells_that_a_student_added_are_shown(graded: Graded, classroom: Classroom) -> None:
    """They are part of what was graded."""
    graded([*answers(), code_cell("two = 2.0  # my helper")], "helper")
    html = classroom.feedback("helper")

    assert "A cell that you added" in html
    assert "my helper" in html


def formgrader_page(classroom: Classroom, student: str) -> str:
    """Return the page that formgrader shows, made as its server extension makes it."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(classroom.root)).load_config()
    config.HTMLExporter.template_name = "formgrade"
    resources = {
        "assignment_id": CHAPTER,
        "notebook_id": CHAPTER,
        "submission_id": "1",
        "index": 0,
        "total": 1,
        "base_url": "",
        "student": student,
        "last_name": None,
        "first_name": None,
        "notebook_path": "",
    }
    html, _ = HTMLExporter(config=config).from_filename(str(classroom.autograded(student)), resources=resources)
    return str(html)


def test_graders_see_the_rubric_below_the_answer(graded: Graded, classroom: Classroom) -> None:
    """Formgrader's page holds it, right after the answer; no file does."""
    graded(answers(), "rubric")
    html = formgrader_page(classroom, "rubric")

    assert html.index("Why twice?") < html.index("For graders only.") < html.index(RUBRIC)
    assert RUBRIC not in classroom.autograded("rubric").read_text("utf-8")


@pytest.mark.parametrize("kind", ["feedback", "autograded"])
def test_no_folder_of_nbgrader_holds_the_rubric(graded: Graded, classroom: Classroom, kind: str) -> None:
    """Whatever is released or sent by mistake, the rubric is not in it."""
    graded(answers(), "folders")
    classroom.feedback("folders")
    files = [path for path in Path(classroom.root, kind).rglob("*") if path.is_file()]

    assert files
    assert not any(RUBRIC in path.read_text("utf-8", errors="replace") for path in files)


def test_points_are_a_number_and_the_panel_is_html(graded: Graded, classroom: Classroom) -> None:
    """A check cell has one result: nbgrader reads its text, people its HTML; no other cell but set-up has outputs."""
    graded(answers(), "outputs")
    cells = json.loads(classroom.autograded("outputs").read_text("utf-8"))["cells"]
    outputs = {cell["metadata"]["nbgrader"]["grade_id"]: cell["outputs"] for cell in cells if cell.get("outputs")}

    assert list(outputs) == ["double__check", "scale__check", "fact__check"]
    assert ["".join(found[0]["data"]["text/plain"]) for found in outputs.values()] == ["4.0", "3.0", "2.0"]
    assert all("course-panel" in "".join(found[0]["data"]["text/html"]) for found in outputs.values())
