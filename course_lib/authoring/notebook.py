"""A chapter's source as nbgrader's source notebook: the same bytes on every machine.

Cell ids come from the slugs, there are no outputs, keys are sorted, lines end in one newline character, and nothing
tells which Python or which system wrote it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course_lib.authoring.problems import Problem, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.authoring.source import Cell, ChapterSource
    from course_lib.catalog import Chapter

_SCHEMA_VERSION = 3  # of nbgrader's metadata
_METADATA: dict[str, Any] = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    # Without the version of Python, which differs between machines.
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}


def source_notebook(source: ChapterSource, chapter: Chapter) -> str:
    """The notebook with answers and nbgrader's metadata, from which nbgrader makes the release; as JSON.

    Raises:
        SourceError: jupytext, and so an author's editor, would see other cells in the script.
    """
    # Loading these costs a second; only commands of authors need them.
    import nbformat  # noqa: PLC0415
    from nbformat import v4  # noqa: PLC0415

    _agree_with_jupytext(source)
    points = {exercise.slug: exercise.points for exercise in chapter.exercises}
    cells = []
    for cell in source.cells:
        new: Callable[..., Any] = v4.new_markdown_cell if cell.cell_type == "markdown" else v4.new_code_cell
        metadata = {"nbgrader": nbgrader_metadata(cell, points)}
        cells.append(new(cell.source, id=cell.cell_id, metadata=metadata))
    notebook = v4.new_notebook(cells=cells, metadata=_METADATA)
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


def nbgrader_metadata(cell: Cell, points: dict[str, float]) -> dict[str, Any]:
    """What nbgrader must know about a cell; `points` holds those of every exercise by slug."""
    graded = cell.role in ("check", "written")
    metadata: dict[str, Any] = {
        "grade": graded,
        "grade_id": cell.cell_id,
        "locked": not cell.holds_answer,
        "schema_version": _SCHEMA_VERSION,
        "solution": cell.holds_answer,
        "task": False,
    }
    if graded:
        worth = points[cell.slug]
        metadata["points"] = int(worth) if worth.is_integer() else worth
    return metadata


def _agree_with_jupytext(source: ChapterSource) -> None:
    """Prove that jupytext sees the very cells that we release."""
    import jupytext  # noqa: PLC0415  # slow to load: it brings a web server

    lines = source.path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    theirs = jupytext.reads("".join(lines[source.cells[0].line - 1 :]), fmt="py:percent").cells
    for ours, cell in zip(source.cells, theirs, strict=False):
        if (ours.cell_type, ours.source) != (cell.cell_type, cell.source.strip("\n").rstrip()):
            wrong = f"jupytext, and so an editor, reads the {ours.role} cell differently, as {_sketch(cell.source)}"
            remedy = "look for a `# %%` in a string or a fence, or a comment that reads like a magic."
            raise SourceError(source.path, [Problem(ours.line, wrong, remedy)])
    if len(theirs) != len(source.cells):
        wrong = f"jupytext, and so an editor, sees {len(theirs)} cells where we see {len(source.cells)}"
        raise SourceError(source.path, [Problem(source.cells[-1].line, wrong, "look for a `# %%` in a string.")])


def _sketch(text: str) -> str:
    """The end of a cell, for a message."""
    lines = text.strip().splitlines()
    return repr(f"… {lines[-1]}" if lines else "an empty cell")
