"""The work on one submission, in a process that holds a judge: grade it, write what graders see."""

from __future__ import annotations

import json
import shutil
import stat
import tempfile
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from course_lib.catalog import Chapter, load_course
from course_lib.classroom.ledger import Entry
from course_lib.classroom.unchanged import stamp
from course_lib.grading.grade_file import GRADER_FAILED, VERDICT, Request, grade_file
from course_lib.grading.judge import Judge
from course_lib.grading.notebook_file import read_notebook
from course_lib.grading.report import Report
from course_lib.nbgrader.judge_on_demand import JudgeOnDemand
from course_lib.nbgrader.rebuilt import rebuilt_notebook
from course_lib.nbgrader.verdict_cells import no_verdict, write_report

MAX_FILE = 50 * 2**20  # bytes of a file beside the notebook that is handed on
SCRATCH = Path(".course", "part")
_judges: dict[Path, JudgeOnDemand] = {}
_at_work = threading.Lock()  # a judge grades one submission at a time, also where a cluster's worker has threads


@dataclass(frozen=True)
class Task:
    """One submission to grade.

    Attributes:
        root: the course's folder, the same wherever the work is done.
        chapter: the assignment's name.
        student: whose it is.
        path: the notebook.
        autograded: the folder in which graders look for it.
        known: the key of the verdict that the gradebook has, or nothing.
        around: what the verdict depends on besides file and student (see `unchanged.surroundings`).
        force: whether kept verdicts are left aside.

    """

    root: Path
    chapter: str
    student: str
    path: Path
    autograded: Path
    known: str = ""
    around: str = ""
    force: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of it.

    Attributes:
        entry: for the ledger and the gradebook; without a report where the submission is unusable.
        ours: whether the grader failed, so that nothing may be noted about the student.
        unchanged: whether the gradebook has this verdict already.

    """

    entry: Entry
    ours: bool = False
    unchanged: bool = False


def judge_of(root: Path) -> JudgeOnDemand:
    """Return this process's judge of a course; a cluster's worker lives longer than a manifest, which is read again."""
    course, judge = load_course(root), _judges.get(root)
    if judge is None or judge.course != course:
        if judge is not None:
            judge.close()
        judge = _judges[root] = JudgeOnDemand(course)
    return judge


def place_of(judge: Judge) -> str:
    """Return where a judge runs student code: the sandbox's tier and the device."""
    return f"{judge.tier} {judge.device}"


def grade_one(task: Task) -> Outcome:
    """Grade a submission and write its notebook for graders, with the panels in it. Never raises for its content."""
    with _at_work:
        judge = judge_of(task.root)
        before = stamp(task.around, place_of(judge), task.student, task.path)
        request = Request(task.path, task.chapter, task.student, cache=not task.force)
        answer = grade_file(judge, request)
        if answer.code != VERDICT or answer.report is None:
            problem = str(no_verdict(task.student, answer)).removeprefix(f"{task.student}: ")
            return Outcome(Entry(task.student, "", None, problem), ours=answer.code == GRADER_FAILED)
        entry = Entry(task.student, answer.key, answer.report, stamp=before)
        if answer.key == task.known and not task.force and (task.autograded / task.path.name).is_file():
            return Outcome(entry, unchanged=True)
        chapter = judge.course.chapter(task.chapter)
        try:
            _write(task, graded_notebook(task.path, answer.report, chapter), chapter)
        except (OSError, nbformat.ValidationError) as error:
            why = getattr(error, "strerror", None) or str(error).partition("\n")[0]
            problem = f"the graded notebook cannot be written to {task.autograded}: {why}"
            return Outcome(Entry(task.student, "", None, problem), ours=True)
        return Outcome(entry)


def graded_notebook(path: Path, report: Report, chapter: Chapter) -> NotebookNode:
    """Return what `nbgrader autograde` would leave: the submission in the chapter's cells, with the verdict in it."""
    notebook = rebuilt_notebook(read_notebook(path), chapter)
    metadata, checksums = _release_marks(chapter.release, chapter.release.stat().st_mtime_ns)
    notebook.metadata.update(metadata)
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader")
        if mark and mark["grade_id"] in checksums:
            mark["checksum"] = checksums[mark["grade_id"]]
    write_report(notebook, report, chapter)
    return notebook


@lru_cache(maxsize=4)
def _release_marks(release: Path, _changed: int) -> tuple[dict[str, object], dict[str, str]]:
    """Return the release's kernel and each of its cells' checksum, by which nbgrader sees what is untouched."""
    notebook = nbformat.read(release, as_version=4)
    marks = [cell.metadata["nbgrader"] for cell in notebook.cells if "nbgrader" in cell.metadata]
    return {"kernelspec": notebook.metadata["kernelspec"]}, {mark["grade_id"]: mark["checksum"] for mark in marks}


def _write(task: Task, notebook: NotebookNode, chapter: Chapter) -> None:
    """Put the folder in its place whole: notebook, the release's own files, and what else was handed in."""
    scratch = task.root / SCRATCH
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as name:
        part = Path(name, "part")
        part.mkdir()
        _copy_files(task.path.parent, part)
        _copy_files(chapter.release.parent, part)
        nbformat.validate(notebook)
        # `nbformat.write` would copy the whole and lay it out for people; programs read this one.
        (part / task.path.name).write_text(json.dumps(notebook, ensure_ascii=False), "utf-8")
        task.autograded.parent.mkdir(parents=True, exist_ok=True)
        if task.autograded.exists():
            task.autograded.rename(Path(name, "old"))
        part.rename(task.autograded)


def _copy_files(source: Path, target: Path) -> None:
    """Copy plain files that are no notebooks; links stay behind, since they may point anywhere."""
    for path in source.iterdir():
        state = path.lstat()
        if stat.S_ISREG(state.st_mode) and path.suffix != ".ipynb" and state.st_size <= MAX_FILE:
            shutil.copyfile(path, target / path.name)
