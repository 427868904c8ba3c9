import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.catalog import Exercise, Limits
from course_lib.grading.report import TestResult
from course_lib.teaching import examine
from course_lib.teaching.examine import Finding, Outcome
from course_lib.teaching.pages import inline, render
from course_lib.teaching.panel import make_panel, panel_text, state_of
from course_lib.teaching.show import in_letters_of

EXERCISE = Exercise("square", "The <b>square</b>", "code", 2.0, Limits(), "ch01", Path())


def finding(*statuses, message="", hint=None, title="It holds."):
    """What checks with these statuses found."""
    outcomes = {"passed": "passed", "failed": "failed"}
    return Finding(
        EXERCISE,
        tuple(
            Outcome(
                TestResult(f"test_{n}", title, outcomes.get(status, "error"), message, hint),
                status,
                "square" if status in ("waiting", "undefined") else "",
            )
            for n, status in enumerate(statuses)
        ),
    )


def page(found):
    """The panel as HTML, without its style."""
    return render("panel", panel=make_panel(found)).split("</style>")[1]


class Reader(HTMLParser):
    """Collects tags and text, and demands that every tag is closed in order."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.attributes, self.text = [], [], {}, ""

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        self.open.append(tag)
        self.tags.append(tag)
        self.attributes.setdefault(tag, dict(attrs))

    def handle_endtag(self, tag):
        """Close the innermost tag."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Note text."""
        self.text += data


def read(html):
    """Parse a page whose tags balance."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


@pytest.mark.parametrize(
    ("statuses", "state", "words"),
    [
        (["passed"], examine.HOLDS, "the check holds"),
        (["passed", "passed"], examine.HOLDS, "both checks hold"),
        (["passed"] * 3, examine.HOLDS, "all 3 checks hold"),
        (["failed"], examine.FAILS, "the check does not hold yet"),
        (["passed", "failed", "failed"], examine.FAILS, "1 of 3 checks hold"),
        (["passed", "waiting"], examine.FAILS, "1 of 2 checks hold"),
        (["waiting", "waiting"], examine.NOT_ATTEMPTED, "not written yet"),
        (["waiting", "undefined"], examine.UNDEFINED, "not defined yet"),
        (["failed", "undefined"], examine.FAILS, "0 of 2 checks hold"),
        (["passed", "interrupted"], examine.INTERRUPTED, "interrupted"),
        ([], examine.UNCHECKED, "not checked yet"),
    ],
)
def test_states(statuses, state, words):
    """An exercise's state follows from its checks, and every state has words."""
    found = finding(*statuses)

    assert (found.state, state_of(found)) == (state, words)


def test_marks_come_with_words():
    """No mark or colour stands alone: screen readers skip the marks and read the words."""
    reader = read(page(finding("passed", "failed", "waiting")))

    assert [word for word in ("holds", "not yet", "to do") if word in reader.text] == ["holds", "not yet", "to do"]
    assert page(finding("passed")).count('aria-hidden="true">✓') == 2


def test_panel_has_a_name_for_screen_readers():
    """The panel is a named group."""
    section = read(page(finding("passed", "failed"))).attributes["section"]

    assert section["role"] == "group"
    assert section["aria-label"] == "The <b>square</b>: 1 of 2 checks hold"


def test_hint_is_folded():
    """The hint stands in <details>, closed."""
    reader = read(page(finding("failed", hint="Think of `x * x`.\n\nThen try.")))

    assert "open" not in reader.attributes["details"]
    assert "Hint" in reader.text
    assert reader.tags.count("p") == 2


def test_code_between_backticks():
    """What stands between backticks is shown as code, and stays escaped."""
    assert inline("see `a < b` and c < d") == "see <code>a &lt; b</code> and c &lt; d"


def test_markup_in_texts_is_shown_not_obeyed():
    """HTML in a title or a message is text."""
    reader = read(page(finding("failed", message="<script>alert(1)</script>", hint="<img src=x>")))

    assert not {"script", "img", "b"} & set(reader.tags)
    assert "<script>alert(1)</script>" in reader.text


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_no_text_breaks_the_page(title, message, hint):
    """Whatever the texts hold, the tags are ours and balance."""
    reader = read(page(finding("failed", message=message, hint=hint, title=title)))

    assert set(reader.tags) <= {"section", "div", "span", "ul", "li", "p", "code", "details", "summary"}


@given(st.text(max_size=80))
def test_plain_text_has_no_controls(message):
    """The plain text of a panel holds no character that steers a terminal."""
    shown = panel_text(make_panel(finding("failed", message=message)))

    assert all(letter == "\n" or letter.isprintable() or not letter.isascii() for letter in shown)


def test_style_sets_no_fixed_background():
    """The panel lies on the theme's own background: a fixed one would be wrong in light or in dark."""
    css = render("panel", panel=make_panel(finding("passed"))).split("</style>")[0]

    assert {found.strip() for found in re.findall(r"background[a-z-]*:([^;!}]+)", css)} == {"transparent"}


class Stream:
    """An output with an encoding."""

    def __init__(self, encoding):
        self.encoding = encoding


def test_marks_without_unicode():
    """Where the terminal has no ✓ and ✗, plain letters stand in, so that nothing fails."""
    assert in_letters_of(Stream("cp1252"), "✓ holds ✗ not yet ○ to do σ") == "+ holds x not yet - to do ?"
    assert in_letters_of(Stream("utf-8"), "✓") == "✓"
