"""The source of a chapter: its percent script as typed cells, checked against the manifest.

The grader reads it too, for the reference answers and stubs; so this needs the standard library alone, and what was
read is kept as long as the file does not change.
"""

from __future__ import annotations

import functools
import symtable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from course_lib.authoring import markers, percent, rules
from course_lib.authoring.problems import Problem, SourceError

if TYPE_CHECKING:
    from pathlib import Path

    from course_lib.catalog import Chapter


@dataclass(frozen=True)
class Cell:
    """One cell of a chapter.

    Attributes:
        role: ``setup``, ``text``, ``exercise``, ``check``, ``demo``, ``written`` or ``closing``.
        slug: The exercise that it belongs to; empty for setup, text and closing.
        line: Line of its header in the script, counted from 1; the source begins on the next line.
        source: What the author wrote, solution markers included.
        cell_id: Its id in the notebook, which is nbgrader's ``grade_id`` too.
    """

    role: str
    slug: str
    line: int
    source: str
    cell_id: str

    @property
    def cell_type(self) -> str:
        """``markdown`` or ``code``, as notebooks call it."""
        return "markdown" if self.role in ("text", "written") else "code"

    @property
    def holds_answer(self) -> bool:
        """Whether students write in it: its solution regions are stubs in the release."""
        return self.role in ("exercise", "written")

    @property
    def stub(self) -> str:
        """The cell as students receive it."""
        return self._apart.kept

    @property
    def whole(self) -> str:
        """The cell with its answer, without the marker lines."""
        return self._apart.whole

    @property
    def answers(self) -> tuple[str, ...]:
        """What stands between the solution markers: reference code, or the rubric of a written answer."""
        return self._apart.inside

    @functools.cached_property
    def _apart(self) -> markers.Regions:
        """The cell, taken apart at its markers."""
        stub = markers.TEXT_STUB if self.cell_type == "markdown" else markers.CODE_STUB
        return markers.take_apart(self.source, stub)


@dataclass(frozen=True)
class ChapterSource:
    """A chapter's notebook as its author wrote it; every rule of the format holds.

    Attributes:
        name: The chapter.
        path: The percent script.
        cells: In order.
    """

    name: str
    path: Path
    cells: tuple[Cell, ...]
    _answer_cells: dict[str, Cell] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the cells that hold answers by their exercise."""
        object.__setattr__(self, "_answer_cells", {cell.slug: cell for cell in self.cells if cell.holds_answer})

    @property
    def slugs(self) -> tuple[str, ...]:
        """The exercises in order."""
        return tuple(self._answer_cells)

    @property
    def code_slugs(self) -> tuple[str, ...]:
        """The exercises that are answered in code cells, in order."""
        return tuple(slug for slug, cell in self._answer_cells.items() if cell.role == "exercise")

    @property
    def written_slugs(self) -> tuple[str, ...]:
        """The exercises that are answered in prose, in order."""
        return tuple(slug for slug, cell in self._answer_cells.items() if cell.role == "written")

    @property
    def locked_code(self) -> tuple[str, ...]:
        """Code that students receive and do not write: set-up, checks, demos, the closing cell."""
        return tuple(cell.source for cell in self.cells if cell.cell_type == "code" and not cell.holds_answer)

    @property
    def setup(self) -> str:
        """Code of the first code cell: the imports that every answer may use."""
        return next(cell.source for cell in self.cells if cell.role == "setup")

    def cell(self, slug: str) -> Cell:
        """The cell in which the answer to an exercise is written.

        Raises:
            KeyError: The chapter has no such exercise.
        """
        return self._answer_cells[slug]

    def reference(self, slug: str) -> str:
        """The complete cell with the author's answer, without the marker lines."""
        return self.cell(slug).whole

    def stub(self, slug: str) -> str:
        """The complete cell as students receive it."""
        return self.cell(slug).stub

    def rubric(self, slug: str) -> str:
        """What the author wrote for those who mark a written answer; empty for graded code."""
        cell = self.cell(slug)
        return "\n\n".join(cell.answers) if cell.role == "written" else ""

    def defines(self, slug: str) -> tuple[str, ...]:
        """Names that the answer to an exercise gives to the notebook: functions, classes, variables; no imports."""
        if self.cell(slug).role == "written":
            return ()
        table = symtable.symtable(self.reference(slug), slug, "exec")
        return tuple(s.get_name() for s in table.get_symbols() if s.is_assigned() and not s.is_imported())


def read_source(chapter: Chapter) -> ChapterSource:
    """Read and check the percent script of a chapter.

    Raises:
        SourceError: It cannot be read, or it breaks rules; every broken one is named with its line and a remedy.
    """
    try:
        state = chapter.source.stat()
    except OSError as error:
        remedy = f"write it, or remove {chapter.name} from course.toml."
        raise SourceError(chapter.source, [Problem(1, f"it cannot be read ({error.strerror})", remedy)]) from error
    return _read(chapter, state.st_mtime_ns, state.st_size)


@functools.lru_cache(maxsize=64)
def _read(chapter: Chapter, _mtime_ns: int, _size: int) -> ChapterSource:
    """The checked source; time and size of the file belong to the cache's key."""
    try:
        text = chapter.source.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(chapter.source, [Problem(1, f"it is not UTF-8 ({error})", "save it as UTF-8.")]) from error
    raw, problems = percent.split(text)
    problems += rules.broken(raw, chapter)
    if problems:
        raise SourceError(chapter.source, problems)
    return ChapterSource(chapter.name, chapter.source, _named(raw))


def _named(raw: list[percent.RawCell]) -> tuple[Cell, ...]:
    """The cells with their ids: from the slug, or for prose from the position among prose."""
    suffix = {"check": "__check", "demo": "__demo"}
    cells, texts = [], 0
    for role, slug, line, source in raw:
        texts += role == "text"
        cell_id = f"text-{texts:02}" if role == "text" else slug + suffix.get(role, "") if slug else role
        cells.append(Cell(role, slug, line, source, cell_id))
    return tuple(cells)
