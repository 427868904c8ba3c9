"""The banks: right and wrong answers to an exercise, each a file whose code replaces the solution cell."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from course_lib.grading.code import file_tree, text_of

CAUGHT = "Caught by:"


@dataclass(frozen=True)
class BankAnswer:
    """A right or wrong answer: code for the solution cell, and what its docstring says."""

    name: str
    code: str
    text: str
    caught_by: tuple[str, ...]


def read_bank(folder: Path) -> tuple[BankAnswer, ...]:
    """Read the answers of a bank's folder, by name."""
    return tuple(_read_answer(path) for path in sorted(folder.glob("*.py")) if path.name != "__init__.py")


def _read_answer(path: Path) -> BankAnswer:
    code = text_of(path)
    docstring = ast.get_docstring(file_tree(path)) or ""
    text, _, caught = docstring.partition(CAUGHT)
    names = tuple(name.strip(" `.") for name in caught.replace("\n", " ").split(",") if name.strip())
    return BankAnswer(path.stem, code, " ".join(text.split()), names)
