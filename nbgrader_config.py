"""nbgrader, pointed at the folders of this course.

`course build` takes only the course and the gradebook from here: a release must not depend on anything else.
"""

import os
from pathlib import Path

from traitlets.config import get_config

ROOT = Path(__file__).resolve().parent

c = get_config()

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
