"""Where in the student's code something went wrong, and how to say it."""

from __future__ import annotations

import inspect
import linecache
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import FrameType
from typing import Any

from course_lib.grading.errors import StudentError
from course_lib.grading.safe_text import one_line, plain

MAX_LINE = 160
MAX_TEXT = 600
NOT_DEFINED = re.compile(r"name '(\w+)' is not defined")
CELL_ITSELF = "<module>"


@dataclass(frozen=True)
class Place:
    """A line of the student's code.

    Attributes:
        function: the function that the line belongs to; `<module>` for a cell's own lines.
        line: the line within its cell, counted from 1.
        code: the line as written, or nothing where it is unknown.

    """

    function: str
    line: int
    code: str


def find_place(error: BaseException, objects: Mapping[str, Any]) -> Place | None:
    """Find the innermost line of the notebook that an exception passed through.

    A frame is the student's where its globals are the notebook's: that holds for every kind of cell, whatever it is
    called, and for no library.

    Args:
        error: what was raised; of a `StudentError`, its cause counts.
        objects: the notebook's global variables.

    """
    found = [(frame, line) for frame, line in _frames(_cause(error)) if frame.f_globals is objects]
    if not found:
        return None
    frame, line = found[-1]
    code = linecache.getline(frame.f_code.co_filename, line, frame.f_globals)
    return Place(frame.f_code.co_name, line, one_line(code, MAX_LINE))


def undefined_name(error: StudentError, objects: Mapping[str, Any]) -> str:
    """Return the name that a check asked the notebook for in vain; a name missing inside student code is an error."""
    if not error.is_a("NameError") or find_place(error, objects) is not None:
        return ""
    found = NOT_DEFINED.search(error.message)
    return found.group(1) if found else ""


def tell(error: BaseException, objects: Mapping[str, Any]) -> str:
    """Tell a student about an exception: what it is, then on a line of its own where in their code it arose.

    Args:
        error: what left the student's code.
        objects: the notebook's global variables.

    """
    said = f"Your code raised {name_and_text(error)}"
    place = find_place(error, objects)
    if place is None or place.function == CELL_ITSELF:
        return said
    where = tell_place(place)
    return f"{said}\n{where[0].upper()}{where[1:]}"


def tell_place(place: Place) -> str:
    """Return a place as: line 3 of the cell of `sigmoid`: `return …`."""
    where = "its cell" if place.function.startswith("<") else f"the cell of `{one_line(place.function, MAX_LINE)}`"
    return f"line {place.line} of {where}" + (f": `{place.code}`" if place.code else "")


def name_and_text(error: BaseException) -> str:
    """Return an exception as `Name`: text."""
    name = one_line(type(_cause(error)).__name__, MAX_LINE)
    text = _text_of(error)
    return f"`{name}`: {text}" if text else f"`{name}`"


def _cause(error: BaseException) -> BaseException:
    """Return what student code raised; the engine passes it on as the cause of its own exception."""
    return error.__cause__ if isinstance(error, StudentError) and error.__cause__ is not None else error


def _text_of(error: BaseException) -> str:
    if isinstance(error, StudentError):
        return plain(error.message, MAX_TEXT).strip()
    if isinstance(error, SyntaxError):
        return plain(error.msg or "", MAX_TEXT).strip()  # its text would name the file, which means nothing here
    try:
        return plain(str(error), MAX_TEXT).strip()
    except Exception:  # noqa: BLE001 - a student's own __str__ may raise anything
        return ""


def _frames(error: BaseException) -> Iterator[tuple[FrameType, int]]:
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next


def caller_globals() -> dict[str, Any]:
    """Return the global variables of whoever called the function that calls this one: in a notebook, the notebook's."""
    frame = inspect.currentframe()
    for _ in range(2):
        frame = frame.f_back if frame else None
    return frame.f_globals if frame else {}
