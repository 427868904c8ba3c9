"""The prose of a submission: answers to written exercises, and what else a student wrote between the cells.

A written answer is found by the ids of its cell, else by the heading of its question, else in the cell that a student
added right below an untouched question. Nothing that a student wrote is dropped: what is no answer is a remark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from course_lib.authoring.markers import TEXT_STUB
from course_lib.authoring.source import ChapterSource
from course_lib.grading.notebook_file import NotebookCell


@dataclass(frozen=True)
class Prose:
    """What a student wrote in Markdown.

    Attributes:
        answers: by written exercise, the text of its cell, where it is more than the stub.
        remarks: cells that the student added, as position in the notebook and text.
        notes: what was mended, for the report.

    """

    answers: Mapping[str, str]
    remarks: tuple[tuple[int, str], ...]
    notes: tuple[str, ...]


def read_prose(cells: Sequence[NotebookCell], source: ChapterSource) -> Prose:
    """Tell a student's own Markdown from the chapter's.

    Args:
        cells: the notebook as read.
        source: the chapter's own source.

    """
    owners = [_exercise_of(cell, source) for cell in cells]
    ours = {cell.source.strip() for cell in source.cells if cell.role == "text"}
    ids = {cell.cell_id for cell in source.cells}
    added = {
        position: cell.source
        for position, cell in enumerate(cells)
        if cell.kind == "markdown" and owners[position] is None
        if cell.source.strip() not in ours | {""} and cell.grade_id not in ids
    }
    answers: dict[str, list[str]] = {}
    for cell, slug in zip(cells, owners, strict=True):
        if slug and cell.source.strip() != source.stub(slug).strip():
            answers.setdefault(slug, []).append(cell.source)
    below = {slug: position + 1 for position, slug in enumerate(owners) if slug and position + 1 in added}
    moved = {slug: added.pop(position) for slug, position in below.items() if slug not in answers}
    texts = {slug: "\n\n".join(dict.fromkeys(parts)) for slug, parts in answers.items()}
    texts |= {slug: source.stub(slug).replace(TEXT_STUB[0], text) for slug, text in moved.items()}
    notes = [f"The answer to `{slug}` stood in the cell below its question." for slug in moved]
    return Prose(texts, tuple(added.items()), tuple(notes))


def _exercise_of(cell: NotebookCell, source: ChapterSource) -> str | None:
    """Return the written exercise that a cell answers: by its ids, else by the heading of the question."""
    for slug in (cell.grade_id, cell.cell_id):
        if slug in source.written_slugs:
            return slug
    heading = _heading(cell.source)
    if cell.kind != "markdown" or not heading or cell.grade_id:
        return None
    return next((slug for slug in source.written_slugs if _heading(source.stub(slug)) == heading), None)


def _heading(text: str) -> str:
    """Return the first line that says anything; nothing where that is the stub itself."""
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    return "" if first in TEXT_STUB else first
