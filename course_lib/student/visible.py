"""The visible checks on GitHub: `python -m course_lib.student.visible` runs them and writes the job's summary.

What is not written yet does not make the check red; what is written and does not hold does.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from course_lib.catalog import CatalogError, load_course
from course_lib.grading.notebook_file import SubmissionError
from course_lib.grading.safe_text import for_markdown, for_workflow_log
from course_lib.teaching import examine
from course_lib.teaching.examine import Finding
from course_lib.teaching.notebook_check import NotebookCheck, check_notebook
from course_lib.teaching.panel import make_panel, panel_text

ALL_WELL, SOMETHING_FAILS, UNUSABLE = 0, 1, 2
SUMMARY = "GITHUB_STEP_SUMMARY"
BEGUN = (examine.HOLDS, examine.FAILS, examine.INTERRUPTED)


def main() -> int:
    """Check every chapter that is here; return 1 where something that was written does not hold."""
    code, parts = ALL_WELL, []
    try:
        course = load_course()
        chapters = [chapter for chapter in course.chapters if chapter.release.exists()]
        with ThreadPoolExecutor(os.cpu_count()) as pool:  # each notebook runs in a process of its own
            for checked in pool.map(lambda chapter: check_notebook(chapter, course.defaults.cell_seconds), chapters):
                _print(checked)
                parts.append(summary_of(checked))
                code = max(code, code_of(checked))
    except (CatalogError, SubmissionError) as error:
        _say(str(error))
        parts.append(for_markdown(str(error)))
        code = UNUSABLE
    _write_summary("\n\n".join(parts) or "There is no notebook here.")
    return code


def code_of(checked: NotebookCheck) -> int:
    """Return the exit status that a chapter's findings deserve."""
    failing = any(finding.state in (examine.FAILS, examine.INTERRUPTED) for finding in checked.findings)
    return SOMETHING_FAILS if failing else ALL_WELL


def summary_of(checked: NotebookCheck) -> str:
    """Return a chapter's findings as Markdown."""
    begun = [finding for finding in checked.findings if finding.state in BEGUN]
    lines = [f"### {for_markdown(checked.chapter.title)}", ""]
    if not begun:
        return "\n".join([*lines, "Nothing is written here yet."])
    lines += ["| exercise | visible checks |", "|---|---|", *_rows(begun), ""]
    lines += [f"- {for_markdown(note)}" for note in checked.notes]
    waiting = len(checked.findings) - len(begun)
    return "\n".join([*lines, f"{waiting} more to go." if waiting else "That was all of it."])


def _rows(findings: Sequence[Finding]) -> list[str]:
    panels = [make_panel(finding) for finding in findings]
    return [f"| {for_markdown(panel.title)} | {panel.mark} {for_markdown(panel.state)} |" for panel in panels]


def _print(checked: NotebookCheck) -> None:
    for finding in checked.findings:
        if finding.state in BEGUN:
            _say(panel_text(make_panel(finding)))
    for note in checked.notes:
        _say(f"Note: {note}")


def _say(text: str) -> None:
    sys.stdout.write(for_workflow_log(text) + "\n")


def _write_summary(text: str) -> None:
    name = os.environ.get(SUMMARY)
    if name:
        with Path(name).open("a", encoding="utf-8") as file:
            file.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
