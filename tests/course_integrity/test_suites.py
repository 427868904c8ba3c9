"""The hidden suites are proven: `course verify` without mutants, and for exercises that train, the reference alone.

That each wrong answer is named as itself, one chapter shows; `make verify` gives the whole proof.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from course_lib.authoring.evidence import Evidence, misdiagnosed
from course_lib.authoring.unwritten import unwritten
from course_lib.authoring.verify import KINDS, judge_release, judge_variants
from course_lib.authoring.workbench import TRAINS
from course_lib.catalog import Chapter, Course, Exercise
from course_lib.grading.judge import Judge


@pytest.fixture(scope="module")
def judge(course: Course) -> Iterator[Judge]:
    """One warm judge that draws the same inputs on every machine; `course verify` draws others on each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_SECRET", "the same everywhere")
        with Judge(course) as judge:
            yield judge


def test_suite_is_proven(judge: Judge, exercise: Exercise) -> None:
    """Right answers get full marks, wrong ones lose them where they say, lazy ones get 0."""
    if not exercise.graded_by_suite:
        pytest.skip("read by a person")
    trains = exercise.limits.call_seconds > TRAINS
    kinds = ("reference",) if trains else KINDS
    outcomes = judge_variants(judge, exercise.chapter, exercise.slug, kinds, hints=False)

    evidence = Evidence(exercise, tuple(outcomes))

    if trains:
        assert all(evidence.full(outcome) for outcome in outcomes), outcomes
    else:
        assert evidence.problems() == []


@pytest.mark.parametrize("slug", ["softmax", "cross_entropy", "critical_points"])
def test_wrong_answers_are_named_as_themselves(judge: Judge, slug: str) -> None:
    """The diagnosis finds every mistake that the bank knows."""
    exercise = judge.course.chapter("ch02").exercise(slug)

    outcomes = judge_variants(judge, exercise.chapter, slug, ("wrong",))

    assert misdiagnosed([Evidence(exercise, tuple(outcomes))]) == []


def test_untouched_release_gets_nothing(judge: Judge, chapter: Chapter) -> None:
    """What students receive is attempted nowhere and worth 0, and nothing in the chapter waits to be written."""
    assert judge_release(judge, chapter.name) == []
    assert unwritten(chapter) == ()
