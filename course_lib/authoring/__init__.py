"""What an author needs: percent script → notebook → release, and the places where everything lies.

Reading a chapter's source (`read_source`) needs the standard library alone, so the grader can do it too; building,
releasing and scaffolding load their libraries when they are called.
"""

from course_lib.authoring.problems import AuthoringError, Problem, ReleaseError, ScaffoldError, SourceError
from course_lib.authoring.source import Cell, ChapterSource, read_source

__all__ = [
    "AuthoringError",
    "Cell",
    "ChapterSource",
    "Problem",
    "ReleaseError",
    "ScaffoldError",
    "SourceError",
    "read_source",
]
