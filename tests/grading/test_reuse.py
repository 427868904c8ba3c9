"""A changed exercise is regraded alone, and the report is the one that grading everything would give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from course_lib.authoring.source import read_source
from course_lib.catalog import Course, load_course
from course_lib.cli import app
from course_lib.grading import grade_file as grading
from course_lib.grading import last_grading, reuse
from course_lib.grading.grade_file import Request, grade_file
from course_lib.grading.judge import Judge
from course_lib.grading.reach import exercise_keys
from course_lib.grading.report import Report
from course_lib.grading.submission import Submission, load_submission
from course_lib.grading.warm_bank import reference_cells
from tests.grading.mini_course import CHAPTER, DOUBLE, MANIFEST, REFUSAL, SCALE, code_cell, write_course, write_notebook

EXTRA = """
  [[chapter.exercise]]
  slug = "half"
  title = "Half"
  kind = "code"
  points = 2

  [[chapter.exercise]]
  slug = "why"
"""
HALF_SCRIPT = '''# %% exercise="half"
def half(x):
    """Return half of the array."""
    ### BEGIN SOLUTION
    return x / 2
    ### END SOLUTION

# %% check="half"
check("half")

# %% [markdown] written="why"
'''
HALF_SUITE = '''
from course_lib.grading import assert_close


def test_halves(student, rng):
    """Every entry is halved."""
    x = rng.standard_normal(6)

    assert_close(student.half(x), 0.5 * x)


def test_halves_twice(student, rng):
    """Half of a half is a quarter."""
    x = rng.standard_normal(6)

    assert_close(student.half(student.half(x)), 0.25 * x)
'''
HALF = "def half(x):\n    return x / 2\n"
FACT = 'fact = {"answer": 42}\n'
ALL = frozenset({"double", "scale", "fact", "half"})


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The small course with one exercise more, on which nothing builds."""
    root = write_course(tmp_path_factory.mktemp("course"))
    (root / "course.toml").write_text(MANIFEST.replace('\n  [[chapter.exercise]]\n  slug = "why"\n', EXTRA))
    script = root / "solutions" / CHAPTER / f"{CHAPTER}.py"
    script.write_text(script.read_text().replace('# %% [markdown] written="why"\n', HALF_SCRIPT))
    (root / "autograder" / CHAPTER / "test_half.py").write_text(HALF_SUITE)
    return load_course(root)


@pytest.fixture(scope="module")
def judge(course: Course) -> Iterator[Judge]:
    """A judge of it."""
    with Judge(course) as judge:
        yield judge


Cells = list[dict[str, Any]]


def cells(*helpers: str, double: str = DOUBLE, scale: str = SCALE, fact: str = FACT, half: str = HALF) -> Cells:
    """Return a notebook's cells; helpers come first."""
    answers = {"double": double, "scale": scale, "fact": fact, "half": half}
    return [*map(code_cell, helpers), *(code_cell(text, slug) for slug, text in answers.items())]


@dataclass
class Student:
    """Hands in one version after the other; knows which exercises were judged for the last one."""

    judge: Judge
    path: Path
    name: str
    judged: list[frozenset[str]] = field(default_factory=list)

    def hands_in(self, notebook: Cells, **options: Any) -> Report:
        """Grade a version, and grade it once more from nothing: both give the same report."""
        write_notebook(self.path, notebook)
        self.judged.clear()
        answer = grade_file(self.judge, Request(self.path, CHAPTER, self.name, **options))
        whole = Judge.grade(self.judge, load_submission(self.path, self.judge.course, CHAPTER, self.name))
        assert answer.report is not None, answer.problem
        assert same(answer.report) == same(whole)
        return answer.report

    @property
    def graded_anew(self) -> frozenset[str]:
        """The exercises that were judged for the last version."""
        return self.judged[-1] if self.judged else frozenset()


def same(report: Report) -> str:
    """Return the report as text without times."""
    return re.sub(r'"seconds": [\d.e-]+', "", report.to_json())


@pytest.fixture
def ada(judge: Judge, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Student:
    """A student nobody has graded before."""
    student = Student(judge, tmp_path / f"{CHAPTER}.ipynb", request.node.name)

    def watched(submission: Submission, slugs: list[str] | None = None, *, hints: bool = True) -> Report:
        student.judged.append(ALL if slugs is None else ALL & set(slugs))
        return Judge.grade(judge, submission, slugs, hints=hints)

    monkeypatch.setattr(judge, "grade", watched)
    return student


WRONG = "def double(x):\n    return 3.0 * x\n"
HELPED = f"def double(x):\n{REFUSAL}    return twice(x)\n"
OTHER_FACT = 'fact = {"answer": 41}\n'
STUB = 'def half(x):\n    """Return half of the array."""\n    raise NotImplementedError()\n'
DOUBLER = "class Doubler:\n    def add(self, x):\n        return 2 * x\n"
BY_CLASS = f"def double(x):\n{REFUSAL}    return Doubler().add(x)\n"
TWICE = "def twice(x):\n    return 2.0 * x\n"
ANY: set[str] = set()  # one of those that cannot have changed: it shows that every cell can be run
EDITS: list[tuple[str, Cells, Cells, set[str]]] = [
    ("nothing but one answer", cells(), cells(half="def half(x):\n    return 0.5 * x\n"), {"half"}),
    ("an answer that is wrong now", cells(), cells(half="def half(x):\n    return x\n"), {"half"}),
    ("an answer that others build on", cells(), cells(double=DOUBLE + "\n# faster\n"), {"double", "scale"}),
    ("an earlier mistake", cells(), cells(double=WRONG), {"double", "scale"}),
    ("a mistake mended", cells(double=WRONG), cells(), {"double", "scale"}),
    ("beside an old mistake", cells(double=WRONG), cells(double=WRONG, half="def half(x):\n    return 1\n"),
     {"half", "scale", "double"}),  # what was judged on a reference is judged again, with what is to blame
    ("beside a known mistake", cells(fact=OTHER_FACT), cells(fact=OTHER_FACT, half=HALF + "\n"), {"half"}),
    ("an answer not written any more", cells(), cells(half=STUB), ANY),
    ("a helper of one", cells(TWICE, double=HELPED), cells("def twice(x):\n    return x + x\n", double=HELPED),
     {"double", "scale"}),
    ("a helper of none", cells(TWICE), cells("def twice(x):\n    return 5\n"), ANY),
    ("a helper that comes", cells(), cells(TWICE), ANY),
    ("a helper that is renamed", cells(TWICE, double=HELPED), cells(TWICE.replace("twice", "twofold"), double=HELPED),
     {"double", "scale"}),
    ("an answer that is renamed", cells(), cells(half="def halve(x):\n    return x / 2\n"), {"half"}),
    ("a name that is taken", cells(), [*cells(), code_cell(f"def double(x):\n{REFUSAL}    return x\n")],
     {"double", "scale"}),
    ("a builtin that is taken", cells(half="def half(x):\n    return x / float(2)\n"),
     cells("def float(x):\n    return 3\n", half="def half(x):\n    return x / float(2)\n"), {"half"}),
    ("a module that is taken", cells(), cells("import math as np\n"), {"double", "scale"}),
    ("cells that change places", cells(), cells()[::-1], {"scale"}),
    ("a name taken by a later cell instead of an earlier one", [code_cell(HALF), *cells(half="half = 3\n")],
     [*cells(half="half = 3\n"), code_cell(HALF)], {"half"}),
    ("a module's constant", cells("BY = 2\n", half="def half(x):\n    return x / BY\n"),
     cells("BY = 4\n", half="def half(x):\n    return x / BY\n"), {"half"}),
    ("a constant that can be changed", cells(),
     cells(half='def half(x):\n    fact["answer"] = 1\n    return x / 2\n'), {"half", "fact"}),
    ("an import that does not work", cells(), cells("from math import softmax\n"), set(ALL)),
    ("a class", cells(DOUBLER, double=BY_CLASS), cells(DOUBLER.replace("2 * x", "x + x"), double=BY_CLASS),
     {"double", "scale"}),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "judged"), [edit[1:] for edit in EDITS], ids=[edit[0] for edit in EDITS])
def test_only_what_an_edit_can_reach_is_graded_anew(
    ada: Student, before: Cells, after: Cells, judged: set[str]
) -> None:
    """Every edit, and the way back: the report is that of a whole grading, and no more is judged than has to be."""
    ada.hands_in(before)
    ada.hands_in(after)

    if judged:
        assert ada.graded_anew == judged
    else:
        assert len(ada.graded_anew & set(load_submission(ada.path, ada.judge.course).attempted)) == 1


def test_edits_one_after_the_other(ada: Student) -> None:
    """Results that were kept are kept further: a term's worth of versions, each of them as if it were the first."""
    counts = []
    for _, before, after, _ in EDITS:
        for version in (before, after):
            ada.hands_in(version)
            counts.append(len(ada.graded_anew))

    assert sum(counts) < 0.7 * len(ALL) * len(counts)


def test_bypasses(ada: Student) -> None:
    """Without the cache, and for exercises chosen by name, nothing kept is used."""
    ada.hands_in(cells())
    write_notebook(ada.path, cells(half="def half(x):\n    return 0.5 * x\n"))

    grade_file(ada.judge, Request(ada.path, CHAPTER, ada.name, slugs=("fact",)))
    assert ada.graded_anew == {"fact"}
    grade_file(ada.judge, Request(ada.path, CHAPTER, ada.name, cache=False))
    assert ada.graded_anew == ALL


def test_another_student_and_another_suite(ada: Student, judge: Judge) -> None:
    """What is kept belongs to one student, whose inputs are his own, and to the suites that it came from."""
    ada.hands_in(cells())
    bo = Student(judge, ada.path, f"{ada.name} bo", ada.judged)
    bo.hands_in(cells(half="def half(x):\n    return 0.5 * x\n"))
    assert ada.graded_anew == ALL

    suite = judge.course.chapters[0].exercise("half").suite
    text = suite.read_text()
    suite.write_text(text + "\n# stricter\n")
    try:
        ada.hands_in(cells(half="def half(x):\n    return x * 0.5\n"))
    finally:
        suite.write_text(text)
    assert ada.graded_anew == ALL


def test_a_suite_that_cannot_be_read_is_the_graders_failure(ada: Student, judge: Judge) -> None:
    """Where our own files are broken, the answer says so, as it does without kept results."""
    ada.hands_in(cells())
    write_notebook(ada.path, cells(half=HALF + "\n"))
    suite = judge.course.chapters[0].exercise("half").suite
    text = suite.read_text()
    suite.write_text(text + "\ndef broken(:\n")
    try:
        answer = grade_file(judge, Request(ada.path, CHAPTER, ada.name))
    finally:
        suite.write_text(text)

    assert (answer.code, answer.report) == (grading.GRADER_FAILED, None)


@pytest.mark.parametrize("spoil", [
    lambda text: text[:-20],
    lambda _: "[]",
    lambda _: "null",
    lambda text: text.replace('"cells": [[', '"cells": [[1, '),
    lambda text: text.replace('"points"', '"marks"'),
], ids=["cut off", "a list", "nothing", "too long a cell", "another format"])  # fmt: skip
def test_a_spoiled_file_is_no_result(ada: Student, judge: Judge, spoil: Callable[[str], str]) -> None:
    """What is cut off, or is no result at all, counts as absent."""
    ada.hands_in(cells())
    for file in (judge.course.root / ".course" / "exercises").rglob("*.json"):
        file.write_text(spoil(file.read_text()))
    ada.hands_in(cells(half="def half(x):\n    return 0.5 * x\n"))

    assert ada.graded_anew == ALL


def test_what_is_handed_in_once_is_not_looked_into(ada: Student, monkeypatch: pytest.MonkeyPatch) -> None:
    """On what a result depends matters when there is another version; most students hand in one."""
    with monkeypatch.context() as patched:
        patched.setattr(last_grading, "exercise_keys", lambda *_: pytest.fail("it was looked into"))
        ada.hands_in(cells())
    ada.hands_in(cells(half="def half(x):\n    return 0.5 * x\n"))

    assert ada.graded_anew == {"half"}


@pytest.mark.parametrize(
    "body",
    ["while True:\n        pass", "return np.ones(10**12)", "return half(x)"],
    ids=["hangs", "takes all memory", "never ends"],
)
def test_what_ends_a_worker_is_graded_with_all_others(ada: Student, body: str) -> None:
    """A version that hangs is graded whole, and nothing of its grading is kept."""
    ada.hands_in(cells())
    ada.hands_in(cells(half=f"def half(x):\n    {body}\n"))
    calm = body.startswith("return half")
    assert ada.graded_anew == ({"half"} if calm else ALL)

    ada.hands_in(cells())
    ada.hands_in(cells(half="def half(x):\n    return 0.5 * x\n"))
    assert ada.graded_anew == {"half"}


def test_time_that_runs_out_is_felt_by_all(ada: Student, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the total time might have been felt, everything is graded."""
    ada.hands_in(cells())
    monkeypatch.setattr(reuse, "RUNS", 10**6)  # as if what is kept had taken long

    ada.hands_in(cells(half="def half(x):\n    return 0.5 * x\n"))

    assert ada.graded_anew == ALL


def test_the_whole_report_comes_first(ada: Student, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unchanged submission is not looked at closer."""
    ada.hands_in(cells())
    monkeypatch.setattr(grading, "grade_what_changed", lambda *_, **__: pytest.fail("it was looked at"))

    ada.hands_in(cells())


LOUD: list[tuple[str, Callable[[str], str]]] = [
    ("patches numpy", lambda half: f"np.multiply = None\n{half}"),
    ("patches numpy when called", lambda _: "def half(x):\n    np.any = None\n    return x / 2\n"),
    ("patches by setattr", lambda _: "def half(x):\n    setattr(np, 'any', None)\n    return x / 2\n"),
    ("patches by exec", lambda _: "def half(x):\n    exec('np.any = None')\n    return x / 2\n"),
    ("patches by globals", lambda _: "def half(x):\n    globals()['double'] = None\n    return x / 2\n"),
    ("patches by __import__", lambda _: "def half(x):\n    __import__('numpy').any = None\n    return x / 2\n"),
    ("patches by a module", lambda _: "import sys\ndef half(x):\n    sys.modules.clear()\n    return x / 2\n"),
    ("takes a global name", lambda _: "def half(x):\n    global double\n    double = None\n    return x / 2\n"),
    ("says what numbers do", lambda _: "def half(x):\n    np.seterr(all='raise')\n    return x / 2\n"),
    ("remembers", lambda _: "def half(x, seen=[]):\n    seen.append(1)\n    return x / 2\n"),
    ("remembers in itself", lambda _: "def half(x):\n    half.seen = 1\n    return x / 2\n"),
    ("is decorated", lambda _: "import functools\n@functools.cache\ndef half(x):\n    return x / 2\n"),
    ("calls at the top", lambda half: f"{half}double(np.ones(2))\n"),
    ("imports everything", lambda half: f"from math import *\n{half}"),
    ("does not parse", lambda half: f"{half}def broken(:\n"),
    ("defaults by a call", lambda _: "def half(x, by=float(2)):\n    return x / by\n"),
]


@pytest.mark.parametrize("loud", [item[1] for item in LOUD], ids=[item[0] for item in LOUD])
def test_code_that_may_reach_further_is_graded_whole(ada: Student, loud: Callable[[str], str]) -> None:
    """Whatever may change more than its own names: all is judged, when it comes and when it goes."""
    ada.hands_in(cells())
    ada.hands_in(cells(half=loud(HALF)))
    assert ada.graded_anew == ALL

    ada.hands_in(cells(half=loud(HALF), fact=OTHER_FACT))
    assert ada.graded_anew == ALL


def test_a_magic_is_read_as_what_is_run(ada: Student) -> None:
    """Magics are taken out before anything is run, and what remains decides."""
    ada.hands_in(cells())
    ada.hands_in(cells(half=f"%matplotlib inline\n{HALF}"))
    assert ada.graded_anew == {"half"}


CHEATS = [
    ("an honest helper first", [TWICE], HELPED, ["def twice(x):\n    return 7.0 * x\n"], HELPED),
    ("a helper by another name", ["def twice(x):\n    return 2.0 * x\n"], HELPED, ["twice = 3\n"], HELPED),
    ("a stranger later", [], DOUBLE, ["def scale(x, times):\n    return 0\n"], "def double(x):\n    return 1\n"),
    ("what is passed by name", ["def twice(x):\n    return 2.0 * x\n", "WAY = 'twice'\n"],
     f"def double(x):\n{REFUSAL}    return globals()[WAY](x)\n", ["WAY = 'half'\n"],
     f"def double(x):\n{REFUSAL}    return globals()[WAY](x)\n"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("helpers", "honest", "later", "then"), [cheat[1:] for cheat in CHEATS], ids=[c[0] for c in CHEATS]
)
def test_an_honest_result_outlives_no_dishonest_change(
    ada: Student, helpers: list[str], honest: str, later: list[str], then: str
) -> None:
    """Points that were earned once are not kept for code that would not earn them."""
    before = ada.hands_in(cells(*helpers, double=honest)).exercise("double").points
    after = ada.hands_in(cells(*later, double=then)).exercise("double").points

    assert (before, (after or 0.0) < 4.0) == (4.0, True)


def test_the_chapters_own_reference_is_regraded_by_exercise(judge: Judge) -> None:
    """The reference itself is code of the kind that can be regraded alone."""
    source = read_source(judge.course.chapters[0])
    submission = Submission("ada", judge.course.chapters[0], reference_cells(source), frozenset(source.code_slugs), ())

    assert exercise_keys(submission, "").keys() == ALL


def test_the_command_uses_what_was_kept(ada: Student, course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """`course grade` judges what changed, and everything with `--no-cache`."""
    monkeypatch.setenv("COURSE_ROOT", str(course.root))
    seen: list[object] = []
    honest = Judge.grade
    monkeypatch.setattr(Judge, "grade", lambda *args, **more: seen.append(args[2:]) or honest(*args, **more))
    for version, options in ((cells(), []), (cells(half=HALF + "\n"), []), (cells(half=HALF), ["--no-cache"])):
        path = write_notebook(ada.path.parent / ada.name / CHAPTER / f"{CHAPTER}.ipynb", version)
        assert CliRunner().invoke(app, ["grade", str(path), *options]).exit_code == 0

    assert seen == [(), (["half", "why"],), ()]
