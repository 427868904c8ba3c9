"""nbgrader, pointed at the folders of this course.

`course build` takes only the course and the gradebook from here: a release must not depend on anything else.
"""

import importlib.util
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent
COURSE_LIB, NBGRADER = (
    Path(importlib.util.find_spec(name).submodule_search_locations[0]) for name in ("course_lib", "nbgrader")
)

c = get_config()  # noqa: F821  # the loader's own; the one of traitlets knows nothing where no application runs

# --- folders ----------------------------------------------------------------------------------------------------------
# `source` holds answers and is made by `course build`; `solutions/` is no nbgrader folder, because nbgrader releases
# every file that lies beside a source notebook.
c.CourseDirectory.root = str(ROOT)
c.CourseDirectory.course_id = "deep_learning_from_zero"
c.CourseDirectory.source_directory = "build/source"
c.CourseDirectory.release_directory = "assignments"
c.CourseDirectory.submitted_directory = "submitted"
c.CourseDirectory.autograded_directory = "autograded"
c.CourseDirectory.feedback_directory = "feedback"
c.CourseDirectory.solution_directory = "build/solution"
c.CourseDirectory.source_with_tests_directory = "build/source_with_tests"
c.CourseDirectory.ignore = [".ipynb_checkpoints", "__pycache__", "*.pyc", ".DS_Store", "Thumbs.db"]

# --- gradebook --------------------------------------------------------------------------------------------------------
# One file beside the course, or a server for a large class: postgresql://user@host/gradebook
c.CourseDirectory.db_url = os.environ.get("COURSE_GRADEBOOK", f"sqlite:///{(ROOT / 'gradebook.db').as_posix()}")

# --- autograde --------------------------------------------------------------------------------------------------------
# A submission is read as data and put into the cells of its chapter; then the judge is asked in place of running the
# notebook (nbgrader's Execute). What follows is nbgrader's own, late penalties included.
c.CourseStep.course_root = str(ROOT)
c.Autograde.exporter_class = "course_lib.nbgrader.exporter.SubmissionExporter"
c.Autograde.sanitize_preprocessors = [
    "course_lib.nbgrader.heal.Heal",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "course_lib.nbgrader.asking.AskJudge",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
]

# --- pages ------------------------------------------------------------------------------------------------------------
# Formgrader shows graders the rubric; feedback pages have our template and never the rubric.
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "course_lib.nbgrader.feedback.MarkWaiting",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
c.HTMLExporter.preprocessors = ["course_lib.nbgrader.rubric.ShowRubric"]
c.HTMLExporter.extra_template_basedirs = [
    str(COURSE_LIB / "nbgrader" / "templates"),
    str(NBGRADER / "server_extensions" / "formgrader" / "templates"),
]
