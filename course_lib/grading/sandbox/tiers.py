"""Which sandbox this machine offers: tried out once, described in sentences for people."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from course_lib.grading.sandbox.bubblewrap import bubblewrap_argv
from course_lib.grading.sandbox.macos import sandbox_argv
from course_lib.grading.sandbox.policy import LIBRARY, Policy, PolicyError, default_policy
from course_lib.grading.sandbox.promises import PROMISES, Gap, gaps

# A tier for marks of record.
OF_RECORD = "T2"

_TRIAL_SECONDS = 60.0


class TierError(RuntimeError):
    """This machine's sandbox is weaker than what was demanded; the message says why and what to do."""


@dataclass(frozen=True)
class Tier:
    """A sandbox that this machine offers.

    Args:
        name: T3, T2, T1, T1m or T0.
        promise: what graded code cannot do.
        layers: the layers that were put on in the trial.
        gaps: what this machine lacks, including why no stronger tier is offered.

    """

    name: str
    promise: str
    layers: tuple[str, ...]
    gaps: tuple[Gap, ...]

    def describe(self) -> str:
        """Return the promise and every weakness, one a line."""
        return "\n".join([f"{self.name}: {self.promise}.", *(f"- {gap.sentence}." for gap in self.gaps)])


def probe(highest: str = "T3") -> Tier:
    """Find the strongest tier of this machine, up to `highest`, by trying each in a process of its own.

    Takes 0.1 to 0.5 s the first time; the answer is kept for this process.
    """
    refused: list[Gap] = []
    for name in reversed(PROMISES):
        if _rank(name) > _rank(highest) or not _exists_here(name):
            continue
        layers, reason = _try(name)
        if not reason:
            return Tier(name, PROMISES[name], layers, (*gaps(name, layers, _landlock_abi()), *refused))
        refused.append(Gap(name, f"{name} is not available: {reason}"))
    return Tier("T0", PROMISES["T0"], (), tuple(refused))


def available() -> tuple[Tier, ...]:
    """Return every tier that this machine offers, strongest first."""
    found = {probe(name).name: probe(name) for name in reversed(PROMISES)}
    return tuple(found.values())


def at_least(tier: str, minimum: str) -> bool:
    """Tell whether a tier is as strong as another.

    Raises:
        ValueError: one of them is unknown.

    """
    return _rank(tier) >= _rank(minimum)


def require(tier: Tier, minimum: str) -> None:
    """Refuse a tier that is too weak.

    Raises:
        TierError: it is; the message names what is missing.

    """
    if not at_least(tier.name, minimum):
        message = (
            f"marks need the sandbox {minimum} here, and this machine offers {tier.name}. {tier.describe()}\n"
            f"Grade on a machine that offers {minimum}, or demand less with --require-tier {tier.name}"
        )
        raise TierError(message)


def _rank(name: str) -> int:
    if name not in PROMISES:
        message = f"unknown tier {name!r}: one of {', '.join(PROMISES)} is expected"
        raise ValueError(message)
    return list(PROMISES).index(name)


def _exists_here(name: str) -> bool:
    return {"linux": name != "T1m", "darwin": name in ("T0", "T1m")}.get(sys.platform, name == "T0")


@lru_cache
def _try(name: str) -> tuple[tuple[str, ...], str]:
    """Return the layers of a tier and why it is not available, "" where it is."""
    if name == "T0":
        return (), ""
    with tempfile.TemporaryDirectory(prefix="course-tier-") as folder:
        try:
            return _trial(name, Path(folder, "scratch"), _write_secret(name, Path(folder, "judge")))
        except (OSError, PolicyError, subprocess.SubprocessError) as error:
            return (), _one_line(str(error))


def _write_secret(name: str, folder: Path) -> Path:
    """Write a file that only the tier's own means can hide: Landlock hides what every user may read."""
    secret = folder / "secret"
    folder.mkdir()
    secret.write_text("secret", encoding="ascii")
    folder.chmod(0o700 if name == "T1" else 0o755)
    secret.chmod(0o600 if name == "T1" else 0o644)
    return secret


def _trial(name: str, scratch: Path, secret: Path) -> tuple[tuple[str, ...], str]:
    scratch.parent.chmod(0o711)  # so that a worker's own uid can pass
    scratch.mkdir()
    policy, command = _start(name, scratch)
    if name == "T1" and policy.uid is None:
        return (), "without Landlock, secrets are closed only to another user, and only root can start workers as one"
    ended = subprocess.run(  # noqa: S603 - our own interpreter and module
        command,
        input=json.dumps({"policy": policy.to_json(), "secret": str(secret)}),
        env={"PYTHONPATH": str(LIBRARY.parent), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=scratch,
        capture_output=True,
        text=True,
        timeout=_TRIAL_SECONDS,
        check=False,
    )
    try:
        findings = json.loads(ended.stdout)
    except ValueError:
        return (), _one_line(ended.stderr) or f"the trial ended with status {ended.returncode}"
    return tuple(findings["layers"]), "; ".join(findings["failed"])


def _start(name: str, scratch: Path) -> tuple[Policy, list[str]]:
    """Return the policy of a trial and the command that runs it inside the tier's wrapping."""
    outside = default_policy(scratch, name)
    command = [sys.executable, "-P", "-s", "-m", "course_lib.grading.sandbox.trial"]
    if name == "T3":
        return replace(outside, write=(str(scratch / "worker"), os.devnull)), bubblewrap_argv(outside, command)
    return outside, sandbox_argv(outside, command) if name == "T1m" else command


def _landlock_abi() -> int:
    if sys.platform != "linux":
        return 0
    from course_lib.grading.sandbox import landlock  # noqa: PLC0415 - loads the C library

    return landlock.abi()


def _one_line(text: str) -> str:
    return " ".join(text.split())[-300:]


__all__ = [
    "OF_RECORD",
    "PROMISES",
    "Gap",
    "Tier",
    "TierError",
    "at_least",
    "available",
    "bubblewrap_argv",
    "probe",
    "require",
    "sandbox_argv",
]
