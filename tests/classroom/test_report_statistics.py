import math

import numpy as np
import pytest

from course_lib.classroom.class_report import make_report
from course_lib.classroom.members import NothingGradedError, gather
from course_lib.classroom.statistics import histogram, quartiles
from tests.classroom.report_class import course_in, failed, hand_in, left_out, passed, remember, verdict


@pytest.fixture
def course(tmp_path):
    """The small course, nothing handed in."""
    return course_in(tmp_path)


def reported(course, *entries):
    """The report on a class with these verdicts."""
    remember(course, entries)
    return make_report(course, course.chapters[0])


def figures(report, slug="double"):
    """What the report says about one exercise."""
    return next(item for item in report.figures if item.exercise.slug == slug)


def test_nothing_graded_says_what_to_run(course):
    """Without a single verdict there is no report, and the sentence names the command that makes some."""
    with pytest.raises(NothingGradedError, match=r"Run: course grade-class ch00_mini"):
        gather(course, course.chapters[0])


def test_students_of_other_chapters_are_missed(course):
    """Who handed in another chapter and not this one is counted as missing."""
    hand_in(course, "ada")
    hand_in(course, "bea", chapter="ch99_other")

    assert reported(course, verdict("ada")).members.missing == ("bea",)


def test_a_submission_without_a_verdict_is_not_missing(course):
    """Who handed in after the last grading is listed apart from those who handed in nothing."""
    hand_in(course, "late")
    members = reported(course, verdict("ada")).members

    assert (members.ungraded, members.missing) == (("late",), ())


def test_share_counts_what_is_decided(course):
    """An answer that waits for a person lowers nobody's share."""
    assert reported(course, verdict("ada", double=0.0)).shares == {"ada": pytest.approx(5 / 9)}


def test_every_student_stands_in_one_part_of_the_bar(course):
    """All points, some, none, left out: each student is counted once."""
    entries = [verdict("a"), verdict("b", double=1.0), verdict("c", failed(), double=0.0), left_out("d")]
    item = figures(reported(course, *entries))

    assert (item.full, item.part, item.none, item.left_out, item.undecided) == (1, 1, 1, 1, 0)


def test_facility_is_the_mean_share(course):
    """What was left out counts as no points in an exercise's mean."""
    item = figures(reported(course, verdict("a"), verdict("b", double=1.0), left_out("c")))

    assert item.facility == pytest.approx((1 + 0.25 + 0) / 3)


def test_no_mean_while_answers_wait(course):
    """While most written answers wait, those that were left out do not make the exercise look hard."""
    assert figures(reported(course, verdict("a"), verdict("b"), left_out("c")), "why").facility is None


def test_discrimination_is_the_correlation_with_the_rest(course):
    """The figure is numpy's correlation of the exercise with the sum of the others, the exercise itself left out."""
    rng = np.random.default_rng(3)
    marks = [(*rng.integers(0, 4, size=2).astype(float), 2.0 * rng.integers(0, 2)) for _ in range(24)]
    entries = [
        verdict(f"s{n}", double=double, scale=scale, fact=fact, why=0.0)
        for n, (double, scale, fact) in enumerate(marks)
    ]
    expected = np.corrcoef([double for double, *_ in marks], [scale + fact for _, scale, fact in marks])[0, 1]

    assert figures(reported(course, *entries)).discrimination == pytest.approx(expected)


@pytest.mark.parametrize("students", [9, 30])
def test_no_discrimination_without_variety(course, students):
    """Neither few students nor equal ones give a correlation."""
    points = [4.0 * (n % 2) for n in range(students)] if students < 10 else [4.0] * students
    entries = [verdict(f"s{n}", double=value, scale=value / 2) for n, value in enumerate(points)]

    assert figures(reported(course, *entries)).discrimination is None


def test_a_misconception_counts_each_student_once(course):
    """Two tests that name the same mistake in one answer are one student."""
    report = reported(course, verdict("a", failed("squares"), failed("squares")), verdict("b", failed("squares")))

    assert [(item.name, item.students) for item in report.mistakes] == [("squares", ("a", "b"))]


def test_tests_are_counted_over_those_who_tried(course):
    """Who left the exercise out neither passes nor fails its tests."""
    report = reported(course, verdict("a", failed(outcome="timeout")), verdict("b", passed()), left_out("c"))

    assert [(test.failed, test.tried, test.stopped) for test in report.tests] == [(1, 2, 1)]


def test_waiting_comes_from_the_verdicts_where_there_is_no_gradebook(course):
    """Without a gradebook, every written answer that was handed in waits."""
    assert reported(course, verdict("a"), verdict("b", read=True)).waiting == {"why": ("a",)}


def test_extra_credit_stays_in_the_last_bar():
    """Full marks and what lies above them are counted with the best, not lost."""
    assert histogram([0.0, 0.099, 0.1, 0.3, 1.0, 1.2], 10) == (2, 1, 0, 1, 0, 0, 0, 0, 0, 2)


def test_one_student_has_quartiles():
    """The smallest class has a median as well."""
    assert quartiles([0.5]) == (0.5, 0.5, 0.5)
    assert all(map(math.isclose, quartiles([0.0, 0.5, 1.0]), (0.25, 0.5, 0.75)))
