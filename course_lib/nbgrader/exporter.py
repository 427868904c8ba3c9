"""How nbgrader opens a submission: not at all.

nbgrader would load the file as a notebook before any of its steps runs: a file that is no JSON, or has another format,
ends in a traceback of a library, a pipe hangs, and a link shows somebody else's file. So a submission enters the steps
as an empty notebook, and the first of them, `heal.Heal`, reads it with our reader.
"""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import v4

from course_lib.nbgrader.refusal import tell_refusals_in_a_sentence


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]  # traitlets' metaclass hides its type
    """What `nbgrader autograde` opens notebooks with: submitted ones stay closed, its own are read as before."""

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Send a notebook through the preprocessors.

        Args:
            filename: the notebook; while nbgrader sanitises, a submitted one, which is not opened.
            resources: what nbgrader tells its preprocessors.
            kw: passed on.

        """
        tell_refusals_in_a_sentence(self.log)
        if getattr(self.parent, "_sanitizing", False):
            return self.from_notebook_node(v4.new_notebook(), resources=resources, **kw)
        return super().from_filename(filename, resources, **kw)
