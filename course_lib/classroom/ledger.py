"""What was graded of a class: one line of JSON per submission, appended when the gradebook has it.

The file is the memory of `course grade-class`: whoever kills it loses what had not been written yet and nothing else.
The last line of a student counts; a line that is cut off is one that was never written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from course_lib.catalog import Chapter
from course_lib.grading.report import Report

FOLDER = Path(".course", "class")


@dataclass(frozen=True)
class Entry:
    """One graded submission.

    Attributes:
        student: the name of the folder that it was handed in in.
        key: what the verdict depends on (see `ReportCache.key`); another key means that it is to be graded again.
        report: the verdict, or None where the submission was unusable.
        problem: why there is none.
        stamp: what the file and all around it looked like (see `unchanged`).

    """

    student: str
    key: str
    report: Report | None
    problem: str = ""
    stamp: str = ""

    def to_line(self) -> str:
        """Return the entry as a line of JSON."""
        report = json.loads(self.report.to_json()) if self.report else None
        line = {"student": self.student, "key": self.key, "stamp": self.stamp, "report": report}
        return json.dumps(line | {"problem": self.problem}) + "\n"


@dataclass(frozen=True)
class Known:
    """What grading again needs of an entry: little, since a class may be large."""

    key: str
    stamp: str
    score: float
    max_score: float


class Ledger:
    """The entries of one chapter.

    Args:
        root: the course's folder.
        chapter: the chapter.

    """

    def __init__(self, root: Path, chapter: Chapter):
        self.path = root / FOLDER / f"{chapter.name}.jsonl"

    def read(self) -> dict[str, Entry]:
        """Return the last entry of every student, by student."""
        try:
            lines = self.path.read_text("utf-8").splitlines()
        except FileNotFoundError:
            return {}
        entries = filter(None, map(_entry, lines))
        return {entry.student: entry for entry in entries}

    def known(self) -> dict[str, Known]:
        """Return the verdict of every student's last entry in short, without keeping the reports in memory."""
        known = {}
        try:
            with self.path.open(encoding="utf-8") as lines:
                for entry in filter(None, map(_entry, lines)):
                    score, most = (entry.report.score, entry.report.max_score) if entry.report else (0.0, 0.0)
                    known[entry.student] = Known(entry.key, entry.stamp, score, most)
        except FileNotFoundError:
            pass
        return known

    def append(self, entries: Iterable[Entry]) -> None:
        """Write entries; they are on the disk when this returns."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab+") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                file.write(b"" if file.read() == b"\n" else b"\n")
            file.write("".join(entry.to_line() for entry in entries).encode())
            file.flush()
            os.fsync(file.fileno())


def _entry(line: str) -> Entry | None:
    try:
        data = json.loads(line)
        report = None if data["report"] is None else Report.from_dict(data["report"])
        return Entry(data["student"], data["key"], report, data["problem"], data.get("stamp", ""))
    except (ValueError, KeyError, TypeError):
        return None
