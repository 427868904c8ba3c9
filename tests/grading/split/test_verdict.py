"""By way of files, a notebook gets the report that it gets from the judge who asks it directly."""

from pathlib import Path

import pytest

from tests.grading.mini_course import DOUBLE, FACT, SCALE, answers, code_cell

ATTACKS = Path(__file__).parents[2] / "attacks" / "forge"
STUB = "raise NotImplementedError()"
LOOP = "def double(x):\n    while True:\n        pass\n"
HELPER = "def _times(x):\n    return 2.0 * x\n\n\n"
REFUSES = "    if not np.all(np.isfinite(x)):\n        raise ValueError('x')\n"
OTHER_HELPER = "def _times(x, factor, count):\n    return x * factor**count\n\n\n"


def attack(name):
    """Student code of the attack suite."""
    return (ATTACKS / f"{name}.py").read_text(encoding="utf-8")


NOTEBOOKS = {
    "right": answers(),
    "known mistake": answers(double="def double(x):\n    return x**2\n"),
    "unknown mistake": answers(double="def double(x):\n    return 5.0 * x\n"),
    "paid for once": answers(double="def double(x):\n    return 3.0 * x\n"),
    "two mistakes": answers(
        double="def double(x):\n    return 3.0 * x\n", scale="scale = lambda x, times: double(x)\n"
    ),
    "in another type": answers(double="def double(x):\n    return list(2.0 * x)\n"),
    "nothing": answers(double="def double(x):\n    pass\n"),
    "untouched": answers(
        double=f'def double(x):\n    """Return twice the array."""\n    # YOUR CODE HERE\n    {STUB}\n',
        scale=f'def scale(x, times):\n    """Double an array some number of times."""\n    {STUB}\n',
        fact=f"# YOUR CODE HERE\n{STUB}\n",
    ),
    "endless loop": answers(double=LOOP),
    "crash": answers(double="import os\n\n\ndef double(x):\n    os._exit(0)\n"),
    "crash at import": [code_cell("import os\n\nos._exit(1)"), *answers()],
    "syntax error": answers(double="def double(x:\n"),
    "writes into its argument": answers(double=f"def double(x):\n{REFUSES}    x *= 2.0\n    return x\n"),
    "redefined below": answers(
        double=f"{HELPER}def double(x):\n{REFUSES}    return _times(x)",
        scale=f"{OTHER_HELPER}def scale(x, times):\n    return _times(x, 2.0, times)",
    ),
    "reads a file": answers(fact=f"{FACT}\nopen('/etc/shadow').read()\n"),
    "object": answers(scale=f"class Scale:\n    def __call__(self, x, times):\n        return x * 2.0**times\n{SCALE}"),
    "lies": answers(double=attack("lying_array")),
    "patches": answers(double=attack("patches_our_assertions")),
    "writes frames": answers(double=attack("frames_on_descriptors"), scale=SCALE),
    "not finite": answers(double=attack("infinite"), scale=DOUBLE),
}


def without_seconds(report):
    """A report as data, apart from times."""
    data = report.to_dict()
    for exercise in data["exercises"]:
        for test in exercise["tests"]:
            test["seconds"] = 0
    return data


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_report_is_the_judges_own(rounds, name):
    """In points, outcomes, messages, hints, misconceptions and notes."""
    submission = rounds.submission(NOTEBOOKS[name])

    report = rounds.verdict(submission)

    assert without_seconds(report) == without_seconds(rounds.judge.grade(submission))


def test_what_is_computed_from_an_answer_takes_a_second_round(rounds):
    """Everything else of a right notebook is known after the first one."""
    rounds.verdict(rounds.submission(answers()))

    (again,) = rounds.scripts[1].notebooks
    assert [(test.slug, len(test.questions)) for test in again.tests] == [("scale", 2)]


def test_follow_through_is_asked_with_our_code_of_the_earlier_exercise(rounds):
    """In a notebook of its own, with all of the exercise's tests."""
    rounds.verdict(rounds.submission(NOTEBOOKS["paid for once"]))

    own, ours = rounds.scripts[1].notebooks
    assert "our double" not in {cell.name for cell in own.cells}
    assert "our double" in {cell.name for cell in ours.cells}
    assert {test.slug for test in ours.tests} == {"scale"}


def test_what_is_never_asked_is_our_failure(rounds):
    """No rounds are left, and no point is lost: the student reads whose fault it is."""
    report = rounds.verdict(rounds.submission(NOTEBOOKS["paid for once"]), rounds=1)

    scale = report.exercise("scale")
    assert (scale.state, scale.points) == ("grader_error", None)
    assert report.exercise("double").state == "graded"
    assert any("more than the rounds of this run could carry" in note for note in report.notes)
