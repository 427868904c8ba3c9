import json
import subprocess
import sys

import pytest

from course_lib.catalog import load_course
from course_lib.grading.notebook_file import SubmissionError, read_notebook
from course_lib.teaching import examine
from course_lib.teaching.notebook_check import check_notebook, digest_of
from course_lib.teaching.status_file import recall, remember, status_path

SETUP = "import numpy as np\nfrom course_lib import check, demo, progress, start\nstart('ch01_curves')"
GOOD = {
    "setup": SETUP,
    "square": "def square(x):\n    return x * x",
    "slope": """
        def slope(x):
            if isinstance(x, str):
                raise ValueError(f"x must be a number, received {x!r}")
            return 2.0 * x
        """,
}


@pytest.fixture
def look(course_root, saved):
    """Save cells and check the notebook: `look({"square": …})`."""

    def check(cells, cell_seconds=2.0):
        saved(cells)
        return check_notebook(load_course(course_root).chapter("ch01"), cell_seconds)

    return check


def states(checked):
    """The states of the exercises that can be checked here."""
    return [finding.state for finding in checked.findings[:2]]


def test_right_notebook(look):
    """A right notebook holds, and its own check, demo and progress cells cost nothing and say nothing."""
    shown = {"square__check": "check('square')", "square__demo": "1 / 0", "mine": "check('slope'); progress()"}
    checked = look(GOOD | shown)

    assert states(checked) == [examine.HOLDS, examine.HOLDS]
    assert checked.notes == ()


def test_every_exercise_is_there(look):
    """The findings cover the chapter in order, the written exercise too."""
    checked = look(GOOD)

    assert [finding.exercise.slug for finding in checked.findings] == ["square", "slope", "unchecked", "why"]
    assert checked.findings[3].state == examine.WRITTEN


def test_magics_and_noise(look):
    """Magics, shell lines, prints and questions to the keyboard disturb nothing."""
    extra = {"magic": "%matplotlib inline\n!ls\nget_ipython().run_line_magic('time', '')\nprint('x' * 100000)"}
    checked = look(GOOD | extra | {"ask": "input('name?')"})

    assert states(checked) == [examine.HOLDS, examine.HOLDS]
    assert [note.partition("\n")[0] for note in checked.notes] == [
        "The cell `ask` stopped: `EOFError`: EOF when reading a line"
    ]


def test_a_cell_that_stops(look):
    """An exception in one cell is noted with its line, and the next cells run."""
    checked = look({"setup": SETUP, "mine": "x = 1\nx / 0", **GOOD})

    assert states(checked) == [examine.HOLDS, examine.HOLDS]
    assert checked.notes == ("The cell `mine` stopped: `ZeroDivisionError`: division by zero\nLine 2: `x / 0`",)


def test_a_syntax_error(look):
    """A syntax error costs its own exercise and is shown."""
    checked = look(GOOD | {"square": "def square(x:\n    return x"})

    assert states(checked) == [examine.UNDEFINED, examine.HOLDS]
    assert "`SyntaxError`: '(' was never closed\nLine 1: `def square(x:`" in checked.notes[0]


def test_an_endless_cell(look):
    """A cell that never ends is left out, with a note, and everything else is checked."""
    checked = look(GOOD | {"mine": "while True:\n    pass"}, cell_seconds=1.0)

    assert states(checked) == [examine.HOLDS, examine.HOLDS]
    assert checked.notes == (
        "The cell `mine` was left out. It did not end within 1 seconds: is there a loop that goes on?",
    )


def test_an_endless_function(look):
    """A function that never ends costs its own exercise."""
    checked = look(GOOD | {"square": "import time\n\n\ndef square(x):\n    while True:\n        time.sleep(9)"})

    assert states(checked) == [examine.FAILS, examine.HOLDS]
    messages = [outcome.test.message for outcome in checked.findings[0].outcomes]
    assert messages[0].startswith("It did not end within 4 seconds")
    assert messages[1] == "Not run after that."


def test_a_function_that_ends_python(look):
    """A function that ends the process costs its own exercise."""
    checked = look(GOOD | {"square": "import os\ndef square(x):\n    os._exit(3)"})

    assert states(checked) == [examine.FAILS, examine.HOLDS]
    assert checked.findings[0].outcomes[0].test.message == "It ended Python itself, with exit status 3."


def test_exception_lines(look):
    """The student's own line is quoted, as in the notebook."""
    checked = look(GOOD | {"square": "def square(x):\n    return x.nothing"})

    assert "Line 2 of the cell of `square`: `return x.nothing`" in checked.findings[0].outcomes[0].test.message


def test_steps_are_counted(course_root, saved):
    """Whoever waits hears of every step."""
    saved(GOOD)
    steps = []
    check_notebook(load_course(course_root).chapter("ch01"), 2.0, lambda done, total: steps.append((done, total)))

    assert steps == [(number, 7) for number in range(1, 8)]


def test_no_notebook(course_root):
    """A missing notebook is a sentence."""
    with pytest.raises(SubmissionError, match=r"ch01_curves\.ipynb does not exist"):
        check_notebook(load_course(course_root).chapter("ch01"), 2.0)


def test_broken_checks(look, course_root):
    """Broken checks are named, with the remedy."""
    (course_root / "assignments" / "ch01_curves" / "checks.py").write_text("1 / 0", "utf-8")

    with pytest.raises(SubmissionError, match=r"checks\.py cannot be used \(division by zero\): get it again"):
        look(GOOD)


def test_digest_ignores_outputs(saved):
    """Saving new outputs or prose is no change of the code; changing the code is."""
    path = saved(GOOD)
    before = digest_of(read_notebook(path))
    data = json.loads(path.read_text("utf-8"))
    data["cells"][0]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "hello"}]
    data["cells"].append({"cell_type": "markdown", "id": "m", "metadata": {}, "source": "more"})
    path.write_text(json.dumps(data), "utf-8")

    assert digest_of(read_notebook(path)) == before
    assert digest_of(read_notebook(saved(GOOD | {"square": "square = 1"}))) != before


def test_status_is_remembered_until_the_code_changes(look, course_root, saved):
    """What a check found is recalled, and marked as old once the notebook's code is another."""
    chapter = load_course(course_root).chapter("ch01")
    assert recall(course_root, chapter).state == "absent"
    saved(GOOD)
    assert recall(course_root, chapter).state == "never"
    remember(course_root, look(GOOD | {"slope": "slope = 1"}))

    known = recall(course_root, chapter)
    assert known.state == "checked"
    assert [at.state for at in known.standings] == ["holds", "fails", "unchecked", "written"]
    assert known.next_exercise.slug == "slope"

    saved(GOOD)
    assert recall(course_root, chapter).state == "changed"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"format": "other/1", "chapters": {}}', '{"format": "course-status/1"}']
)
def test_a_damaged_status_counts_as_none(course_root, saved, text):
    """A status file that cannot be read is as good as none: checking again mends it."""
    saved(GOOD)
    status_path(course_root).parent.mkdir()
    status_path(course_root).write_text(text, "utf-8")

    assert recall(course_root, load_course(course_root).chapter("ch01")).state == "never"


def test_student_side_is_light_and_runs_on_windows():
    """Importing and using what notebooks import loads no heavy package and nothing that Windows lacks."""
    code = """
import sys
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None  # importing one of them fails from here on, as it does on Windows
from course_lib import check, demo, progress, start
import course_lib.teaching.notebook_check, course_lib.teaching.notebook_process, course_lib.teaching.status_file
start("ch01"); check("square"); progress()
heavy = ("torch", "nbgrader", "typer", "rich", "pytest", "matplotlib", "jupytext", "nbformat", "IPython")
print([name for name in heavy if name in sys.modules], [name for name in sys.modules if "sandbox" in name])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[] []"
