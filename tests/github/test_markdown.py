"""The comment: every text in it is shown and does nothing, whoever wrote it; it fits into what GitHub takes."""

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from course_lib.github.answer import conclusion
from course_lib.github.classroom50 import result
from course_lib.github.escaping import escaped
from course_lib.github.markdown import comment, render
from course_lib.github.plan import Earlier, Target
from course_lib.github.sticky import MARK
from course_lib.github.verdicts import Verdict
from course_lib.grading.report import ExerciseResult, Report, TestResult
from tests.github.places import shown
from tests.github.test_verdicts import EXERCISES, REPORT, TARGET, VERDICT, WORK

HOSTILE = [
    "@everyone and @octocat/team",
    "<img src=x onerror=alert(1)><script>alert(1)</script>",
    "</details><h1>10 of 10 points</h1>",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png) <https://evil.example>",
    "https://evil.example/steal www.evil.example a@evil.example",
    "fixes #1, GH-1, intro/mini#1",
    "| 4 / 4 | +4 | full marks |\n|---|\n# Score: 10",
    "::error::x\n::set-output name=any::true",
    "<!-- course-memory:AAAA --> <!-- course-verdict -->",
    "``` \n> [!NOTE]\n> passed\n```",
    "\u202egnp.exe \u200b\u2066 \x1b[31mred",
    "`a|b` ``@x`` `</details>`",
]


def with_text(text):
    """A verdict in which everything that student code can say is one text."""
    tests = (
        TestResult("t", text, "failed", text, text, "known"),
        TestResult("v", text, "failed", text, text),
        TestResult("w", text, "failed", "Alone.", text),
        TestResult("u", text, "passed"),
    )
    exercises = (ExerciseResult("double", "graded", 2.0, 4.0, tests), *EXERCISES[1:])
    return dataclasses.replace(VERDICT, report=Report("ch00_mini", "ada", "T2", exercises, (text,)))


def page(markdown):
    """GitHub's reading of Markdown, near enough: HTML, tables, bare links."""
    reader = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"])
    return reader.render(markdown)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_student_code_says_does_anything(mini, text):
    """No tag, link, picture, heading, row, mention or reference beyond those of an honest comment."""
    honest = page(render(mini, TARGET, [(WORK, with_text("quiet"))]))
    body = render(mini, TARGET, [(WORK, with_text(text))])

    tags = re.findall(r"<(/?\w+)", page(body))
    assert [tag for tag in tags if tag not in ("code", "/code")] == re.findall(r"<(/?\w+)", honest)
    without_code = re.sub(r"<code>.*?</code>", "", page(body))
    assert not re.search(r"@\w|#\d|https?://|www\.|\bGH-", without_code)


@given(st.text(alphabet=st.sampled_from("`|\\<>@#a[]()*_!~ \n-:."), max_size=60))
def test_whatever_is_escaped_stays_one_line_of_text(text):
    """Backticks in any number and order open nothing that they do not close."""
    html = page(f"| {escaped(text)} | end |\n|---|---|\n")

    assert set(re.findall(r"<(\w+)", html)) <= {"table", "thead", "tr", "th", "tbody", "code"}
    assert html.count("<th>") == 2
    assert "<th>end</th>" in html


def test_the_first_comment_shows_no_change(mini):
    """There is nothing to compare with."""
    body = comment(mini, TARGET, [(WORK, VERDICT)])

    assert body.startswith(MARK)
    assert "Mini: 4 of 10 points\n" in shown(body)
    assert "since the last push" not in body


def failing(name, message="No.", hint=None, misconception=None):
    """A test that does not hold."""
    return TestResult(name, f"{name.capitalize()} hold.", "failed", message, hint, misconception)


def shown_with(mini, *tests, points=2.0):
    """The comment, as a reader sees it, where one exercise has these tests."""
    exercises = (ExerciseResult("double", "graded", points, 4.0, tests), *EXERCISES[1:])
    report = Report("ch00_mini", "ada", "T2", exercises)
    return shown(render(mini, TARGET, [(WORK, dataclasses.replace(VERDICT, report=report))]))


def test_a_known_mistake_comes_first_and_once(mini):
    """Before the tests that it made fail; what is said about single tests stands with them."""
    body = shown_with(
        mini,
        failing("shapes", hint="Look at one row."),
        failing("values", "Wrong.", "You squared.", "squares"),
        failing("signs", "Wrong.", "You squared.", "squares"),
    )

    assert body.count("You squared.") == 1
    order = ["Hint: You squared.", "✗ Shapes hold.", "Hint: Look at one row.", "✗ Wrong. In 2 tests:", "Values hold."]
    assert sorted(order, key=body.index) == order


def test_hints_end_before_they_tire(mini):
    """Three in all."""
    body = shown_with(mini, *(failing(f"t{n}", f"m{n}.", f"Hint {n}.") for n in range(6)))

    assert body.count("Hint: ") == 3


def test_a_test_that_says_nothing_is_explained(mini):
    """A bare assertion has no message; a student still reads what happened."""
    body = shown_with(mini, dataclasses.replace(failing("values", ""), outcome="timeout"))

    assert "✗ Values hold.It was stopped, because it took too long." in body


@pytest.mark.parametrize(("points", "said"), [(0.0, 1), (2.0, 0)])
def test_tests_that_give_no_points_alone_are_explained(mini, points, said):
    """Else 1 of 2 would hold for nothing."""
    body = shown_with(mini, failing("values"), TestResult("refusals", "Refusals hold.", "passed"), points=points)

    assert "1 of 2 hold" in body
    assert body.count("give points only when one of the others holds") == said


def test_a_loss_is_shown_as_such(mini):
    """With a minus that reads as one."""
    before = Earlier("b" * 40, "s" * 32, 6.0, 10.0, {"double": 4.0, "fact": 2.0})
    target = dataclasses.replace(TARGET, earlier={"ch00_mini": before})

    body = shown(render(mini, target, [(WORK, VERDICT)]))

    assert "Mini: 4 of 10 points (−2 since the last push)" in body
    assert "Double | 2 / 4 | −2 | ✗ 0 of 1 hold | " in body


def test_chapters_that_did_not_change_keep_their_line(mini):
    """From what the last comment remembered."""
    target = Target("intro/mini", 1, "0" * 40, "ada", (), {"ch00_mini": Earlier("b", "s", 6.0, 10.0, {})})

    assert "Mini: 6 of 10 points, unchanged." in shown(render(mini, target, []))


def test_an_exercise_that_we_failed_on_is_ours(mini):
    """It is named as our failure, and what was known before stays remembered."""
    exercises = (ExerciseResult("double", "grader_error", None, 4.0), *EXERCISES[1:])
    report = Report("ch00_mini", "ada", "T2", exercises)

    body = shown(render(mini, TARGET, [(WORK, dataclasses.replace(VERDICT, report=report))]))

    assert "That is our failure, not yours" in body
    assert "Double | – / 4 |  | the grader failed; this is not your mistake | " in body


def test_a_long_comment_is_cut_to_what_github_takes(mini):
    """A student's code cannot keep the comment from being posted."""
    tests = tuple(TestResult(f"t{n}", "x" * 500, "failed", "<" * 1900, "y" * 1900 + str(n)) for n in range(100))
    exercises = (ExerciseResult("double", "graded", 0.0, 4.0, tests), *EXERCISES[1:])
    verdict = dataclasses.replace(VERDICT, report=Report("ch00_mini", "ada", "T2", exercises))

    body = comment(mini, TARGET, [(WORK, verdict)])

    assert len(body) <= 60_000
    assert "The rest is too long to show." in body
    assert "course-memory:" in body


OURS = Verdict(0, "ch00_mini", "grader_error", problem="x")
THEIRS = Verdict(0, "ch00_mini", "unusable", problem="x")


@pytest.mark.parametrize(
    ("verdicts", "wanted"),
    [
        ([VERDICT], "success"),
        ([], "neutral"),
        ([OURS], "neutral"),
        ([THEIRS], "failure"),
        ([VERDICT, OURS], "neutral"),
        ([VERDICT, THEIRS], "failure"),
    ],
)
def test_a_check_is_green_only_where_something_was_graded(verdicts, wanted):
    """Our failure is grey, an unusable file is red."""
    assert conclusion([(WORK, verdict) for verdict in verdicts]) == wanted


def test_classroom_50_gets_its_form():
    """Whole points, rounded down, that add up."""
    data = result(TARGET, REPORT, "https://github.com")

    assert data["schema"] == "classroom50/result/v1"
    assert data["usernames"] == ["ada"]
    assert (data["score"], data["max-score"]) == (4, 10)
    assert data["score"] == sum(test["score"] for test in data["tests"])
    assert [test["passed"] for test in data["tests"]] == [False, False, True, False]
