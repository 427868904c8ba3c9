"""The manifest ``course.toml`` as typed objects, and the only place that knows where the files of an exercise lie.

Every path is computed from a name, never searched for: an exercise is one slug, spelled the same in the manifest, in
the notebook and in every folder. The same manifest serves the whole course and a student's repository, where
``solutions/`` and ``autograder/`` do not exist; nothing here asks whether a file exists except
:attr:`Chapter.checks_in_use`.

Imported by every notebook, on every system: standard library only.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.manifest import KINDS, CatalogError, name_problem, nearest, read_manifest

__all__ = [
    "KINDS",
    "MANIFEST",
    "ROOT_VARIABLE",
    "CatalogError",
    "Chapter",
    "Course",
    "Exercise",
    "Limits",
    "find_root",
    "load_course",
    "name_problem",
]

MANIFEST = "course.toml"
ROOT_VARIABLE = "COURSE_ROOT"


@dataclass(frozen=True)
class Limits:
    """What a worker may use.

    Attributes:
        call_seconds: Wall-clock time of one call into student code.
        cell_seconds: Wall-clock time of one cell while the notebook is read in.
        total_seconds: Wall-clock time of all calls of one exercise's suite.
        memory_mib: Memory of the worker process, in MiB.
    """

    call_seconds: float = 10.0
    cell_seconds: float = 10.0
    total_seconds: float = 300.0
    memory_mib: int = 2048


@dataclass(frozen=True)
class Exercise:
    """One exercise: one slug, one solution cell, one suite, one number of points.

    Attributes:
        slug: Its name everywhere.
        title: What people read.
        kind: One of `KINDS`; a written answer is graded by a person, the others by a suite.
        points: Marks for a complete answer.
        limits: The course's limits with this exercise's own ones on top.
        chapter: Name of its chapter.
        root: Folder of the course.
    """

    slug: str
    title: str
    kind: str
    points: float
    limits: Limits
    chapter: str
    root: Path

    @property
    def ref(self) -> str:
        """The name that `Course.locate` understands: ``chapter/slug``."""
        return f"{self.chapter}/{self.slug}"

    @property
    def graded_by_suite(self) -> bool:
        """Whether a hidden suite decides its points; a written answer waits for a person."""
        return self.kind != "written"

    @property
    def hidden(self) -> Path:
        """Folder with everything secret about the chapter."""
        return self.root / "autograder" / self.chapter

    @property
    def suite(self) -> Path:
        """Hidden suite of this exercise."""
        return self.hidden / f"test_{self.slug}.py"

    @property
    def right_answers(self) -> Path:
        """Folder of correct answers that differ from the reference in kind."""
        return self.hidden / "right_answers" / self.slug

    @property
    def wrong_answers(self) -> Path:
        """Folder of named misconceptions."""
        return self.hidden / "wrong_answers" / self.slug


@dataclass(frozen=True)
class Chapter:
    """One chapter: one notebook with its exercises in order.

    Attributes:
        name: Its name everywhere; the folder of its files.
        title: What people read.
        book: The part of the book that it follows.
        minutes: Time that a student should plan for it.
        exercises: In the order of the notebook.
        root: Folder of the course.
    """

    name: str
    title: str
    book: str
    minutes: int
    exercises: tuple[Exercise, ...]
    root: Path

    @property
    def slugs(self) -> tuple[str, ...]:
        """The slugs of its exercises, in order."""
        return tuple(exercise.slug for exercise in self.exercises)

    @property
    def points(self) -> float:
        """Marks for a complete notebook."""
        return math.fsum(exercise.points for exercise in self.exercises)

    @property
    def source_folder(self) -> Path:
        """Folder of what the author writes and students see, answers included."""
        return self.root / "solutions" / self.name

    @property
    def source(self) -> Path:
        """The percent script that holds statement, stub and reference answer."""
        return self.source_folder / f"{self.name}.py"

    @property
    def visible_checks(self) -> Path:
        """Visible checks as the author writes them."""
        return self.source_folder / "checks.py"

    @property
    def built(self) -> Path:
        """Nbgrader's source notebook, made from `source`; it holds the answers."""
        return self.root / "build" / "source" / self.name / f"{self.name}.ipynb"

    @property
    def release_folder(self) -> Path:
        """Folder that students receive."""
        return self.root / "assignments" / self.name

    @property
    def release(self) -> Path:
        """The notebook that students receive."""
        return self.release_folder / f"{self.name}.ipynb"

    @property
    def visible_checks_released(self) -> Path:
        """Visible checks as students receive them."""
        return self.release_folder / "checks.py"

    @property
    def checks_in_use(self) -> Path:
        """The visible checks to run here: the author's, or in a student's repository the released ones."""
        return self.visible_checks if self.visible_checks.exists() else self.visible_checks_released

    @property
    def hidden(self) -> Path:
        """Folder with everything secret about the chapter: suites, oracles, probes, banks, floors."""
        return self.root / "autograder" / self.name

    @property
    def oracles(self) -> Path:
        """Independent, slow, obvious expected values."""
        return self.hidden / "oracles.py"

    @property
    def probes(self) -> Path:
        """Code that runs beside the student's; it holds no expectations."""
        return self.hidden / "probes.py"

    @property
    def measures(self) -> Path:
        """What the floors measure."""
        return self.hidden / "measures.py"

    @property
    def calibration(self) -> Path:
        """Measured distributions behind the floors."""
        return self.hidden / "calibration.json"

    def exercise(self, slug: str) -> Exercise:
        """The exercise of that slug.

        Raises:
            CatalogError: No exercise has it; the message names the nearest one.
        """
        for exercise in self.exercises:
            if exercise.slug == slug:
                return exercise
        raise CatalogError(
            f"{self.name} has no exercise {slug!r}{nearest(slug, self.slugs)} "
            f"Its exercises: {', '.join(self.slugs) or 'none yet'}."
        )


@dataclass(frozen=True)
class Course:
    """The whole course.

    Attributes:
        title: What people read.
        chapters: In reading order.
        defaults: Limits of exercises that set none of their own.
        root: Folder that holds ``course.toml``.
    """

    title: str
    chapters: tuple[Chapter, ...]
    defaults: Limits
    root: Path

    @property
    def manifest(self) -> Path:
        """The file that all of this was read from."""
        return self.root / MANIFEST

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises of all chapters, in order."""
        return tuple(exercise for chapter in self.chapters for exercise in chapter.exercises)

    def chapter(self, name: str) -> Chapter:
        """The chapter of that name, or the only one whose name begins with it (``"ch04"``).

        Raises:
            CatalogError: No chapter fits, or more than one does; the message names the candidates.
        """
        names = [chapter.name for chapter in self.chapters]
        matches = [chapter for chapter in self.chapters if name and chapter.name.startswith(name)]
        exact = [chapter for chapter in matches if chapter.name == name]
        if len(exact or matches) == 1:
            return (exact or matches)[0]
        if matches:
            found = ", ".join(chapter.name for chapter in matches)
            raise CatalogError(f"{name!r} fits {found}: write more of the name.")
        known = ", ".join(names) or "none yet"
        raise CatalogError(f"{self.manifest} has no chapter {name!r}{nearest(name, names)} Its chapters: {known}.")

    def locate(self, ref: str) -> Exercise:
        """The exercise named ``chapter/slug``; of the chapter, a unique beginning is enough (``"ch04/backward"``).

        Raises:
            CatalogError: The reference has another form or names nothing; the message names the nearest.
        """
        chapter, slash, slug = ref.partition("/")
        if not (chapter and slash and slug):
            raise CatalogError(f"{ref!r} names no exercise: write chapter/exercise, for example ch04/backward.")
        return self.chapter(chapter).exercise(slug)


def find_root(start: Path | None = None) -> Path:
    """The folder of the course.

    In this order: the environment variable ``COURSE_ROOT``; the nearest folder with a ``course.toml``, from `start`
    (by default the current folder) upwards; the folder that holds the installed package.

    Raises:
        CatalogError: None of them holds a ``course.toml``.
    """
    named = os.environ.get(ROOT_VARIABLE)
    if named:
        root = Path(named).expanduser().resolve()
        if not (root / MANIFEST).is_file():
            raise CatalogError(f"{ROOT_VARIABLE} is {named!r}, but no {MANIFEST} is in it: correct it or unset it.")
        return root
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[1]):
        if (folder / MANIFEST).is_file():
            return folder
    raise CatalogError(
        f"no {MANIFEST} in {here} or above it: change into the folder of the course, or set {ROOT_VARIABLE} to it."
    )


def load_course(root: Path | str | None = None) -> Course:
    """Read and check the manifest of the course in `root` (by default the one that `find_root` finds).

    Raises:
        CatalogError: It cannot be read, or it breaks a rule; every broken rule is named, with what to do about it.
    """
    folder = find_root() if root is None else Path(root).resolve()
    path = folder / MANIFEST
    try:
        state = path.stat()
    except OSError as error:
        raise CatalogError(f"{path} cannot be read ({error.strerror}): this is not the folder of a course.") from error
    return _load(folder, state.st_mtime_ns, state.st_size)


@functools.lru_cache(maxsize=8)
def _load(root: Path, _mtime_ns: int, _size: int) -> Course:
    """The course in `root`; time and size of the manifest belong to the cache's key."""
    data = read_manifest(root / MANIFEST)
    defaults = _limits(Limits(), data.get("defaults", {}))
    chapters = tuple(_chapter(table, defaults, root) for table in data["chapter"])
    return Course(title=data["title"], chapters=chapters, defaults=defaults, root=root)


def _chapter(table: dict[str, Any], defaults: Limits, root: Path) -> Chapter:
    """The chapter that a checked table describes."""
    return Chapter(
        name=table["name"],
        title=table["title"],
        book=table["book"],
        minutes=table["minutes"],
        exercises=tuple(
            Exercise(
                slug=row["slug"],
                title=row["title"],
                kind=row["kind"],
                points=float(row["points"]),
                limits=_limits(defaults, row),
                chapter=table["name"],
                root=root,
            )
            for row in table.get("exercise", [])
        ),
        root=root,
    )


def _limits(defaults: Limits, table: dict[str, Any]) -> Limits:
    """The limits with those of a table on top."""
    seconds = {  # 3 in the manifest is 3.0 seconds
        key: float(table[key]) for key in ("call_seconds", "cell_seconds", "total_seconds") if key in table
    }
    memory_mib = table.get("memory_mib", defaults.memory_mib)
    return dataclasses.replace(defaults, memory_mib=memory_mib, **seconds)
