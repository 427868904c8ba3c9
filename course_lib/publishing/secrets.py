"""Searches what would be published for anything that students must not have, on bytes and inside JSON.

Secret is every longer line between solution markers and under `autograder/`, of every chapter that lies there, whether
or not the manifest lists it, unless the author also wrote it where students read it. Outside `assignments/` stands
machinery, which shares idioms with every Python file, so there a line must be longer to count. Whole answers, whole
hidden functions and lines of a rubric count everywhere, even where the author wrote them.

The rules are those of `course_lib.authoring.leaks`, which tests ask about `assignments/`; an index makes them fast
enough for every file of a large course.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.authoring.markers import BEGIN, END
from course_lib.catalog import Course
from course_lib.grading.identity import course_secret

LONG_ENOUGH = 25  # characters; shorter lines are everywhere and say nothing
LONG_IN_MACHINERY = 45  # characters; shorter ones, such as `except FileNotFoundError as error:`, are in all machinery
WHOLE_ANSWER = 30  # characters without white space
BEGINNING = re.compile(r"(?<!\w)\S")  # where a line of code can begin inside another text
HIDDEN = ("autograder", "build", "gradebook.db", "solutions", "submitted")


def find_secrets(course: Course, files: Mapping[str, bytes]) -> list[str]:
    """Return what must not be published, as sentences that name the file and the secret.

    Args:
        course: the whole course.
        files: what would be published: contents by path.

    """
    searcher = _Searcher(course)
    return [sentence for name, content in files.items() for sentence in searcher.search(name, content)]


class _Searcher:
    """Everything secret about a course, indexed so that one pass over a file finds all of it."""

    def __init__(self, course: Course):
        hidden = [path for path in _files(course.root / "autograder") if path.suffix != ".pyc"]
        scripts = [path for path in _files(course.root / "solutions") if path.stem == path.parent.name]
        parts = {path: _take_apart(_text(path.read_bytes())) for path in scripts}
        checks = [_text(path.read_bytes()) for path in _files(course.root / "solutions") if path.name == "checks.py"]
        self._key = course_secret(course.root)
        self._public = "\n".join([*checks, *(part.kept for part in parts.values())])
        self._digests = {_digest(path.read_bytes()): _name(path, course) for path in [*hidden, *scripts]}
        self._lines: dict[str, dict[str, str]] = defaultdict(dict)
        self._wholes: dict[str, str] = {}
        self._rubrics = frozenset(line for part in parts.values() for text in part.rubrics for line in _lines(text))
        for path in hidden:
            text, origin = _text(path.read_bytes()), _name(path, course)
            self._learn_lines(text, origin)
            self._learn_wholes(_functions(text) if path.suffix == ".py" else (), origin)
        for path, part in parts.items():
            for what, texts in (("a solution", part.solutions), ("a rubric", part.rubrics)):
                self._learn_wholes(texts, f"{what} in {_name(path, course)}")
                self._learn_lines("\n".join(texts), f"{what} in {_name(path, course)}")

    def _learn_lines(self, text: str, origin: str) -> None:
        for line in _lines(text):
            self._lines[line[:LONG_ENOUGH]].setdefault(line, origin)

    def _learn_wholes(self, texts: Iterable[str], origin: str) -> None:
        for whole in map(_squeezed, texts):
            if len(whole) >= WHOLE_ANSWER:
                self._wholes.setdefault(whole, origin)

    def search(self, name: str, content: bytes) -> Iterator[str]:
        """Yield what is wrong with one file; one sentence per origin is enough."""
        if set(Path(name).parts) & set(HIDDEN) or Path(name).name == "calibration.json":
            yield f"{name}: nothing of {Path(name).parts[0]} is published"
        if _digest(content) in self._digests:
            yield f"{name}: it is {self._digests[_digest(content)]}"
        if len(self._key) >= 8 and self._key in content:  # noqa: PLR2004 - a shorter key is no secret
            yield f"{name}: the course's secret is in it"
        text = _readable(name, content)
        if BEGIN in text or END in text:
            yield f"{name}: a solution marker is in it"
        squeezed = _squeezed(text)
        yield from (f"{name}: all of {origin} is in it" for whole, origin in self._wholes.items() if whole in squeezed)
        yield from self._lines_in(name, text)

    def _lines_in(self, name: str, text: str) -> Iterator[str]:
        told = set()
        shortest = LONG_ENOUGH if name.startswith("assignments/") else LONG_IN_MACHINERY
        for begin in BEGINNING.finditer(text):
            start = begin.start()
            for line, origin in self._lines.get(text[start : start + LONG_ENOUGH], {}).items():
                if len(line) < shortest or origin in told or not text.startswith(line, start):
                    continue
                if line in self._rubrics or line not in self._public:
                    told.add(origin)
                    yield f"{name}: the line {line!r} of {origin} is in it"


def _functions(text: str) -> Iterator[str]:
    """Yield what every function of a hidden file does, without its docstring; one statement alone may be anywhere."""
    lines = text.splitlines()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            if len(body) > 1:
                yield "\n".join(lines[body[0].lineno - 1 : body[-1].end_lineno])


@dataclass(frozen=True)
class _Parts:
    """A percent script: what students read, what stands between markers in code, and what in text."""

    kept: str
    solutions: tuple[str, ...]
    rubrics: tuple[str, ...]


def _take_apart(script: str) -> _Parts:
    """Take a percent script apart, comment signs removed. Anything goes: a chapter may still be in the making."""
    kept: list[str] = []
    regions: list[tuple[bool, list[str]]] = []
    inside = False
    for line in script.splitlines():
        bare = line.strip().removeprefix("# ")
        if BEGIN in line or END in line:
            inside = BEGIN in line
            regions.append((line.startswith("# #"), []))
        elif inside:
            regions[-1][1].append(bare)
        else:
            kept.append(bare)
    texts = [(rubric, "\n".join(lines)) for rubric, lines in regions if lines]
    return _Parts(
        "\n".join(kept),
        tuple(text for rubric, text in texts if not rubric),
        tuple(text for rubric, text in texts if rubric),
    )


def _lines(text: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [line for line in map(str.strip, text.splitlines()) if len(line) >= LONG_ENOUGH]


def _readable(name: str, content: bytes) -> str:
    """Return a file's text; of a notebook or another JSON file every text in it, lists of lines as a whole."""
    text = _text(content)
    if name.endswith((".ipynb", ".json")):
        try:
            return "\n".join(_strings(json.loads(text)))
        except ValueError:
            pass
    return text


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _strings(item)
    elif isinstance(value, list):
        if value and all(isinstance(item, str) for item in value):
            yield from ("".join(value), "\n".join(value))
        else:
            for item in value:
                yield from _strings(item)


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]


def _name(path: Path, course: Course) -> str:
    return path.relative_to(course.root).as_posix()


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
