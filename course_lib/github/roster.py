"""The roster: who is in the class, and in which repository their pull requests are."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from course_lib.github.surroundings import GitHubError

FILE = "roster.csv"
COLUMNS = ("student", "login", "repository")
LOGIN = re.compile(r"[A-Za-z0-9](?:\w|-(?=[A-Za-z0-9])){0,38}", re.ASCII)  # managed accounts have _
REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}")
STUDENT = re.compile(r"[\w .@-]{1,80}")


@dataclass(frozen=True)
class Member:
    """One student: the name in the gradebook, the login on GitHub, the repository of the pull request."""

    student: str
    login: str
    repository: str


def read_roster(path: Path) -> tuple[Member, ...]:
    """Read `roster.csv`; a course without one grades whoever opens a pull request.

    Raises:
        GitHubError: a line cannot be used; the message names it.

    """
    if not path.exists():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = csv.DictReader(file)
        if tuple(table.fieldnames or ()) != COLUMNS:
            raise GitHubError(f"{path.name} must begin with the line {','.join(COLUMNS)}.")
        return tuple(_member(row, f"{path.name}, line {table.line_num}") for row in table)


def _member(row: dict[str, str], where: str) -> Member:
    rules = {"student": STUDENT, "login": LOGIN, "repository": REPOSITORY}
    for column, rule in rules.items():
        if not rule.fullmatch(row[column] or ""):
            raise GitHubError(f"{where}: {column} is {row[column]!r}; correct it.")
    return Member(row["student"], row["login"], row["repository"])


def find_member(roster: tuple[Member, ...], login: str, repository: str) -> Member | None:
    """Return whose pull request it is; GitHub's names know no case."""
    wanted = (login.lower(), repository.lower())
    return next((m for m in roster if (m.login.lower(), m.repository.lower()) == wanted), None)
