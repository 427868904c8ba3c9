"""In place of nbgrader's `Execute`: the judge's verdict on a submission, written where nbgrader looks for it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode

from course_lib.catalog import load_course
from course_lib.grading.grade_file import Request, grade_file
from course_lib.nbgrader.judge_on_demand import JudgeOnDemand
from course_lib.nbgrader.step import CourseStep, refusals
from course_lib.nbgrader.verdict_cells import no_verdict, write_report


class AskJudge(CourseStep):
    """Asks the judge for the report on the notebook as it was handed in, and writes it into the check cells.

    Nothing of the notebook runs here. Each check cell gets one result: as text the points, which nbgrader stores, and
    as HTML the panel that the student reads. The score in the gradebook is the one that `course grade` gives.
    """

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Return the notebook with the verdict in it.

        Raises:
            SubmissionRefused: there is no verdict; the message says why.

        """
        student = resources["nbgrader"]["student"]
        with refusals(resources):
            chapter = self.chapter(resources)
        request = Request(self.submitted_file(resources), assignment=chapter.name, name=student)
        answer = grade_file(judge_of(chapter.root), request)
        if answer.code or answer.report is None:
            raise no_verdict(student, answer)
        write_report(nb, answer.report, chapter)
        return nb, resources


@cache
def judge_of(root: Path) -> JudgeOnDemand:
    """Return this process's judge of a course; it closes itself when the process ends."""
    return JudgeOnDemand(load_course(root))
