"""Whether two graders give the same points, and the rules of ours that others do not have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from course_lib.catalog import Chapter, Course
from course_lib.classroom.ledger import Ledger
from course_lib.grading.report import ExerciseResult

ON_REFERENCE = re.compile(r"^`(\w+)` was graded on our ")
HALF_A_CENT = 0.005  # points are rounded to two digits

Scores = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Agreement:
    """How two graders compare, exercise by exercise.

    Attributes:
        same: scores that are equal.
        on_reference: left out, because ours judged the exercise on the reference of an earlier one that was wrong, so
            that a mistake is paid for once; the others have no such rule.
        supporting_alone: left out, because nothing was written or only supporting tests pass: no points with us, and
            some in a grader that knows no such tests.
        different: the rest, a sentence each.

    """

    same: int
    on_reference: int
    supporting_alone: int
    different: tuple[str, ...]


def compare(course: Course, chapter: Chapter, slugs: Sequence[str], scores: Scores) -> Agreement:
    """Compare another grader's points with ours, for every student and exercise that both judged."""
    same = on_reference = alone = 0
    different = []
    for student, entry in sorted(Ledger(course.root, chapter).read().items()):
        if entry.report is None or student not in scores:
            continue
        excused = {found[1] for note in entry.report.notes if (found := ON_REFERENCE.match(note))}
        for result in entry.report.exercises:
            if result.exercise in slugs:
                theirs = scores[student].get(result.exercise, 0.0)
                if result.points == theirs:
                    same += 1
                elif result.exercise in excused:
                    on_reference += 1
                elif _supporting_alone(result, theirs):
                    alone += 1
                else:
                    different.append(f"{student}, {result.exercise}: ours {result.points}, theirs {theirs}")
    return Agreement(same, on_reference, alone, tuple(different))


def _supporting_alone(ours: ExerciseResult, theirs: float) -> bool:
    if ours.state == "not_attempted":
        return True
    share = ours.max_points * sum(test.passed for test in ours.tests) / max(1, len(ours.tests))
    return ours.points == 0.0 and abs(theirs - share) <= HALF_A_CENT


def sentence(name: str, agreement: Agreement) -> str:
    """Say how many scores are the same in a grader and ours, how many were left out, and why."""
    total = agreement.same + len(agreement.different)
    told = f"{agreement.same} of {total} scores of an exercise are the same in {name} and ours"
    return told + _excuses(agreement)


def _excuses(agreement: Agreement) -> str:
    reasons = {
        "ours judged on the reference of an earlier exercise": agreement.on_reference,
        "nothing was written or only supporting tests pass, no points with us": agreement.supporting_alone,
    }
    return "".join(f", in {count} more {reason}" for reason, count in reasons.items() if count)
