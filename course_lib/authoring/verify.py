"""`course verify`: proves that the tests are good, by right answers, wrong answers and lazy ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass

from course_lib.authoring.evidence import Evidence, Outcome
from course_lib.authoring.source import read_source
from course_lib.authoring.unwritten import unwritten
from course_lib.authoring.variants import Variant, variants_of
from course_lib.catalog import Chapter, Exercise
from course_lib.grading.judge import Judge
from course_lib.grading.pool import ask_judge
from course_lib.grading.submission import Submission, load_submission
from course_lib.grading.warm_bank import reference_cells

NAME = "verify"


def judge_variant(judge: Judge, chapter_name: str, variant: Variant, *, hints: bool) -> Outcome:
    """Judge one variant by the suite of its exercise."""
    chapter = judge.course.chapter(chapter_name)
    source = read_source(chapter)
    cells = reference_cells(source, {variant.slug: variant.code})
    submission = Submission(NAME, chapter, cells, frozenset(source.code_slugs), ())  # the others are there, and right
    result = judge.grade(submission, [variant.slug], hints=hints).exercise(variant.slug)
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


def verify_chapter(chapter: Chapter, executor: Executor, advance: Callable[[], None] = lambda: None) -> Proof:
    """Prove one chapter's suites and its release.

    Args:
        chapter: the chapter.
        executor: a pool of judges (see `judge_pool`).
        advance: called after each step, for a progress bar.

    """
    exercises = [exercise for exercise in chapter.exercises if exercise.graded_by_suite]
    tasks = list(_tasks(exercises, chapter))
    futures = [executor.submit(ask_judge, _judge, chapter.name, variant) for variant in tasks]
    release = executor.submit(ask_judge, judge_release, chapter.name)
    for _ in as_completed(futures):
        advance()
    outcomes = [future.result() for future in futures]
    evidence = tuple(Evidence(item, tuple(o for o in outcomes if o.variant.slug == item.slug)) for item in exercises)
    problems = [sentence for item in evidence for sentence in item.problems()]
    return Proof(chapter, evidence, (*unwritten(chapter), *problems, *_release_problems(chapter, release)))


def count_steps(chapter: Chapter) -> int:
    """Return how many times `verify_chapter` calls `advance`."""
    return len(list(_tasks([item for item in chapter.exercises if item.graded_by_suite], chapter)))


def _tasks(exercises: Sequence[Exercise], chapter: Chapter) -> Iterator[Variant]:
    source = read_source(chapter)
    for exercise in exercises:
        yield from variants_of(exercise, source)


def _judge(judge: Judge, chapter_name: str, variant: Variant) -> Outcome:
    return judge_variant(judge, chapter_name, variant, hints=variant.kind == "wrong")


def _release_problems(chapter: Chapter, release: Future[list[str]]) -> list[str]:
    if not chapter.release.exists():
        return [f"{chapter.name}: there is no release; run: course build {chapter.name}"]
    return release.result()
