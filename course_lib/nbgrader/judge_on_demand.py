"""A judge that starts its processes when a verdict is not kept already."""

from __future__ import annotations

import atexit
from collections.abc import Sequence

from course_lib.catalog import Course
from course_lib.grading.judge import Judge
from course_lib.grading.report import Report
from course_lib.grading.sandbox.tiers import probe
from course_lib.grading.submission import Submission


class JudgeOnDemand(Judge):
    """Grades as `Judge` does. A class whose reports are all kept needs no worker, and then none is started.

    Args:
        course: the course.

    """

    def __init__(self, course: Course):  # the judge behind it is made later
        self.course = course
        self.device = "cpu"
        self._judge: Judge | None = None

    @property
    def tier(self) -> str:
        """The sandbox's tier."""
        return probe().name

    def grade(self, submission: Submission, slugs: Sequence[str] | None = None, *, hints: bool = True) -> Report:
        """Give the full verdict on a submission, starting a judge for the first."""
        if self._judge is None:
            self._judge = Judge(self.course, self.tier)
            atexit.register(self.close)  # after the judge's own, so that it runs before them
        return self._judge.grade(submission, slugs, hints=hints)

    def close(self) -> None:
        """End all workers, if there are any."""
        if self._judge is not None:
            judge, self._judge = self._judge, None
            atexit.unregister(self.close)
            judge.close()
