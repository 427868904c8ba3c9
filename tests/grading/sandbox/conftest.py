"""Children that are really locked down, in every way that this machine offers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from course_lib.grading.sandbox.bubblewrap import bubblewrap_argv
from course_lib.grading.sandbox.policy import LIBRARY, default_policy
from course_lib.grading.sandbox.tiers import probe
from tests.grading.sandbox.nursery import Nursery, Outcome

# Real children need a real kernel; what is only text is tested in test_tiers.py.
collect_ignore_glob = [] if sys.platform == "linux" else ["test_l*.py", "test_seccomp.py"]

ORDINARY_USER = 12345
HERE = str(Path(__file__).parent)
IS_ROOT = os.geteuid() == 0

OWN_UID = "T2, a uid of its own"
SAME_USER = "T2, as the same user"
WITHOUT_LANDLOCK = "T1"
BUBBLEWRAP = "T3"
WAYS = [OWN_UID, SAME_USER, WITHOUT_LANDLOCK, BUBBLEWRAP] if IS_ROOT else [SAME_USER, BUBBLEWRAP]


@dataclass(frozen=True)
class Ground:
    """A way to confine, and the folders it is tried on.

    Args:
        tier: T1, T2 or T3.
        folder: holds what belongs to the judge, and the scratch folder of the children.
        secret: a file of the judge. Every user may read it, except at T1, which promises only what permissions hide.
        nursery: the process that forks children.
        policy: their policy.

    """

    tier: str
    folder: Path
    secret: Path
    nursery: Nursery
    policy: dict[str, Any]

    def attempt(self, function: Callable[..., Any], *arguments: Any, **changes: Any) -> Outcome:
        """Run a function in a locked-down child, with some limits changed."""
        return self.nursery.attempt(function, *arguments, policy={**self.policy, **changes})


@pytest.fixture(scope="session", params=WAYS)
def ground(request: pytest.FixtureRequest) -> Iterator[Ground]:
    """Every way to confine that holds at least the promise of T1; root has two more than others."""
    yield from make_ground(request, request.param)


@pytest.fixture(scope="session")
def honest_ground(request: pytest.FixtureRequest) -> Iterator[Ground]:
    """T2 as this machine offers it, with the libraries that exercises use imported once, as the zygote does."""
    yield from make_ground(request, OWN_UID if IS_ROOT else SAME_USER, "numpy.random", "torch", "matplotlib.pyplot")


@pytest.fixture(scope="session")
def unconfined() -> Iterator[Callable[..., Outcome]]:
    """Run a function in a child that is not locked down, to try one layer alone."""
    nursery = Nursery([sys.executable, "-P", "-s"], env=_environment(Path("/")), cwd="/")
    yield lambda function, *arguments: nursery.attempt(function, *arguments, policy=None)
    nursery.close()


@pytest.fixture(scope="session")
def python_for_everyone() -> Iterator[str]:
    """An interpreter, with this one's packages, that every user can start."""
    same = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    with tempfile.TemporaryDirectory(prefix="course-python-") as folder:
        Path(folder).chmod(0o755)
        if _starts_for_everyone(sys.executable):
            yield sys.executable
        elif os.access(same, os.X_OK) and _starts_for_everyone(_copy_environment(same, Path(folder))):
            yield f"{folder}/bin/python"
        else:
            pytest.skip("Python or the checkout lies in a private folder, which no other user can enter")


def make_ground(request: pytest.FixtureRequest, way: str, *libraries: str) -> Iterator[Ground]:
    """Start the process that forks children in one of the ways, or skip where this machine does not have it."""
    tier = way[:2]
    python, user = _interpreter_and_user(request, way)
    folder = Path(tempfile.mkdtemp(prefix="course-sandbox-"))
    home, secret = _furnish(folder, tier, user)
    policy = _ask_policy(python, user, home, tier)
    command = [python, "-P", "-s"]
    if way == BUBBLEWRAP:
        command = bubblewrap_argv(default_policy(home, tier, disk_mib=16, read_also=(HERE,)), command)
    nursery = Nursery(command, *libraries, env=_environment(home), cwd=home, **_as_user(user))
    yield Ground(tier, folder, secret, nursery, policy)
    nursery.close()
    shutil.rmtree(folder)


def _interpreter_and_user(request: pytest.FixtureRequest, way: str) -> tuple[str, int | None]:
    if way == BUBBLEWRAP and probe("T3").name != "T3":
        pytest.skip(probe("T3").describe())
    if way == WITHOUT_LANDLOCK or (way == SAME_USER and IS_ROOT):
        python = request.getfixturevalue("python_for_everyone")
        return python, ORDINARY_USER if way == SAME_USER else None
    return sys.executable, None


def _furnish(folder: Path, tier: str, user: int | None) -> tuple[Path, Path]:
    """Make what belongs to the judge, and the folder in which children have their scratch; return folder and secret."""
    hidden = tier == "T1"
    home, secret = folder / "home", folder / "judge" / "secret"
    home.mkdir()
    secret.parent.mkdir()
    secret.write_text("expected values", encoding="utf-8")
    secret.chmod(0o600 if hidden else 0o644)
    secret.parent.chmod(0o700 if hidden else 0o755)
    folder.chmod(0o755)
    home.chmod(0o755)
    if user is not None:
        for path in (home, secret, secret.parent):
            os.chown(path, user, user)
    return home, secret


def _ask_policy(python: str, user: int | None, home: Path, tier: str) -> dict[str, Any]:
    """Let the interpreter that children will run on say what it reads."""
    program = (
        "import json, sys; from course_lib.grading.sandbox.policy import default_policy; "
        "print(json.dumps(default_policy(*sys.argv[1:]).to_json()))"
    )
    answer = subprocess.run(
        [python, "-P", "-s", "-c", program, str(home / "scratch"), tier],
        env=_environment(home),
        cwd=home,
        check=True,
        stdout=subprocess.PIPE,
        **_as_user(user),
    )
    return json.loads(answer.stdout)


def _as_user(user: int | None) -> dict[str, Any]:
    return {} if user is None else {"user": user, "group": user, "extra_groups": []}


def _environment(home: Path) -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": str(home),
        "PYTHONPATH": str(LIBRARY.parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }


def _copy_environment(python: str, folder: Path) -> str:
    subprocess.run([python, "-m", "venv", "--without-pip", folder], check=True)
    shared: Sequence[str] = [path for path in sys.path if path.endswith("site-packages")]
    for packages in (folder / "lib").glob("python*/site-packages"):
        (packages / "shared.pth").write_text("\n".join(shared), encoding="utf-8")
    return str(folder / "bin" / "python")


def _starts_for_everyone(python: str) -> bool:
    try:
        ended = subprocess.run(
            [python, "-P", "-s", "-c", "import course_lib.grading.sandbox.lockdown"],
            env=_environment(Path("/")),
            cwd="/",
            capture_output=True,
            check=False,
            **_as_user(ORDINARY_USER),
        )
    except PermissionError:
        return False
    return ended.returncode == 0
