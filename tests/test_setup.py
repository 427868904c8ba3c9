"""`make setup`: what it does with a missing, old or half-made environment, and what it says.

Each test has a small project of its own, whose package needs no index to be installed: the same Makefile and the same
script, without the two gigabytes.
"""

import ast
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import Mock

import pytest

ROOT = Path(__file__).parents[1]
PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "small"
version = "1"
"""
BACKEND = '''
"""The smallest build backend: an editable wheel that puts the project's folder on the path."""
import pathlib, zipfile

METADATA = "Metadata-Version: 2.1\\nName: small\\nVersion: 1\\nProvides-Extra: dev\\n%s"


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    needs = pathlib.Path("needs.txt")
    files = {
        "small.pth": str(pathlib.Path.cwd()),
        "small-1.dist-info/METADATA": METADATA % (needs.read_text() if needs.exists() else ""),
        "small-1.dist-info/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        "small-1.dist-info/RECORD": "",
    }
    with zipfile.ZipFile(pathlib.Path(wheel_directory, "small-1-py3-none-any.whl"), "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
    return "small-1-py3-none-any.whl"
'''
FAKE_PYTHON = """#!/bin/sh
exec "{python}" -c 'import runpy, sys
if sys.argv[1] == "-c":
    sys.exit(0)
{pretence}
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")' "$@"
"""
AS_OLD = 'sys.version_info = (3, 9, 6, "final", 0)'
WITHOUT_ENSUREPIP = 'sys.modules["ensurepip"] = None'


class Project:
    """A folder with the Makefile, the bootstrap script and a package that needs nothing."""

    def __init__(self, folder):
        self.folder = folder
        self.venv = folder / ".venv"
        self.mark = self.venv / "course-setup.json"
        (folder / "tools").mkdir(parents=True)
        shutil.copy(ROOT / "Makefile", folder)
        shutil.copy(ROOT / "tools" / "bootstrap.py", folder / "tools")
        (folder / "constraints.txt").touch()
        (folder / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
        (folder / "backend.py").write_text(BACKEND, encoding="utf-8")

    def bootstrap(self):
        """The project's own bootstrap script as a module."""
        spec = importlib.util.spec_from_file_location("bootstrap", self.folder / "tools" / "bootstrap.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def make(self, *arguments, path=None, **variables):
        """Run make in a clean environment; its stdout is everything that was printed."""
        run = subprocess.run(
            ["make", *arguments],
            cwd=self.folder,
            env=self.environment(path, variables),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        run.stdout += run.stderr
        return run

    def environment(self, path=None, variables=()):
        """Nothing of this process but the PATH, with the tests' own Python first on it."""
        python = Path(sys.executable).parent
        return {"HOME": str(self.folder), "PATH": path or f"{python}:{os.environ['PATH']}", **dict(variables)}


@pytest.fixture
def project(tmp_path):
    """A project without .venv, in a folder with a space in its name."""
    return Project(tmp_path / "my course")


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A project whose first set-up was killed and whose second one is complete; tests leave it complete."""
    project = Project(tmp_path_factory.mktemp("finished") / "my course")
    project.venv.mkdir()
    (project.venv / "left over").touch()
    project.mark.write_text('{"state": "installing"}', encoding="utf-8")
    project.run = project.make("setup")
    assert project.run.returncode == 0, project.run.stdout
    return project


@pytest.fixture
def prepared(project, finished):
    """A project with pip in its .venv, but not installed yet."""
    shutil.copytree(finished.venv, project.venv, symlinks=True)
    project.mark.unlink()
    return project


def test_setup_makes_an_environment_that_imports_the_package(finished):
    """`make setup` leaves .venv with the package in it, also under a path with a space."""
    command = [finished.venv / "bin" / "python", "-c", "import backend"]

    assert "Set-up is complete." in finished.run.stdout
    subprocess.run(command, cwd="/", check=True)


def test_half_made_environment_heals_itself(finished):
    """What a killed set-up left behind is deleted and made anew, and the run says so."""
    assert "The last set-up was cut short; starting it over." in finished.run.stdout
    assert not (finished.venv / "left over").exists()


def test_second_setup_does_nothing(finished):
    """A finished set-up is recognised: nothing is printed and nothing is touched."""
    before = finished.mark.stat().st_mtime_ns

    run = finished.make("setup")

    assert run.returncode == 0
    assert run.stdout == ""
    assert finished.mark.stat().st_mtime_ns == before


def test_changed_constraints_are_installed_into_the_same_environment(finished):
    """When the pins change, pip brings .venv up to date; nobody waits for a new one."""
    (finished.venv / "witness").touch()
    (finished.folder / "constraints.txt").write_text("# newer\n", encoding="utf-8")

    run = finished.make("setup")

    assert run.returncode == 0, run.stdout
    assert "Installing" in run.stdout
    assert (finished.venv / "witness").exists()


def test_environment_made_by_hand_is_kept(prepared):
    """A .venv without our mark belongs to somebody: the packages go into it, nothing is deleted."""
    (prepared.venv / "witness").touch()

    run = prepared.make("setup")

    assert run.returncode == 0, run.stdout
    assert (prepared.venv / "witness").exists()
    assert json.loads(prepared.mark.read_text())["state"] == "ready"


def test_environment_without_python_is_made_anew(project):
    """A .venv whose Python was uninstalled, or that is no environment at all, does not count."""
    bootstrap = project.bootstrap()
    (project.venv / "bin").mkdir(parents=True)
    (project.venv / "bin" / "python").symlink_to("/nowhere/python3")

    assert "does not work" in bootstrap.reason_to_start_over({}, chosen=False)


def test_moved_course_gets_a_new_environment(prepared):
    """The scripts of an environment hold its path, so a .venv from another folder is not used."""
    mark = {"state": "ready", "place": "/elsewhere/.venv"}

    assert "was moved" in prepared.bootstrap().reason_to_start_over(mark, chosen=False)


def test_other_python_that_a_person_chose_gets_a_new_environment(prepared):
    """PYTHON=… with another version replaces .venv; without PYTHON=… the version that is there stays."""
    bootstrap = prepared.bootstrap()
    mark = {"state": "ready", "place": str(bootstrap.VENV), "python": "3.99"}

    assert "The Python in .venv is 3.99" in bootstrap.reason_to_start_over(mark, chosen=True)
    assert bootstrap.reason_to_start_over(mark, chosen=False) is None


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_is_no_folder_is_removed_and_what_a_link_shows_stays(project, kind):
    """A file or a link called .venv goes away; the folder behind the link is not ours to delete."""
    elsewhere = project.folder / "elsewhere"
    elsewhere.mkdir()
    if kind == "file":
        project.venv.touch()
    else:
        project.venv.symlink_to(elsewhere)

    project.bootstrap().remove_venv()

    assert not project.venv.exists()
    assert elsewhere.exists()


def test_environment_that_cannot_be_deleted_is_named(project, monkeypatch):
    """Where deleting fails, the sentence says why and who has to do it."""
    bootstrap = project.bootstrap()
    project.venv.mkdir()
    monkeypatch.setattr(bootstrap.shutil, "rmtree", Mock(side_effect=PermissionError("not yours")))

    with pytest.raises(bootstrap.SetupError, match=r"not yours\.\nDelete it yourself"):
        bootstrap.remove_venv()


def test_interrupted_setup_says_so_and_leaves_its_mark(prepared):
    """Stopped during the installation: a sentence, no traceback, and the next run will know."""
    (prepared.folder / "backend.py").write_text("import time\nopen('started', 'w').close()\ntime.sleep(60)\n")
    with subprocess.Popen(
        [sys.executable, "tools/bootstrap.py"],
        cwd=prepared.folder,
        env=prepared.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as setup:
        wait_until((prepared.folder / "started").exists)
        setup.send_signal(signal.SIGTERM)  # handled as Ctrl-C is, which jobs in the background ignore
        said = setup.communicate(timeout=180)[1]

    assert setup.returncode == 130
    assert said.strip() == "Stopped. The next run starts the set-up over."
    assert json.loads(prepared.mark.read_text())["state"] == "installing"


def wait_until(condition):
    """Poll, for a minute at most."""
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("it did not happen within a minute")


def test_without_network_a_sentence_says_so_and_the_next_run_goes_on(prepared):
    """With no index to be reached, pip's words are followed by what to do; the environment is not thrown away."""
    (prepared.folder / "needs.txt").write_text("Requires-Dist: numpy\n", encoding="utf-8")
    closed = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1", "PIP_CONFIG_FILE": os.devnull}

    run = prepared.make("setup", **closed)

    assert run.returncode != 0
    assert "pip could not reach its package index" in run.stdout
    assert "run the same command again" in run.stdout
    assert prepared.bootstrap().reason_to_start_over(json.loads(prepared.mark.read_text()), chosen=False) is None


def test_index_without_the_package_is_told_apart_from_a_missing_network(prepared):
    """When pip may not ask any index, the sentence names the settings and the version of Python."""
    (prepared.folder / "needs.txt").write_text("Requires-Dist: numpy\n", encoding="utf-8")

    run = prepared.make("setup", PIP_NO_INDEX="1", PIP_CONFIG_FILE=os.devnull)

    assert run.returncode != 0
    assert "pip found no package that fits Python" in run.stdout
    assert "PIP_NO_INDEX" in run.stdout


def test_any_other_failure_of_pip_shows_its_last_words(prepared):
    """A package that cannot be built: pip's own message comes through, and the log is named."""
    (prepared.folder / "backend.py").write_text('raise RuntimeError("no compiler today")\n', encoding="utf-8")

    run = prepared.make("setup")

    assert run.returncode != 0
    assert "no compiler today" in run.stdout
    assert ".venv/install.log" in run.stdout


def test_pip_that_the_system_killed_is_told_apart(prepared):
    """A process that memory was taken from says nothing itself, so the set-up does, and will start over."""
    (prepared.folder / "backend.py").write_text("import os\nos.kill(os.getppid(), 9)\n", encoding="utf-8")

    run = prepared.make("setup")

    assert run.returncode != 0
    assert "pip was ended from outside, by signal 9" in run.stdout
    assert json.loads(prepared.mark.read_text())["state"] == "installing"


def test_full_disk_is_named(project):
    """What pip says when the disk is full is understood."""
    words = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"

    assert project.bootstrap().why_pip_failed(words).startswith("The disk is full")


def test_settings_that_lead_pip_elsewhere_are_ignored(prepared):
    """PIP_TARGET and its like, good for other work, do not send the packages away from .venv."""
    run = prepared.make("setup", PIP_TARGET=str(prepared.folder / "target"), PIP_USER="1")

    assert run.returncode == 0, run.stdout
    assert not (prepared.folder / "target").exists()


def test_old_python_that_a_person_chose_is_refused(project, tmp_path):
    """PYTHON=… is taken at its word: too old is an error, and no other Python is looked for."""
    old = fake_python(tmp_path / "python3", AS_OLD)

    run = project.make("setup", f"PYTHON={old}")

    assert run.returncode != 0
    assert "This is Python 3.9.6" in run.stdout
    assert "the course needs Python 3.11 or newer" in run.stdout
    assert not project.venv.exists()


def test_newer_python_is_found_beside_an_old_one(prepared, tmp_path):
    """Where `python3` is too old and a newer one is on the PATH under its full name, that one is used."""
    programs = only_shell_and_make(tmp_path / "programs")
    fake_python(programs / "python3", AS_OLD)
    (programs / f"python3.{sys.version_info.minor}").symlink_to(Path(sys.executable).resolve())

    run = prepared.make("setup", path=str(programs))

    assert run.returncode == 0, run.stdout


def test_old_python_and_no_other_is_explained(project, tmp_path):
    """Nothing newer on the PATH: the sentence says which version is needed and how to name one."""
    programs = only_shell_and_make(tmp_path / "programs")
    fake_python(programs / "python3", AS_OLD)

    run = project.make("setup", path=str(programs))

    assert run.returncode != 0
    assert "the course needs Python 3.11 or newer" in run.stdout
    assert "make PYTHON=" in run.stdout


@pytest.mark.parametrize("arguments", [[], ["PYTHON=/nowhere/python3"]])
def test_missing_python_is_explained(project, tmp_path, arguments):
    """Without any Python, or with a wrong PYTHON=…, one sentence says what to install."""
    run = project.make("setup", *arguments, path=str(only_shell_and_make(tmp_path / "programs")))

    assert run.returncode != 0
    assert "No Python 3 starts here" in run.stdout
    assert "Install Python 3.11 or newer" in run.stdout


def test_python_without_venv_names_the_debian_package(project, tmp_path):
    """Debian splits `ensurepip` off: the sentence names the package that brings it back."""
    python = fake_python(tmp_path / "python3", WITHOUT_ENSUREPIP)

    run = project.make("setup", f"PYTHON={python}")

    assert run.returncode != 0
    assert f"sudo apt-get install python3.{sys.version_info.minor}-venv" in run.stdout
    assert not project.venv.exists()


def only_shell_and_make(folder):
    """A folder for the PATH with nothing but what `make setup` needs besides Python."""
    folder.mkdir()
    for name in ("sh", "make"):
        (folder / name).symlink_to(shutil.which(name))
    return folder


def fake_python(path, pretence):
    """A program that runs scripts as our Python does, after a line that changes what it seems to be."""
    path.write_text(FAKE_PYTHON.format(python=Path(sys.executable).resolve(), pretence=pretence), encoding="utf-8")
    path.chmod(0o755)
    return path


def test_two_setups_at_once_do_not_disturb_each_other(prepared):
    """The second one waits for the first and then finds everything done."""
    command = [sys.executable, "tools/bootstrap.py"]
    place = {"cwd": prepared.folder, "env": prepared.environment(), "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **place) as first, subprocess.Popen(command, **place) as second:
        said = first.communicate(timeout=120)[0] + second.communicate(timeout=120)[0]

    assert (first.returncode, second.returncode) == (0, 0)
    assert said.count(b"Set-up is complete.") == 1


def test_make_alone_lists_every_target():
    """`make` without a word is the help, and no target is missing from it."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = text.split(".PHONY:")[1].splitlines()[0].split()

    # A make of its own, not one below the `make test` that may be running this.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    run = subprocess.run(["make"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)

    assert [line.split()[1] for line in run.stdout.splitlines()] == phony


def test_bootstrap_has_syntax_that_old_pythons_read():
    """An old Python has to reach the sentence that it is too old."""
    source = (ROOT / "tools" / "bootstrap.py").read_text(encoding="utf-8")

    tree = ast.parse(source, feature_version=(3, 6))

    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
