"""The notebooks that prove a suite: the reference, right and wrong answers, and lazy answers that know nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course_lib.authoring.source import ChapterSource
from course_lib.catalog import Exercise
from course_lib.grading.bank import read_bank

LAZY_BODIES = {
    "returns_none": "return None",
    "returns_zero": "return 0.0",
    "returns_half": "return 0.5",
    "returns_an_argument": "return (args or tuple(kwargs.values()) or (None,))[0]",
    "returns_zeros": "return np.zeros_like(np.asarray((args or (0.0,))[0], dtype=float))",
    "returns_empty_dict": "return {}",
    "raises_value_error": "raise ValueError(f'bad input: {args} {kwargs}')",
}


@dataclass(frozen=True)
class Variant:
    """An answer to one exercise, beside the reference for all others.

    Attributes:
        kind: `reference`, `right`, `wrong`, `lazy` or `mutant`.
        slug: the exercise.
        name: which answer.
        code: what stands in the solution cell.
        caught_by: for wrong answers, the tests in which it must lose marks.

    """

    kind: str
    slug: str
    name: str
    code: str
    caught_by: tuple[str, ...] = ()


def variants_of(exercise: Exercise, source: ChapterSource) -> Iterator[Variant]:
    """Yield every variant that an exercise's suite is proven with, mutants aside."""
    slug = exercise.slug
    yield Variant("reference", slug, "reference", source.reference(slug))
    for kind, folder in (("right", exercise.right_answers), ("wrong", exercise.wrong_answers)):
        for answer in read_bank(Path(folder)):
            yield Variant(kind, slug, answer.name, answer.code, answer.caught_by)
    for name, body in LAZY_BODIES.items():
        yield Variant("lazy", slug, name, lazy_code(source.defines(slug), body))


def lazy_code(names: tuple[str, ...] | frozenset[str], body: str) -> str:
    """Return code that defines every name as a function of any arguments with the given body."""
    functions = [f"def {name}(*args, **kwargs):\n    {body}" for name in sorted(names)]
    return "import numpy as np\n\n" + "\n\n".join(functions) + "\n"
