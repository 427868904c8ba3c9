"""One round of questions and answers as two folders between jobs.

The questions travel through a job that meets student code, and so does a job's artifact of answers. Each job knows the
questions by a digest that came to it as an output of the job which made them; answers name the questions that they
answer, and are read like anything that student code may have written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

from course_lib.github.artifacts import read_artifact, read_json, write_json
from course_lib.github.surroundings import GitHubError
from course_lib.grading.sandbox.wire import WireError
from course_lib.grading.split.frames import read_frames, write_frames
from course_lib.grading.split.outcomes import MalformedError, demand, next_of
from course_lib.grading.split.performance import MAX_BYTES as MAX_ANSWERS
from course_lib.grading.split.script import Answers, Script, pack_answers, pack_script, read_answers, read_script

FORMAT, ANSWERS_FORMAT = "course-questions/1", "course-answers/1"
FILE = "questions.json"
MAX_LIST = 16 * 2**20
MAX_QUESTIONS = 512 * 2**20  # of one notebook; the data that a training is given is among them
MAX_FILE = MAX_ANSWERS + 64 * 2**20  # answers, and what stands around them
TIERS = ("T0", "T1", "T1m", "T2", "T3")


@dataclass(frozen=True)
class Item:
    """What one notebook is asked in a round.

    Attributes:
        target: the pull request's place in the plan.
        chapter: the notebook's.
        sha256: of the file of questions; empty where there is nothing to ask.
        problem: why nothing can be asked, where the fault is ours.

    """

    target: int
    chapter: str
    sha256: str = ""
    problem: str = ""

    @property
    def name(self) -> str:
        """The name of its files."""
        return f"{self.target}-{self.chapter}.bin"


@dataclass(frozen=True)
class Round:
    """One round of questions: where its folder is, and what is in it."""

    folder: Path
    items: tuple[Item, ...]

    @classmethod
    def write(cls, folder: Path, items: Iterable[Item]) -> str:
        """Write the list of a round whose questions lie in the folder; return its digest."""
        data = {"format": FORMAT, "items": [asdict(item) for item in items]}
        return write_json(folder / FILE, data)

    @classmethod
    def read(cls, folder: Path, digest: str | None = None) -> Round:
        """Read the list of a round.

        Args:
            folder: where it lies.
            digest: what `write` returned; None where nobody else could have written there.

        Raises:
            GitHubError: there is none that this version can read, or it is another one.

        """
        path = folder / FILE
        try:
            data = read_json(path, MAX_LIST, digest, "what was asked")
            demand(data["format"] == FORMAT, "the format")
            return cls(folder, tuple(Item(**item) for item in data["items"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise GitHubError(f"{path} lists no questions ({error}): run `course github ask` first.") from error

    def find(self, target: int, chapter: str) -> Item | None:
        """Return what a notebook is asked."""
        return next((item for item in self.items if (item.target, item.chapter) == (target, chapter)), None)

    def script(self, item: Item) -> Script:
        """Return the questions to a notebook.

        Raises:
            GitHubError: they are not those of the list.

        """
        path = self.folder / item.name
        try:
            content = read_artifact(path, MAX_QUESTIONS)
            demand(hashlib.sha256(content).hexdigest() == item.sha256, "its content")
            return read_script(read_frames(content))
        except (OSError, ValueError, WireError) as error:
            raise GitHubError(f"{path} is not what was asked in this run ({error}); nothing of it is used.") from error


def write_questions(folder: Path, item: Item, script: Script) -> Item:
    """Write the questions to a notebook into a round's folder; return the item with their digest.

    Raises:
        WireError: a question is too large for the wire.

    """
    path = folder / item.name
    write_frames(path, pack_script(script))
    return Item(item.target, item.chapter, hashlib.sha256(path.read_bytes()).hexdigest())


def write_answers(path: Path, item: Item, tier: str, answers: Iterator[Answers]) -> None:
    """Write what a notebook answered."""
    head = {"format": ANSWERS_FORMAT, "questions": item.sha256, "tier": tier}
    write_frames(path, chain([head], (message for said in answers for message in pack_answers(said))))


def read_round_answers(path: Path, item: Item, script: Script) -> tuple[str, list[Answers]]:
    """Read what a notebook answered, and the sandbox's tier; none of it is trusted.

    Raises:
        GitHubError: the file is missing, or not what an honest run writes; nothing of it is used.

    """
    try:
        messages = read_frames(read_artifact(path, MAX_FILE))
        head = next_of(messages)
        demand(type(head) is dict and head.keys() == {"format", "questions", "tier"}, "the head")
        demand(head["format"] == ANSWERS_FORMAT and head["tier"] in TIERS, "the head")
        demand(head["questions"] == item.sha256, "the digest of the questions")
        answers = [read_answers(messages, asked) for asked in script.notebooks]
        demand(next(messages, None) is None, "the end")
    except (OSError, WireError, MalformedError, ValueError, TypeError) as error:
        raise GitHubError(f"the answers of your notebook cannot be read ({error})") from error
    return head["tier"], answers
