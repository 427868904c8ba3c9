"""Everything that the page about a class says, as data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from course_lib.authoring.source import read_source
from course_lib.catalog import Chapter, Course
from course_lib.classroom.answers import read_answers
from course_lib.classroom.members import Members, Work, gather
from course_lib.classroom.mistakes import FailingTest, Mistake, failing_tests, mistakes
from course_lib.classroom.pseudonyms import pseudonyms
from course_lib.classroom.side_by_side import Line, side_by_side
from course_lib.classroom.similarity import Pair, similar_pairs
from course_lib.classroom.statistics import ExerciseFigures, exercise_figures, score_share
from course_lib.classroom.tokens import without_words

FORMAT = "class-report/1"
PAIRS_WITH_CODE = 20  # more are listed without it
ANSWERS_OF_A_PAIR = 4


@dataclass(frozen=True)
class PairShown:
    """A pair, and for some exercises the two answers beside each other."""

    pair: Pair
    code: Mapping[str, tuple[Line, ...]]


@dataclass(frozen=True)
class ClassReport:
    """What is known about a class and a chapter.

    Attributes:
        chapter: the assignment.
        members: who is in the class, and their work.
        called: by student, the name to show.
        shares: by student, the share of points reached.
        figures: how each exercise went.
        mistakes: known misconceptions.
        tests: hidden tests that somebody fails.
        pairs: similar work.

    """

    chapter: Chapter
    members: Members
    called: Mapping[str, str]
    shares: Mapping[str, float]
    figures: tuple[ExerciseFigures, ...]
    mistakes: tuple[Mistake, ...]
    tests: tuple[FailingTest, ...]
    pairs: tuple[PairShown, ...]

    @property
    def waiting(self) -> dict[str, tuple[str, ...]]:
        """By exercise, the students whose answers a person has to read."""
        found = {
            slug: tuple(work.student for work in self.members.works if slug in work.waiting)
            for slug in self.chapter.slugs
        }
        return {slug: students for slug, students in found.items() if students}

    @property
    def problems(self) -> dict[str, str]:
        """By student, why the submission could not be graded; without the name where names are left out."""
        return {student: self._renamed(problem, student) for student, problem in self.members.unusable.items()}

    def _renamed(self, text: str, student: str) -> str:
        parts = re.split(rf"(?<!\w){re.escape(student)}(?!\w)", text)
        return self.called[student].join(parts)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain JSON data."""
        name, members = self.called.__getitem__, self.members
        return {
            "format": FORMAT,
            "chapter": self.chapter.name,
            "graded": {name(work.student): self._work(work) for work in members.works},
            "unusable": {name(student): problem for student, problem in self.problems.items()},
            "handed_in_not_graded": [name(student) for student in members.ungraded],
            "nothing_handed_in": [name(student) for student in members.missing],
            "waiting": {slug: [name(student) for student in students] for slug, students in self.waiting.items()},
            "exercises": [_figures(item) for item in self.figures],
            "misconceptions": [_mistake(item, name) for item in self.mistakes],
            "failing_tests": [_test(item) for item in self.tests],
            "similar_work": [_pair(item.pair, name) for item in self.pairs],
        }

    def _work(self, work: Work) -> dict[str, Any]:
        seconds = round(work.seconds, 4)
        return {"points": dict(work.points), "share": self.shares.get(work.student), "test_seconds": seconds}


def make_report(course: Course, chapter: Chapter, *, names: bool = True) -> ClassReport:
    """Collect and compute what the page says.

    Args:
        course: where everything lies.
        chapter: the assignment.
        names: whether students are named; pseudonyms stand for them otherwise.

    Raises:
        NothingGradedError: there is nothing to report.

    """
    members = gather(course, chapter)
    everybody = members.everybody
    works, shares = members.works, {work.student: score_share(work, chapter) for work in members.works}
    return ClassReport(
        chapter,
        members,
        {student: student for student in everybody} if names else pseudonyms(course.root, everybody),
        {student: share for student, share in shares.items() if share is not None},
        tuple(exercise_figures(exercise, chapter, works) for exercise in chapter.exercises),
        mistakes(chapter, works),
        failing_tests(chapter, works),
        _pairs(members, chapter, names=names),
    )


def _pairs(members: Members, chapter: Chapter, *, names: bool) -> tuple[PairShown, ...]:
    source, known = read_source(chapter), set(members.everybody)
    answers = {name: code for name, code in read_answers(members.submitted, chapter).items() if name in known}
    given = frozenset(name for slug in source.code_slugs for name in source.defines(slug))

    def code(pair: Pair, slug: str) -> tuple[Line, ...]:
        both = (answers[student][slug] for student in pair.students)
        one, other = both if names else (without_words(text, source.reference(slug)) for text in both)
        return side_by_side(one, other, given)

    pairs = similar_pairs(answers, source, chapter)
    counts = [ANSWERS_OF_A_PAIR] * PAIRS_WITH_CODE + [0] * len(pairs)
    return tuple(
        PairShown(pair, {answer.exercise: code(pair, answer.exercise) for answer in pair.answers[:count]})
        for pair, count in zip(pairs, counts, strict=False)
    )


def _figures(item: ExerciseFigures) -> dict[str, Any]:
    counts = {kind: getattr(item, kind) for kind in ("full", "part", "none", "left_out", "undecided")}
    numbers = {kind: getattr(item, kind) for kind in ("facility", "discrimination", "seconds")}
    return {"exercise": item.exercise.slug, "max_points": item.exercise.points, **counts, **numbers}


def _mistake(item: Mistake, name: Callable[[str], str]) -> dict[str, Any]:
    return {"exercise": item.exercise.slug, "name": item.name, "students": [name(student) for student in item.students]}


def _test(item: FailingTest) -> dict[str, Any]:
    return {"exercise": item.exercise.slug, "title": item.title, "failed": item.failed, "tried": item.tried}


def _pair(pair: Pair, name: Callable[[str], str]) -> dict[str, Any]:
    exercises = {answer.exercise: round(answer.share, 3) for answer in pair.answers}
    return {
        "students": [name(student) for student in pair.students],
        "weight": round(pair.weight, 2),
        "exercises": exercises,
    }
