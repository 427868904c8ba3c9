"""Formgrader in a real browser: an instructor reads a written answer beside its rubric, and marks it."""

from __future__ import annotations

import secrets
import shutil
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from course_lib.catalog import load_course
from course_lib.classroom.grade import grade_class
from course_lib.classroom.run import Crew
from course_lib.nbgrader.gradebook import ClassFolder
from tests.browser.conftest import _address, _end, _private_environment, _server
from tests.grading.mini_course import CHAPTER, answers
from tests.nbgrader.conftest import Classroom

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
PATIENCE = 20_000  # milliseconds
# Formgrader waits for MathJax, which it takes from a network that tests do not use.
MATHJAX = """window.MathJax = {Hub: {
    Config: () => {}, Queue: () => {}, Startup: {signal: {Interest: (told) => told("End")}},
}};"""
COMMENT = "Say why the sign stays as well."


@pytest.fixture(scope="module")
def room(built_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    """A small class with one submission, graded."""
    root = Path(shutil.copytree(built_course, tmp_path_factory.mktemp("formgrader") / "course"))
    course = load_course(root)
    room = Classroom(course, ClassFolder(root))
    room.hand_in("ada", answers(double="def double(x):\n    return 3.0 * x"))
    grade_class(course, course.chapters[0], Crew(lambda: ProcessPoolExecutor(1), 1))
    return room


@pytest.fixture(scope="module")
def page(browser, room: Classroom, tmp_path_factory: pytest.TempPathFactory):
    """Formgrader, open on that submission."""
    home = tmp_path_factory.mktemp("instructor")
    with room.gradebook() as gradebook:
        number = gradebook.find_submission_notebook(CHAPTER, CHAPTER, "ada").id
    token = secrets.token_hex()
    with _server(room.root, _private_environment(home / "jupyter"), token) as server:
        context = browser.new_context(viewport={"width": 1280, "height": 1600})
        context.set_default_timeout(PATIENCE)
        try:
            page = context.new_page()
            page.route(lambda url: "//127.0.0.1" not in url, lambda route: route.abort())
            page.route("**/mathjax/**", lambda route: route.fulfill(content_type="text/javascript", body=MATHJAX))
            address = _address(server, home / "jupyter" / "runtime")
            page.goto(f"{address}login?next=/api/me&token={token}")
            page.goto(f"{address}formgrader/submissions/{number}")
            yield page
        finally:
            context.close()
            _end(server)


def write(page, place: str, text: str, address: str) -> None:
    """Type into a field, leave it, and wait until formgrader has stored it."""
    with page.expect_response(lambda answer: address in answer.url and answer.request.method == "PUT"):
        page.locator(place).press_sequentially(text)
        page.keyboard.press("Tab")


def test_written_answer_is_read_marked_and_told(page, room: Classroom) -> None:
    """The rubric stands below the answer; points and comment are stored, change the total, and reach the feedback."""
    before = room.marks("ada").score
    page.get_by_text("For graders only.").wait_for()
    assert page.get_by_text("Because.").is_visible()
    page.wait_for_load_state("networkidle")  # the marks that there are have come
    write(page, "input#why", "0.5", "/api/grade/")
    write(page, "textarea#why-comment", COMMENT, "/api/comment/")
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / "formgrader.png", full_page=True)

    assert room.marks("ada").score == before + 0.5
    feedback = room.feedback("ada")
    assert COMMENT in feedback
    assert "Because." not in feedback
