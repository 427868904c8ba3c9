"""Whether a cell is plain: running it, and calling what it defines, changes nothing but its own names.

A plain cell is made of imports, functions, classes and names for constants. Inside functions it uses words that are
known to be harmless (see `vocabulary`), it sets attributes of its own instances only, and it has no way to reach a
thing by a name that is not written there. The rule errs on one side: code that is not understood is not plain.
"""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterable, Iterator
from functools import lru_cache

from course_lib.grading.code import KEPT, parse
from course_lib.grading.plain_cell import CellReader, Classes, NotPlainError, is_dunder
from course_lib.grading.vocabulary import BUILTINS, FROM_NOTEBOOK


def classes_of(sources: Iterable[str]) -> Classes:
    """Return the classes that a notebook's cells name."""
    nodes = [node for source in sources for node in ast.walk(parse(source) or ast.Module([], []))]
    own = frozenset(node.name for node in nodes if isinstance(node, ast.ClassDef))
    aliases = [alias for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names]
    return Classes(own, frozenset(alias.asname or alias.name for alias in aliases if alias.name[:1].isupper()))


@lru_cache(maxsize=KEPT)
def is_plain(source: str, classes: Classes) -> bool:
    """Tell whether a cell is plain, in a notebook with these classes."""
    tree = parse(source)
    try:
        if tree is None or any(_is_forbidden(name) for name in _global_names(symtable.symtable(source, "", "exec"))):
            return False
        for statement in tree.body:
            CellReader(classes).top(statement)
    except (NotPlainError, SyntaxError, ValueError, RecursionError):
        return False
    return True


def _global_names(table: symtable.SymbolTable) -> Iterator[str]:
    """Yield every name that code reads from the notebook or from Python itself, at any depth."""
    inside = table.get_type() == "function"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (symbol.is_global() or not inside):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _global_names(child)


def _is_forbidden(name: str) -> bool:
    return is_dunder(name) or name in FROM_NOTEBOOK or (hasattr(builtins, name) and name not in BUILTINS)
