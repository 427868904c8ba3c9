import json
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from course_lib import cli_author
from course_lib.catalog import ROOT_VARIABLE


@pytest.fixture
def run(monkeypatch):
    """A function that runs a command on the course in a folder."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command("build")(cli_author.build)
    app.command("show")(cli_author.show)
    app.command("new-exercise")(cli_author.new_exercise)

    def invoke(root, *args):
        monkeypatch.setenv(ROOT_VARIABLE, str(root))
        return CliRunner().invoke(app, [str(arg) for arg in args])

    return invoke


# --- show -------------------------------------------------------------------------------------------------------------


def test_show_exercise_prints_its_places(run, tiny):
    """Each on a line of its own, with the line in the file or what is in it."""
    result = run(tiny.root, "show", "ch01/double")

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "ch01_tiny/double: Twice (code, 2 points)",
        "  stub            assignments/ch01_tiny/ch01_tiny.ipynb  (missing)",
        f"  solution        solutions/ch01_tiny/ch01_tiny.py:{tiny.line_of('exercise=')}",
        "  visible checks  solutions/ch01_tiny/checks.py:7  (1: test_double_of_three)",
        "  hidden suite    autograder/ch01_tiny/test_double.py  (1: test_secret_numbers)",
        "  right answers   autograder/ch01_tiny/right_answers/double  (1: adds)",
        "  wrong answers   autograder/ch01_tiny/wrong_answers/double  (1: squares)",
    ]


def test_show_chapter_prints_a_table(run, tiny):
    """One row per exercise."""
    lines = run(tiny.root, "show", "ch01").stdout.splitlines()

    assert lines[0] == "ch01_tiny: Tiny things (Chapter 1, 30 min, 7.5 points)"
    assert lines[1].split() == ["exercise", "kind", "points", "checks", "tests", "right", "wrong", "title"]
    assert lines[2].split() == ["double", "code", "2", "1", "1", "1", "1", "Twice"]
    assert lines[3].split() == ["double_why", "written", "1.5", "Why", "twice"]


def test_show_prints_the_course(run, tiny):
    """One row per chapter."""
    lines = run(tiny.root, "show").stdout.splitlines()

    assert lines[0] == "Tiny"
    assert lines[2].split() == ["ch01_tiny", "4", "7.5", "30", "Tiny", "things"]


@pytest.mark.parametrize(("what", "key"), [("ch01/double", "exercise"), ("ch01", "exercises"), (None, "chapters")])
def test_show_speaks_json(run, tiny, what, key):
    """One document, and nothing else on stdout."""
    result = run(tiny.root, "show", *([what] if what else []), "--json")

    assert key in json.loads(result.stdout)


def test_an_unknown_exercise_is_a_sentence(run, tiny):
    """On stderr, with what was meant, and an exit status of its own."""
    result = run(tiny.root, "show", "ch01/duoble")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "ch01_tiny has no exercise 'duoble'; did you mean 'double'?" in result.stderr
    assert "Traceback" not in result.stderr


# --- new-exercise -----------------------------------------------------------------------------------------------------


def test_new_exercise_names_what_it_touched(run, tiny):
    """And says what to do next."""
    args = ["ch01/triple", "--title", "Three times", "--kind", "code", "--points", "4"]
    result = run(tiny.root, "new-exercise", *args)

    assert result.exit_code == 0
    assert "created autograder/ch01_tiny/test_triple.py" in result.stdout
    assert "changed course.toml" in result.stdout
    assert result.stdout.endswith("Search them for TO BE WRITTEN, then run: course verify ch01_tiny\n")
    assert tiny.chapter.exercise("triple").points == 4.0


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("triple", "code", "'triple' names no exercise: write chapter/slug"),
        ("ch09/triple", "code", "has no chapter 'ch09'"),
        ("ch01/double", "code", "ch01_tiny/double exists"),
        ("ch01/Triple", "code", "no good name"),
        ("ch01/", "code", "no good name"),
        ("ch01/triple", "essay", "unknown kind 'essay'"),
    ],
)
def test_new_exercise_refuses_in_sentences(run, tiny, name, kind, message):
    """Nothing is changed then."""
    before = tiny.course.manifest.read_bytes()

    result = run(tiny.root, "new-exercise", name, "--title", "T", "--kind", kind, "--points", "1")

    assert result.exit_code == 2
    assert message in result.stderr
    assert tiny.course.manifest.read_bytes() == before


# --- build ------------------------------------------------------------------------------------------------------------


def test_check_of_a_current_release_passes(run, released):
    """It says so."""
    result = run(released.root, "build", "--check")

    assert (result.exit_code, result.stdout) == (0, "assignments/ is current: ch01_tiny\n")


def test_check_names_what_is_stale(run, tiny):
    """With the command that mends it, and what belongs to no chapter."""
    tiny.write("assignments/ch01_old/checks.py", "")

    result = run(tiny.root, "build", "--check")

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "assignments/ch01_tiny/ch01_tiny.ipynb is stale: run `course build ch01_tiny`",
        "assignments/ch01_tiny/checks.py is stale: run `course build ch01_tiny`",
        "assignments/ch01_old belongs to no chapter of course.toml: remove it",
    ]


def test_build_says_what_changed(run, released, tiny):
    """Per chapter, and per file."""
    (tiny.root / "gradebook.db").write_bytes((released.root / "gradebook.db").read_bytes())

    result = run(tiny.root, "build", "ch01")

    assert result.stdout.splitlines() == [
        "ch01_tiny: 2 files changed",
        "  assignments/ch01_tiny/ch01_tiny.ipynb",
        "  assignments/ch01_tiny/checks.py",
    ]
    assert run(tiny.root, "build", "ch01").stdout == "ch01_tiny: nothing changed\n"


def test_a_broken_source_is_a_sentence_with_file_and_line(run, tiny):
    """Every problem on a line of its own, unwrapped, so that an editor can jump to it."""
    tiny.edit_script('# %% demo="double"', '# %% dmo="double"')
    tiny.edit_script('check("draw")', 'check("draw");')

    result = run(tiny.root, "build")

    first, second = result.stderr.strip().splitlines()
    assert result.exit_code == 2
    assert first == f"{tiny.script_path}:{tiny.line_of('dmo')}: unknown role 'dmo': did you mean 'demo'?"
    assert second.startswith(f"{tiny.script_path}:")


def test_starting_the_command_line_loads_nothing_slow():
    """`course show` answers at once; nbgrader, jupytext and nbformat wait until they are needed."""
    slow = "{'nbgrader', 'jupytext', 'nbformat', 'torch', 'tomlkit'}"
    code = f"import sys, course_lib.cli_author; print({slow} & set(sys.modules))"

    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert output.strip() == "set()"
