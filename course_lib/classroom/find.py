"""Who handed in: the submissions of a class as they lie in nbgrader's folders."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from course_lib.catalog import Chapter


@dataclass(frozen=True)
class Handed:
    """One submission.

    Attributes:
        student: the name of the folder.
        path: the notebook, whether it is there or not.

    """

    student: str
    path: Path


def find_submissions(submitted: Path, chapter: Chapter, students: Collection[str] = ()) -> tuple[Handed, ...]:
    """Return the submissions of a chapter, in the order of their names.

    Args:
        submitted: nbgrader's folder of submissions: `STUDENT/CHAPTER/CHAPTER.ipynb`.
        chapter: the chapter.
        students: only these; empty takes all.

    """
    return tuple(sorted(_find(submitted, chapter, students), key=lambda handed: handed.student))


def _find(submitted: Path, chapter: Chapter, students: Collection[str]) -> Iterator[Handed]:
    for folder in submitted.iterdir() if submitted.is_dir() else ():
        if (folder / chapter.name).is_dir() and (not students or folder.name in students):
            yield Handed(folder.name, folder / chapter.name / f"{chapter.name}.ipynb")
