"""A rebuilt submission as a notebook, with nbgrader's metadata in it. Imports nothing of nbgrader."""

from __future__ import annotations

from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode

from course_lib.authoring.notebook import nbgrader_metadata
from course_lib.authoring.source import read_source
from course_lib.catalog import Chapter
from course_lib.grading.notebook_file import NotebookCell
from course_lib.nbgrader.rebuild import Rebuilt, rebuild


def rebuilt_notebook(cells: tuple[NotebookCell, ...], chapter: Chapter) -> NotebookNode:
    """Put a submission into the chapter's notebook, with nbgrader's metadata.

    Args:
        cells: the submission as read.
        chapter: what it answers.

    """
    points = {exercise.slug: exercise.points for exercise in chapter.exercises}
    rebuilt = rebuild(cells, read_source(chapter))
    nodes = [_node(number, cell, points) for number, cell in enumerate(rebuilt, start=1)]
    # `nbformat.v4.new_code_cell` would check every cell against the format; nbgrader checks the whole when writing.
    notebook: NotebookNode = nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": nodes})
    return notebook


def _node(number: int, rebuilt: Rebuilt, points: dict[str, float]) -> dict[str, Any]:
    code: dict[str, Any] = {"outputs": [], "execution_count": None} if rebuilt.kind == "code" else {}
    metadata = {} if rebuilt.cell is None else {"nbgrader": nbgrader_metadata(rebuilt.cell, points)}
    cell_id = f"added-{number}" if rebuilt.cell is None else rebuilt.cell.cell_id
    return {"cell_type": rebuilt.kind, "id": cell_id, "source": rebuilt.source, "metadata": metadata, **code}
