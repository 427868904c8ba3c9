import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from rich.text import Text

from course_lib.grading.safe_text import (
    MAX_MARKS,
    for_html,
    for_markdown,
    for_terminal,
    for_workflow_log,
    one_line,
    plain,
)

# Texts with what attacks are made of, more often than chance would have it.
PIECES = ["\x1b[31m", "\x1b]0;t\x07", "::", "##[", "@a", "`", "<b>", "\u202e", "\u200b", "\r", "[bold]", "\\", "x", " "]
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


class Liar(str):
    """A text that answers for itself."""

    __slots__ = ()

    def __str__(self):
        """Lie."""
        return "<script>"

    def __getitem__(self, key):
        """Lie."""
        return "<script>"


@given(TEXTS, st.integers(1, 60))
def test_plain_shows_itself_and_nothing_else(text, limit):
    """Neither controls nor formatting nor lone surrogates remain, and the length is bounded."""
    shown = plain(text, limit)

    assert all(letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cf", "Cs"} for letter in shown)
    assert len(shown) <= limit
    shown.encode()


@given(TEXTS)
def test_plain_is_settled(text):
    """Cleaning a clean text changes nothing: no removal puts a new escape together."""
    assert plain(plain(text)) == plain(text)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"], exclude_characters="\u2800"), max_size=50))
def test_plain_keeps_ordinary_text(text):
    """Letters, figures and signs of any script pass, but for those that show nothing."""
    assert plain(text) == "".join(letter for letter in text if letter not in "\u115f\u1160\u3164\uffa0")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]0;title", ""),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("a\tb", "a    b"),
        ("abc\u202edef\u2066", "abcdef"),
        ("z\u200be\ufeffr\u00ado", "zero"),
        ("e" + "\u0301" * 40, "e" + "\u0301" * MAX_MARKS),
        ("\ud800", ""),
    ],
)
def test_what_plain_removes(text, shown):
    """Escapes go with their text, line ends become one kind, piles of accents are cut."""
    assert plain(text) == shown


def test_plain_says_that_it_cut():
    """A text that is too long ends in an ellipsis."""
    assert plain("abcdef", 4) == "abc…"


def test_plain_believes_no_subclass():
    """A subclass of str cannot answer for its text."""
    assert plain(Liar("honest")) == "honest"


def test_one_line():
    """Line ends and runs of spaces become single spaces."""
    assert one_line("  a\n\n b\tc ") == "a b c"


@given(TEXTS)
def test_html_is_escaped(text):
    """No character of HTML's own is left, and templates do not escape it again."""
    shown = for_html(text)

    assert isinstance(shown, Markup)
    assert not set("<>\"'") & set(str(shown))
    assert re.sub(r"&(amp|lt|gt|#34|#39);", "", str(shown)).count("&") == 0


@given(TEXTS)
def test_markdown_is_one_inert_line(text):
    """Every mark of Markdown is escaped, on one line, and no name follows an @."""
    shown = for_markdown(text)

    assert "\n" not in shown
    assert not re.search(r"(?<!\\)(?:\\\\)*[`<>*_\[\]()#|!~@]", re.sub(r"\\[!-/:-@\[-`{-~]", "", shown))
    assert not re.search(r"@\w", shown)


@pytest.mark.parametrize(
    "text", ["@octocat", "#12", "https://evil.example", "www.evil.example", "GH-12", "a@b.example"]
)
def test_markdown_links_nothing(text):
    """What GitHub would turn into a mention, a reference or a link is broken by a character of no width."""
    assert "\u200b" in for_markdown(text)


@given(TEXTS)
def test_workflow_log_has_no_commands(text):
    """Neither `::name::` nor `##[name]` is left."""
    shown = for_workflow_log(text)

    assert "::" not in shown
    assert "##[" not in shown


@given(TEXTS)
def test_terminal_markup_is_text(text):
    """Rich reads no markup in the text, and our own markup after it still works."""
    shown = Text.from_markup(f"{for_terminal(text)}[bold]end[/bold]")

    assert [(span.style, shown.plain[span.start : span.end]) for span in shown.spans] == [("bold", "end")]
    assert shown.plain.replace("\\", "") == f"{plain(text)}end".replace("\\", "")  # Rich drops some before a bracket
