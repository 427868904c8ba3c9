"""From an event to the pull requests to grade. What students can write (branch, title) only ever goes into a query."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from course_lib.github.api import ApiError, GitHub
from course_lib.github.plan import SHA
from course_lib.github.roster import LOGIN, REPOSITORY, Member, find_member
from course_lib.github.surroundings import GitHubError, Surroundings, say

NOT_FOUND = 404


@dataclass(frozen=True)
class Pull:
    """An open pull request of a student.

    Attributes:
        repository: OWNER/NAME that it is in.
        number: its number.
        sha: the commit to grade.
        base: the branch's commit that it would be merged into.
        student: the name in the gradebook.

    """

    repository: str
    number: int
    sha: str
    base: str
    student: str


def find_pulls(github: GitHub, surroundings: Surroundings, roster: tuple[Member, ...]) -> list[Pull]:
    """Return the pull requests that an event asks to grade.

    Raises:
        GitHubError: the event is none of ours, or names no pull request.
        ApiError: GitHub refuses.

    """
    event = surroundings.event
    if event == "workflow_run":
        found = _of_run(github, surroundings)
    elif event == "workflow_dispatch" and (surroundings.payload.get("inputs") or {}).get("pull"):
        found = _of_dispatch(github, surroundings)
    elif event in ("schedule", "workflow_dispatch"):
        found = list(_of_sweep(github, roster))
    else:
        raise GitHubError(f"The event {event!r} starts no grading: use workflow_dispatch, schedule or workflow_run.")
    pulls = [_pull(data, roster) for data in found]
    return [pull for pull in pulls if pull is not None]


def _of_run(github: GitHub, surroundings: Surroundings) -> list[dict[str, Any]]:
    """The pull request whose push started another workflow here. What that workflow produced is not looked at."""
    run = surroundings.payload["workflow_run"]
    owner, branch, sha = _owner(run["head_repository"]), run["head_branch"], run["head_sha"]
    if run["event"] != "pull_request" or not LOGIN.fullmatch(owner) or not SHA.fullmatch(sha):
        say("That run belongs to no pull request; there is nothing to grade.")
        return []
    pages = github.pages(f"/repos/{surroundings.repository}/pulls", state="open", head=f"{owner}:{branch}")
    found = [data for data in pages if data["head"]["sha"] == sha]
    if not found:
        say("No open pull request ends in that commit; a newer push is graded instead.")
    return found


def _owner(repository: dict[str, Any] | None) -> str:
    """Return whose repository it is; nobody's where it was deleted meanwhile."""
    return str(repository["owner"]["login"]) if repository else ""


def _of_dispatch(github: GitHub, surroundings: Surroundings) -> list[dict[str, Any]]:
    inputs = surroundings.payload["inputs"]
    repository, number = inputs.get("repository") or surroundings.repository, str(inputs["pull"])
    if not REPOSITORY.fullmatch(repository) or not re.fullmatch(r"[1-9][0-9]{0,8}", number):
        raise GitHubError(f"{repository!r} and {number!r} name no pull request: give OWNER/NAME and a number.")
    try:
        return [github.get(f"/repos/{repository}/pulls/{number}")]
    except ApiError as error:
        if error.status == NOT_FOUND:
            raise GitHubError(f"{repository} has no pull request {number}, or the token may not read it.") from error
        raise


def _of_sweep(github: GitHub, roster: tuple[Member, ...]) -> Iterator[dict[str, Any]]:
    if not roster:
        say("There is no roster.csv, so there is nobody to sweep.")
    for repository in dict.fromkeys(member.repository for member in roster):
        try:
            yield from github.pages(f"/repos/{repository}/pulls", state="open")
        except ApiError as error:
            say(f"{repository} was left out: {error}")


def _pull(data: dict[str, Any], roster: tuple[Member, ...]) -> Pull | None:
    repository, login = data["base"]["repo"]["full_name"], (data["user"] or {}).get("login", "")
    if not LOGIN.fullmatch(login):
        say(f"{repository}#{data['number']} is by no person's account; it is not graded.")
        return None
    member = find_member(roster, login, repository)
    if roster and member is None:
        say(f"{repository}#{data['number']} is by {login}, who is not on the roster; it is not graded.")
        return None
    sha, base = data["head"]["sha"], data["base"]["sha"]
    if not (SHA.fullmatch(sha) and SHA.fullmatch(base) and REPOSITORY.fullmatch(repository)):
        raise GitHubError(f"GitHub describes pull request {data['number']} in a way that this version cannot read.")
    return Pull(repository, int(data["number"]), sha, base, member.student if member else login)
