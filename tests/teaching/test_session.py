import random
import re

import numpy as np
import pytest

from course_lib.teaching import session
from course_lib.teaching.session import CheckFailed

SQUARE = "def square(x):\n    return x * x"
STUB = "def square(x):\n    raise NotImplementedError()"
SLOPE = """
def slope(x):
    if isinstance(x, str):
        raise ValueError(f"x must be a number, received {x!r}")
    return 2 * x
"""


@pytest.fixture
def started(notebook, capsys):
    """A notebook whose first cell has run."""
    notebook('start("ch01_curves")')
    capsys.readouterr()
    return notebook


def test_start_says_how_it_works(notebook, capsys):
    """The first cell names the chapter, its exercises, points and time, and what to do."""
    notebook('start("ch01_curves")')

    said = capsys.readouterr().out
    assert said.startswith("Curves & slopes: 4 exercises worth 7.5 points, about 1.5 hours.")
    assert "run the check cell below it" in said


def test_start_with_a_wrong_name(notebook, capsys):
    """An unknown chapter is a sentence that names the nearest one, not a traceback."""
    notebook('start("ch01_kurves")')

    assert "did you mean 'ch01_curves'?" in capsys.readouterr().out


def test_check_after_a_failed_start(started, capsys):
    """A chapter that was opened before does not answer for one that could not be opened."""
    started('start("ch07_nothing")')
    started('check("square")')

    assert "Run the first cell" in capsys.readouterr().out


def test_start_without_checks(notebook, capsys, course_root):
    """A missing checks.py is named, with the remedy."""
    (course_root / "assignments" / "ch01_curves" / "checks.py").unlink()

    notebook('start("ch01_curves")')

    assert re.search(r"checks\.py cannot be read .*get the file again", capsys.readouterr().out)


def test_start_with_broken_checks(notebook, capsys, course_root):
    """A damaged checks.py is named, with the remedy and without a traceback."""
    (course_root / "assignments" / "ch01_curves" / "checks.py").write_text("def broken(:", "utf-8")

    notebook('start("ch01_curves")')

    assert re.search(r"checks\.py is broken, `SyntaxError`: .*get the file again", capsys.readouterr().out)


def test_start_prefers_the_checks_beside_the_notebook(notebook, capsys, course_root):
    """The released checks are used, even where the author's lie in the same course."""
    source = course_root / "solutions" / "ch01_curves"
    source.mkdir(parents=True)
    (source / "checks.py").write_text("raise RuntimeError('the wrong file')", "utf-8")

    notebook('start("ch01_curves")')

    assert "wrong file" not in capsys.readouterr().out


def test_start_from_the_source(notebook, capsys, course_root, monkeypatch):
    """Where the author runs the source, the author's checks are used."""
    source = course_root / "solutions" / "ch01_curves"
    source.mkdir(parents=True)
    (course_root / "assignments" / "ch01_curves" / "checks.py").rename(source / "checks.py")
    monkeypatch.chdir(course_root)

    notebook('start("ch01_curves")')
    notebook(SQUARE)
    notebook('check("square")')

    assert "both checks hold" in capsys.readouterr().out


def test_check_before_start(notebook, capsys):
    """Without the first cell there is a sentence that says to run it."""
    notebook('check("square")')

    assert "Run the first cell of this notebook, the one with `start(…)`" in capsys.readouterr().out


def test_progress_before_start(notebook, capsys):
    """The same holds for progress()."""
    notebook("progress()")

    assert "Run the first cell of this notebook" in capsys.readouterr().out


def test_check_of_an_unknown_exercise(started, capsys):
    """A misspelt slug gets the nearest one."""
    started('check("sqare")')

    assert "no exercise `sqare`. Did you mean `square`?" in capsys.readouterr().out


def test_check_of_something_else_entirely(started, capsys):
    """Where nothing is near, all exercises are listed."""
    started('check("zzz")')

    assert "Its exercises are: square, slope, unchecked, why." in capsys.readouterr().out


def test_check_of_a_written_exercise(started, capsys):
    """A written answer cannot be checked, and the panel says who reads it."""
    started('check("why")')

    assert "written answers are read by a person" in capsys.readouterr().out


def test_check_of_an_exercise_without_visible_checks(started, capsys):
    """An exercise without visible checks says so."""
    started('check("unchecked")')

    assert "no checks to run here" in capsys.readouterr().out


def test_undefined_function(started, capsys):
    """A cell that has not run is no mistake: it has to be run first."""
    started('check("square")')

    said = capsys.readouterr().out
    assert said.startswith("○ The square: not defined yet")
    assert "`square` is not defined yet: run the cell above first." in said


def test_undefined_function_in_a_refusal(started, capsys):
    """A function that is not there is not told that it should have raised ValueError."""
    started('check("slope")')

    said = capsys.readouterr().out
    assert "○ Its slope: not defined yet" in said
    assert "ValueError" not in said


def test_stub(started, capsys):
    """The stub is neutral: not written yet, with a preview of what will be checked."""
    started(STUB)
    started('check("square")')

    said = capsys.readouterr().out
    assert said.startswith("○ The square: not written yet\n  `square` is not written yet. Once it is, this is checked:")
    assert "✗" not in said


def test_stub_of_an_earlier_exercise(started, capsys):
    """A function that calls a stub hears which function is not written."""
    started(STUB)
    started("def slope(x):\n    return square(x) / x * 2")
    started('check("slope")')

    assert "`square` is not written yet" in capsys.readouterr().out


def test_right_answer(started, capsys):
    """When everything holds the panel says so, in words and marks."""
    started(SQUARE)
    started('check("square")')

    assert capsys.readouterr().out.startswith("✓ The square: both checks hold\n  ✓ holds    Values agree with `x * x`.")


def test_wrong_answer(started, capsys):
    """When something does not hold, the panel says what, why, and gives the hint."""
    started("def square(x):\n    return 2 * x")
    started('check("square")')

    said = capsys.readouterr().out
    assert said.startswith("✗ The square: 0 of 2 checks hold")
    assert "wrong values" in said
    assert "Hint: A square is a number times itself: try `3` by hand." in said


def test_exception_names_the_students_own_line(started, capsys):
    """An exception shows its type, its text and the student's line, and nothing of ours."""
    started("def square(x):\n    y = x\n    return helper(y)\n\ndef helper(y):\n    return [][7]")
    started('check("square")')

    said = capsys.readouterr().out
    assert "Your code raised `IndexError`: list index out of range" in said
    assert "Line 6 of the cell of `helper`: `return [][7]`" in said
    assert "The same error as above." in said
    assert "Traceback" not in said
    assert "course_lib" not in said


def test_exception_inside_a_library(started, capsys):
    """An exception raised in NumPy is placed at the student's line that called it."""
    started("import numpy as np\ndef square(x):\n    return np.zeros(3) @ np.zeros(4)")
    started('check("square")')

    assert "Line 3 of the cell of `square`: `return np.zeros(3) @ np.zeros(4)`" in capsys.readouterr().out


def test_name_error_inside_the_students_code_is_an_error(started, capsys):
    """A misspelt name in a written function is an error with a line, not "run the cell above"."""
    started("def square(x):\n    return x * xx")
    started('check("square")')

    said = capsys.readouterr().out
    assert "✗ error" in said
    assert "`NameError`: name 'xx' is not defined" in said
    assert "run the cell above" not in said


@pytest.mark.parametrize("result", ["None", "'text'", "object()", "lambda: 0", "float('nan')", "[x]", "{}"])
def test_strange_results(started, capsys, result):
    """Whatever comes back, check does not raise, and nothing holds."""
    started(f"def square(x):\n    return {result}")
    started('check("square")')

    assert "0 of 2 checks hold" in capsys.readouterr().out


def test_a_check_that_stumbles(notebook, capsys, course_root, monkeypatch):
    """Where what came back breaks the check itself, the student reads a sentence, not our traceback."""
    monkeypatch.chdir(course_root / "assignments" / "ch02_sums")
    notebook('start("ch02_sums")')
    notebook("def total(numbers):\n    return 'three'")
    notebook('check("total")')

    assert "The check cannot work with what your function returned: `TypeError`" in capsys.readouterr().out


@pytest.mark.parametrize("raised", ["SystemExit(1)", "MemoryError()", "RecursionError('deep')", "StopIteration()"])
def test_unusual_exceptions(started, capsys, raised):
    """Exceptions that usually end a program end nothing here."""
    started(f"def square(x):\n    raise {raised}")
    started('check("square")')

    assert "0 of 2 checks hold" in capsys.readouterr().out


def test_interrupt(started, capsys):
    """Kernel → Interrupt during an endless loop gives a sentence and the line of the loop."""
    started("def square(x):\n    while True:\n        raise KeyboardInterrupt")
    started('check("square")')

    said = capsys.readouterr().out
    assert said.startswith("✗ The square: interrupted")
    assert "You interrupted it. Is there a loop that never ends?" in said
    assert "It was at line 3 of the cell of `square`: `raise KeyboardInterrupt`" in said
    assert "positive" not in said


def test_what_the_student_prints_stays_outside(started, capsys):
    """Printed lines come before the panel, not in it."""
    started("def square(x):\n    print('noise')\n    return x * x")
    started('check("square")')

    said = capsys.readouterr().out
    assert said.index("✓ The square") > said.rindex("noise")


def test_hostile_exception_text(started, capsys):
    """Terminal escapes and reading-direction marks in an exception's text are not shown."""
    started("def square(x):\n    raise ValueError('\\x1b[2Jgone\\u202e')")
    started('check("square")')

    said = capsys.readouterr().out
    assert "`ValueError`: gone" in said
    assert not set("\x1b\u202e") & set(said)


def test_random_states_are_kept(started):
    """A check reseeds for the student's code, and the notebook's own randomness goes on as before."""
    started(SQUARE)
    random.seed(5)
    np.random.seed(5)  # noqa: NPY002 - the global state is the point
    before = random.getstate(), np.random.get_state()[1].tolist()  # noqa: NPY002 - as above

    started('check("square")')

    assert (random.getstate(), np.random.get_state()[1].tolist()) == before  # noqa: NPY002 - as above


def test_figures_of_a_check_are_closed(started):
    """A figure that a checked function opens does not appear below the check cell."""
    import matplotlib.pyplot as plt  # noqa: PLC0415 - only this test draws

    mine = plt.figure()
    started("import matplotlib.pyplot as plt\ndef square(x):\n    plt.figure()\n    return x * x")
    started('check("square")')

    assert plt.get_fignums() == [mine.number]
    plt.close(mine)


def test_the_student_cannot_change_what_a_check_compares(started, capsys):
    """An answer that overwrites its input is compared with the input as it was."""
    started("def square(x):\n    x[:] = 0\n    return x")
    started('check("square")')

    assert "0 of 2 checks hold" in capsys.readouterr().out


def test_progress(started, capsys):
    """progress() shows every exercise, its worth and state, encourages, and names what is next."""
    started(SQUARE)
    started('check("square")')
    started('check("slope")')
    capsys.readouterr()

    started("progress()")

    said = capsys.readouterr().out
    assert said.startswith("Curves & slopes: 1 of 3 exercises hold")
    assert re.search(r"✓ The square +2 +both checks hold", said)
    assert re.search(r"○ Its slope +1\.5 +not defined yet", said)
    assert re.search(r"○ Without checks +1 +not checked yet", said)
    assert re.search(r"○ Why it is steep +3 +written: read by a person", said)
    assert "Next: Its slope (`slope`)." in said
    assert "no check can tell whether you answered: Why it is steep." in said


def test_progress_survives_the_first_cell(started, capsys):
    """Running the first cell again forgets nothing."""
    started(SQUARE)
    started('check("square")')
    started('start("ch01_curves")')
    capsys.readouterr()

    started("progress()")

    assert "1 of 3 exercises hold" in capsys.readouterr().out


def test_progress_before_any_check(started, capsys):
    """At the beginning progress() is friendly and names the first exercise."""
    started("progress()")

    assert "one exercise at a time is enough. Next: The square (`square`)." in capsys.readouterr().out


def test_progress_at_the_end(notebook, capsys, course_root, monkeypatch):
    """When everything holds, progress() says so."""
    monkeypatch.chdir(course_root / "assignments" / "ch02_sums")
    notebook('start("ch02_sums")')
    notebook('total = sum\ncheck("total")\nprogress()')

    assert "Every check of this chapter holds: well done." in capsys.readouterr().out


def test_validation_fails_where_a_check_does_not_hold(started, monkeypatch):
    """Under `nbgrader validate` a failing check raises, with one sentence and no traceback of ours."""
    monkeypatch.setenv(session.VALIDATING, "1")
    started(STUB)

    with pytest.raises(CheckFailed, match="The square: not written yet") as caught:
        started('check("square")')

    assert caught.value._render_traceback_() == ["CheckFailed: The square: not written yet"]


def test_validation_passes_where_the_check_holds(started, monkeypatch):
    """Under `nbgrader validate` a check that holds raises nothing."""
    monkeypatch.setenv(session.VALIDATING, "1")
    started(SQUARE)

    started('check("square")')


def test_validation_fails_without_start(notebook, monkeypatch):
    """A notebook without its first cell does not pass validation by checking nothing."""
    monkeypatch.setenv(session.VALIDATING, "1")

    with pytest.raises(CheckFailed, match="Run the first cell"):
        notebook('check("square")')


def test_slope_holds(started, capsys):
    """Refusals and values are checked together."""
    started(SLOPE)
    started('check("slope")')

    assert "both checks hold" in capsys.readouterr().out
