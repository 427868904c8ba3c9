"""What the feedback page must know beside nbgrader's scores: which answers still wait for a person."""

from __future__ import annotations

from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor


class MarkWaiting(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Notes on each graded cell whether a person still has to mark it."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Return the notebook with `waiting` in the cells' metadata, under `course`."""
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            found = gradebook.find_submission_notebook(about["notebook"], about["assignment"], about["student"])
            waiting = {str(grade.name) for grade in found.grades if grade.needs_manual_grade}
        for cell in nb.cells:
            mark = cell.metadata.get("nbgrader", {})
            if mark.get("grade"):
                known = dict(cell.metadata.get("course", {}))
                cell.metadata["course"] = known | {"waiting": mark["grade_id"] in waiting}
        return nb, resources
