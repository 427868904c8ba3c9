"""Children that are really locked down, in every way that this machine offers."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from course_lib.grading.sandbox.bubblewrap import bubblewrap_argv
from course_lib.grading.sandbox.policy import LIBRARY, default_policy
from course_lib.grading.sandbox.tiers import probe

from tests.grading.sandbox.nursery import Nursery, Outcome

ORDINARY_USER = 12345
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MPLBACKEND": "Agg", "PYTHONDONTWRITEBYTECODE": "1"} | {
    f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")
}


@dataclass(frozen=True)
class Ground:
    """A way to confine, and the folders it is tried on.

    Args:
        nursery: the process that forks children.
        tier: T1, T2 or T3.
        folder: holds the scratch folder, and what belongs to the judge.
        secret: a file of the judge. Every user may read it, except at T1, which promises only what permissions hide.
        policy: the policy of the next child.

    """

    nursery: Nursery
    tier: str
    folder: Path
    secret: Path
    policy: dict[str, Any]

    def attempt(self, function: Callable[..., Any], *arguments: Any, **changes: Any) -> Outcome:
        """Run a function in a locked-down child, some limits changed."""
        return self.nursery.attempt(function, *arguments, policy={**self.policy, **changes})


def _make_ground(tier: str, python: str, user: int | None, *libraries: str) -> Iterator[Ground]:
    folder = Path(tempfile.mkdtemp(prefix="course-sandbox-"))
    folder.chmod(0o755)
    secret = folder / "judge" / "secret"
    secret.parent.mkdir()
    secret.write_text("expected values", encoding="utf-8")
    secret.parent.chmod(0o700 if tier == "T1" else 0o755)
    secret.chmod(0o600 if tier == "T1" else 0o644)
    home = folder / "home"
    home.mkdir(mode=0o755)
    if user is not None:
        os.chown(home, user, user)
    outside = _ask_policy(python, user, home, tier)
    how: dict[str, Any] = {} if user is None else {"user": user, "group": user, "extra_groups": []}
    command = [python, "-P", "-s"]
    policy = {**outside, "write": [str(home / "scratch"), "/dev/null"]}
    if tier == "T3":
        here = Path(__file__).parent
        wrapped = default_policy(home, "T3", disk_mib=16, read_also=(str(here),))
        command, policy["read"] = bubblewrap_argv(wrapped, command), [*policy["read"], str(here)]
    nursery = Nursery(command, *libraries, env=_environment(home), cwd=home, **how)
    try:
        yield Ground(nursery, tier, folder, secret, policy)
    finally:
        nursery.close()
        shutil.rmtree(folder)


def _environment(home: Path) -> dict[str, str]:
    return ENVIRONMENT | {"HOME": str(home), "MPLCONFIGDIR": str(home), "PYTHONPATH": str(LIBRARY.parent)}


def _ask_policy(python: str, user: int | None, home: Path, tier: str) -> dict[str, Any]:
    """Let the interpreter that will run the child say what it reads."""
    program = (
        "import json, sys; from course_lib.grading.sandbox.policy import default_policy as policy; "
        "print(json.dumps(policy(sys.argv[1], sys.argv[2]).to_json()))"
    )
    how: dict[str, Any] = {} if user is None else {"user": user, "group": user, "extra_groups": []}
    answer = subprocess.run(
        [python, "-P", "-s", "-c", program, str(home / "scratch"), tier],
        env=_environment(home), cwd=home, check=True, capture_output=True, text=True, **how,
    )  # fmt: skip
    return json.loads(answer.stdout)


@pytest.fixture(scope="session")
def python_for_everyone(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An interpreter, with this one's packages, that every user can start."""
    if _starts_for(sys.executable):
        return sys.executable
    same = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    if os.access(same, os.X_OK):
        folder = Path(tempfile.mkdtemp(prefix="course-python-"))
        folder.chmod(0o755)
        subprocess.run([same, "-m", "venv", "--without-pip", folder], check=True)
        installed = [path for path in sys.path if path.endswith("site-packages")]
        for packages in (folder / "lib").glob("python*/site-packages"):
            (packages / "shared.pth").write_text("\n".join([*installed, str(LIBRARY.parent)]), encoding="utf-8")
        if _starts_for(str(folder / "bin" / "python")):
            return str(folder / "bin" / "python")
    pytest.skip("Python or the checkout lies in a private folder, which no other user can enter")


def _starts_for(python: str) -> bool:
    program = "import course_lib.grading.sandbox.lockdown, numpy"
    ended = subprocess.run(
        [python, "-P", "-s", "-c", program], user=ORDINARY_USER, group=ORDINARY_USER, extra_groups=[],
        env={"PYTHONPATH": str(LIBRARY.parent)}, cwd="/", capture_output=True, check=False,
    )  # fmt: skip
    return ended.returncode == 0
