"""Pairs of submissions whose code is nearly equal although it is not what everybody writes: where a person may look.

Code is compared by the fingerprints of Schleimer, Wilkerson and Aiken ("Winnowing: local algorithms for document
fingerprinting", SIGMOD 2003): every run of `RUN` normalised tokens. Their thinning is left out, because an answer has a
few hundred tokens. As in their Moss, what the course gives (stub, reference, banks) and what more than `MANY` students
share does not count; a fingerprint that two share counts 1, one that n share 1/(n-1).

Why not a library: `copydetect` (winnowing over Pygments, last release 2024) compares every file with every other: 100
submissions of chapter 4 took it 93 seconds, so 1000 would take hours, and it counts what everybody writes in full. Here
only students who share something rare are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from course_lib.authoring.source import ChapterSource
from course_lib.catalog import Chapter
from course_lib.classroom.tokens import tokens_of
from course_lib.grading.bank import read_bank
from course_lib.grading.code import defined_names

RUN = 8  # tokens in a fingerprint: about a short statement
MANY = 10  # students; Moss ignores a passage that is in more files than that
NEAR = 0.7  # shared part of two answers' fingerprints, from which on they are nearly equal
RARE = 3 * RUN  # weight of shared rare fingerprints, from which on a pair is shown

Prints = frozenset[int]
Answers = Mapping[str, str]  # code by exercise


@dataclass(frozen=True)
class SharedAnswer:
    """One exercise that two students answered nearly equally; `share` is the common part, `weight` how rare it is."""

    exercise: str
    share: float
    weight: float


@dataclass(frozen=True)
class Pair:
    """Two students, and the exercises that they answered nearly equally, the rarest first."""

    students: tuple[str, str]
    answers: tuple[SharedAnswer, ...]

    @property
    def weight(self) -> float:
        """How much that hardly anybody else wrote the two have in common."""
        return sum(answer.weight for answer in self.answers)


def similar_pairs(answers: Mapping[str, Answers], source: ChapterSource, chapter: Chapter) -> tuple[Pair, ...]:
    """Return the pairs that a person may look at, the most striking first.

    Args:
        answers: by student, the code of the exercises that were attempted.
        source: what the course gives.
        chapter: knows the banks.

    """
    shared: dict[tuple[str, str], list[SharedAnswer]] = defaultdict(list)
    for slug in source.code_slugs:
        given = _given(slug, source, chapter)
        prints = {name: fingerprints(code[slug], given.names) for name, code in answers.items() if slug in code}
        for students, answer in _in_exercise(slug, prints, given.prints):
            shared[students].append(answer)
    pairs = (Pair(who, tuple(sorted(found, key=lambda one: -one.weight))) for who, found in shared.items())
    return tuple(
        sorted((pair for pair in pairs if pair.weight >= RARE), key=lambda pair: (-pair.weight, pair.students))
    )


@dataclass(frozen=True)
class _Given:
    """What the course gives to everybody, or knows that people write."""

    names: frozenset[str]
    prints: Prints


def _given(slug: str, source: ChapterSource, chapter: Chapter) -> _Given:
    names = frozenset(name for other in source.code_slugs for name in source.defines(other))
    names |= defined_names(source.setup)
    exercise = chapter.exercise(slug)
    banks = [*read_bank(exercise.right_answers), *read_bank(exercise.wrong_answers)]
    codes = [source.stub(slug), source.reference(slug), *(answer.code for answer in banks)]
    return _Given(names, frozenset().union(*(fingerprints(code, names) for code in codes)))


def fingerprints(code: str, names: frozenset[str] = frozenset()) -> Prints:
    """Return the hashes of all runs of `RUN` normalised tokens.

    Args:
        code: an answer.
        names: those that the course gives.

    """
    texts = [text for text, _ in tokens_of(code, names)]
    return frozenset(map(hash, zip(*(texts[start:] for start in range(RUN)), strict=False)))


def _in_exercise(
    slug: str, prints: Mapping[str, Prints], given: Prints
) -> Iterator[tuple[tuple[str, str], SharedAnswer]]:
    """Yield the students who answered an exercise nearly equally, in a way that is not everybody's."""
    own = {student: found - given for student, found in prints.items()}
    for students, weight in _rare_in_common(own).items():
        one, other = (own[student] for student in students)
        share = len(one & other) / len(one | other)
        if share >= NEAR:
            yield students, SharedAnswer(slug, share, weight)


def _rare_in_common(own: Mapping[str, Prints]) -> dict[tuple[str, str], float]:
    """Return by pair the weight of the rare fingerprints that both have."""
    writers: dict[int, list[str]] = defaultdict(list)
    for student in sorted(own):
        for print_ in own[student]:
            writers[print_].append(student)
    many = max(2, min(MANY, len(own) // 5))  # in a small class, fewer are everybody
    weights: dict[tuple[str, str], float] = defaultdict(float)
    for students in writers.values():
        if 2 <= len(students) <= many:  # noqa: PLR2004 - one alone shares with nobody
            for pair in combinations(students, 2):
                weights[pair] += 1 / (len(students) - 1)
    return weights
