"""Creates the files of a new exercise, everywhere at once and under one name.

Everything is worked out and checked in memory before the first file is written: a slug that exists, a bad name or a
file in the way changes nothing. What is created keeps the rules of the format, and is not done: each template says what
to write and fails until somebody does (`course_lib.authoring.unwritten`).

tomlkit writes the manifest, because it is maintained (Poetry relies on it) and keeps comments, order and indentation;
the standard library only reads TOML.
"""

from __future__ import annotations

import ast
import contextlib
import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.authoring import percent, rules, templates, title
from course_lib.authoring.problems import ScaffoldError, SourceError
from course_lib.catalog import KINDS, Chapter, Course, Exercise, name_problem

if TYPE_CHECKING:
    from pathlib import Path

    from course_lib.authoring.percent import RawCell


@dataclass(frozen=True)
class Scaffold:
    """The files of a new exercise.

    Attributes:
        exercise: The exercise, as the manifest will list it.
        created: New files and what they hold.
        edited: Existing files and what they will hold; the manifest is the last.
    """

    exercise: Exercise
    created: dict[Path, str]
    edited: dict[Path, str]

    def write(self) -> None:
        """Write the files; should that fail, none of them is left changed."""
        before = {path: path.read_bytes() for path in self.edited}
        try:
            for path, text in (*self.created.items(), *self.edited.items()):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
        except OSError:
            for path, data in before.items():
                path.write_bytes(data)
            for path in self.created:
                path.unlink(missing_ok=True)
                with contextlib.suppress(OSError):  # not there, or others have files in it
                    path.parent.rmdir()
            raise


def new_exercise(course: Course, exercise: Exercise, after: str | None = None) -> Scaffold:
    """Work out the files of a new exercise; nothing is written yet.

    Args:
        course: The course.
        exercise: What the manifest shall list.
        after: Slug of the exercise that it follows; by default the last one of its chapter.

    Raises:
        ScaffoldError: The slug exists or is a bad name, the kind is unknown, or a file is in the way.
        SourceError: The chapter's script breaks rules as it is; they come first.
        CatalogError: There is no such chapter, or no exercise `after`.
    """
    chapter = course.chapter(exercise.chapter)
    _refuse(chapter, exercise)
    position = len(chapter.exercises) if after is None else chapter.slugs.index(chapter.exercise(after).slug) + 1
    exercises = (*chapter.exercises[:position], exercise, *chapter.exercises[position:])
    grown = dataclasses.replace(chapter, exercises=exercises)
    texts = {chapter.source: _script(chapter, grown, position)}
    if exercise.graded_by_suite:
        texts |= _tests(chapter, exercise)
    texts[course.manifest] = _manifest(course, chapter, exercise, position)
    created = {path: text for path, text in texts.items() if not path.exists()}
    return Scaffold(exercise, created, {path: text for path, text in texts.items() if path not in created})


def _refuse(chapter: Chapter, exercise: Exercise) -> None:
    """Refuse what cannot become an exercise."""
    problem = name_problem(exercise.slug)
    if problem:
        raise ScaffoldError(f"{problem}.")
    if exercise.slug in chapter.slugs:
        raise ScaffoldError(f"{exercise.ref} exists: choose another name, or look at it with `course show`.")
    if exercise.kind not in KINDS:
        raise ScaffoldError(f"unknown kind {exercise.kind!r}: choose one of {', '.join(KINDS)}.")
    if not exercise.points > 0:
        raise ScaffoldError(f"points are {exercise.points:g}: an exercise is worth more than 0.")
    if not exercise.title.strip() or "\n" in exercise.title:
        raise ScaffoldError("the title must be one line of text: it becomes a heading.")
    for path in (exercise.suite, exercise.right_answers, exercise.wrong_answers):
        if path.exists():
            raise ScaffoldError(f"{path} is in the way: move it, or choose another name.")


def _script(chapter: Chapter, grown: Chapter, position: int) -> str:
    """The chapter's script with the cells of the new exercise."""
    exists = chapter.source.exists()
    text = chapter.source.read_text(encoding="utf-8-sig") if exists else templates.chapter_script(chapter)
    cells = _checked(text, chapter)
    lines = text.splitlines()
    row = _cell_end(cells, chapter, position, len(lines))
    # Two blank lines between cells, as formatters set them; none at the end of the file.
    before, after = "\n".join(lines[:row]).rstrip(), "\n".join(lines[row:]).strip("\n")
    text = "\n\n\n".join(part for part in (before, templates.cells(grown.exercises[position]).strip(), after) if part)
    text = title.with_row(text + "\n", grown, position)
    _checked(text, grown)
    return text


def _checked(text: str, chapter: Chapter) -> list[RawCell]:
    """The cells of a script that keeps the rules."""
    cells, problems = percent.split(text)
    problems += rules.broken(cells, chapter)
    if problems:
        raise SourceError(chapter.source, problems)
    return cells


def _cell_end(cells: list[RawCell], chapter: Chapter, position: int, length: int) -> int:
    """The number of lines before the place for an exercise: after the last cell of the one before it.

    The first exercise goes before the closing cell, or before what belongs to the one that was first.
    """
    starts = [cell.line - 1 for cell in cells]
    if position:
        last = max(n for n, cell in enumerate(cells) if cell.slug == chapter.slugs[position - 1])
        return [*starts, length][last + 1]
    return starts[-1]


def _tests(chapter: Chapter, exercise: Exercise) -> dict[Path, str]:
    """Visible check, hidden suite, oracle and both banks."""
    visible = _appended(chapter.visible_checks, templates.checks_file(chapter), templates.visible_check(exercise))
    _refuse_clash(chapter.visible_checks, visible)
    oracles = _appended(chapter.oracles, templates.oracles_file(chapter), templates.oracle(exercise))
    _refuse_clash(chapter.oracles, oracles)
    files = {
        chapter.visible_checks: visible,
        chapter.oracles: oracles,
        exercise.suite: templates.suite(exercise),
    }
    for name in templates.RIGHT_NAMES:
        files[exercise.right_answers / f"{name}.py"] = templates.right_answer(exercise)
    for name in templates.WRONG_NAMES:
        files[exercise.wrong_answers / f"{name}.py"] = templates.wrong_answer(exercise)
    # A folder without it would lose against the package of the same name in an installed course.
    for folder, what in ((chapter.hidden.parent, "this course"), (chapter.hidden, chapter.name)):
        if not (folder / "__init__.py").exists():
            files[folder / "__init__.py"] = f'"""What is checked in {what}."""\n'
    return files


def _appended(path: Path, beginning: str, more: str) -> str:
    """A file, or its beginning where there is none yet, with something at the end."""
    text = path.read_text(encoding="utf-8-sig") if path.exists() else beginning
    return text.rstrip() + "\n" + more


def _refuse_clash(path: Path, text: str) -> None:
    """Refuse a module in which one function would hide another, or a decorator is unknown."""
    tree = ast.parse(text)
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    if names[-1] in names[:-1]:
        raise ScaffoldError(f"{path} has a function {names[-1]!r} already: rename it, or choose another slug.")
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    if "@visible(" in text and "visible" not in imported:
        raise ScaffoldError(f"{path} does not import `visible`: add it to `from course_lib.grading import …`.")


def _manifest(course: Course, chapter: Chapter, exercise: Exercise, position: int) -> str:
    """The manifest with the new exercise."""
    import tomlkit  # noqa: PLC0415  # only authors have it

    document = tomlkit.parse(course.manifest.read_text(encoding="utf-8-sig"))
    table = tomlkit.table()
    worth = int(exercise.points) if exercise.points.is_integer() else exercise.points
    for key, value in (("slug", exercise.slug), ("title", exercise.title), ("kind", exercise.kind), ("points", worth)):
        table.add(key, value)
    table.indent(2)
    table.add(tomlkit.nl())
    home = document["chapter"][course.chapters.index(chapter)]
    if "exercise" not in home:
        home.add(tomlkit.nl())
        home.add("exercise", tomlkit.aot())
    rows = home["exercise"]
    if rows and position == len(rows):
        rows[-1].add(tomlkit.nl())
    rows.insert(position, table)
    return tomlkit.dumps(document).rstrip() + "\n"
