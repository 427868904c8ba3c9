"""Where everything about an exercise, a chapter or the course lies, for `course show`: as data, and as tables."""

from __future__ import annotations

import ast
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from course_lib.authoring.problems import SourceError
from course_lib.authoring.source import read_source

if TYPE_CHECKING:
    from pathlib import Path

    from course_lib.catalog import Chapter, Course, Exercise


@dataclass(frozen=True)
class Place:
    """One place in the files of the course.

    Attributes:
        path: Relative to the course, with `/` on every system.
        exists: Whether it is there.
        lines: Where in the file, counted from 1; empty where the whole file is meant.
        names: What is in it: tests of a file, files of a folder.
    """

    path: str
    exists: bool
    lines: tuple[int, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The path with its lines, in the form that editors open."""
        return ":".join((self.path, *(str(line) for line in self.lines[:1])))


def places(course: Course, exercise: Exercise) -> dict[str, Place]:
    """Where the parts of an exercise lie; a written answer has no tests and no banks."""
    chapter = course.chapter(exercise.chapter)
    found = {
        "stub": _place(course, chapter.release),
        "solution": _place(course, chapter.source, lines=_solution_line(chapter, exercise)),
    }
    if exercise.graded_by_suite:
        checks = _tests(chapter.visible_checks, exercise.slug)
        suite = _tests(exercise.suite)
        found["visible checks"] = _place(
            course, chapter.visible_checks, lines=tuple(checks.values()), names=tuple(checks)
        )
        found["hidden suite"] = _place(course, exercise.suite, names=tuple(suite))
        found["right answers"] = _place(course, exercise.right_answers, names=_modules(exercise.right_answers))
        found["wrong answers"] = _place(course, exercise.wrong_answers, names=_modules(exercise.wrong_answers))
    return found


def exercise_data(course: Course, exercise: Exercise) -> dict[str, Any]:
    """An exercise with all of its places, as JSON may hold it."""
    return {
        "exercise": exercise.ref,
        "title": exercise.title,
        "kind": exercise.kind,
        "points": exercise.points,
        "limits": asdict(exercise.limits),
        "places": {name.replace(" ", "_"): asdict(place) for name, place in places(course, exercise).items()},
    }


def chapter_data(course: Course, chapter: Chapter) -> dict[str, Any]:
    """A chapter with its exercises, as JSON may hold it."""
    return {
        "chapter": chapter.name,
        "title": chapter.title,
        "book": chapter.book,
        "minutes": chapter.minutes,
        "points": chapter.points,
        "exercises": [exercise_data(course, exercise) for exercise in chapter.exercises],
    }


def _place(course: Course, path: Path, lines: tuple[int, ...] = (), names: tuple[str, ...] = ()) -> Place:
    """A place in the files of the course."""
    return Place(path.relative_to(course.root).as_posix(), path.exists(), lines, names)


def _solution_line(chapter: Chapter, exercise: Exercise) -> tuple[int, ...]:
    """The line of the exercise's cell; nothing where the source is missing or broken."""
    try:
        return (read_source(chapter).cell(exercise.slug).line,)
    except SourceError:
        return ()


def _tests(path: Path, slug: str | None = None) -> dict[str, int]:
    """The tests of a file with their lines; with a slug, those that are marked `@visible(slug)`."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8-sig"))
    except (OSError, SyntaxError):
        return {}
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    mark = slug and ast.unparse(ast.parse(f"visible({slug!r})"))
    return {
        node.name: node.lineno
        for node in functions
        if mark is None or mark in [ast.unparse(decorator) for decorator in node.decorator_list]
    }


def _modules(folder: Path) -> tuple[str, ...]:
    """Names of the answers in a bank."""
    return tuple(sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__"))
