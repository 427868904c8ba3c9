"""In place of nbgrader's `Execute`: the judge's verdict on a submission, written where nbgrader looks for it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import v4
from nbformat.notebooknode import NotebookNode

from course_lib.catalog import Chapter, load_course
from course_lib.grading.grade_file import GRADER_FAILED, Answer, Request, grade_file
from course_lib.grading.report import ExerciseResult, Report
from course_lib.nbgrader.gradebook import CHECK
from course_lib.nbgrader.judge_on_demand import JudgeOnDemand
from course_lib.nbgrader.panels import notes_panel, verdict_metadata, verdict_panel
from course_lib.nbgrader.refusal import SubmissionRefused, refuse
from course_lib.nbgrader.step import CourseStep, refusals

FAILED_IN = "The grader failed in"  # begins the judge's notes about exercises that it could not judge


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


def no_verdict(student: str, answer: Answer) -> SubmissionRefused:
    """Return the refusal for an answer without a verdict; a failure of ours is not told as the student's."""
    if answer.code != GRADER_FAILED:
        return refuse(student, answer.problem)
    report = answer.report
    failed = ", ".join(item.exercise for item in report.exercises if item.state == "grader_error") if report else ""
    why = " ".join(f"{note}." for note in report.notes if note.startswith(FAILED_IN)) if report else ""
    told = answer.problem or why or f"{FAILED_IN} {failed}."
    return refuse(student, f"{told} This is not the student's mistake. Mend it, then autograde again.")


def write_report(nb: NotebookNode, report: Report, chapter: Chapter) -> None:
    """Write a report into the cells of the rebuilt notebook.

    Args:
        nb: the notebook; its check cells get a result, its set-up cell gets the notes.
        report: what the judge says.
        chapter: its titles.

    """
    nb.metadata["course"] = {"title": chapter.title}
    for cell in nb.cells:
        mark = cell.metadata.get("nbgrader", {})
        grade_id = mark.get("grade_id", "")
        slug = grade_id.removesuffix(CHECK)
        if slug in chapter.slugs and (mark["grade"] or mark["solution"]):
            result, exercise = report.exercise(slug), chapter.exercise(slug)
            cell.metadata["course"] = verdict_metadata(result, exercise)
            if cell.cell_type == "code" and mark["grade"]:
                cell.outputs = [_result(result, verdict_panel(result, exercise))]
        elif grade_id == "setup" and report.notes:
            html, text = notes_panel(report.notes)
            cell.outputs = [v4.new_output("display_data", {"text/html": html, "text/plain": text})]


def _result(result: ExerciseResult, html: str) -> NotebookNode:
    """Return the output of a check cell: nbgrader reads the text as the points, people are shown the HTML."""
    data = {"text/plain": repr(float(result.points or 0.0)), "text/html": html}
    output: NotebookNode = v4.new_output("execute_result", data)
    return output
