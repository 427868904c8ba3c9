"""How nbgrader opens a submission: not at all.

nbgrader would load the file as a notebook before any of its steps runs: a file that is no JSON, or has another format,
ends in a traceback of a library, a pipe hangs, and a link shows somebody else's file. So a submission enters the steps
as an empty notebook, and the first of them, `heal.Heal`, reads it with our reader.
"""

from __future__ import annotations

from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter

from course_lib.nbgrader.refusal import tell_refusals_in_a_sentence


class SubmissionExporter(NotebookExporter):
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
            empty = nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []})
            converted: tuple[Any, Any] = self.from_notebook_node(empty, resources, **kw)  # type: ignore[no-untyped-call]
            return converted
        return super().from_filename(filename, resources, **kw)
