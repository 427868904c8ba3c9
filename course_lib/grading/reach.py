"""What the verdict on an exercise may depend on in a submission: the cells that its tests can reach, by names.

An exercise reaches its own cells, what its suite asks for, every cell that defines a name used in a reached cell, and
with another exercise all that this one's verdict may depend on: its suite and its reference too, since a mistake in it
is looked for by both. Names that stand for something which can be changed in place lie between exercises: whoever
reaches such a name depends on all who do, since one may change what the other sees.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from course_lib.authoring.source import ChapterSource, read_source
from course_lib.catalog import Exercise
from course_lib.grading.asked import EVERYTHING, FIGURES, FOLDER, Asked, asked, files_beside
from course_lib.grading.code import KEPT, defined_names, parse, used_names
from course_lib.grading.healing import CodeCell
from course_lib.grading.plain import classes_of, is_plain
from course_lib.grading.plain_cell import is_literal
from course_lib.grading.submission import Submission
from course_lib.grading.vocabulary import FILES

SHARED_MODULES = frozenset({"matplotlib", "course_lib"})
SHOWS = frozenset({"check", "demo", "progress", "start", "choose_device"})  # hold nothing that could be changed
NOTHING = Asked(frozenset(), frozenset())


@dataclass(frozen=True)
class Reach:
    """What some exercises' verdicts may depend on.

    Attributes:
        together: these exercises; more than one where they may change things for each other.
        exercises: they and the ones that they build on.
        cells: positions of the cells.
        shared: what can be changed in place, by name.

    """

    together: frozenset[str]
    exercises: frozenset[str]
    cells: frozenset[int]
    shared: frozenset[str]

    @property
    def is_joined(self) -> bool:
        """Whether exercises may change things for each other."""
        return len(self.together) > 1


def exercise_keys(submission: Submission, around: str) -> dict[str, tuple[str, Reach]]:
    """Return by exercise a key that stands for all that its verdict depends on, and what it reaches.

    Args:
        submission: the healed notebook.
        around: what stands for everything but the notebook (see `ReportCache.key`).

    Returns:
        The exercises that were attempted and have a suite; nothing where a cell is not plain, because then each verdict
        depends on the whole notebook.

    """
    classes = classes_of(cell.source for cell in submission.cells)
    if not all(is_plain(cell.source, classes) for cell in submission.cells[1:]):  # the first one is our set-up
        return {}
    lasting = frozenset().union(*(_lasting(cell.source) for cell in submission.cells))
    reader = _Reader(submission, read_source(submission.chapter), lasting)
    found = {item.slug: reader.reach(item.slug) for item in submission.chapter.exercises if reader.judged(item)}
    joined = {slug: _joined(slug, found) for slug in found}
    return {slug: (_key(submission, around, slug, reach), reach) for slug, reach in joined.items()}


@lru_cache(maxsize=KEPT)
def _lasting(source: str) -> frozenset[str]:
    """Return the names that a cell gives to what can be changed in place."""
    tree, names = parse(source), set[str]()
    for node in tree.body if tree else ():
        if isinstance(node, ast.Assign | ast.AnnAssign) and not is_literal(node.value, fixed=True):
            names |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        elif isinstance(node, ast.ImportFrom | ast.Import):
            names |= _lasting_imports(node) - SHOWS
    return frozenset(names)


def _lasting_imports(node: ast.ImportFrom | ast.Import) -> set[str]:
    module = node.module if isinstance(node, ast.ImportFrom) else None
    return {
        (alias.asname or alias.name).split(".")[0]
        for alias in node.names
        if (module or alias.name).split(".")[0] in SHARED_MODULES
    }


class _Reader:
    """Follows names through one submission."""

    def __init__(self, submission: Submission, source: ChapterSource, lasting: frozenset[str]):
        self._cells = submission.cells
        self._attempted = submission.attempted
        suites = [item for item in submission.chapter.exercises if item.graded_by_suite]
        files = files_beside(suites)
        self._asked = {item.slug: asked(item, files) for item in suites}
        self._source = source
        self._owner = {name: slug for slug in source.code_slugs for name in source.defines(slug)}
        self._lasting = lasting

    def judged(self, exercise: Exercise) -> bool:
        """Tell whether a suite judges the exercise."""
        return exercise.graded_by_suite and exercise.slug in self._attempted

    def reach(self, slug: str) -> Reach:
        """Return what an exercise reaches, without what others change for it."""
        slugs, cells, names = set[str](), set[int](), set[str]()
        waiting_slugs, waiting = {slug}, set[str]()
        while waiting_slugs or waiting:
            for item in waiting_slugs:
                waiting |= self._names_of(item)
            slugs |= waiting_slugs
            names |= waiting
            fresh = {place for place, cell in enumerate(self._cells) if self._is_reached(cell, names, slugs)} - cells
            cells |= fresh
            waiting = set[str]().union(*(used_names(self._cells[place].source) for place in fresh)) - names
            waiting_slugs = {self._owner[name] for name in names | waiting if name in self._owner} - slugs
        return Reach(frozenset({slug}), frozenset(slugs), frozenset(cells), self._shared(slugs, cells, names))

    @staticmethod
    def _is_reached(cell: CodeCell, names: set[str], slugs: set[str]) -> bool:
        return bool(cell.exercises & slugs or defined_names(cell.source) & names)

    def _names_of(self, slug: str) -> frozenset[str]:
        own = frozenset(self._source.defines(slug)) | used_names(self._source.reference(slug))
        return own | self._asked.get(slug, NOTHING).names

    def _shared(self, slugs: set[str], cells: set[int], names: set[str]) -> frozenset[str]:
        suites = [self._asked.get(slug, NOTHING).shared for slug in slugs]
        texts = [self._cells[place].source for place in cells if place] + [
            self._source.reference(slug) for slug in slugs
        ]
        own = frozenset().union(*(_touched(text) for text in texts))
        return (self._lasting & names) | own.union(*suites)


@lru_cache(maxsize=KEPT)
def _touched(source: str) -> frozenset[str]:
    """Return what a cell reaches beside names: figures that Matplotlib keeps, and files."""
    nodes = list(ast.walk(parse(source) or ast.Module([], [])))
    files = any(isinstance(node, ast.Attribute) and node.attr in FILES for node in nodes)
    imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    files |= any(alias.name in FILES for node in imports for alias in node.names)
    figures = any(_lasting_imports(node) for node in imports) or "plt" in used_names(source)
    return frozenset({FOLDER} if files else ()) | frozenset({FIGURES} if figures else ())


def _joined(slug: str, found: Mapping[str, Reach]) -> Reach:
    """Add what others change for an exercise, and what others change for those."""
    group = {slug}
    shared = found[slug].shared
    while fresh := {item for item, reach in found.items() if reach.shared & shared} - group:
        group |= fresh
        shared = shared.union(*(found[item].shared for item in fresh))
    return _union([found[item] for item in group])


def _union(reaches: Iterable[Reach]) -> Reach:
    parts = list(reaches)
    return Reach(
        frozenset().union(*(part.together for part in parts)),
        frozenset().union(*(part.exercises for part in parts)),
        frozenset().union(*(part.cells for part in parts)),
        frozenset().union(*(part.shared for part in parts)),
    )


def _key(submission: Submission, around: str, slug: str, reach: Reach) -> str:
    everything = EVERYTHING in reach.shared
    cells = [cell for place, cell in enumerate(submission.cells) if everything or place in reach.cells]
    parts = [
        *(around, slug, *sorted(reach.exercises), ""),
        *(sorted(submission.attempted) if everything else sorted(submission.attempted & reach.exercises)),
        *(f"\0{cell.name}\0{cell.source}\0{sorted(cell.exercises)}" for cell in cells),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
