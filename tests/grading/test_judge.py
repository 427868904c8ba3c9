"""The judge, end to end on a small course: each mistake costs what it touches, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from course_lib.catalog import Course
from course_lib.grading.healing import CodeCell
from course_lib.grading.judge import Judge
from course_lib.grading.plugin import Judging
from course_lib.grading.report import ExerciseResult, Report
from course_lib.grading.sandbox.policy import HOME
from course_lib.grading.session import Clock
from course_lib.grading.submission import load_submission
from tests.grading.conftest import Grade
from tests.grading.mini_course import DOUBLE, FACT, SCALE, answers, code_cell, write_notebook

FULL = {"double": 4.0, "scale": 3.0, "fact": 2.0, "why": None}


def points(report: Report) -> dict[str, float | None]:
    """Return the points by exercise."""
    return {result.exercise: result.points for result in report.exercises}


def outcomes(result: ExerciseResult) -> dict[str, str]:
    """Return the outcomes by test."""
    return {test.name: test.outcome for test in result.tests}


def without_seconds(report: Report) -> str:
    """Return a report as text, apart from times."""
    data = report.to_dict()
    for exercise in data["exercises"]:
        for test in exercise["tests"]:
            test["seconds"] = 0
    return str(data)


def test_right_answers_get_full_marks(grade: Grade) -> None:
    """Right code is worth all points; the written answer waits for a person."""
    report = grade(answers())

    assert points(report) == FULL
    assert (report.score, report.max_score) == (9.0, 10.0)
    assert report.exercise("why").state == "needs_review"
    assert report.notes == ()


def test_untouched_stubs_are_not_attempted(grade: Grade) -> None:
    """The stub is worth exactly 0, and no test is run on it."""
    stub = 'def double(x):\n    """Return twice the array."""\n    # YOUR CODE HERE\n    raise NotImplementedError()\n'
    result = grade(answers(double=stub)).exercise("double")

    assert (result.state, result.points, result.tests) == ("not_attempted", 0.0, ())


def test_a_known_mistake_is_named(grade: Grade) -> None:
    """A wrong answer of the bank is recognised by what it returns, and its hint is shown."""
    result = grade(answers(double="def double(x):\n    return np.power(x, 2)\n")).exercise("double")

    assert {test.misconception for test in result.tests if not test.passed} == {"squares"}
    assert result.tests[0].hint == "You squared the entries."


def test_an_unknown_mistake_is_explained(grade: Grade) -> None:
    """Without a match the comparison's own sentence and the test's hint remain."""
    test = grade(answers(double="def double(x):\n    return 5.0 * x\n")).exercise("double").tests[0]

    assert "It is the right answer times 2.5." in test.message
    assert test.misconception is None
    assert test.hint == "Twice means times two."


def test_supporting_tests_are_worth_nothing_alone(grade: Grade) -> None:
    """Refusing everything passes the refusal, and is still worth 0."""
    lazy = "def double(x):\n    raise ValueError(f'x is bad: {x}')\n"
    result = grade(answers(double=lazy)).exercise("double")

    assert outcomes(result)["test_refuses_nan"] == "passed"
    assert result.points == 0.0


def test_a_mistake_is_paid_for_once(grade: Grade) -> None:
    """An exercise that fails only because an earlier one is wrong is graded on the reference of that one."""
    report = grade(answers(double="def double(x):\n    return 3.0 * x\n"))

    assert report.exercise("scale").points == 3.0
    assert "`scale` was graded on our `double`, since yours does not hold yet." in report.notes


HELPED = "def _times(x):\n    return 2.0 * x\n\n\n"
REFUSES = "    if not np.all(np.isfinite(x)):\n        raise ValueError('x')\n"
OTHER_HELPER = "def _times(x, factor, count):\n    return x * factor**count\n\n\n"


def test_a_helper_that_a_later_cell_defines_anew_costs_nothing(grade: Grade) -> None:
    """An answer that held at its own cell keeps its points when a later cell takes the name of its helper."""
    double = f"{HELPED}def double(x):\n{REFUSES}    return _times(x)"
    scale = f"{OTHER_HELPER}def scale(x, times):\n    return _times(x, 2.0, times)"

    report = grade(answers(double=double, scale=scale))

    assert report.exercise("double").points == 4
    assert report.exercise("scale").points == 3
    assert "`double` was graded as it stood at its own cell: a later cell defines `_times` anew." in report.notes


def test_a_name_that_is_defined_anew_saves_no_wrong_answer(grade: Grade) -> None:
    """What was wrong at its own cell stays wrong, and what a later cell mends is judged as mended."""
    wrong = f"{HELPED}def double(x):\n{REFUSES}    return 3.0 * _times(x)"
    scale = f"{OTHER_HELPER}def scale(x, times):\n    return _times(x, 2.0, times)"

    report = grade(answers(double=wrong, scale=scale))

    assert report.exercise("double").points < 4
    assert not [note for note in report.notes if "as it stood" in note]


def test_two_mistakes_are_named_each_on_its_own_exercise(grade: Grade) -> None:
    """A wrong exercise that builds on a wrong one is diagnosed on the reference of that one."""
    wrong = answers(double="def double(x):\n    return 3.0 * x\n", scale="def scale(x, times):\n    return double(x)\n")
    report = grade(wrong)
    named = {item.exercise: {test.misconception for test in item.tests} - {None} for item in report.exercises}

    assert named == {"double": {"triples"}, "scale": {"once"}, "fact": set(), "why": set()}


def test_an_endless_loop_costs_its_exercise_alone(grade: Grade) -> None:
    """A function that hangs is called twice at most, and what builds on it is graded on the reference."""
    report = grade(answers(double="def double(x):\n    while True:\n        pass\n"))

    assert set(outcomes(report.exercise("double")).values()) == {"timeout"}
    assert points(report) == FULL | {"double": 0.0}
    assert "Is there a loop that never ends?" in report.exercise("double").tests[0].message


@pytest.mark.parametrize(
    ("body", "outcome", "words"),
    [
        ("import os; os._exit(0)", "error", "Your code ended its own process."),
        ("import sys; sys.exit()", "error", "Your code raised SystemExit in line 2 of the cell `double`."),
        ("return np.ones(10**12)", "memory", "needed more memory"),
        ("import socket; socket.socket()", "blocked", "touched something that graded code may not touch"),
        ("return x / None", "error", "Your code raised TypeError in line 2 of the cell `double`."),
        ("import ctypes; return ctypes.string_at(0)", "error", "Your code ended its own process."),
        ("return None", "failed", "None came back. Does the function end without `return`?"),
        ("return x * np.nan", "failed", "is NaN where a finite number is asked for"),
        ("return [x]", "failed", "must be a NumPy array"),
        ("return np.concatenate([x, x])", "failed", "wrong shape"),
        ("return 'a'", "failed", "must be a NumPy array, but a string came back"),
    ],
)
def test_each_way_to_fail_has_its_outcome_and_sentence(grade: Grade, body: str, outcome: str, words: str) -> None:
    """What happened is told apart, and costs the exercise that it touches."""
    report = grade(answers(double=f"def double(x):\n    {body}\n"))
    test = report.exercise("double").tests[0]

    assert test.outcome == outcome
    assert words in test.message
    assert points(report) == FULL | {"double": 0.0}


@pytest.mark.parametrize(
    ("cell", "note"),
    [
        ("def broken(:\n    pass", "could not be run: Your code raised SyntaxError in line 1"),
        ("1 / 0", "could not be run: Your code raised ZeroDivisionError in line 1"),
        ("import time\n\nwhile True:\n    time.sleep(9)", "could not be run: Your code did not come back in time"),
        ("import os; os._exit(3)", "could not be run: Your code ended its own process"),
        ("import surely_missing", "could not be run: Your code raised ModuleNotFoundError"),
        ("print('x' * 10**8)", ""),
        ("import sys, warnings; warnings.warn('careful'); print('oops', file=sys.stderr)", ""),
    ],
)
def test_a_bad_cell_beside_the_answers_costs_nothing(grade: Grade, cell: str, note: str) -> None:
    """Cells run one by one, so that each costs only itself; output and warnings cost nothing at all."""
    cells = answers()
    cells.insert(1, code_cell(cell))
    report = grade(cells)

    assert points(report) == FULL
    assert not note or any(note in line for line in report.notes)


def test_a_syntax_error_is_told_with_its_line(grade: Grade) -> None:
    """The exercise whose cell does not parse says where, and the others keep their points."""
    report = grade(answers(double="def double(x):\n    return 2 ** * x\n"))

    assert "SyntaxError in line 2 of the cell `double`" in report.exercise("double").tests[0].message
    assert points(report)["scale"] == 3.0


def test_hidden_values_do_not_leak_through_exceptions(grade: Grade) -> None:
    """An exception's text and class name are the student's own; only the builtin class and the line are shown."""
    body = "    raise type('Leak' + str(x[0]), (KeyError,), {})('secret ' + repr(x))\n"
    report = grade(answers(double="def double(x):\n" + body))

    assert "secret" not in report.to_json()
    assert "Leak" not in report.to_json()
    assert report.exercise("double").tests[0].message == "Your code raised KeyError in line 2 of the cell `double`."


def test_warnings_in_student_code_cost_nothing(grade: Grade) -> None:
    """A right function that warns and prints is right."""
    noisy = "import warnings\ndef double(x):\n    warnings.warn('hm')\n    print('x')\n" + DOUBLE.split("\n", 1)[1]

    assert points(grade(answers(double=noisy))) == FULL


def test_every_student_gets_other_inputs_and_the_same_again(grade: Grade) -> None:
    """Random inputs come from the course's secret, the student and the test."""
    spy = "def double(x):\n    raise (KeyError if x.flat[0] > 0 else IndexError)\n"
    seen = {name: without_seconds(grade(answers(double=spy), name)) for name in ("alice", "bob", "carol", "dan", "eve")}

    assert len({text.replace(name, "") for name, text in seen.items()}) > 1
    assert without_seconds(grade(answers(double=spy), "bob")) == seen["bob"]


def test_grading_twenty_times_gives_the_same_report(grade: Grade) -> None:
    """Byte for byte the same, apart from seconds, also with a wrong answer and sets of strings."""
    sloppy = answers(double="def double(x):\n    return x * len({'a', 'b', str(x)})\n", fact="fact = {1: {'a', 'b'}}\n")
    reports = {without_seconds(grade(sloppy)) for _ in range(20)}

    assert len(reports) == 1


def test_some_exercises_alone(grade: Grade) -> None:
    """Only the chosen exercises are in the report, with the verdict that they have in the whole one."""
    report = grade(answers(), slugs=["scale", "fact"])

    assert points(report) == {"scale": 3.0, "fact": 2.0}


@pytest.mark.usefixtures("own_zygotes")
def test_no_process_is_left_behind(course: Course, tmp_path: Path) -> None:
    """After a verdict nothing runs below the zygote that did not run before, and no scratch folder is left."""
    loops, ends = "def double(x):\n    while True:\n        pass\n", "import os\nos._exit(1)\n" + SCALE
    path = write_notebook(tmp_path / "alice" / "ch00_mini" / "ch00_mini.ipynb", answers(double=loops, scale=ends))
    with Judge(course) as judge:
        zygote = judge._zygote
        zygote.wait_ready()
        before = psutil.Process(zygote._process.pid).children(recursive=True)
        judge.grade(load_submission(path, course))
        judge.bank.close()  # the worker with our own wrong answers stays for the next submission

        assert psutil.Process(zygote._process.pid).children(recursive=True) == before
        assert list(zygote._scratch_folder.iterdir()) == []


def test_after_an_interruption_all_is_as_before(grade: Grade, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle of a test leaves nothing behind: pytest would otherwise still be inside that test."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Judging, "fixtures", interrupt)
        with pytest.raises(KeyboardInterrupt):
            grade(answers())

    assert points(grade(answers())) == FULL


@pytest.mark.usefixtures("own_zygotes")
def test_judge_whose_zygote_went_first_closes_quietly(course: Course, tmp_path: Path) -> None:
    """At the end of a cluster or a terminal all processes are ended at once, in any order."""
    path = write_notebook(tmp_path / "alice" / "ch00_mini" / "ch00_mini.ipynb", answers(double="def double(x): pass"))
    judge = Judge(course)
    judge.grade(load_submission(path, course))
    judge._zygote._process.kill()
    judge._zygote._process.wait()

    judge.close()


@pytest.mark.usefixtures("own_zygotes")
def test_libraries_are_there_for_who_names_them(course: Course) -> None:
    """Their import takes seconds: before the fork where a notebook names one, not at all where none does."""
    looks = 'import sys\nthere = [name in sys.modules for name in ("mat" "plotlib", "tor" "ch")]\n'
    with Judge(course) as judge:
        there = []
        for code in (looks, looks + "# plt\n", looks + "# torch\n"):
            session = judge.open_session((CodeCell("looks", code),), Clock(30.0))
            there.append(session.ask("value", "there", (), {}, seed=0, seconds=10.0))
            session.close()

    assert there == [[False, False], [True, False], [True, True]]


def test_a_broken_suite_is_never_the_students_mistake(judge: Judge, grade: Grade) -> None:
    """Where our fixture fails, the state says so, no points are decided, and the text does not blame the student."""
    chapter = judge.course.chapter("ch00_mini")
    suite = chapter.exercise("fact").suite
    text = suite.read_text()
    suite.write_text(text.replace("(student)", "(student, meets_floor)"))
    try:
        result = grade(answers(fact=FACT)).exercise("fact")
    finally:
        suite.write_text(text)

    assert (result.state, result.points) == ("grader_error", None)
    assert result.tests[0].message == "The grader failed, not you."


OWN_FIXTURES = '''

@pytest.fixture
def twenty_one():
    """A number."""
    return 21.0


def test_own(student, rng, twenty_one):
    """Needs what the judge does not know."""
    assert_close(student.double(np.array([twenty_one])), np.array([42.0]))


def test_last(student):
    """Needs the notebook alone."""
    assert_close(student.double(np.array([1.0])), np.array([2.0]))
'''


def test_a_suite_may_have_fixtures(judge: Judge, grade: Grade) -> None:
    """What our fixtures alone do not serve, pytest runs, also between tests that are only called."""
    suites = [judge.course.chapter("ch00_mini").exercise(slug).suite for slug in ("double", "fact")]
    texts = [suite.read_text() for suite in suites]
    for suite, text in zip(suites, texts, strict=True):
        suite.write_text("import numpy as np\nimport pytest\n" + text + OWN_FIXTURES)
    try:
        right, wrong = grade(answers()), grade(answers(double="def double(x):\n    return 3.0 * x\n"))
    finally:
        for suite, text in zip(suites, texts, strict=True):
            suite.write_text(text)

    assert (points(right), right.notes) == (FULL, ())
    assert {test.name: test.outcome for test in wrong.exercise("double").tests}["test_own"] == "failed"


KILLED = """
import os, signal
from course_lib.grading.sandbox.launcher import Zygote
zygote = Zygote("T0")
zygote.fork(512)
print(zygote._home, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_judge_leaves_no_folder() -> None:
    """Its zygote hears that it is gone, and tidies up."""
    told = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True, timeout=60, check=False)
    home = Path(told.stdout.strip())

    assert home.name.startswith(HOME)
    deadline = time.monotonic() + 10.0
    while home.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not home.exists()


def test_a_report_as_data_is_a_copy(grade: Grade) -> None:
    """Who changes the data does not change the report."""
    report = grade(answers())
    before = report.to_json()

    for exercise in report.to_dict()["exercises"]:
        exercise["state"] = "other"
        for test in exercise["tests"]:
            test["outcome"] = "other"

    assert report.to_json() == before
