"""Splits a percent script into cells and reads the role in each header.

A header carries exactly one role and nothing else; text before the first header is for readers of the script (a
docstring, comments) and never released. jupytext reads such scripts too, and `course_lib.authoring.notebook` proves at
every build that it sees the same cells. It is not used here because it has no line numbers to report, and because the
grader, which reads sources for every verdict, would wait more than a second for its import.
"""

from __future__ import annotations

import ast
import difflib
import re
from typing import NamedTuple

from course_lib.authoring.problems import Problem

# Roles that stand alone, roles that name an exercise in a code cell, and the one that does so in a Markdown cell.
_BARE = ("setup", "closing")
_NAMING = ("exercise", "check", "demo")
_ROLES = (*_BARE, *_NAMING, "written")
# What jupytext, Spyder or VS Code would take for a header, and what we write.
_HEADER_LIKE = re.compile(r"\s*#\s*(%%|<codecell>|In\[[0-9 ]*\]:?\s*$)")
_HEADER = re.compile(r"# %%(?P<rest>| .*)")
_TOKEN = re.compile(r'(?P<role>[^\s="]+)(="(?P<slug>[^"]*)")?(?=\s|$)')
_MAGIC = re.compile(r"\s*#?\s*(%{1,2}[a-zA-Z]|!\s*\w)")


class RawCell(NamedTuple):
    """One cell as it is written."""

    role: str  # one of setup, closing, exercise, check, demo, written, text; "" where the header is wrong
    slug: str  # the exercise that the role names; "" for setup, closing and text
    line: int  # of the header, counted from 1; the source begins on the next
    source: str  # Markdown without its comment signs; no blank lines at the ends


def split(text: str) -> tuple[list[RawCell], list[Problem]]:
    """The cells of a percent script, and what is wrong with its headers and its lines."""
    lines = text.splitlines()
    problems: list[Problem] = []
    starts = [number for number, line in enumerate(lines) if _HEADER_LIKE.match(line)]
    problems += _preamble("\n".join(lines[: starts[0]] if starts else lines))
    cells = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        role, slug, wrong = _role(lines[start])
        if wrong:
            problems.append(Problem(start + 1, *wrong))
        # Even under a broken header, so that one mistake does not hide the next one.
        markdown = "[markdown]" in lines[start]
        body, bad_lines = (_markdown if markdown else _code)(lines[start + 1 : end], start + 2)
        problems += bad_lines
        cells.append(RawCell(role, slug, start + 1, body))
    return cells, problems


def _role(header: str) -> tuple[str, str, tuple[str, str] | None]:
    """Role and slug of a header line, and what is wrong with it (words and remedy)."""
    match = _HEADER.fullmatch(header.rstrip())
    if not match:
        return "", "", (f"{header.strip()!r} looks like a cell header", "write `# %% role`, or change the line.")
    rest = match["rest"].strip()
    markdown = rest.startswith("[")
    if markdown and not (rest + " ").startswith("[markdown] "):
        return "", "", (f"unknown kind of cell in {rest!r}", "write `# %% [markdown]` for prose, a role for code.")
    rest = rest.removeprefix("[markdown]").strip()
    if not rest:
        return ("text", "", None) if markdown else ("", "", ("a code cell without a role", _choose()))
    tokens = list(_TOKEN.finditer(rest))
    if "".join(token.group() for token in tokens) != "".join(rest.split()):
        return "", "", (f"the header {rest!r} cannot be read", 'write it like exercise="sigmoid".')
    if len(tokens) > 1:
        return (
            "",
            "",
            (f"more than one role in {rest!r}", "a header carries one role and nothing else; remove the rest."),
        )
    role, slug = tokens[0]["role"], tokens[0]["slug"]
    return role, slug or "", _misuse(role, slug, markdown=markdown)


def _misuse(role: str, slug: str | None, *, markdown: bool) -> tuple[str, str] | None:
    """What is wrong with a role in its kind of cell."""
    if role not in _ROLES:
        near = difflib.get_close_matches(role, _ROLES, n=1)
        return f"unknown role {role!r}", f"did you mean {near[0]!r}?" if near else _choose()
    if markdown and role != "written":
        return f"the role {role!r} in a Markdown cell", "it belongs to a code cell; remove [markdown]."
    if role == "written" and not markdown:
        return "a written answer in a code cell", 'write `# %% [markdown] written="…"`.'
    if role in _BARE and slug is not None:
        return f"{role} names {slug!r}", f"write `# %% {role}`."
    if role not in _BARE and not slug:
        return f"{role} names no exercise", f'write {role}="…" with the slug from course.toml.'
    return None


def _choose() -> str:
    """The roles to choose from."""
    return f"give it one of {', '.join(_BARE)}, " + ", ".join(f'{role}="…"' for role in _NAMING) + "."


def _code(lines: list[str], first: int) -> tuple[str, list[Problem]]:
    """A code cell and what is wrong with its lines, the first of which has the number `first`."""
    remedy = "the grader runs plain Python and cannot know what it would do; write it in Python."
    problems = [
        Problem(number, f"{line.strip()!r} is a magic", remedy)
        for number, line in enumerate(lines, first)
        if _MAGIC.match(line)
    ]
    return "\n".join(lines).strip("\n").rstrip(), problems


def _markdown(lines: list[str], first: int) -> tuple[str, list[Problem]]:
    """A Markdown cell without its comment signs, and the lines that have none."""
    problems = [
        Problem(number, f"{line.strip()!r} is not prose", "in a Markdown cell every line begins with `# `.")
        for number, line in enumerate(lines, first)
        if line.strip() and not (line == "#" or line.startswith("# "))
    ]
    return "\n".join(line[2:].rstrip("\n") for line in lines).strip("\n").rstrip(), problems


def _preamble(text: str) -> list[Problem]:
    """What is wrong with the lines before the first cell: code there would be lost."""
    try:
        body = ast.parse(text).body
    except SyntaxError as error:
        return [
            Problem(error.lineno or 1, "this is neither comment nor cell", "begin the script with `# %% [markdown]`.")
        ]
    code = [node for node in body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
    remedy = "begin a cell with `# %% role` above it; only a docstring and comments may stand here."
    return [Problem(node.lineno, "code before the first cell", remedy) for node in code[:1]]
