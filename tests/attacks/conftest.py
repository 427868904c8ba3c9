"""Prints per tier how many attacks were tried and how many were held."""

from __future__ import annotations

from collections import Counter

import pytest

_tried: Counter[str] = Counter()
_held: Counter[str] = Counter()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count the attacks."""
    if report.when == "call" and "test_attack_is_held[" in report.nodeid:
        tier = report.nodeid.partition("[")[2].partition("-")[0]
        _tried[tier] += 1
        _held[tier] += report.passed


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table."""
    for tier, tried in sorted(_tried.items(), reverse=True):
        terminalreporter.write_line(f"attacks at {tier}: {tried} tried, {_held[tier]} held")
