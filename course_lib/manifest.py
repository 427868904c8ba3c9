"""Reads ``course.toml`` and checks every rule of it; `course_lib.catalog` turns the result into objects.

All broken rules are collected, so that an author sees every one of them at once.
Imported by every notebook, on every system: standard library only.
"""

from __future__ import annotations

import difflib
import keyword
import math
import re
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FORMAT = 1
KINDS = ("code", "answer", "plot", "written")

# Cells that every notebook has under these ids, and words that cannot be a file on Windows or a name in Python.
_RESERVED = frozenset({"setup", "closing", "aux", "con", "nul", "prn", *keyword.kwlist})
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST_NAME = 50  # with a suffix it is still a cell id, which may have 64 characters


class CatalogError(ValueError):
    """The manifest is unusable, or something was asked for that it does not list; the message says what to do."""


class _Key(NamedTuple):
    """One key of a table: what it must hold, and whether it may be left out."""

    holds: str
    optional: bool = False


_TOP = {
    "format": _Key("whole number"),
    "title": _Key("text"),
    "defaults": _Key("table", optional=True),
    "chapter": _Key("tables"),
}
_DEFAULTS = {
    "call_seconds": _Key("positive number", optional=True),
    "cell_seconds": _Key("positive number", optional=True),
    "total_seconds": _Key("positive number", optional=True),
    "memory_mib": _Key("positive whole number", optional=True),
}
_CHAPTER = {
    "name": _Key("name"),
    "title": _Key("text"),
    "book": _Key("text"),
    "minutes": _Key("positive whole number"),
    "exercise": _Key("tables", optional=True),
}
_EXERCISE = {
    "slug": _Key("name"),
    "title": _Key("text"),
    "kind": _Key("kind"),
    "points": _Key("positive number"),
    "call_seconds": _Key("positive number", optional=True),
    "total_seconds": _Key("positive number", optional=True),
}
# What to write for each sort of value, with an example.
_REMEDIES = {
    "name": ("text", '"a_plain_name"'),
    "text": ("a text that is not empty", '"…"'),
    "kind": (f"one of {', '.join(KINDS)}", '"code"'),
    "table": ("a section", "[defaults]"),
    "tables": ("a list of sections", "[[chapter]]"),
    "whole number": ("a whole number", str(FORMAT)),
    "positive number": ("a positive number", "2.5"),
    "positive whole number": ("a positive whole number", "60"),
}


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest as plain tables; every key is known, present where required, and of the promised sort.

    Raises:
        CatalogError: It is no TOML, has another format, or breaks rules; one line for every broken one.
    """
    try:
        # utf-8-sig: editors on Windows may put a byte order mark in front.
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogError(f"{path} is not TOML in UTF-8: {error}. Correct it there.") from error
    if data.get("format") != FORMAT:
        raise CatalogError(
            f"{path}: format is {data.get('format')!r}, but this version of course_lib reads format {FORMAT}: "
            f"write `format = {FORMAT}` at the top, or install the version of course_lib that came with the course."
        )
    problems = list(_problems(data))
    if problems:
        raise CatalogError("\n".join(f"{path}: {problem}" for problem in problems))
    return data


def name_problem(name: str) -> str:
    """What is wrong with `name` as the name of a chapter or an exercise, with the remedy; empty where nothing is.

    Names become folders, files, Python modules, cell ids and parts of web addresses, so they are kept plain.
    """
    if not _NAME.fullmatch(name):
        return f"{name!r} is no good name: use small letters, digits and single underscores, starting with a letter"
    if name in _RESERVED:
        return f"{name!r} is reserved (a cell, a Python keyword or a device on Windows): choose another name"
    if len(name) > _LONGEST_NAME:
        return f"{name!r} has {len(name)} characters: use at most {_LONGEST_NAME}"
    return ""


def nearest(name: str, names: Iterable[str]) -> str:
    """A question about what was meant by `name`, where one of `names` is near it; otherwise a full stop."""
    matches = difflib.get_close_matches(name, list(names), n=1)
    return f"; did you mean {matches[0]!r}?" if matches else "."


def _problems(data: dict[str, Any]) -> Iterable[str]:
    """Every broken rule of the manifest: where, what, remedy."""
    yield from _table(data, _TOP, "at the top")
    yield from _table(data.get("defaults"), _DEFAULTS, "[defaults]")
    chapters = _tables(data.get("chapter"))
    yield from _twice(chapters, "name", "the course")
    for number, chapter in enumerate(chapters, 1):
        where = f"chapter {chapter.get('name', f'number {number}')}"
        yield from _table(chapter, _CHAPTER, where)
        exercises = _tables(chapter.get("exercise"))
        yield from _twice(exercises, "slug", where)
        for n, exercise in enumerate(exercises, 1):
            yield from _table(exercise, _EXERCISE, f"{where}, exercise {exercise.get('slug', f'number {n}')}")


def _table(table: object, keys: dict[str, _Key], where: str) -> Iterable[str]:
    """What is wrong with the keys of one table."""
    if not isinstance(table, dict):  # missing, or reported where it is a key of another table
        return
    for key in table:
        if key not in keys:
            yield f"{where}: unknown key {key!r}{nearest(key, keys)} The keys here are {', '.join(keys)}."
    for key, rule in keys.items():
        wanted, example = _REMEDIES[rule.holds]
        remedy = f"write {example}" if example.startswith("[") else f"write for example {key} = {example}"
        if key not in table:
            if not rule.optional:
                yield f"{where}: {key} is missing: it is {wanted}; {remedy}."
        elif not _holds(table[key], rule.holds):
            yield f"{where}: {key} is {table[key]!r}, but must be {wanted}; {remedy}."
        elif rule.holds == "name" and name_problem(table[key]):
            yield f"{where}: {key} {name_problem(table[key])}."


def _tables(value: object) -> list[dict[str, Any]]:
    """The tables of a list; nothing where it is no list of tables, which is reported elsewhere."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _twice(tables: list[dict[str, Any]], key: str, where: str) -> Iterable[str]:
    """Names that are there more than once."""
    names = [table[key] for table in tables if isinstance(table.get(key), str)]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield f"{where}: {key} {name!r} is there {names.count(name)} times: keep one, rename or remove the others."


def _holds(value: Any, what: str) -> bool:  # whatever TOML can hold
    """Whether a value is of the promised sort; True is no number here."""
    number = type(value) in (int, float)
    return {
        "name": isinstance(value, str),
        "text": isinstance(value, str) and bool(value.strip()),
        "kind": isinstance(value, str) and value in KINDS,
        "table": isinstance(value, dict),
        "tables": isinstance(value, list) and all(isinstance(item, dict) for item in value),
        "whole number": type(value) is int,
        "positive number": number and 0 < value < math.inf,
        "positive whole number": type(value) is int and value > 0,
    }[what]
