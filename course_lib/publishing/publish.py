"""From the course to the student repository: collect, search for answers, write."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from course_lib.catalog import CatalogError, Course
from course_lib.publishing.allowed import staged
from course_lib.publishing.secrets import find_secrets
from course_lib.publishing.update import Update, read_record, update

REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")
REMOTE = re.compile(r"github\.com[:/]([^/\s]+/[^/\s]+?)(?:\.git)?/?$")


class LeakError(CatalogError):
    """Something that students must not have would be published; every finding is a sentence."""

    def __init__(self, findings: Sequence[str]):
        listed = "\n".join(f"- {finding}" for finding in findings)
        super().__init__(f"Nothing was published, because students would see what they must not:\n{listed}")


def publish(course: Course, folder: Path, repository: str | None = None) -> tuple[Update, str | None]:
    """Make or update the student repository in a folder.

    Args:
        course: the course.
        folder: where to.
        repository: OWNER/NAME on GitHub; by default what was published last, or the folder's git remote.

    Returns:
        What was done, and the repository that badges lead to.

    Raises:
        LeakError: answers or hidden suites would be in it. Nothing was written.
        CatalogError: the course or the folder cannot be used.

    """
    if course.root.resolve().is_relative_to(folder.resolve()):
        raise CatalogError(f"{folder} holds the course itself: publish into another folder.")
    known = repository or read_record(folder).get("repository") or remote_of(folder)
    if known and not REPOSITORY.fullmatch(known):
        raise CatalogError(f"{known!r} is no repository on GitHub: write OWNER/NAME.")
    files = staged(course, known)
    findings = find_secrets(course, files)
    if findings:
        raise LeakError(findings)
    return update(folder, files, known), known


def remote_of(folder: Path) -> str | None:
    """Return OWNER/NAME of a git repository's remote on GitHub, if it has one."""
    if not (folder / ".git").exists():
        return None
    command = ["git", "-C", str(folder), "remote", "get-url", "origin"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - git, with our words
    found = REMOTE.search(run.stdout.strip())
    return found.group(1) if found else None
