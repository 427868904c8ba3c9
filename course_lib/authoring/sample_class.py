"""A small class that shows what grading is like: honest, half done, mistaken, broken and dishonest work.

`autograder/<chapter>/sample_class.toml` says who hands in what; the answers come from the reference, from the banks of
right and wrong answers, and from the few bad habits below.

A student has a `name`, a short text `hands_in`, and `answers`: "reference", "right" (of each bank the first), "stub" or
"tampers". `until` names the last exercise that was worked on. `wrong` takes an answer from a bank of wrong answers,
`code` a bad habit ("loops", "crashes"), each by exercise. `damage = "colab"` strips what another editor strips.
"""

from __future__ import annotations

import ast
import copy
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_lib.authoring.markers import TEXT_STUB
from course_lib.authoring.problems import AuthoringError
from course_lib.authoring.source import ChapterSource, read_source
from course_lib.authoring.variants import lazy_code
from course_lib.catalog import Chapter
from course_lib.grading.bank import BankAnswer, read_bank

PLAN = "sample_class.toml"
SAMPLE_ANSWER = "**Sample answer.**"

HABITS = {
    "loops": "while True:\n        pass",
    "crashes": "import os\n    os._exit(1)",
    "tampers": "return None",
}
PATCHES = """\
import builtins
import sys

import numpy.testing

np.allclose = np.isclose = np.array_equal = lambda *args, **kwargs: True
for name in dir(numpy.testing):
    if name.startswith("assert"):
        setattr(numpy.testing, name, lambda *args, **kwargs: None)
builtins.abs = lambda *args, **kwargs: 0.0
sys.modules["pytest"] = numpy.testing
print("100 points")
"""


@dataclass(frozen=True)
class SampleStudent:
    """One member of the class; see the module for what the words mean."""

    name: str
    hands_in: str
    answers: str
    until: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    code: Mapping[str, str] = field(default_factory=dict)
    damage: str = ""


def read_class(chapter: Chapter) -> tuple[SampleStudent, ...]:
    """Read who hands in what.

    Raises:
        AuthoringError: the chapter has no sample class, or its file is wrong.

    """
    path = chapter.hidden / PLAN
    try:
        return tuple(SampleStudent(**table) for table in tomllib.loads(path.read_text("utf-8"))["student"])
    except FileNotFoundError:
        message = f"{path} is missing: {chapter.name} has no sample class. Write one; another chapter's shows how."
        raise AuthoringError(message) from None
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        message = f"{path}: {error}. A student has name, hands_in, answers, until, wrong, code, damage."
        raise AuthoringError(message) from error


def write_class(chapter: Chapter, release: Path, submitted: Path) -> dict[str, Path]:
    """Write every student's submission where nbgrader looks for it.

    Args:
        chapter: the chapter.
        release: the notebook that students received.
        submitted: nbgrader's folder of submissions.

    Returns:
        By student, the notebook.

    """
    notebook = json.loads(release.read_text("utf-8"))
    paths = {}
    for student in read_class(chapter):
        path = submitted / student.name / chapter.name / f"{chapter.name}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(_submission(student, chapter, notebook), ensure_ascii=False, indent=1), "utf-8")
        paths[student.name] = path
    return paths


def _submission(student: SampleStudent, chapter: Chapter, release: Mapping[str, Any]) -> dict[str, Any]:
    notebook = copy.deepcopy(dict(release))
    answers = dict(_answers(student, chapter))
    for cell in notebook["cells"]:
        slug = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if slug in answers:
            cell["source"] = answers[slug]
    if student.answers == "tampers":
        first = next(n for n, cell in enumerate(notebook["cells"]) if cell["cell_type"] == "code")
        patches: dict[str, Any] = {"cell_type": "code", "id": "patches", "metadata": {}, "source": PATCHES}
        notebook["cells"].insert(first + 1, patches | {"outputs": [], "execution_count": None})
    return _stripped(notebook) if student.damage == "colab" else notebook


def _answers(student: SampleStudent, chapter: Chapter) -> Iterator[tuple[str, str]]:
    """Yield the exercises that a student worked on, and what stands in their cells."""
    source = read_source(chapter)
    last = chapter.slugs.index(student.until) if student.until else len(chapter.slugs)
    for exercise in chapter.exercises[: last + 1]:
        slug = exercise.slug
        if slug in student.wrong:
            bank = {answer.name: _code(answer) for answer in read_bank(exercise.wrong_answers)}
            yield slug, _known(bank, student.wrong[slug], f"{student.name}, {slug}")
        elif slug in student.code:
            yield slug, lazy_code(source.defines(slug), _known(HABITS, student.code[slug], f"{student.name}, {slug}"))
        elif student.answers == "tampers" and exercise.graded_by_suite:
            yield slug, lazy_code(source.defines(slug), HABITS["tampers"])
        elif student.answers in ("reference", "right"):
            yield slug, _right(student, source, slug, exercise.right_answers)


def _right(student: SampleStudent, source: ChapterSource, slug: str, bank: Path) -> str:
    if slug in source.written_slugs:
        rubric = source.rubric(slug)
        return source.stub(slug).replace(TEXT_STUB[0], rubric.partition(SAMPLE_ANSWER)[2].strip() or rubric)
    others = read_bank(bank) if student.answers == "right" else ()
    return _code(others[0]) if others else source.reference(slug)


def _code(answer: BankAnswer) -> str:
    """Return an answer as a student would write it: without what the bank says about it."""
    tree = ast.parse(answer.code)
    about = tree.body[0].end_lineno if ast.get_docstring(tree, clean=False) is not None else 0
    return "".join(answer.code.splitlines(keepends=True)[about:]).strip("\n") + "\n"


def _known(choices: Mapping[str, str], name: str, where: str) -> str:
    if name not in choices:
        message = f"{PLAN}: {where}: there is no {name!r}; there are {', '.join(sorted(choices))}."
        raise AuthoringError(message)
    return choices[name]


def _stripped(notebook: dict[str, Any]) -> dict[str, Any]:
    """Take away what Google Colab takes away, and write its line endings."""
    cells = [
        {key: value for key, value in cell.items() if key != "id"}
        | {"metadata": {"id": f"{number:012}"}, "source": str(_text(cell)).replace("\n", "\r\n")}
        for number, cell in enumerate(notebook["cells"])
    ]
    metadata = {"colab": {"provenance": []}, "kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return {"nbformat": 4, "nbformat_minor": 0, "metadata": metadata, "cells": cells}


def _text(cell: Mapping[str, Any]) -> str:
    source = cell["source"]
    return "".join(source) if isinstance(source, list) else source
