"""Mutants: small machine-made mistakes in the reference, by cosmic-ray's operators. A good suite kills every one."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import MutationVisitor
from cosmic_ray.plugins import get_operator, operator_names

SURVIVORS = "survivors.toml"


@dataclass(frozen=True)
class Mutant:
    """One mutation of an exercise's reference.

    Attributes:
        slug: the exercise.
        before: the line that was changed.
        after: what it became.
        code: the whole cell with the change.

    """

    slug: str
    before: str
    after: str
    code: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What identifies the mutation in `survivors.toml`."""
        return self.slug, self.before, self.after


def mutants_of(slug: str, code: str) -> Iterator[Mutant]:
    """Yield every distinct mutant of a reference that still compiles.

    Args:
        slug: the exercise.
        code: its solution cell.

    """
    seen = {ast.dump(ast.parse(code))}
    for mutated in _mutations(code):
        try:
            shape = ast.dump(ast.parse(mutated))
        except SyntaxError:
            continue
        if shape not in seen:
            seen.add(shape)
            yield Mutant(slug, *_changed_line(code, mutated), mutated)


def _mutations(code: str) -> Iterator[str]:
    for operator in _operators():
        positions = sum(len(list(operator.mutation_positions(node))) for node in ast_nodes(get_ast(code)))
        for occurrence in range(positions):
            mutated = MutationVisitor.mutate_code(code, operator, occurrence)
            if mutated is not None:
                yield mutated


def _operators() -> Iterator[Any]:
    for name in operator_names():
        operator = get_operator(name)
        if not operator.arguments():  # those with arguments name variables, which no general run can know
            yield operator()


def _changed_line(code: str, mutated: str) -> tuple[str, str]:
    for before, after in zip(code.splitlines(), mutated.splitlines(), strict=False):
        if before != after:
            return before.strip(), after.strip()
    return "", mutated.splitlines()[-1].strip()


def read_survivors(hidden: Path) -> dict[tuple[str, str, str], str]:
    """Return the reasons why some mutants may survive, by mutation. An entry's `after` may be a list of lines.

    Args:
        hidden: the chapter's folder of suites.

    """
    path = hidden / SURVIVORS
    if not path.exists():
        return {}
    entries = tomllib.loads(path.read_text("utf-8")).get("survivor", [])
    return {
        (item["exercise"], item["before"], after): item["reason"]
        for item in entries
        for after in ([item["after"]] if isinstance(item["after"], str) else item["after"])
    }
