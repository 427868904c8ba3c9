"""The hidden suites are proven: `course verify` without mutants, and for exercises that train, the reference alone.

`make verify` gives the whole proof.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from course_lib.authoring.evidence import Evidence
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
    """Right answers get full marks, wrong ones lose them where they say and are named, lazy ones get 0."""
    if not exercise.graded_by_suite:
        pytest.skip("read by a person")
    trains = exercise.limits.call_seconds > TRAINS
    outcomes = judge_variants(judge, exercise.chapter, exercise.slug, ("reference",) if trains else KINDS)

    evidence = Evidence(exercise, tuple(outcomes))

    if trains:
        assert all(evidence.full(outcome) for outcome in outcomes), outcomes
    else:
        assert evidence.problems() == []


def test_untouched_release_gets_nothing(judge: Judge, chapter: Chapter) -> None:
    """What students receive is attempted nowhere and worth 0, and nothing in the chapter waits to be written."""
    assert judge_release(judge, chapter.name) == []
    assert unwritten(chapter) == ()
