"""The panel below a check cell: what holds, what does not and why, as a page and as plain text."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from course_lib.grading.safe_text import plain
from course_lib.teaching import examine
from course_lib.teaching.examine import Finding, Outcome

# Tones: what a mark and a colour say again. Every one is said in words too.
HOLDS, FAILS, WAITS = "holds", "fails", "waits"
MARKS: Mapping[str, str] = {HOLDS: "✓", FAILS: "✗", WAITS: "○"}
ASCII_MARKS = str.maketrans({"✓": "+", "✗": "x", "○": "-", "…": "."})
WORDS = {"passed": "holds", "failed": "not yet", "error": "error", "timeout": "stopped"}
TONES = {examine.HOLDS: HOLDS, examine.FAILS: FAILS, examine.INTERRUPTED: FAILS}


@dataclass(frozen=True)
class Row:
    """One check: mark and word say the same."""

    tone: str
    word: str
    title: str
    message: str
    hint: str

    @property
    def mark(self) -> str:
        """The mark that reads without colour."""
        return MARKS[self.tone]


@dataclass(frozen=True)
class Panel:
    """One exercise: its state in a word, a sentence where something is to be done, and a row per check."""

    tone: str
    title: str
    state: str
    lead: str
    rows: tuple[Row, ...]

    @property
    def mark(self) -> str:
        """The mark that reads without colour."""
        return MARKS[self.tone]


def make_panel(finding: Finding, remedy: str = examine.RUN_THE_CELL) -> Panel:
    """Say what the visible checks found.

    Args:
        finding: of one exercise.
        remedy: what to do about a function that is not defined.

    """
    lead = _lead(finding, remedy)
    said = {outcome.test.message for outcome in finding.outcomes if lead}
    rows = []
    for outcome in finding.outcomes:
        rows.append(_row(outcome, said))
        said.add(outcome.test.message)
    return Panel(tone_of(finding.state), finding.exercise.title, state_of(finding), lead, tuple(rows))


def tone_of(state: str) -> str:
    """Return the tone of an exercise's state."""
    return TONES.get(state, WAITS)


def state_of(finding: Finding) -> str:
    """Return an exercise's state in a few words."""
    return state_words(finding.state, finding.passed, len(finding.outcomes))


def state_words(state: str, passed: int, total: int) -> str:
    """Return a state in a few words.

    Args:
        state: as of `examine.Finding`.
        passed: how many checks hold.
        total: how many there are.

    """
    words = {
        examine.HOLDS: {1: "the check holds", 2: "both checks hold"}.get(total, f"all {total} checks hold"),
        examine.FAILS: "the check does not hold yet" if total == 1 else f"{passed} of {total} checks hold",
        examine.NOT_ATTEMPTED: "not written yet",
        examine.UNDEFINED: "not defined yet",
        examine.INTERRUPTED: "interrupted",
        examine.WRITTEN: "written: read by a person",
    }
    return words.get(state, "not checked yet")


def _lead(finding: Finding, remedy: str) -> str:
    """Say once what to do first where no check could judge anything."""
    if finding.state == examine.UNDEFINED:
        return f"{examine.are_not('defined', finding.missing)}: {remedy}"
    if finding.state == examine.NOT_ATTEMPTED:
        once = "Once it is" if len(finding.missing) == 1 else "Once they are"
        return f"{examine.are_not('written', finding.missing)}. {once}, this is checked:"
    return ""


def _row(outcome: Outcome, said: Collection[str]) -> Row:
    test = outcome.test
    if outcome.status in (examine.WAITING, examine.UNDEFINED):
        return Row(WAITS, "to do", test.title, "" if test.message in said else test.message, "")
    same = test.message in said and test.outcome != "failed"
    message = "The same error as above." if same and test.message else test.message
    return Row(
        HOLDS if test.passed else FAILS, WORDS.get(test.outcome, test.outcome), test.title, message, test.hint or ""
    )


def panel_lines(panel: Panel) -> list[tuple[str, str]]:
    """Return the panel for a terminal: each line's tone, or nothing, and its text."""
    lines = [(panel.tone, f"{panel.mark} {plain(panel.title)}: {plain(panel.state)}")]
    if panel.lead:
        lines.append(("", f"  {plain(panel.lead)}"))
    for row in panel.rows:
        lines.append((row.tone, f"  {row.mark} {row.word:<8} {plain(row.title)}"))
        lines.extend(_indented(row.message))
        lines.extend(_indented(f"Hint: {row.hint}" if row.hint else ""))
    return lines


def panel_text(panel: Panel) -> str:
    """Return the panel as plain text."""
    return "\n".join(line for _, line in panel_lines(panel))


def _indented(text: str) -> list[tuple[str, str]]:
    return [("", f"{'':13}{line}".rstrip()) for line in plain(text).splitlines()]
