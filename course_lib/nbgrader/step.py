"""What our steps of `nbgrader autograde` have in common: which course, which student, which file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import ResourcesDict
from nbconvert.preprocessors import Preprocessor
from traitlets import Bool, Unicode

from course_lib.catalog import CatalogError, Chapter, Course, find_root, load_course
from course_lib.grading.notebook_file import SubmissionError
from course_lib.nbgrader.refusal import refuse


class CourseStep(Preprocessor):
    """A preprocessor that knows the course."""

    enabled = Bool(default_value=True, help="Whether to use this step.").tag(config=True)

    course_root = Unicode("", help="Folder of the course; found from the current folder where it is empty.").tag(
        config=True
    )

    def course(self) -> Course:
        """Return the course."""
        return load_course(self.course_root or find_root())

    def chapter(self, resources: ResourcesDict) -> Chapter:
        """Return the assignment's chapter."""
        return self.course().chapter(resources["nbgrader"]["assignment"])

    def submitted_file(self, resources: ResourcesDict) -> Path:
        """Return the notebook as the student handed it in."""
        return self.folder("submitted_directory", resources) / f"{resources['nbgrader']['notebook']}.ipynb"

    def folder(self, which: str, resources: ResourcesDict) -> Path:
        """Return the folder of this student and assignment for one of nbgrader's steps.

        Args:
            which: name of nbgrader's option that holds the step's folder.
            resources: what nbgrader tells its preprocessors.

        """
        converter: Any = self.parent.parent if self.parent else None  # whose exporter this step belongs to
        coursedir, about = converter.coursedir, resources["nbgrader"]
        return Path(coursedir.format_path(getattr(coursedir, which), about["student"], about["assignment"]))


@contextmanager
def refusals(resources: ResourcesDict) -> Iterator[None]:
    """Turn what is wrong with a file or the manifest into a refusal that names the student.

    Raises:
        SubmissionRefused: for what is wrong.

    """
    try:
        yield
    except (SubmissionError, CatalogError) as error:
        raise refuse(resources["nbgrader"]["student"], str(error)) from None
