"""Reading a notebook file that anybody may have written: with caps, without trust in its metadata."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAX_BYTES = 256 * 2**20
MAX_CELLS = 5000
MAX_SOURCE = 2**20
NBFORMAT = 4


class SubmissionError(ValueError):
    """A file that cannot be graded at all. The message says what it is and what to do."""


@dataclass(frozen=True)
class NotebookCell:
    """One cell as found: outputs dropped, line endings mended, ids unchecked."""

    kind: str
    source: str
    grade_id: str | None
    cell_id: str | None


def read_notebook(path: Path) -> tuple[NotebookCell, ...]:
    """Read the cells of a notebook.

    Args:
        path: a regular file; links are not followed.

    Raises:
        SubmissionError: it is no file, too large, no JSON, no notebook, or of an old format.

    """
    text = _read_text(path)
    if not text.strip():
        _refuse(path, "is empty. Submit the notebook again after saving it")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError, MemoryError):
        _refuse(path, "is not a notebook: it does not hold JSON. Open it in JupyterLab, save it, and submit that file")
    return _cells_of(path, data)


def _read_text(path: Path) -> str:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        _refuse(path, "does not exist")
    except OSError as error:
        _refuse(path, f"cannot be opened as a regular file ({error.strerror}). Submit the notebook itself, not a link")
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        _refuse(path, "is not a regular file. Submit the notebook itself")
    with os.fdopen(descriptor, "rb") as file:
        if status.st_size > MAX_BYTES:
            _refuse(path, f"is larger than {MAX_BYTES // 2**20} MiB. Clear its outputs and submit it again")
        return file.read(MAX_BYTES).decode("utf-8-sig", errors="replace")


def _cells_of(path: Path, data: Any) -> tuple[NotebookCell, ...]:
    if not isinstance(data, dict) or not isinstance(data.get("nbformat"), int):
        _refuse(path, "is not a notebook: it lacks `nbformat`. Submit the .ipynb file that JupyterLab saved")
    if data["nbformat"] != NBFORMAT:
        _refuse(path, f"has format {data['nbformat']}; convert it: jupyter nbconvert --to notebook --nbformat 4 FILE")
    cells = data.get("cells")
    if not isinstance(cells, list):
        _refuse(path, "is not a notebook: it has no list of cells. Submit the .ipynb file that JupyterLab saved")
    if len(cells) > MAX_CELLS:
        _refuse(path, f"has more than {MAX_CELLS} cells. Remove what the assignment did not ask for")
    return tuple(_cell(cell) for cell in cells if isinstance(cell, dict))


def _cell(cell: dict[str, Any]) -> NotebookCell:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    text = source if isinstance(source, str) else ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")[:MAX_SOURCE]
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return NotebookCell(_text(cell.get("cell_type")) or "raw", text, _text(grade_id), _text(cell.get("id")))


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _refuse(path: Path, reason: str) -> Any:
    message = f"{path.name} {reason}."
    raise SubmissionError(message)
