"""`course verify`: proves that the tests are good, by right answers, wrong answers and lazy ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass

from course_lib.authoring.evidence import Evidence, Outcome
from course_lib.authoring.source import read_source
from course_lib.authoring.unwritten import unwritten
from course_lib.authoring.variants import Variant, variants_of
from course_lib.authoring.workbench import Workbench
from course_lib.catalog import Chapter, Exercise
from course_lib.grading.diagnosis import diagnose
from course_lib.grading.direct import run_tests
from course_lib.grading.judge import Judge
from course_lib.grading.plugin import TestRecord
from course_lib.grading.pool import ask_judge
from course_lib.grading.replay import Memory
from course_lib.grading.report import ExerciseResult
from course_lib.grading.submission import Submission, load_submission
from course_lib.grading.verdict import exercise_result
from course_lib.grading.warm_bank import reference_cells

NAME = "verify"
KINDS = ("reference", "right", "wrong", "lazy")


def judge_variants(
    judge: Judge, chapter_name: str, slug: str, kinds: Sequence[str] = KINDS, *, hints: bool = True
) -> list[Outcome]:
    """Judge the variants of an exercise by its suite.

    The reference is judged as a submission is. The others, ours as well, run on one worker, without pytest around
    their tests.

    Args:
        judge: the judge.
        chapter_name: the chapter.
        slug: the exercise.
        kinds: which kinds of variants.
        hints: whether wrong answers are compared with the bank, to see that each is named as itself.

    """
    chapter = judge.course.chapter(chapter_name)
    exercise, source = chapter.exercise(slug), read_source(chapter)
    with Workbench(judge, chapter, exercise) as bench:
        return [
            _judge_reference(judge, chapter, variant)
            if variant.kind == "reference"
            else _judge_variant(judge, bench, exercise, variant, hints=hints)
            for variant in variants_of(exercise, source)
            if variant.kind in kinds
        ]


def _judge_reference(judge: Judge, chapter: Chapter, variant: Variant) -> Outcome:
    source = read_source(chapter)
    submission = Submission(NAME, chapter, reference_cells(source), frozenset(source.code_slugs), ())
    return _outcome(variant, judge.grade(submission, [variant.slug], hints=False).exercise(variant.slug))


def _judge_variant(judge: Judge, bench: Workbench, exercise: Exercise, variant: Variant, *, hints: bool) -> Outcome:
    identity = (judge.secret, NAME)
    records = [*run_tests(exercise, bench.session_of(variant.code), bench.floors, identity)]
    failed = any(record.error is not None for record in records)
    named = _diagnosed(bench, exercise, variant, records) if hints and variant.kind == "wrong" and failed else {}
    return _outcome(variant, exercise_result(exercise, records, named, None))


def _diagnosed(
    bench: Workbench, exercise: Exercise, variant: Variant, records: Sequence[TestRecord]
) -> dict[str, tuple[str, str]]:
    itself = Memory(bench.known, variant.code, exercise.limits.call_seconds)
    for record in records:
        itself.keep(record.calls)
    return diagnose(exercise, records, bench.session_of, bench.known)


def _outcome(variant: Variant, result: ExerciseResult) -> Outcome:
    failed = frozenset(test.name for test in result.tests if not test.passed)
    named = frozenset(test.misconception for test in result.tests if test.misconception)
    return Outcome(variant, result.state, result.points or 0.0, failed, named, sum(t.seconds for t in result.tests))


def judge_release(judge: Judge, chapter_name: str) -> list[str]:
    """Judge the untouched release: it must get exactly 0, and nothing in it counts as attempted."""
    chapter = judge.course.chapter(chapter_name)
    report = judge.grade(load_submission(chapter.release, judge.course, chapter.name))
    return [
        f"{chapter.name}/{result.exercise}: the untouched stub is {result.state} with {result.points} points, "
        "but must be not_attempted with 0"
        for result in report.exercises
        if result.state != "not_attempted" or result.points != 0
    ]


@dataclass(frozen=True)
class Proof:
    """What `course verify` found of one chapter."""

    chapter: Chapter
    evidence: tuple[Evidence, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Pending:
    """One chapter's proof while it is being made: for each exercise its outcomes, and the sentences on the release."""

    chapter: Chapter
    outcomes: Mapping[str, Future[list[Outcome]]]
    release: Future[list[str]]

    def proof(self) -> Proof:
        """Wait for the proof."""
        evidence = [Evidence(item, tuple(self.outcomes[item.slug].result())) for item in proven_exercises(self.chapter)]
        problems = [sentence for item in evidence for sentence in item.problems()]
        problems = [*unwritten(self.chapter), *problems, *_release_problems(self.chapter, self.release)]
        return Proof(self.chapter, tuple(evidence), tuple(problems))


def begin_proofs(
    chapters: Sequence[Chapter], executor: Executor, advance: Callable[[Chapter], None] = lambda _: None
) -> list[Pending]:
    """Begin to prove chapters' suites and releases: all at once, so that no process waits for the last of a chapter.

    Args:
        chapters: the chapters.
        executor: a pool of judges (see `judge_pool`).
        advance: called after each exercise with its chapter, for a progress bar; in another thread.

    """
    waiting = [(chapter, exercise) for chapter in chapters for exercise in proven_exercises(chapter)]
    found: dict[str, dict[str, Future[list[Outcome]]]] = {chapter.name: {} for chapter in chapters}
    for chapter, exercise in sorted(waiting, key=lambda item: -item[1].limits.call_seconds):  # the slowest first
        future = executor.submit(ask_judge, judge_variants, chapter.name, exercise.slug)
        future.add_done_callback(lambda _, chapter=chapter: advance(chapter))  # type: ignore[misc]
        found[chapter.name][exercise.slug] = future
    return [Pending(item, found[item.name], executor.submit(ask_judge, judge_release, item.name)) for item in chapters]


def proven_exercises(chapter: Chapter) -> list[Exercise]:
    """Return the exercises that have a suite to prove."""
    return [exercise for exercise in chapter.exercises if exercise.graded_by_suite]


def _release_problems(chapter: Chapter, release: Future[list[str]]) -> list[str]:
    if not chapter.release.exists():
        return [f"{chapter.name}: there is no release; run: course build {chapter.name}"]
    return release.result()
