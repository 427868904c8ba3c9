"""The plan: what a run grades. `collect` writes it; the jobs after it believe it, and nothing else.

Whoever runs code in the job that grades could exchange the artifact in which the plan travels. So its digest goes the
other way, as an output of the job `collect`, and the jobs that answer take no other plan.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from course_lib.github.artifacts import read_json, write_json
from course_lib.github.roster import REPOSITORY
from course_lib.github.surroundings import GitHubError

FORMAT = "course-plan/1"
FILE = "plan.json"
MAX_BYTES = 64 * 2**20
MAX_NOTEBOOK = 20 * 2**20  # bytes; with outputs, a notebook of the course has less than one MiB
SHA = re.compile(r"[0-9a-f]{40}")
NOTEBOOK = re.compile(r"[0-9a-f]{40}-\w{1,80}\.ipynb")


@dataclass(frozen=True)
class Earlier:
    """What a chapter got when it was graded last: points by exercise, None where a person has to decide."""

    blob: str
    suite: str
    score: float
    max_score: float
    points: dict[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Work:
    """One changed chapter.

    Attributes:
        chapter: its name.
        blob: the notebook's id in git.
        suite: stands for the suites that it is graded with.
        file: the notebook beside the plan; empty where there is none.
        problem: why there is none.

    """

    chapter: str
    blob: str
    suite: str
    file: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Target:
    """One pull request, its changed chapters, and what its comment said before."""

    repository: str
    pull: int
    sha: str
    student: str
    works: tuple[Work, ...]
    earlier: dict[str, Earlier] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.repository}#{self.pull}"


@dataclass(frozen=True)
class Plan:
    """What a run grades."""

    targets: tuple[Target, ...]

    def write(self, folder: Path) -> str:
        """Write the plan into a folder; return its digest."""
        data = {"format": FORMAT, "targets": [asdict(target) for target in self.targets]}
        return write_json(folder / FILE, data)

    @classmethod
    def read(cls, folder: Path, digest: str | None = None) -> Plan:
        """Read the plan of a folder.

        Args:
            folder: where it lies.
            digest: what `write` returned; None where nobody else could have written there.

        Raises:
            GitHubError: there is none that this version can read, or it is another one.

        """
        path = folder / FILE
        try:
            data = read_json(path, MAX_BYTES, digest, "the plan that was made")
            if data["format"] != FORMAT:
                raise GitHubError(f"{path} has format {data['format']!r}; this version reads {FORMAT!r}.")
            return cls(tuple(_target(item) for item in data["targets"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise GitHubError(f"{path} is no plan ({error}): run `course github collect` first.") from error


def _target(item: dict[str, Any]) -> Target:
    works = tuple(_work(Work(**work)) for work in item.pop("works"))
    earlier = {name: Earlier(**data) for name, data in item.pop("earlier").items()}
    target = Target(**item, works=works, earlier=earlier)
    if not (REPOSITORY.fullmatch(target.repository) and SHA.fullmatch(target.sha) and type(target.pull) is int):
        raise ValueError("it names no pull request")
    return target


def _work(work: Work) -> Work:
    """Refuse a notebook elsewhere than beside the plan."""
    if not (NOTEBOOK.fullmatch(work.file) or (work.problem and not work.file)):
        raise ValueError(f"{work.file!r} is no notebook of a plan")
    return work
