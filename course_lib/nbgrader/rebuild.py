"""A submission in the cells of its chapter: our structure, the student's work.

What comes out has every cell of the release, once, in order and with the right ids, whatever happened to the submitted
file. Nothing of the file survives but text, and that is inert.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from course_lib.authoring.markers import TEXT_STUB
from course_lib.authoring.source import Cell, ChapterSource
from course_lib.grading.healing import heal
from course_lib.grading.notebook_file import NotebookCell
from course_lib.nbgrader.inert import inert_code, inert_markdown

MAX_ADDED = 100  # cells of the student's own that a person is shown


@dataclass(frozen=True)
class Rebuilt:
    """One cell to show: its kind and text, and the chapter's cell that it stands in; None where a student added it."""

    kind: str
    source: str
    cell: Cell | None = None


@dataclass(frozen=True)
class _Piece:
    """Something that the student wrote, and the exercises that it answers."""

    position: int
    kind: str
    source: str
    exercises: frozenset[str] = frozenset()


def rebuild(cells: Sequence[NotebookCell], source: ChapterSource) -> tuple[Rebuilt, ...]:
    """Put a student's answers into the chapter's cells, and what else the student wrote between them.

    Args:
        cells: the submission as read.
        source: the chapter's own source.

    """
    healed = heal(tuple(cells), source)
    code = (_Piece(cell.position, "code", inert_code(cell.source), cell.exercises) for cell in healed.cells)
    remarks = (_Piece(place, "markdown", inert_markdown(text)) for place, text in healed.prose.remarks)
    pieces = sorted((piece for piece in (*code, *remarks) if piece.position >= 0), key=lambda piece: piece.position)
    placed = _place(pieces, source, healed.attempted)
    answers = {slug: piece.source for slug, piece in placed.answers.items()}
    answers |= {slug: _answer(text, source.stub(slug)) for slug, text in healed.prose.answers.items()}
    return tuple(_in_order(source, answers, placed))


def _answer(text: str, stub: str) -> str:
    """Make a written answer inert; the question above it is ours and stays as it is."""
    question = stub.partition(TEXT_STUB[0])[0]
    return question + inert_markdown(text[len(question) :]) if text.startswith(question) else inert_markdown(text)


@dataclass(frozen=True)
class _Placed:
    """Where the pieces go: into an exercise's cell, before it, or to the end."""

    answers: dict[str, _Piece]
    before: dict[str, list[_Piece]]
    rest: list[_Piece]


def _place(pieces: Sequence[_Piece], source: ChapterSource, attempted: frozenset[str]) -> _Placed:
    placed = _Placed({}, {slug: [] for slug in source.slugs}, [])
    for piece in pieces:
        slugs = sorted(piece.exercises & attempted, key=source.code_slugs.index)
        if slugs:
            _put(piece, slugs, placed)
        elif not piece.exercises:  # an untouched stub stands in our own words
            placed.rest.append(piece)
    return placed


def _put(piece: _Piece, slugs: Sequence[str], placed: _Placed) -> None:
    """Put a piece into the first of its exercises, after what came before it; the last answer has the cell."""
    first, *others = slugs
    earlier = placed.answers.get(first)
    if earlier is not None and earlier.position >= 0:
        placed.before[first].append(earlier)
    placed.before[first] += placed.rest
    placed.rest.clear()
    placed.answers[first] = piece
    for slug in others:
        placed.answers.setdefault(slug, _Piece(-1, "code", f"# Answered in the cell of `{first}`."))


def _in_order(source: ChapterSource, answers: dict[str, str], placed: _Placed) -> Iterator[Rebuilt]:
    room = MAX_ADDED
    for cell in source.cells:
        added = placed.before[cell.slug] if cell.holds_answer else placed.rest if cell is source.cells[-1] else []
        yield from (Rebuilt(piece.kind, piece.source) for piece in added[:room])
        room -= len(added[:room])
        text = answers.get(cell.slug, cell.stub) if cell.holds_answer else cell.source
        yield Rebuilt(cell.cell_type, text, cell)
