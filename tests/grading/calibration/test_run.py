import dataclasses
import json
import math

import pytest
from typer.testing import CliRunner

from course_lib import cli_calibrate
from course_lib.cli import app
from course_lib.grading.calibration.keys import demands_of
from course_lib.grading.calibration.record import read_records, write_records
from course_lib.grading.calibration.run import Plan, calibrate_chapter, disagreements
from course_lib.grading.calibration.sampling import Group
from course_lib.grading.errors import GraderError
from course_lib.grading.floors import Floors
from tests.grading.floor_course import FLOOR_TEST, edit
from tests.grading.mini_course import CHAPTER

SEEDS = 24
NEARNESS = "def nearness(student, seed):\n    return closeness(student, seed)\n\n\n"


@pytest.fixture
def calibrated(chapter, here):
    """The calibration of the course, written down."""
    calibration = calibrate_chapter(chapter, here, seeds=SEEDS)
    write_records(chapter, calibration.records)
    return calibration


def test_a_floor_is_measured_and_placed(chapter, calibrated):
    """The reference and the right answer lie around 1 with a deviation of 0.01, the mistakes at one half."""
    record = calibrated.records["closeness"]

    assert calibrated.problems == ()
    assert 0.85 < record.floor < 0.97
    assert record.false_fail < 1e-4
    assert record.catch == {"squares": 1.0, "triples": 1.0}
    assert record.caught_elsewhere["keeps_nan"] < 0.05
    assert Floors.load(chapter).fresh("closeness") == record


def test_every_group_is_there(calibrated):
    """The reference most often, right answers less, wrong ones least; no two groups share a seed."""
    samples = calibrated.records["closeness"].samples

    assert {name: len(values) for name, values in samples.items()} == {
        "reference": SEEDS,
        "right/adds": 10,
        "wrong/keeps_nan": 3,
        "wrong/squares": 8,
        "wrong/triples": 8,
    }
    assert not set(samples["reference"]) & set(samples["right/adds"])


def test_how_it_was_measured_is_written_down(calibrated):
    """Date, seconds, versions and the kind of machine; no name of a machine."""
    measured = calibrated.records["closeness"].measured

    assert set(measured) == {"date", "seconds", "versions", "machine"}
    assert set(measured["versions"]) == {"python", "numpy", "torch"}
    assert set(measured["machine"]) == {"cpu", "platform"}


def test_measuring_again_gives_the_same_file(chapter, here, calibrated):
    """Seeds follow from names and numbers; only date and seconds may differ."""
    (chapter.root / ".course").rename(chapter.root / "elsewhere")
    again = calibrate_chapter(chapter, here, seeds=SEEDS).records["closeness"]

    first = calibrated.records["closeness"]
    assert dataclasses.replace(again, measured=first.measured) == first


def test_only_what_changed_is_measured_again(chapter, here, calibrated):
    """Results are kept by content: an edited wrong answer costs its own runs."""
    edit(chapter.hidden / "wrong_answers/double/triples.py", "3.0", "4.0")
    done: list[int] = []
    again = calibrate_chapter(chapter, here, seeds=SEEDS, expect=done.append)

    assert done == [8]
    assert again.records["closeness"].samples["reference"] == calibrated.records["closeness"].samples["reference"]


def test_more_honest_runs_are_made_where_they_settle_it(chapter, here):
    """A measure that is 1 or 0 needs about 430 of them; the wrong answers are not run again."""
    edit(chapter.measures, "float(1 - abs(mean - 1) + _noise(seed))", "float(abs(mean - 1) < 0.1)")
    wanted: list[int] = []
    record = calibrate_chapter(chapter, here, seeds=60, expect=wanted.append).records["closeness"]

    assert (record.floor, record.gray) == (0.5, -math.inf)
    assert wanted[0] == 60 + 20 + 2 * 10 + 3
    assert 424 <= sum(wanted) - 23 <= 500
    assert len(record.samples["wrong/squares"]) == 10


def test_more_runs_of_a_near_wrong_answer_come_first(chapter):
    """Ten results leave open whether it is caught; sixty of it cost less than hundreds of honest ones."""
    groups = (Group("reference", ""), Group("wrong/near", "", caught=True), Group("wrong/far", "", caught=True))
    plan = Plan(demands_of(chapter)["closeness"], groups, {}, starts=6)
    few = {"reference": [1.0] * 100, "wrong/near": [2 / 6, 4 / 6] * 5, "wrong/far": [0.0] * 10}

    assert plan.settle(few) == [(plan.demand, groups[1], 60)]
    assert plan.settle(few | {"wrong/near": [2 / 6, 4 / 6] * 30}).floor == 0.75


def test_a_wrong_answer_that_gives_no_result_is_caught(chapter, here):
    """It raises, or computes NaN: its runs are null in the file."""
    edit(chapter.hidden / "wrong_answers/double/triples.py", "3.0 * x", "x[99]")
    edit(chapter.hidden / "wrong_answers/double/squares.py", "x**2", "x * np.nan")
    record = calibrate_chapter(chapter, here, seeds=SEEDS).records["closeness"]

    assert record.samples["wrong/triples"] == record.samples["wrong/squares"] == (-math.inf,) * 8
    assert record.catch == {"squares": 1.0, "triples": 1.0}


def test_a_wrong_answer_that_hangs_is_asked_once(chapter, here):
    """One call that does not come back stands for all."""
    edit(chapter.hidden / "wrong_answers/double/triples.py", "return 3.0 * x", "while True:\n        pass")
    record = calibrate_chapter(chapter, here, seeds=SEEDS).records["closeness"]

    assert record.samples["wrong/triples"] == (-math.inf,) * 8
    assert record.measured["seconds"] < 8


def test_a_right_answer_that_gives_no_result_is_an_error(chapter, here):
    """Nobody can place a floor under an exception."""
    edit(chapter.hidden / "right_answers/double/adds.py", "return x + x", "return x[99]")

    with pytest.raises(GraderError, match=r"/double: right/adds gave no result for 'closeness': .*IndexError"):
        calibrate_chapter(chapter, here, seeds=SEEDS)


def test_a_wrong_answer_among_honest_ones_is_refused(chapter, here):
    """The problem names exercise, floor and answer, and no floor is recorded."""
    edit(chapter.hidden / "wrong_answers/double/keeps_nan.py", "test_refuses_nan", "test_comes_close")
    calibration = calibrate_chapter(chapter, here, seeds=SEEDS)

    assert calibration.records == {}
    assert calibration.problems[0].startswith(f"{CHAPTER}/double, floor 'closeness': no floor separates")
    assert "`keeps_nan` passes in" in calibration.problems[0]


def test_a_file_that_changes_meanwhile_is_noticed(chapter, here):
    """A floor must not be recorded for a bank that was not measured."""

    def edit_once(_count: int) -> None:
        edit(chapter.hidden / "wrong_answers/double/triples.py", "3.0", "4.0")

    with pytest.raises(GraderError, match="a wrong answer of the floor 'closeness' changed while it was measured"):
        calibrate_chapter(chapter, here, seeds=SEEDS, expect=edit_once)


def test_an_unknown_floor_is_refused(chapter, here):
    """With the names of those that there are."""
    with pytest.raises(GraderError, match="demands a floor 'speed'; it has: closeness"):
        calibrate_chapter(chapter, here, floors=["speed"])


def test_a_floor_without_a_measure_is_refused(chapter):
    """The error shows the line to write."""
    edit(chapter.hidden / "test_double.py", 'meets_floor("closeness")', 'meets_floor("nearness")')

    with pytest.raises(GraderError, match=r"demands the floor 'nearness'.*`def nearness\(student, seed\)`"):
        demands_of(chapter)


def test_a_measure_without_a_test_is_refused(chapter):
    """It would be measured for nothing."""
    chapter.measures.write_text(chapter.measures.read_text() + "\n\ndef speed(student, seed):\n    return 1.0\n")

    with pytest.raises(GraderError, match="has 'speed', but no suite demands it"):
        demands_of(chapter)


def test_a_floor_of_two_exercises_is_refused(chapter):
    """A measure belongs to the exercise whose answers it is measured with."""
    suite = chapter.hidden / "test_scale.py"
    suite.write_text(suite.read_text() + FLOOR_TEST)

    with pytest.raises(GraderError, match=f"{CHAPTER}/double and {CHAPTER}/scale both demand the floor 'closeness'"):
        demands_of(chapter)


def test_a_fresh_calibration_has_no_disagreements(chapter, calibrated):
    """Nothing is missing, stale or edited."""
    assert disagreements(chapter, calibrated.records) == []


def test_a_floor_that_was_edited_by_hand_is_noticed(chapter, calibrated):
    """It must be the one that its samples give."""
    lowered = dataclasses.replace(calibrated.records["closeness"], floor=0.8)

    assert disagreements(chapter, {"closeness": lowered}) == [
        f"the floor 'closeness' of {CHAPTER}/double is not the one that its samples give"
    ]


def test_missing_and_forgotten_floors_are_noticed(chapter, calibrated):
    """One that nobody measured, and one that nobody demands."""
    found = disagreements(chapter, {"speed": calibrated.records["closeness"]})

    assert found[0] == f"{CHAPTER}/double demands the floor 'closeness', which has not been measured"
    assert found[1] == "calibration.json has a floor 'speed' that no suite demands"


def test_the_picture_is_drawn_beside_the_file(chapter, calibrated):
    """One PNG, for few values and for many, with and without results."""
    from course_lib.grading.calibration.picture import draw  # noqa: PLC0415 - loads Matplotlib

    record = calibrated.records["closeness"]
    samples = record.samples | {"wrong/squares": (-math.inf, 0.5, 0.5)}
    path = draw(chapter, {"closeness": record, "other": dataclasses.replace(record, samples=samples)})

    assert path == chapter.hidden / "calibration.png"
    assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def course_command(chapter, here, monkeypatch):
    """A function that runs `course …` in the course's folder, with judges in this process."""
    monkeypatch.chdir(chapter.root)
    monkeypatch.setenv("COURSE_ROOT", str(chapter.root))
    monkeypatch.setattr("course_lib.grading.pool.judge_pool", lambda _root, _jobs: here)
    return lambda *arguments: CliRunner().invoke(app, ["calibrate", *arguments])


def test_the_command_writes_file_and_picture(chapter, course_command):
    """And prints a line for each floor."""
    result = course_command("ch00", "--seeds", str(SEEDS))

    assert result.exit_code == 0
    assert "closeness" in result.output
    assert set(read_records(chapter)) == {"closeness"}
    assert (chapter.hidden / "calibration.png").exists()


def test_check_says_whether_the_floors_hold(chapter, course_command):
    """Without a calibration and with a stale one the status is 1, with a fresh one 0; nothing is measured."""
    missing = course_command("ch00", "--check")
    course_command("ch00", "--seeds", str(SEEDS))
    fresh = course_command("ch00", "--check")
    edit(chapter.measures, "NOISE = 0.01", "NOISE = 0.02")
    stale = course_command("ch00", "--check")

    assert [missing.exit_code, fresh.exit_code, stale.exit_code] == [1, 0, 1]
    assert "has no calibration.json" in missing.output
    assert "its measure changed" in " ".join(stale.output.split())


def test_one_floor_alone_keeps_the_others(chapter, course_command):
    """A floor that is not named stays as it is in the file."""
    course_command("ch00", "--seeds", str(SEEDS))
    edit(
        chapter.measures,
        "def closeness(",
        "def nearness(student, seed):\n    return closeness(student, seed)\n\n\ndef closeness(",
    )
    edit(chapter.hidden / "test_double.py", FLOOR_TEST, FLOOR_TEST + '    meets_floor("nearness")\n')
    before = read_records(chapter)["closeness"]
    result = course_command("ch00", "--floor", "nearness", "--seeds", str(SEEDS))

    assert result.exit_code == 0
    assert read_records(chapter)["closeness"] == before
    assert set(json.loads(chapter.calibration.read_text())["floors"]) == {"closeness", "nearness"}


def test_the_command_refuses_what_cannot_be_separated(chapter, course_command):
    """Status 1, the sentence on the screen, and no file."""
    edit(chapter.hidden / "wrong_answers/double/keeps_nan.py", "test_refuses_nan", "test_comes_close")
    result = course_command("ch00", "--seeds", str(SEEDS))

    assert result.exit_code == 1
    assert "`keeps_nan` passes in" in " ".join(result.output.split())
    assert not chapter.calibration.exists()


def test_the_command_says_what_cannot_be_measured(course_command):
    """Status 2."""
    result = course_command("ch00", "--floor", "speed")

    assert result.exit_code == 2


def test_the_defaults_are_stated(course_command):
    """Sixty seeds, as many jobs as cores."""
    assert cli_calibrate.SEEDS == 60
    assert course_command("--help").exit_code == 0
