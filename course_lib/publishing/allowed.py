"""The allow-list: every file of the student repository, made or copied. What is not named here is not published."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from course_lib.authoring.release import RELEASED_FOLDERS
from course_lib.catalog import CatalogError, Chapter, Course
from course_lib.publishing.colab import badge, with_colab
from course_lib.publishing.modules import needed_files

COPIED = ("LICENSE", "constraints.txt", "course.toml", "docs/student.md")
BOOTSTRAP = "tools/bootstrap.py"
TEMPLATES = {
    ".devcontainer/devcontainer.json": "devcontainer.json.j2",
    ".gitattributes": "gitattributes.j2",
    ".github/workflows/checks.yml": "checks.yml.j2",
    ".gitignore": "gitignore.j2",
    "Makefile": "Makefile.j2",
    "README.md": "README.md.j2",
    "pyproject.toml": "pyproject.toml.j2",
}
# What our pyproject.toml asks for and a student's repository has no use for: it grades and releases.
NOT_FOR_STUDENTS = frozenset({"httpx", "jupytext", "nbconvert", "nbformat", "nbgrader", "pytest", "traitlets"})
# What Colab brings in versions of its own, which must stay as they are.
IN_COLAB = frozenset({"ipykernel", "ipython", "jupyterlab", "numpy", "torch", "torchvision"})


def staged(course: Course, repository: str | None) -> dict[str, bytes]:
    """Return the student repository: contents by path.

    Args:
        course: the course; its packages and set-up files are taken from its folder.
        repository: OWNER/NAME on GitHub, for badges and updates; None leaves them out.

    Raises:
        CatalogError: something is missing; the message says what to do.

    """
    root = course.root
    files = {name: _read(root / name) for name in COPIED}
    files[BOOTSTRAP] = _for_students(_read(root / BOOTSTRAP))
    files |= _rendered(course, repository)
    chapters = [chapter for chapter in course.chapters if chapter.release.exists()]
    if not chapters:
        raise CatalogError(f"{root / 'assignments'} holds no notebook: run `course build` first.")
    for chapter in chapters:
        files |= dict(_released(chapter, repository, dependencies(root)))
    checks = [chapter.visible_checks_released for chapter in chapters]
    files |= {path.relative_to(root).as_posix(): _read(path) for path in needed_files(root, checks)}
    return files


def dependencies(root: Path) -> tuple[str, ...]:
    """Return what students install: the base of our pyproject.toml without what only grades and releases."""
    lines = tomllib.loads(_read(root / "pyproject.toml").decode())["project"]["dependencies"]
    return tuple(line for line in lines if name_of(line) not in NOT_FOR_STUDENTS)


def name_of(requirement: str) -> str:
    """Return the package that a requirement asks for."""
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0]


def _released(chapter: Chapter, repository: str | None, needs: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one chapter: notebook, visible checks, data."""
    folder = chapter.release_folder
    data = [path for name in RELEASED_FOLDERS for path in sorted((folder / name).rglob("*")) if path.is_file()]
    for path in (chapter.release, chapter.visible_checks_released, *data):
        content = _read(path)
        if path == chapter.release and repository:
            names = [name_of(line) for line in needs]
            content = with_colab(content, repository, chapter, [name for name in names if name not in IN_COLAB])
        yield path.relative_to(chapter.root).as_posix(), content


def _rendered(course: Course, repository: str | None) -> dict[str, bytes]:
    environment = Environment(  # noqa: S701 - no HTML, and every value comes from the author
        loader=PackageLoader("course_lib.publishing"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    values = {
        "badge": badge,
        "chapters": [chapter for chapter in course.chapters if chapter.release.exists()],
        "dependencies": dependencies(course.root),
        "repository": repository,
        "title": course.title,
    }
    return {name: environment.get_template(file).render(values).encode() for name, file in TEMPLATES.items()}


def _for_students(bootstrap: bytes) -> bytes:
    """The set-up script without the extra that only authors have."""
    if bootstrap.count(b'".[dev]"') != 1:
        raise CatalogError(
            f'{BOOTSTRAP} does not install ".[dev]" in one place: adapt course_lib/publishing/allowed.py.'
        )
    return bootstrap.replace(b'".[dev]"', b'"."')


def _read(path: Path) -> bytes:
    if path.is_symlink():
        raise CatalogError(f"{path} is a link: students would receive what it points to; copy the file there.")
    try:
        return path.read_bytes()
    except OSError as error:
        raise CatalogError(f"{path} cannot be read ({error.strerror}), but students need it.") from error
