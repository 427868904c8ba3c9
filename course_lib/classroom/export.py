"""Marks for other systems: the gradebook's totals as CSV for Canvas, for Moodle, or for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from course_lib.catalog import Chapter
from course_lib.classroom.marks import ClassMarks, Mark, Student

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # https://owasp.org/www-community/attacks/CSV_Injection
Row = list[str]


class Target(StrEnum):
    """Where the marks go."""

    canvas = "canvas"
    moodle = "moodle"
    csv = "csv"


def export(chapter: Chapter, class_marks: ClassMarks, target: Target) -> str:
    """Return the marks as CSV.

    Every student of the roster has a row; who handed in nothing has an empty grade, which Canvas and Moodle leave as it
    is. A text that a spreadsheet would take for a formula gets an apostrophe.

    Args:
        chapter: the assignment.
        class_marks: the gradebook's.
        target: whose format.

    """
    lines = io.StringIO()
    writer = csv.writer(lines)
    for row in _FORMATS[target](chapter, class_marks):
        writer.writerow([defused(cell) for cell in row])
    return lines.getvalue()


def defused(cell: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell


def _canvas(chapter: Chapter, class_marks: ClassMarks) -> Iterator[Row]:
    """Canvas knows a student by `ID`, else by `SIS Login ID`; a new column's maximum stands in the second row."""
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", chapter.title]
    yield ["    Points Possible", "", "", "", "", _number(class_marks.max_score)]
    for student, mark in _rows(class_marks):
        name = (
            f"{student.last_name}, {student.first_name}" if student.last_name and student.first_name else student.name
        )
        yield [name, student.lms_id, "", student.id, "", _total(mark)]


def _moodle(chapter: Chapter, class_marks: ClassMarks) -> Iterator[Row]:
    """The columns of Moodle's grading worksheet, and `Username`, by which its grade import finds a student."""
    names = ["Identifier", "Full name", "Username", "Email address", "Grade", "Maximum Grade"]
    yield [*names, "Last modified (grade)", "Feedback comments"]
    for student, mark in _rows(class_marks):
        identifier = f"Participant {student.lms_id}" if student.lms_id else ""
        who = [identifier, student.name, student.id, student.email]
        yield [*who, _total(mark), _number(class_marks.max_score), "", _feedback(chapter, mark)]


def _csv(chapter: Chapter, class_marks: ClassMarks) -> Iterator[Row]:
    about = ["student", "last_name", "first_name", "email"]
    yield [*about, *chapter.slugs, "late_penalty", "score", "max_score", "waiting"]
    for student, mark in _rows(class_marks):
        who = [student.id, student.last_name, student.first_name, student.email]
        points = [_points(mark, slug) for slug in chapter.slugs]
        rest = [_number(mark.penalty), _total(mark), _number(class_marks.max_score)] if mark else ["", "", ""]
        yield [*who, *points, *rest, " ".join(sorted(mark.waiting)) if mark else ""]


_FORMATS: Mapping[Target, Callable[[Chapter, ClassMarks], Iterator[Row]]] = {
    Target.canvas: _canvas,
    Target.moodle: _moodle,
    Target.csv: _csv,
}


def _rows(class_marks: ClassMarks) -> Iterator[tuple[Student, Mark | None]]:
    for name in sorted(class_marks.roster):
        yield class_marks.roster[name], class_marks.marks.get(name)


def _points(mark: Mark | None, slug: str) -> str:
    return _number(mark.points[slug]) if mark and slug in mark.points else ""


def _feedback(chapter: Chapter, mark: Mark | None) -> str:
    """Return a line per exercise, with what graders wrote."""
    if mark is None:
        return ""
    lines = []
    for exercise in chapter.exercises:
        waiting = " (still to be read)" if exercise.slug in mark.waiting else ""
        comment = f" {mark.comments[exercise.slug].strip()}" if exercise.slug in mark.comments else ""
        points = f"{_points(mark, exercise.slug) or '0'} of {_number(exercise.points)}"
        lines.append(f"{exercise.title}: {points}{waiting}.{comment}")
    return "\n".join([*lines, *([f"Late: −{_number(mark.penalty)}."] if mark.penalty else [])])


def _total(mark: Mark | None) -> str:
    return "" if mark is None else _number(mark.total)


def _number(value: float) -> str:
    """Return a number as spreadsheets of every language read it: no exponent, no zeros at the end."""
    return f"{value:.4f}".rstrip("0").rstrip(".")
