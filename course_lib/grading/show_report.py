"""A report for people at a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from course_lib.grading.report import ExerciseResult, Report, TestResult

MARKS = {"passed": "[green]✓[/]", "failed": "[red]✗[/]"}
STATES = {
    "graded": "",
    "not_attempted": "not attempted",
    "needs_review": "waits for a person",
    "grader_error": "the grader failed; this is not your mistake",
}


def show_report(report: Report, console: Console) -> None:
    """Print a report: points per exercise, and below the table what does not hold and why."""
    table = Table(title=escape(f"{report.submission} · {report.assignment}"), title_justify="left")
    for name, justify in (("exercise", "left"), ("points", "right"), ("tests", "right"), ("", "left")):
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    for result in report.exercises:
        table.add_row(result.exercise, _points(result), _counts(result), _remark(result))
    table.add_section()
    table.add_row("score", f"{report.score:g} / {report.max_score:g}", "", f"sandbox {report.sandbox}")
    console.print(table)
    for result in report.exercises:
        _show_failures(result, console)
    for note in report.notes:
        console.print(f"[dim]Note: {escape(note)}[/]")


def _points(result: ExerciseResult) -> str:
    return f"{'–' if result.points is None else format(result.points, 'g')} / {result.max_points:g}"


def _counts(result: ExerciseResult) -> str:
    return f"{sum(test.passed for test in result.tests)} of {len(result.tests)}" if result.tests else ""


def _remark(result: ExerciseResult) -> str:
    named = dict.fromkeys(test.misconception for test in result.tests if test.misconception)
    return ", ".join(escape(name) for name in named) or STATES[result.state]


def _show_failures(result: ExerciseResult, console: Console) -> None:
    failing = [test for test in result.tests if not test.passed]
    if not failing:
        return
    console.print(f"\n[bold]{result.exercise}[/]")
    for test in failing:
        console.print(f"  {MARKS.get(test.outcome, '[red]✗[/] ' + test.outcome)} {escape(test.title)}")
        if test.message:
            console.print(f"    {escape(test.message)}")
    for hint in dict.fromkeys(_hint(test) for test in failing):
        if hint:
            console.print(f"    [cyan]Hint:[/] {escape(hint)}")


def _hint(test: TestResult) -> str | None:
    return test.hint
