"""The plan: what a run grades. `collect` writes it; the jobs after it believe it, and nothing else."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from course_lib.github.surroundings import GitHubError

FORMAT = "course-plan/1"
FILE = "plan.json"


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

    def write(self, folder: Path) -> None:
        """Write the plan into a folder."""
        data = {"format": FORMAT, "targets": [asdict(target) for target in self.targets]}
        (folder / FILE).write_text(json.dumps(data, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Plan:
        """Read the plan of a folder.

        Raises:
            GitHubError: there is none that this version can read.

        """
        path = folder / FILE
        try:
            data = json.loads(path.read_text("utf-8"))
            if data["format"] != FORMAT:
                raise GitHubError(f"{path} has format {data['format']!r}; this version reads {FORMAT!r}.")
            return cls(tuple(_target(item) for item in data["targets"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise GitHubError(f"{path} is no plan ({error}): run `course github collect` first.") from error


def _target(item: dict[str, Any]) -> Target:
    works = tuple(Work(**work) for work in item.pop("works"))
    earlier = {name: Earlier(**data) for name, data in item.pop("earlier").items()}
    return Target(**item, works=works, earlier=earlier)
