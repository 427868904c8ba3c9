"""The first step of sanitising: a submission in the cells of its chapter, so that nothing after it can fail."""

from __future__ import annotations

from pathlib import Path

from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook

from course_lib.authoring.source import read_source
from course_lib.catalog import Chapter
from course_lib.grading.notebook_file import read_notebook
from course_lib.nbgrader.rebuilt import rebuilt_notebook
from course_lib.nbgrader.refusal import refuse
from course_lib.nbgrader.step import CourseStep, refusals


class Heal(CourseStep):
    """Rebuilds a submission from the chapter's own cells and the student's work in them.

    Duplicated, deleted, reordered and edited cells, stripped metadata, changed points and old formats are gone after
    it; cells that the student added stay, without a grade.
    """

    def preprocess(self, _nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Return the rebuilt notebook.

        Raises:
            SubmissionRefused: the file is unusable, the assignment is not of this course, or the gradebook holds
                another version of it.

        """
        about = resources["nbgrader"]
        drop_links(self.folder("submitted_directory", resources), self.folder("autograded_directory", resources))
        with refusals(resources):
            chapter = self.chapter(resources)
            cells = read_notebook(self.submitted_file(resources))
        if sentence := outdated(chapter, about["notebook"], about["db_url"]):
            raise refuse(about["student"], sentence)
        return rebuilt_notebook(cells, chapter), resources


def drop_links(submitted: Path, autograded: Path) -> None:
    """Remove what nbgrader copied through links that a student handed in: their targets may be anybody's files.

    nbgrader sends the other files of a submission back with the feedback.

    Args:
        submitted: the student's files.
        autograded: where nbgrader has copied them to.

    """
    for path in submitted.rglob("*"):
        copied = autograded / path.relative_to(submitted)
        if path.is_symlink() and copied.is_file():
            copied.unlink()


def outdated(chapter: Chapter, notebook: str, db_url: str) -> str:
    """Say what to do where the gradebook has other cells or points than the chapter; nothing where they agree.

    Args:
        chapter: the assignment.
        notebook: nbgrader's name of the notebook.
        db_url: the gradebook.

    """
    source = read_source(chapter)
    points = {exercise.slug: exercise.points for exercise in chapter.exercises}
    graded = {cell.cell_id: points[cell.slug] for cell in source.cells if cell.role in ("check", "written")}
    with Gradebook(db_url) as gradebook:
        known = gradebook.find_notebook(notebook, chapter.name)
        stored = {cell.name: float(cell.max_score) for cell in known.grade_cells}
        names = {cell.name for cell in known.source_cells}
    if stored == graded and names == {cell.cell_id for cell in source.cells}:
        return ""
    changed = sorted(name for name in stored.keys() | graded.keys() if stored.get(name) != graded.get(name))
    what = f"{', '.join(changed)} differ" if changed else "its cells differ"
    return f"the gradebook holds another version of {chapter.name} ({what}). Run: course build {chapter.name}."
