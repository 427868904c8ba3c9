"""Collecting: which pull requests, which of their chapters changed, and the notebooks as blobs of a commit.

Nothing is checked out and no file of a student is opened: GitHub is asked for the tree of a commit and for the blobs of
a few known paths in it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course_lib.catalog import MANIFEST, Chapter, Course
from course_lib.github.api import ApiError, GitHub
from course_lib.github.plan import MAX_NOTEBOOK, Earlier, Plan, Target, Work
from course_lib.github.pulls import Pull, find_pulls
from course_lib.github.roster import FILE, read_roster
from course_lib.github.sticky import find_comment, recall
from course_lib.github.surroundings import Surroundings, say
from course_lib.grading.cache import engine_hash, hash_files

REGULAR = ("100644", "100755")


def collect(course: Course, github: GitHub, surroundings: Surroundings, folder: Path) -> tuple[Plan, str]:
    """Write the plan and the notebooks of everything that an event asks to grade.

    Args:
        course: the course.
        github: with a token that may read.
        surroundings: the event.
        folder: where to write.

    Returns:
        The plan, and the digest by which later jobs know it.

    Raises:
        GitHubError: the event cannot be served.
        ApiError: GitHub refuses.

    """
    folder.mkdir(parents=True, exist_ok=True)
    pulls = find_pulls(github, surroundings, read_roster(course.root / FILE))
    collector = _Collector(course, github, surroundings, folder)
    targets = [target for target in (collector.target(pull) for pull in pulls) if target is not None]
    plan = Plan(tuple(targets))
    return plan, plan.write(folder)


class _Collector:
    """Collects one pull request after the other."""

    def __init__(self, course: Course, github: GitHub, surroundings: Surroundings, folder: Path):
        self._course = course
        self._github = github
        self._bot = surroundings.bot
        self._again = (surroundings.payload.get("inputs") or {}).get("again") in (True, "true")
        self._folder = folder
        self._suites = {chapter.name: suite_id(chapter) for chapter in course.chapters}

    def target(self, pull: Pull) -> Target | None:
        """Return what is to be graded of a pull request; None where nothing is new, or GitHub could not say."""
        try:
            comment = find_comment(self._github, pull.repository, pull.number, self._bot)
            earlier = recall(str(comment["body"]), self._course) if comment else {}
            works = tuple(self._works(pull, {} if self._again else earlier))
        except ApiError as error:
            say(f"{pull.repository}#{pull.number} was left out: {error}")
            return None
        say(f"{pull.repository}#{pull.number}: {', '.join(work.chapter for work in works) or 'nothing new'}")
        return Target(pull.repository, pull.number, pull.sha, pull.student, works, earlier) if works else None

    def _works(self, pull: Pull, earlier: dict[str, Earlier]) -> list[Work]:
        before = self._tree(pull.repository, self._fork_point(pull))
        now = self._tree(pull.repository, pull.sha)
        works = []
        for chapter in self._course.chapters:
            path = chapter.release.relative_to(self._course.root).as_posix()
            entry = now.get(path)
            known = earlier.get(chapter.name)
            if entry is None or (path in before and before[path]["sha"] == entry["sha"]):
                continue
            if known and (known.blob, known.suite) == (entry["sha"], self._suites[chapter.name]):
                continue
            works.append(self._work(pull, chapter, entry))
        return works

    def _fork_point(self, pull: Pull) -> str:
        """Return the commit from which the student set out: later releases are not the student's change."""
        answer = self._github.get(f"/repos/{pull.repository}/compare/{pull.base}...{pull.sha}", per_page=1)
        return str(answer["merge_base_commit"]["sha"])

    def _tree(self, repository: str, sha: str) -> dict[str, Any]:
        answer = self._github.get(f"/repos/{repository}/git/trees/{sha}", recursive=1)
        if answer.get("truncated"):
            raise ApiError(0, "the commit has too many files for GitHub to list. Remove what is not needed.")
        return {entry["path"]: entry for entry in answer["tree"]}

    def _work(self, pull: Pull, chapter: Chapter, entry: dict[str, Any]) -> Work:
        suite = self._suites[chapter.name]
        if entry["type"] != "blob" or entry["mode"] not in REGULAR:
            problem = "It is a link or a folder. Commit the notebook itself."
            return Work(chapter.name, entry["sha"], suite, problem=problem)
        if entry["size"] > MAX_NOTEBOOK:
            limit = MAX_NOTEBOOK // 2**20
            problem = f"It is larger than {limit} MiB. Clear its outputs and push it again."
            return Work(chapter.name, entry["sha"], suite, problem=problem)
        content = self._github.raw(f"/repos/{pull.repository}/git/blobs/{entry['sha']}", MAX_NOTEBOOK)
        name = f"{entry['sha']}-{chapter.name}.ipynb"
        (self._folder / name).write_bytes(content)
        return Work(chapter.name, entry["sha"], suite, file=name)


def suite_id(chapter: Chapter) -> str:
    """Return what changes when the same notebook could get another verdict: suites, manifest, source, engine."""
    files = [chapter.root / MANIFEST, chapter.source, chapter.calibration, *sorted(chapter.hidden.rglob("*.py"))]
    return engine_hash()[:16] + hash_files(files)[:16]
