"""`docs/writing-an-exercise.md` is tried as it stands: its files are written, proven, and judged with mutants."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from course_lib.cli import app

PAGE = Path(__file__).parents[2] / "docs" / "writing-an-exercise.md"
BLOCK = re.compile(r"^```\w+ file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CHAPTER = '[[chapter]]\nname = "ch01_trial"\ntitle = "Trial"\nbook = "Chapter 1"\nminutes = 10\n'
MANIFEST = f'format = 1\ntitle = "Trial"\n\n{CHAPTER}'
CREATE = ["new-exercise", "ch01_trial/leaky_relu", "--title", "A leaky ReLU", "--kind", "code", "--points", "5"]


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The course of the page, with its files in place of the templates."""
    (tmp_path / "course.toml").write_text(MANIFEST, "utf-8")
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))
    created = CliRunner().invoke(app, CREATE)
    assert created.exit_code == 0, created.output
    for template in tmp_path.rglob("rename_me_*.py"):
        template.unlink()
    for name, text in BLOCK.findall(PAGE.read_text("utf-8")):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_page_leads_to_a_proven_exercise(trial: Path) -> None:
    """Whoever copies the page gets an exercise whose every suite is proven, mutants included."""
    assert r"\n".join(MANIFEST.splitlines()) in PAGE.read_text("utf-8")
    assert not [path for path in trial.rglob("*.py") if "TO BE WRITTEN" in path.read_text("utf-8")]

    built = CliRunner().invoke(app, ["build"])
    proof = CliRunner().invoke(app, ["verify", "ch01_trial", "--mutants", "--jobs", "1"])

    assert built.exit_code == 0, built.output
    assert proof.exit_code == 0, proof.output
