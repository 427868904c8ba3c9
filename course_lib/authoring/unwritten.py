"""The words that mark what `course new-exercise` has left for a person to write, and where they still stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from course_lib.catalog import Chapter

UNWRITTEN = "TO BE WRITTEN"


def unwritten(chapter: Chapter) -> tuple[str, ...]:
    """Every line of a chapter's files that is still a template, as ``file:line: what to write``.

    An exercise with such a line is not done, whatever its tests say.
    """
    return tuple(line for path in _texts(chapter) for line in _lines(path))


def _texts(chapter: Chapter) -> Iterator[Path]:
    """What people write for a chapter."""
    for folder in (chapter.source_folder, chapter.hidden):
        for path in sorted(folder.rglob("*.py")):
            if path.is_file():
                yield path


def _lines(path: Path) -> Iterator[str]:
    """The lines of one file that are still templates."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        _, mark, what = line.partition(UNWRITTEN)
        if mark:
            yield f"{path}:{number}: {UNWRITTEN}{what.rstrip(chr(34) + chr(39) + ').')}"
