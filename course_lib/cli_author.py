"""`course build`, `course show` and `course new-exercise`: what an author runs."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from course_lib.authoring.problems import AuthoringError
from course_lib.catalog import KINDS, CatalogError, load_course

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.authoring.show import Place
    from course_lib.catalog import Chapter, Course, Exercise

STALE = 1
UNUSABLE = 2
_UNLIMITED = 1000  # columns; a pipe has no width

_OneChapter = Annotated[str | None, typer.Argument(help="A chapter, or the beginning of its name; all without.")]


def build(
    chapter: _OneChapter = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; say what a build would change.")] = False,
) -> None:
    """Make what students receive: percent script, notebook, and nbgrader's release in assignments/.

    Exit status: 0 when done or current, 1 when --check found something stale, 2 when a source is unusable.
    """
    with _sentences():
        course = load_course()
        chapters = [course.chapter(chapter)] if chapter else list(course.chapters)
        if check:
            _check(course, chapters, everything=chapter is None)
        else:
            _build(course, chapters)


def show(
    what: Annotated[str | None, typer.Argument(help="ch04/backward, ch04, or nothing for the whole course.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Show where stub, solution, checks, suite and answers of an exercise lie, or what a chapter holds."""
    with _sentences():
        course = load_course()
        if what and "/" in what:
            _show_exercise(course, course.locate(what), as_json=as_json)
        elif what:
            _show_chapter(course, course.chapter(what), as_json=as_json)
        else:
            _show_course(course, as_json=as_json)


def new_exercise(
    name: Annotated[str, typer.Argument(help="chapter/slug, such as ch04/momentum.")],
    *,
    title: Annotated[str, typer.Option(help="What people read.")],
    kind: Annotated[str, typer.Option(help=f"One of {', '.join(KINDS)}.")],
    points: Annotated[float, typer.Option(help="Marks for a complete answer.")],
    after: Annotated[str | None, typer.Option(help="The slug that it follows; the chapter's last one without.")] = None,
) -> None:
    """Create an exercise everywhere at once: manifest, cells, visible check, hidden suite, oracle, answers.

    Each file is a template that says what to write, and fails until it is written.
    """
    from course_lib.authoring.scaffold import new_exercise as plan  # noqa: PLC0415  # only this command needs it
    from course_lib.catalog import Exercise  # noqa: PLC0415

    with _sentences():
        course = load_course()
        chapter, slash, slug = name.partition("/")
        if not slash:
            raise CatalogError(f"{name!r} names no exercise: write chapter/slug, for example ch04/momentum.")
        home = course.chapter(chapter)
        scaffold = plan(course, Exercise(slug, title, kind, points, course.defaults, home.name, course.root), after)
        scaffold.write()
        for verb, paths in (("created", scaffold.created), ("changed", scaffold.edited)):
            for path in sorted(paths):
                typer.echo(f"{verb} {path.relative_to(course.root).as_posix()}")
        typer.echo(f"Search them for TO BE WRITTEN, then run: course verify {home.name}")


def _build(course: Course, chapters: list[Chapter]) -> None:
    """Build the chapters, one after another."""
    from course_lib.authoring import release  # noqa: PLC0415  # nbgrader takes seconds to load

    for chapter in chapters:
        with Console(stderr=True).status(f"building {chapter.name}"):
            built = release.build(course, chapter)
        count = len(built.changed)
        changed = "nothing changed" if not count else "1 file changed" if count == 1 else f"{count} files changed"
        typer.echo(f"{chapter.name}: {changed}")
        for path in built.changed:
            typer.echo(f"  {path}")


def _check(course: Course, chapters: list[Chapter], *, everything: bool) -> None:
    """Say what a build would change."""
    from course_lib.authoring import release  # noqa: PLC0415  # nbgrader takes seconds to load

    lines = []
    for chapter in chapters:
        with Console(stderr=True).status(f"checking {chapter.name}"):
            lines += [f"{path} is stale: run `course build {chapter.name}`" for path in release.stale(course, chapter)]
    if everything:
        lines += [f"{path} belongs to no chapter of course.toml: remove it" for path in release.orphans(course)]
    for line in lines:
        typer.echo(line)
    if lines:
        raise typer.Exit(STALE)
    typer.echo(f"assignments/ is current: {', '.join(chapter.name for chapter in chapters)}")


def _show_exercise(course: Course, exercise: Exercise, *, as_json: bool) -> None:
    """Print the places of one exercise."""
    from course_lib.authoring import show as data  # noqa: PLC0415  # its name is that of the command

    if as_json:
        typer.echo(json.dumps(data.exercise_data(course, exercise), indent=2))
        return
    typer.echo(f"{exercise.ref}: {exercise.title} ({exercise.kind}, {exercise.points:g} points)")
    for name, place in data.places(course, exercise).items():
        typer.echo(f"  {name:<15} {place.text}{_about(place)}")


def _about(place: Place) -> str:
    """What else is to say about a place."""
    if not place.exists:
        return "  (missing)"
    return f"  ({len(place.names)}: {', '.join(place.names)})" if place.names else ""


def _show_chapter(course: Course, chapter: Chapter, *, as_json: bool) -> None:
    """Print the exercises of one chapter."""
    from course_lib.authoring import show as data  # noqa: PLC0415

    if as_json:
        typer.echo(json.dumps(data.chapter_data(course, chapter), indent=2))
        return
    table = _table("exercise", "kind", "points", "checks", "tests", "right", "wrong", "title")
    for exercise in chapter.exercises:
        places = data.places(course, exercise)
        counts = [
            str(len(places[name].names)) if name in places else ""
            for name in ("visible checks", "hidden suite", "right answers", "wrong answers")
        ]
        table.add_row(exercise.slug, exercise.kind, f"{exercise.points:g}", *counts, exercise.title)
    typer.echo(f"{chapter.name}: {chapter.title} ({chapter.book}, {chapter.minutes} min, {chapter.points:g} points)")
    _print(table)


def _show_course(course: Course, *, as_json: bool) -> None:
    """Print the chapters of the course."""
    from course_lib.authoring import show as data  # noqa: PLC0415

    if as_json:
        chapters = [data.chapter_data(course, chapter) for chapter in course.chapters]
        typer.echo(json.dumps({"title": course.title, "chapters": chapters}, indent=2))
        return
    table = _table("chapter", "exercises", "points", "minutes", "title")
    for chapter in course.chapters:
        counts = (str(len(chapter.exercises)), f"{chapter.points:g}", str(chapter.minutes))
        table.add_row(chapter.name, *counts, chapter.title)
    typer.echo(course.title)
    _print(table)


def _table(*columns: str) -> Table:
    """A plain table with numbers on the right; in a narrow terminal only titles are wrapped."""
    table = Table(box=None, pad_edge=False)
    for name in columns:
        text = name in ("exercise", "chapter", "kind", "title")
        table.add_column(name, justify="left" if text else "right", no_wrap=name != "title")
    return table


def _print(table: Table) -> None:
    """Print a table: as wide as the terminal, and as wide as it needs to be where there is none."""
    console = Console()
    (console if console.is_terminal else Console(width=_UNLIMITED)).print(table)


@contextmanager
def _sentences() -> Iterator[None]:
    """Errors of an author are sentences on stderr, not tracebacks."""
    try:
        yield
    except (CatalogError, AuthoringError) as error:
        Console(stderr=True, soft_wrap=True).print(f"[red]{escape(str(error))}[/]", highlight=False)
        raise typer.Exit(UNUSABLE) from error
