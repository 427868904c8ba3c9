import dataclasses
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course_lib.catalog import Chapter, load_course
from course_lib.grading import Mismatch, StudentError
from course_lib.grading.calibration import record as record_module
from course_lib.grading.calibration.keys import demands_of, key_of
from course_lib.grading.calibration.record import Recorded, read_records, write_records
from course_lib.grading.calibration.surroundings import machine_now, versions_now
from course_lib.grading.errors import GraderError
from course_lib.grading.floors import Floors, fresh_seeds
from course_lib.grading.judge import Judge
from course_lib.grading.student import Student
from course_lib.grading.submission import load_submission
from tests.grading.floor_course import chapter_of, edit, judge_of, write_floor_course
from tests.grading.mini_course import CHAPTER, DOUBLE, answers, write_notebook

RATE = '''
def closeness(student, seed):
    """Rate that the script says."""
    return student.rate(seed)
'''


class Script:
    """A notebook whose every result is written down beforehand."""

    def __init__(self, *results: Any):
        self.results = list(results)
        self.seeds: list[int] = []

    def request(self, _name: str, _target: Any, args: tuple[Any, ...] = (), _kwargs: Any = None) -> Any:
        """Return the next result, or raise it."""
        self.seeds.append(args[0])
        result = self.results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result


@pytest.fixture
def chapter(tmp_path: Path) -> Chapter:
    """A chapter with the floor 0.9 and its gray line at 0.5."""
    chapter = chapter_of(write_floor_course(tmp_path))
    calibrated(chapter)
    return chapter


def calibrated(chapter: Chapter, floor: float = 0.9, gray: float = 0.5) -> Recorded:
    """Write a calibration as `course calibrate` would."""
    demand = demands_of(chapter)["closeness"]
    measured = {"date": "2026-01-01", "seconds": 1.0, "versions": versions_now(), "machine": machine_now()}
    record = Recorded(
        *("double", key_of(demand, chapter), measured, floor, gray, 1e-5, "by hand", {"n": 3.0}),
        *({"squares": 1.0}, {"keeps_nan": 0.0}, {"reference": (1.0, 0.99), "wrong/squares": (-math.inf, 0.5)}),
    )
    write_records(chapter, {"closeness": record})
    return record


@pytest.fixture
def demand(chapter: Chapter) -> Callable[..., list[int]]:
    """A function that demands the floor of scripted results and returns the seeds that were used."""
    chapter.measures.write_text(RATE)
    calibrated(chapter)

    def demand_of(*results: Any) -> list[int]:
        script = Script(*results)
        Floors.load(chapter).demand("closeness", Student(script), seed=7)
        assert not script.results
        return script.seeds

    return demand_of


@pytest.mark.parametrize("first", [0.9, 1.5])
def test_a_result_at_or_above_the_floor_holds_at_once(demand, first):
    """One run is enough, with the seed that was given."""
    assert demand(first) == [7]


def test_a_result_below_the_gray_line_fails_at_once(demand):
    """One run is enough to fail, and the sentence says what is measured, but not the floor."""
    with pytest.raises(Mismatch) as caught:
        demand(0.49)

    assert caught.value.sentence == "The measured result stays below its floor: Rate that the script says."


@pytest.mark.parametrize("fresh", [(0.9, 0.9), (2.0, 0.95)])
def test_in_the_gray_band_two_good_fresh_runs_hold(demand, fresh):
    """The median of three counts, and the fresh seeds are others."""
    seeds = demand(0.5, *fresh)

    assert seeds == [7, *fresh_seeds(7)]
    assert len(set(seeds)) == 3


@pytest.mark.parametrize("fresh", [(0.9, 0.89), (0.89, 5.0), (0.0, 0.0)])
def test_in_the_gray_band_one_bad_fresh_run_fails(demand, fresh):
    """The first result was below the floor already, so with another one the median is."""
    with pytest.raises(Mismatch, match="stays below its floor"):
        demand(0.89, *fresh)


def test_fresh_seeds_are_seeds():
    """They stay below 2**32, and lie far apart, since measures count on from their seed."""
    seeds = fresh_seeds(2**32 - 1)

    assert all(0 <= seed < 2**32 for seed in seeds)
    assert abs(seeds[0] - seeds[1]) > 1000


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, None, "high", [1.0], 10**400])
def test_what_is_no_finite_number_fails_the_student(demand, value):
    """Not the grader: what was measured is what the student's code computed."""
    with pytest.raises(Mismatch, match=r"^What was measured is not a finite number\.$"):
        demand(value)


def test_an_exception_of_the_student_is_theirs(demand):
    """It goes through, also from a fresh run."""
    with pytest.raises(StudentError, match="ZeroDivisionError"):
        demand(0.6, StudentError(("ZeroDivisionError",)))


def test_an_infinite_gray_band(chapter):
    """Without a gray line every result below the floor is run again."""
    chapter.measures.write_text(RATE)
    calibrated(chapter, gray=-math.inf)

    Floors.load(chapter).demand("closeness", Student(Script(-100.0, 1.0, 1.0)), seed=7)


def test_a_floor_that_nobody_measured(chapter):
    """The error names the chapter, the floor and the command."""
    with pytest.raises(GraderError, match=f"^calibration.json of {CHAPTER} has no floor 'speed'; run: "):
        Floors.load(chapter).demand("speed", Student(Script()), seed=7)


def test_a_chapter_without_calibration(chapter):
    """The error names the chapter and the command."""
    chapter.calibration.unlink()

    with pytest.raises(GraderError, match=f"^{CHAPTER} has no calibration.json; run: course calibrate {CHAPTER}$"):
        Floors.load(chapter)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"format": "course-calibration/0", "floors": {}}', "has format 'course-calibration/0', not"),
        ("[]", "cannot be read"),
        ("{", "cannot be read"),
        ('{"format": "course-calibration/1", "floors": {"closeness": {"floor": 1}}}', "cannot be read"),
    ],
)
def test_a_broken_calibration(chapter, text, said):
    """It is our failure, with the command that mends it."""
    chapter.calibration.write_text(text)

    with pytest.raises(GraderError, match=f"{said}.*; run: course calibrate {CHAPTER}$"):
        Floors.load(chapter)


STALE = [
    ("measures.py", "NOISE = 0.01", "NOISE = 0.02", "its measure changed"),
    ("measures.py", "student.double(np.ones(3))", "student.double(np.ones(4))", "its measure changed"),
    (
        "test_double.py",
        '    meets_floor("closeness")',
        '    meets_floor("closeness")\n    pass',
        "the tests that demand",
    ),
    ("right_answers/double/adds.py", "return x + x", "return x + 1.0 * x", "a right answer changed"),
    ("wrong_answers/double/triples.py", "3.0 * x", "4.0 * x", "a wrong answer changed"),
    ("wrong_answers/double/triples.py", ", test_comes_close", "", "a wrong answer changed"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), STALE)
def test_a_stale_floor_is_refused(chapter, file, old, new, said):
    """What it was measured on has changed: the error says what, since when, and what to run."""
    edit(chapter.hidden / file, old, new)

    with pytest.raises(GraderError, match=rf"stale: {said}.*\(2026-01-01\); run: course calibrate {CHAPTER}$"):
        Floors.load(chapter).fresh("closeness")


def test_a_new_reference_makes_it_stale(chapter):
    """Its own, or that of an exercise that it builds on."""
    edit(chapter.source, "return 2.0 * x", "return x * 2.0")

    with pytest.raises(GraderError, match="stale: the reference changed"):
        Floors.load(chapter).fresh("closeness")


def test_a_new_answer_makes_it_stale(chapter):
    """A wrong answer that nobody measured may reach the floor."""
    (chapter.hidden / "wrong_answers/double/halves.py").write_text(
        '"""No.\n\nCaught by: test_values\n"""\ndef double(x):\n    return x / 2\n'
    )

    with pytest.raises(GraderError, match="stale: a wrong answer changed"):
        Floors.load(chapter).fresh("closeness")


FRESH = [
    ("measures.py", '"""How close `double` comes to doubling."""', '"""How close it comes."""  # a comment'),
    ("measures.py", "def _noise(seed):", "def _other(seed):\n    return 1\n\n\ndef _noise(seed):"),
    ("test_double.py", "x = rng.standard_normal(5)", "x = rng.standard_normal(6)"),
    ("test_scale.py", "student.scale(x, 3)", "student.scale(x, times=3)"),
    ("wrong_answers/double/triples.py", "You took the entries three times.", "Three times is too often."),
    ("wrong_answers/scale/once.py", "2.0 * x", "x * 2.0"),
]


@pytest.mark.parametrize(("file", "old", "new"), FRESH)
def test_what_a_floor_does_not_depend_on(chapter, file, old, new):
    """Hints, comments, other tests and other exercises' answers make nothing stale."""
    edit(chapter.hidden / file, old, new)

    assert Floors.load(chapter).fresh("closeness").floor == 0.9


@pytest.mark.parametrize("library", ["python", "numpy", "torch"])
def test_another_minor_version_makes_it_stale(chapter, library, monkeypatch):
    """Random streams and rounding may change with it; with a patch release they do not."""
    now = versions_now()
    monkeypatch.setattr(record_module, "versions_now", lambda: now | {library: "99.1.0"})

    with pytest.raises(GraderError, match=f"stale: it was measured with {library} {now[library][:4]}.*this is 99.1.0"):
        Floors.load(chapter).fresh("closeness")


def test_a_patch_release_or_another_machine_changes_nothing(chapter):
    """A class is not regraded on the author's computer."""
    record = read_records(chapter)["closeness"]
    versions = {name: ".".join([*number.split(".")[:2], "999"]) for name, number in versions_now().items()}
    measured = record.measured | {"versions": versions, "machine": {"cpu": "abacus", "platform": "wood"}}
    write_records(chapter, {"closeness": dataclasses.replace(record, measured=measured)})

    assert Floors.load(chapter).fresh("closeness").floor == 0.9


def test_a_floor_of_no_suite_is_stale(chapter):
    """Nobody demands it, so nothing says what it belongs to."""
    edit(chapter.hidden / "test_double.py", 'meets_floor("closeness")', "pass")
    chapter.measures.write_text("")

    with pytest.raises(GraderError, match="stale: no suite demands it any more"):
        Floors.load(chapter).fresh("closeness")


def test_in_a_verdict(chapter, judge: Judge, tmp_path):
    """Honest work holds, a wrong answer loses the test, and a stale floor is the grader's failure, not theirs."""
    judge = judge_of(load_course(chapter.root), judge)

    def grade(double: str) -> tuple[str, float | None]:
        path = write_notebook(tmp_path / "alice" / f"{CHAPTER}.ipynb", answers(double=double))
        result = judge.grade(load_submission(path, judge.course, CHAPTER), ["double"]).exercise("double")
        return result.state, result.points

    honest, wrong = grade(DOUBLE), grade(DOUBLE.replace("2.0", "2.9"))
    edit(chapter.measures, "NOISE = 0.01", "NOISE = 0.02")
    stale = grade(DOUBLE)

    assert honest == ("graded", 4.0)
    assert wrong[0] == "graded"
    assert wrong[1] < 2.0
    assert stale == ("grader_error", None)


def test_the_file_reads_well(chapter):
    """One line per group of samples; a run without a result is null, and so is a gray line that is not there."""
    calibrated(chapter, gray=-math.inf)
    lines = chapter.calibration.read_text().splitlines()
    data = json.loads(chapter.calibration.read_text())

    assert '        "wrong/squares": [null, 0.5]' in lines
    assert data["floors"]["closeness"]["gray"] is None
    assert (data["format"], data["chapter"]) == ("course-calibration/1", CHAPTER)
    assert read_records(chapter)["closeness"].samples["wrong/squares"] == (-math.inf, 0.5)
