"""What a workflow tells its steps: the event, the repository, where the API is. Nothing else reads the environment."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_lib.grading.safe_text import for_workflow_log

BOT = "github-actions[bot]"


class GitHubError(Exception):
    """A step cannot go on; the message says why and what to do."""


@dataclass(frozen=True)
class Surroundings:
    """A workflow's environment.

    Attributes:
        event: what started it: workflow_dispatch, schedule or workflow_run.
        payload: what GitHub says about the event.
        repository: OWNER/NAME that the workflow runs in.
        api: where the API is.
        token: for the API; empty where the step got none.
        bot: the account behind the token, whose comments are ours.

    """

    event: str
    payload: Mapping[str, Any] = field(repr=False)
    repository: str
    api: str
    token: str = field(repr=False)
    bot: str

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Surroundings:
        """Read the environment of this process.

        Raises:
            GitHubError: this is no workflow's step.

        """
        given = os.environ if environment is None else environment
        try:
            payload = json.loads(Path(given["GITHUB_EVENT_PATH"]).read_text("utf-8"))
            name, repository = given["GITHUB_EVENT_NAME"], given["GITHUB_REPOSITORY"]
        except (KeyError, OSError, ValueError) as error:
            raise GitHubError(
                f"This is no step of a workflow ({type(error).__name__}: {error}): set GITHUB_EVENT_NAME, "
                "GITHUB_EVENT_PATH and GITHUB_REPOSITORY as GitHub does."
            ) from error
        api = given.get("GITHUB_API_URL", "https://api.github.com")
        return cls(name, payload, repository, api, given.get("GITHUB_TOKEN", ""), given.get("COURSE_BOT") or BOT)


def set_output(name: str, value: str) -> None:
    """Hand a value of our own to later steps and jobs."""
    _append("GITHUB_OUTPUT", f"{name}={value}\n")


def add_to_summary(markdown: str) -> None:
    """Add Markdown to the job's summary."""
    _append("GITHUB_STEP_SUMMARY", markdown + "\n")


def say(sentence: str) -> None:
    """Print to the log, where students' words must not become workflow commands."""
    print(for_workflow_log(sentence), flush=True)  # noqa: T201 - a log is what this is for


def _append(variable: str, text: str) -> None:
    name = os.environ.get(variable)
    if name:
        with Path(name).open("a", encoding="utf-8") as file:
            file.write(text)
