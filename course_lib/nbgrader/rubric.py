"""What only graders see: in formgrader, below a written answer, the rubric that its author wrote.

The rubric is never in a file that a student could receive. It is put into the page while formgrader shows it, and only
formgrader tells its pages which submission they are.
"""

from __future__ import annotations

from typing import Any

from nbformat import v4
from nbformat.notebooknode import NotebookNode

from course_lib.authoring.problems import SourceError
from course_lib.authoring.source import read_source
from course_lib.catalog import CatalogError
from course_lib.nbgrader.step import CourseStep

HEADING = "**For graders only.** Students never see this cell."


class ShowRubric(CourseStep):
    """Puts the rubric below each written answer, in formgrader's page and nowhere else."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Return the notebook as graders see it."""
        if "submission_id" not in resources or "assignment_id" not in resources:
            return nb, resources
        rubrics = self._rubrics(resources["assignment_id"])
        cells = []
        for cell in nb.cells:
            cells.append(cell)
            rubric = rubrics.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
            if rubric:
                cells.append(v4.new_markdown_cell(_quoted(f"{HEADING}\n\n{rubric}")))
        nb.cells = cells
        return nb, resources

    def _rubrics(self, assignment: str) -> dict[str, str]:
        """Return the rubrics by exercise; none where the chapter cannot be read: answers are shown all the same."""
        try:
            source = read_source(self.course().chapter(assignment))
        except (CatalogError, SourceError):
            return {}
        return {slug: source.rubric(slug) for slug in source.written_slugs}


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
