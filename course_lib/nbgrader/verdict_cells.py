"""The judge's verdict in the cells of a rebuilt notebook, where nbgrader, graders and students read it.

Imports nothing of nbgrader: the processes that grade a class start the sooner.
"""

from __future__ import annotations

from nbformat import from_dict
from nbformat.notebooknode import NotebookNode

from course_lib.catalog import Chapter
from course_lib.grading.grade_file import GRADER_FAILED, Answer
from course_lib.grading.report import ExerciseResult, Report
from course_lib.nbgrader.gradebook import CHECK
from course_lib.nbgrader.panels import notes_panel, verdict_metadata, verdict_panel
from course_lib.nbgrader.refusal import SubmissionRefused, refuse

FAILED_IN = "The grader failed in"  # begins the judge's notes about exercises that it could not judge


def no_verdict(student: str, answer: Answer) -> SubmissionRefused:
    """Return the refusal for an answer without a verdict; a failure of ours is not told as the student's."""
    if answer.code != GRADER_FAILED:
        return refuse(student, answer.problem)
    report = answer.report
    failed = ", ".join(item.exercise for item in report.exercises if item.state == "grader_error") if report else ""
    why = " ".join(f"{note}." for note in report.notes if note.startswith(FAILED_IN)) if report else ""
    told = answer.problem or why or f"{FAILED_IN} {failed}."
    return refuse(
        student, f"{told} This is not the student's mistake. `course verify` tells what is; then grade again."
    )


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
            cell.outputs = [_output("display_data", {"text/html": html, "text/plain": text})]


def _result(result: ExerciseResult, html: str) -> NotebookNode:
    """Return the output of a check cell: nbgrader reads the text as the points, people are shown the HTML."""
    data = {"text/plain": repr(float(result.points or 0.0)), "text/html": html}
    return _output("execute_result", data, execution_count=None)


def _output(kind: str, data: dict[str, str], **more: None) -> NotebookNode:
    """Return an output. `nbformat.v4.new_output` would check each; writing the notebook checks them all."""
    output: NotebookNode = from_dict({"output_type": kind, "data": data, "metadata": {}, **more})
    return output
