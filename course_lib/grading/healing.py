"""Healing: honest work in a damaged notebook keeps its points.

Cells are matched to exercises by what they define, else by the ids in their metadata. Everything that does not depend
on the student comes from our own source: the set-up cell, the order of exercises, points and checks.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from course_lib.authoring.source import ChapterSource
from course_lib.grading.code import defined_names, parse, skeleton, without_magics
from course_lib.grading.notebook_file import NotebookCell
from course_lib.grading.written import Prose, read_prose

LOCKED = ("__check", "__demo")
STUB_RAISES = "NotImplementedError"


@dataclass(frozen=True)
class CodeCell:
    """A cell to run: `name` is shown with line numbers, `exercises` are the slugs that it answers.

    `position` is its place in the submitted notebook, counted from 0; -1 for a cell of ours.
    """

    name: str
    source: str
    exercises: frozenset[str] = frozenset()
    position: int = field(default=-1, compare=False)


@dataclass(frozen=True)
class Healed:
    """What healing made of a notebook; `recognised` is False where nothing of the chapter is in it."""

    cells: tuple[CodeCell, ...]
    attempted: frozenset[str]
    notes: tuple[str, ...]
    recognised: bool
    prose: Prose


@lru_cache(maxsize=2)  # whoever grades a notebook also rebuilds it for graders
def heal(cells: tuple[NotebookCell, ...], source: ChapterSource) -> Healed:
    """Match a notebook's cells to the chapter's exercises and choose what to run.

    Args:
        cells: the notebook as read.
        source: the chapter's own source.

    """
    matcher = _matcher(source)
    found = [(place, cell, matcher.exercises_of(cell)) for place, cell in enumerate(cells) if cell.kind == "code"]
    groups: dict[str, list[NotebookCell]] = defaultdict(list)
    for _, cell, slugs in found:
        for slug in slugs:
            groups[slug].append(cell)
    prose = read_prose(cells, source)
    attempted = {slug for slug, group in groups.items() if any(not matcher.is_stub(cell, slug) for cell in group)}
    code = [CodeCell("setup", source.setup), *matcher.to_run(found, attempted)]
    notes = matcher.notes(groups, attempted, cells)
    recognised = bool(groups or prose.answers or matcher.has_marks(cells))
    return Healed(tuple(code), frozenset(attempted | prose.answers.keys()), (*notes, *prose.notes), recognised, prose)


@lru_cache(maxsize=16)
def _matcher(source: ChapterSource) -> _Matcher:
    return _Matcher(source)


class _Matcher:
    """Compares cells with one chapter's source."""

    def __init__(self, source: ChapterSource):
        self.source = source
        self.owner = {name: slug for slug in source.code_slugs for name in source.defines(slug)}
        self.locked = {skeleton(text) for text in source.locked_code}
        self.stubs = {slug: skeleton(source.stub(slug)) for slug in source.code_slugs}

    def exercises_of(self, cell: NotebookCell) -> frozenset[str]:
        """Return the exercises that the cell answers: by what it defines, else by its ids."""
        code = without_magics(cell.source)
        defined = frozenset(self.owner[name] for name in defined_names(code) if name in self.owner)
        if defined or not code.strip() or skeleton(code) in self.locked:
            return defined
        return frozenset(given for given in (cell.grade_id, cell.cell_id) if given in self.stubs)

    def is_stub(self, cell: NotebookCell, slug: str) -> bool:
        """Tell whether the cell is an exercise's untouched stub."""
        unlike = STUB_RAISES not in cell.source and cell.source.isascii()  # in ASCII there is one way to write a name
        return not (unlike and STUB_RAISES in self.stubs[slug]) and self._skeleton(cell) == self.stubs[slug]

    @staticmethod
    def _skeleton(cell: NotebookCell) -> str:
        return skeleton(without_magics(cell.source))

    def has_marks(self, cells: tuple[NotebookCell, ...]) -> bool:
        """Tell whether any cell carries an id of this chapter."""
        slugs = {*self.source.code_slugs, *self.source.written_slugs}
        return any(cell.grade_id in slugs or cell.cell_id in slugs for cell in cells)

    def to_run(self, found: list[tuple[int, NotebookCell, frozenset[str]]], attempted: set[str]) -> list[CodeCell]:
        """Choose the cells to run: answers and what the student added; no stub beside an answer, no cell of ours."""
        result = []
        for number, (place, cell, slugs) in enumerate(found, start=1):
            code = without_magics(cell.source)
            idle = any(slug in attempted and self.is_stub(cell, slug) for slug in slugs)
            if slugs and not idle:
                result.append(CodeCell(min(slugs, key=self.source.code_slugs.index), code, slugs, place))
            elif not slugs and code.strip() and not self._is_ours(cell, code):
                result.append(CodeCell(f"cell {number}", code, position=place))
        return result

    def _is_ours(self, cell: NotebookCell, code: str) -> bool:
        if skeleton(code) in self.locked:
            return True
        marked = (cell.grade_id or "").endswith(LOCKED) or (cell.cell_id or "").endswith(LOCKED)
        return marked and not defined_names(code)

    def notes(
        self, groups: dict[str, list[NotebookCell]], attempted: set[str], cells: tuple[NotebookCell, ...]
    ) -> list[str]:
        """Say what was mended, one sentence each."""
        notes = []
        for slug in self.source.code_slugs:
            group = groups.get(slug, [])
            if not group:
                notes.append(f"No cell defines `{slug}`.")
            elif len(group) > 1 and self._repeats(group, slug):
                notes.append(
                    f"The solution cell of `{slug}` was there {_times(len(group))}; the answered one was graded."
                )
            elif len(group) > 1 and self._overlapping(group):
                notes.append(f"`{slug}` was answered {_times(len(group))}; the last one counts.")
            if slug in attempted and any(parse(without_magics(cell.source)) is None for cell in group):
                notes.append(f"A cell of `{slug}` has a syntax error.")
        if groups and not any(cell.grade_id for cell in cells):
            notes.append("The notebook had lost its grading marks; cells were recognised by what they define.")
        return notes

    def _repeats(self, group: list[NotebookCell], slug: str) -> bool:
        alike = len({skeleton(cell.source) for cell in group}) < len(group)
        return alike or any(self.is_stub(cell, slug) for cell in group)

    def _overlapping(self, group: list[NotebookCell]) -> bool:
        names = [defined_names(cell.source) & self.owner.keys() for cell in group]
        return sum(map(len, names)) > len(frozenset().union(*names))


def _times(count: int) -> str:
    return {2: "twice"}.get(count, f"{count} times")
