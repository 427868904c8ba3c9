"""The code of a class: what each student wrote for each exercise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from course_lib.authoring.source import ChapterSource, read_source
from course_lib.catalog import Chapter
from course_lib.classroom.find import find_submissions
from course_lib.grading.code import DEFINITION
from course_lib.grading.notebook_file import NotebookCell, SubmissionError, read_notebook


def read_answers(submitted: Path, chapter: Chapter) -> dict[str, Mapping[str, str]]:
    """Return by student the code of each exercise, stubs included; files that cannot be read are left out.

    A cell belongs to the exercise that it defines something of, as when it is graded; found by its text, because a
    thousand submissions are to be read in seconds.

    Args:
        submitted: nbgrader's folder of submissions.
        chapter: the assignment.

    """
    source = read_source(chapter)
    owner = {name: slug for slug in source.code_slugs for name in source.defines(slug)}
    answers = {}
    for handed in find_submissions(submitted, chapter):
        try:
            answers[handed.student] = _answers(read_notebook(handed.path), owner, source)
        except SubmissionError:
            continue
    return answers


def _answers(cells: tuple[NotebookCell, ...], owner: Mapping[str, str], source: ChapterSource) -> Mapping[str, str]:
    code: dict[str, list[str]] = defaultdict(list)
    for cell in cells:
        slug = min(_exercises(cell, owner), key=source.code_slugs.index, default=cell.grade_id)
        if cell.kind == "code" and slug in source.code_slugs:
            code[slug].append(cell.source)
    return {slug: "\n\n".join(found) for slug, found in code.items()}


def _exercises(cell: NotebookCell, owner: Mapping[str, str]) -> Iterator[str]:
    names = (one or other for one, other in DEFINITION.findall(cell.source))
    return (owner[name] for name in names if name in owner)
