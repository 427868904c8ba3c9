"""What only graders see: in formgrader, below a written answer, the rubric that its author wrote.

The rubric is never in a file that a student could receive. It is put into the page while formgrader shows it, and only
formgrader tells its pages which submission they are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import v4
from nbformat.notebooknode import NotebookNode

from course_lib.authoring.problems import SourceError
from course_lib.authoring.source import read_source
from course_lib.catalog import CatalogError, find_root, load_course

HEADING = "**For graders only.** Students never see this cell."


class ShowRubric(Preprocessor):
    """Puts the rubric below each written answer, in formgrader's page and nowhere else."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Return the notebook as graders see it."""
        if "submission_id" not in resources or "assignment_id" not in resources:
            return nb, resources
        rubrics = _rubrics(resources["assignment_id"])
        cells = []
        for cell in nb.cells:
            cells.append(cell)
            rubric = rubrics.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
            if rubric:
                cells.append(v4.new_markdown_cell(_quoted(f"{HEADING}\n\n{rubric}")))
        nb.cells = cells
        return nb, resources


def _rubrics(assignment: str) -> dict[str, str]:
    """Return the rubrics by exercise; none where the chapter cannot be read, since answers are shown all the same."""
    try:
        source = read_source(load_course(find_root(Path.cwd())).chapter(assignment))
    except (CatalogError, SourceError):
        return {}
    return {slug: source.rubric(slug) for slug in source.written_slugs}


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
