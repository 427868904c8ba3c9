"""A published student repository, and the small course that tests of GitHub grade with."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from course_lib.catalog import load_course
from course_lib.publishing.publish import publish
from tests.grading.mini_course import write_course

ROOT = Path(__file__).parents[2]
REPOSITORY = "intro/deep-learning"


def git(folder, *arguments):
    """Run git with a name and without anybody's settings; return what it prints."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1"}
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"]
    command = ["git", "-C", str(folder), *who, *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """This course, published; tests only read it."""
    folder = tmp_path_factory.mktemp("published") / "student"
    publish(load_course(ROOT), folder, REPOSITORY)
    return folder


@pytest.fixture
def mini(tmp_path):
    """The small course in a folder of its own."""
    return load_course(write_course(tmp_path / "course"))
