"""Finds answers, rubrics, hidden suites, oracles and banks in what students receive.

Secret is every longer line that stands between solution markers or anywhere under ``autograder/``, unless the author
also wrote it where students read it: in a stub, in the text, in the visible checks. So a shared import is no leak, and
whatever the machinery lets through is one. Three things are leaks even if an author put them there: a whole solution,
a line of a rubric, and a hidden test among the visible checks.
"""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course_lib.authoring.release import RELEASED_FOLDERS
from course_lib.authoring.source import read_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from course_lib.authoring.source import Cell, ChapterSource
    from course_lib.catalog import Chapter, Course

# Shorter lines, such as `return z`, are everywhere and say nothing.
_LONG_ENOUGH = 25
# Without white space; a shorter solution, such as `return x + x`, is no more than its idea.
_A_WHOLE_SOLUTION = 30


def leaks(course: Course) -> tuple[str, ...]:
    """What students would receive and must not, as sentences that name the file and the secret."""
    secrets = [_Secrets(read_source(chapter), tuple(_hidden(course, chapter))) for chapter in course.chapters]
    public = _Text("\n".join(_public(course)))
    texts = {file: _Text(text) for file, text in _released(course).items()}
    found = [f"{file}: {secret} is in it" for file, text in texts.items() for secret in _in(text, secrets, public)]
    return (*_strange_files(course), *found, *_hidden_tests_shown(course))


class _Text:
    """A text that is asked for thousands of lines, nearly all of which begin like no piece of it."""

    def __init__(self, text: str):
        self.squeezed = _squeezed(text)
        self._text = text
        self._pieces = {text[at : at + _LONG_ENOUGH] for at in range(len(text) - _LONG_ENOUGH + 1)}

    def __contains__(self, line: str) -> bool:
        """Tell whether a line, long enough, is anywhere in it."""
        return line[:_LONG_ENOUGH] in self._pieces and line in self._text


@dataclass(frozen=True)
class _Secrets:
    """What students must not receive of one chapter: answers in its source; hidden files by name, with their lines."""

    source: ChapterSource
    hidden: tuple[tuple[str, list[str]], ...]


def _hidden(course: Course, chapter: Chapter) -> Iterator[tuple[str, list[str]]]:
    """The lines of every hidden file, with its name."""
    for path in sorted(chapter.hidden.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            name = path.relative_to(course.root).as_posix()
            yield name, _lines(path.read_bytes().decode("utf-8", errors="replace"))


def _released(course: Course) -> dict[str, str]:
    """The text of every released file; of a notebook, its JSON as it stands and every string in it."""
    texts = {}
    for path in sorted((course.root / "assignments").rglob("*")):
        if path.is_file():
            text = path.read_bytes().decode("utf-8", errors="replace")
            if path.suffix == ".ipynb":
                text = "\n".join([text, *_strings(json.loads(text))])
            texts[path.relative_to(course.root).as_posix()] = text
    return texts


def _strings(value: Any) -> Iterator[str]:
    """Every text in a JSON document; a list of lines also as a whole."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        if value and all(isinstance(item, str) for item in value):
            yield "".join(value)
        else:
            for item in value:
                yield from _strings(item)


def _public(course: Course) -> Iterator[str]:
    """What authors wrote for students to read."""
    for chapter in course.chapters:
        yield from (cell.stub for cell in read_source(chapter).cells)
        if chapter.visible_checks.exists():
            yield chapter.visible_checks.read_text(encoding="utf-8")


def _in(text: _Text, secrets: Sequence[_Secrets], public: _Text) -> Iterator[str]:
    """The secrets that a text holds, each with the place that it comes from."""
    for chapter in secrets:
        for cell in chapter.source.cells:
            if cell.holds_answer:
                yield from _answer_in(chapter.source.name, cell, text, public)
        for name, lines in chapter.hidden:
            for line in lines:
                if line in text and line not in public:
                    yield f"the line {line!r} of {name}"
                    break  # one line proves it


def _answer_in(chapter: str, cell: Cell, text: _Text, public: _Text) -> Iterator[str]:
    """The answers of one cell that a text holds."""
    what = "rubric" if cell.role == "written" else "solution"
    for answer in cell.answers:
        whole = _squeezed(answer)
        if len(whole) >= _A_WHOLE_SOLUTION and whole in text.squeezed:
            yield f"the {what} of {chapter}/{cell.slug}"
            continue
        for line in _lines(answer):
            if line in text and (what == "rubric" or line not in public):
                yield f"the line {line!r} of the {what} of {chapter}/{cell.slug}"
                break


def _hidden_tests_shown(course: Course) -> Iterator[str]:
    """Visible checks that do what a hidden test does."""
    for chapter in course.chapters:
        shown = _bodies(chapter.visible_checks_released)
        for path in sorted(chapter.hidden.glob("test_*.py")):
            for body, name in _bodies(path).items():
                if body in shown:
                    hidden = path.relative_to(course.root).as_posix()
                    yield f"assignments/{chapter.name}/checks.py: {shown[body]} is the hidden {name} of {hidden}"


def _bodies(path: Path) -> dict[str, str]:
    """The tests of a file: what each does, without its docstring, and its name."""
    if not path.exists():
        return {}
    found = {}
    for function in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(function, ast.FunctionDef) and function.name.startswith("test_"):
            body = [ast.dump(node) for node in function.body if not _is_text(node)]
            if len(body) > 1:  # a single statement may well be the same
                found["\n".join(body)] = function.name
    return found


def _is_text(node: ast.stmt) -> bool:
    """Whether a statement is a docstring."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _strange_files(course: Course) -> Iterator[str]:
    """Files that no build puts there."""
    for path in sorted((course.root / "assignments").rglob("*")):
        if path.is_dir() and not path.is_symlink():
            continue
        parts = path.relative_to(course.root / "assignments").parts
        chapters = [chapter for chapter in course.chapters if chapter.name == parts[0]]
        allowed = chapters and (
            parts[1:] in ((f"{parts[0]}.ipynb",), ("checks.py",)) or (parts[1:2] and parts[1] in RELEASED_FOLDERS)
        )
        if not allowed or path.is_symlink():
            yield f"assignments/{'/'.join(parts)}: nothing that a release holds; remove it"


def _lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if len(line.strip()) >= _LONG_ENOUGH]


def _squeezed(text: str) -> str:
    """A text without any white space, so that another indentation hides nothing."""
    return "".join(text.split())
