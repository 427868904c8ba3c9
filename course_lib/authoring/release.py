"""Makes what students receive: our source notebook, released by nbgrader's own `generate_assignment`.

Everything is made in a temporary folder and moved into place when it is complete and has been compared with the
source, so a failure leaves the last release as it was.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_lib.authoring.notebook import source_notebook
from course_lib.authoring.problems import ReleaseError
from course_lib.authoring.source import ChapterSource, read_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.catalog import Chapter, Course

RELEASED_FOLDERS = ("data", "images")
"""Folders beside the percent script that students receive as they are; of the other files only `checks.py`."""

_CONFIGURATION = "nbgrader_config.py"
# What editors and systems leave behind; never released and never counted.
_DEBRIS = frozenset({".DS_Store", ".ipynb_checkpoints", "Thumbs.db", "__pycache__"})


@dataclass(frozen=True)
class Built:
    """A release as it is in place now.

    Attributes:
        chapter: Its chapter.
        changed: Files that are other than before, relative to the course, in order.
    """

    chapter: Chapter
    changed: tuple[str, ...]


def build(course: Course, chapter: Chapter) -> Built:
    """Make ``build/source/<chapter>/`` and ``assignments/<chapter>/``, and tell nbgrader's gradebook.

    Raises:
        SourceError: The source of the chapter breaks rules.
        ReleaseError: nbgrader refuses, or what it made is not what we asked for.
    """
    with _made(course, chapter, gradebook=True) as (source, release):
        changed = _differences(release, chapter.release_folder, course.root)
        _replace(source, chapter.built.parent)
        if changed:
            _replace(release, chapter.release_folder)
    return Built(chapter, tuple(changed))


def stale(course: Course, chapter: Chapter) -> tuple[str, ...]:
    """Files under ``assignments/<chapter>/`` that a build would change, relative to the course.

    Nothing is changed meanwhile, nbgrader's gradebook included.

    Raises:
        SourceError: The source of the chapter breaks rules.
        ReleaseError: nbgrader refuses, or what it made is not what we asked for.
    """
    with _made(course, chapter, gradebook=False) as (_, release):
        return tuple(_differences(release, chapter.release_folder, course.root))


def orphans(course: Course) -> tuple[str, ...]:
    """Folders and files under ``assignments/`` that belong to no chapter, relative to the course."""
    folder = course.root / "assignments"
    wanted = {chapter.name for chapter in course.chapters} | _DEBRIS
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return tuple(path.relative_to(course.root).as_posix() for path in found if path.name not in wanted)


@contextmanager
def _made(course: Course, chapter: Chapter, *, gradebook: bool) -> Iterator[tuple[Path, Path]]:
    """A new source folder and a new release folder of the chapter, on the disk of the course."""
    source = read_source(chapter)
    build_folder = course.root / "build"
    build_folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=build_folder, prefix=".release-") as name:
        workshop = Path(name)
        made_from = workshop / "source" / chapter.name
        write_source(chapter, made_from)
        _generate(course, chapter, workshop, gradebook=gradebook)
        made = workshop / "release" / chapter.name
        _normalise(made)
        _compare(source, made / chapter.release.name)
        yield made_from, made


def write_source(chapter: Chapter, folder: Path) -> None:
    """Write what nbgrader makes the release from: the notebook with answers, and the files that are released beside it.

    Args:
        chapter: The chapter.
        folder: nbgrader's source folder of the assignment.

    Raises:
        SourceError: The source of the chapter breaks rules.
        ReleaseError: A file that students need is missing.
    """
    _write(folder / chapter.built.name, source_notebook(read_source(chapter), chapter).encode())
    for path, data in _companions(chapter):
        _write(folder / path, data)


def _companions(chapter: Chapter) -> Iterator[tuple[Path, bytes]]:
    """The other files that students receive: where, relative to the chapter's folder, and what."""
    if any(exercise.graded_by_suite for exercise in chapter.exercises):
        if not chapter.visible_checks.is_file():
            raise ReleaseError(
                f"{chapter.visible_checks} is missing: the check cells run the functions in it; write it."
            )
        yield Path("checks.py"), chapter.visible_checks.read_bytes().replace(b"\r\n", b"\n")
    for name in RELEASED_FOLDERS:
        for path in sorted((chapter.source_folder / name).rglob("*")):
            relative = path.relative_to(chapter.source_folder)
            if _DEBRIS.isdisjoint(relative.parts) and not path.is_dir():
                if path.is_symlink():
                    raise ReleaseError(
                        f"{path} is a link: students would receive what it points to; copy the file there."
                    )
                yield relative, path.read_bytes()


def _generate(course: Course, chapter: Chapter, workshop: Path, *, gradebook: bool) -> None:
    """Have nbgrader make ``release/`` from ``source/`` in the workshop."""
    # nbgrader takes seconds to load; only those who build should wait for it.
    from nbgrader.converters import GenerateAssignment  # noqa: PLC0415
    from nbgrader.coursedir import CourseDirectory  # noqa: PLC0415

    config = _configuration(course)
    config.CourseDirectory.root = str(workshop)
    config.CourseDirectory.source_directory = "source"
    config.CourseDirectory.release_directory = "release"
    config.CourseDirectory.assignment_id = chapter.name
    if not gradebook:
        config.GenerateAssignment.no_database = True
        config.SaveCells.enabled = False
    converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
    with venv_on_path(), _log_of(converter.log) as messages:
        try:
            converter.start()
        except (Exception, SystemExit) as error:
            raise ReleaseError(_explain(chapter, messages, error)) from error


@contextmanager
def venv_on_path() -> Iterator[None]:
    """Let nbgrader find `alembic`, a program that it runs to make a gradebook, where no venv is activated."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = str(Path(sys.executable).parent) + os.pathsep + before
    try:
        yield
    finally:
        os.environ["PATH"] = before


def _configuration(course: Course) -> Any:  # traitlets has no useful types
    """Where nbgrader's gradebook is, from the course's own configuration; nothing else may shape a release."""
    from traitlets.config import Config  # noqa: PLC0415
    from traitlets.config.loader import PyFileConfigLoader  # noqa: PLC0415

    config = Config()
    config.CourseDirectory.db_url = f"sqlite:///{(course.root / 'gradebook.db').as_posix()}"
    if (course.root / _CONFIGURATION).is_file():
        theirs = PyFileConfigLoader(_CONFIGURATION, path=str(course.root)).load_config()
        for key in ("course_id", "db_url"):
            if key in theirs.CourseDirectory:
                config.CourseDirectory[key] = theirs.CourseDirectory[key]
    return config


@contextmanager
def _log_of(logger: logging.Logger | logging.LoggerAdapter[logging.Logger]) -> Iterator[list[str]]:
    """What nbgrader logs as an error meanwhile, instead of showing it."""
    target = logger.logger if isinstance(logger, logging.LoggerAdapter) else logger
    messages: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: messages.append(record.getMessage())  # type: ignore[method-assign]
    propagate, target.propagate = target.propagate, False
    target.addHandler(handler)
    try:
        yield messages
    finally:
        target.removeHandler(handler)
        target.propagate = propagate


def _explain(chapter: Chapter, messages: list[str], error: BaseException) -> str:
    """Why nbgrader refused, in our words where we know the reason."""
    log = "\n".join(messages)
    if "there are submissions associated with it" in log:
        return (
            f"{chapter.name}: students have handed this chapter in, and nbgrader's gradebook refuses a release with "
            "other cells: keep the exercises and the number of cells as they are, go back to the released version, or "
            "begin the chapter anew (docs/instructor.md, When something goes wrong)."
        )
    # The last line of a traceback is the error; the messages after it only say that there was one.
    reasons = [message.strip().splitlines()[-1] for message in messages if "Traceback" in message]
    return f"{chapter.name}: nbgrader refused to release it: {'; '.join(reasons or messages) or error}"


def _compare(source: ChapterSource, path: Path) -> None:
    """The released cells are the stubs, one for one: nothing got lost and no answer got through."""
    import nbformat  # noqa: PLC0415  # slow to load

    released = [cell.source for cell in nbformat.read(path, as_version=4).cells]
    if released != [cell.stub for cell in source.cells]:
        raise ReleaseError(
            f"{source.path}: the notebook that nbgrader made differs from the stubs: report this as a bug."
        )


def _normalise(folder: Path) -> None:
    """Make nbgrader's text files the same on every system: it writes the newlines of the system."""
    for path in folder.glob("*.ipynb"):
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n")


def _differences(new: Path, old: Path, root: Path) -> list[str]:
    """Files that differ between two folders, named as they are called in the second one."""
    ours, theirs = _contents(new), _contents(old)
    paths = sorted(path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path))
    return [(old.relative_to(root) / path).as_posix() for path in paths]


def _contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its relative path."""
    paths = ((path, path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    return {relative.as_posix(): path.read_bytes() for path, relative in paths if _DEBRIS.isdisjoint(relative.parts)}


def _write(path: Path, data: bytes) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _replace(new: Path, old: Path) -> None:
    """Move a folder to where another one is; should that fail, the old one stays."""
    old.parent.mkdir(parents=True, exist_ok=True)
    aside = new.with_name(new.name + ".old")
    if old.exists():
        os.replace(old, aside)  # noqa: PTH105  # Path.replace documents files only
    try:
        os.replace(new, old)  # noqa: PTH105
    except OSError:
        if aside.exists():
            os.replace(aside, old)  # noqa: PTH105
        raise
    shutil.rmtree(aside, ignore_errors=True)
