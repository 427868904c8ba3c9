"""Writing the student repository: whatever publishing did not write itself, it never overwrites and never deletes.

What was written is remembered in the repository, as a digest per file. A file with another digest is somebody's work.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_lib.catalog import CatalogError

RECORD = ".course-published.json"
FORMAT = "course-published/1"
NEVER_BESIDE = ("autograder", "solutions")


@dataclass
class Update:
    """What publishing did, as paths.

    Attributes:
        written: new, or brought up to date.
        unchanged: up to date already.
        removed: published earlier, no longer, and untouched in between.
        kept: changed by somebody since they were published, or never published: left as they are.

    """

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def update(folder: Path, files: Mapping[str, bytes], repository: str | None) -> Update:
    """Bring a student repository up to date.

    Args:
        folder: the repository; made where it does not exist.
        files: contents by path.
        repository: OWNER/NAME on GitHub, remembered for the next time.

    Raises:
        CatalogError: the folder is no place to publish into; the message says why.

    """
    _refuse_strange(folder)
    _refuse_links(folder, folder / RECORD)
    record = read_record(folder)
    known: dict[str, str] = record.get("files", {})
    done, digests = Update(), {}
    for name, content in sorted(files.items()):
        digests[name] = _write(folder, name, content, known.get(name), done)
    for name in sorted(known.keys() - files.keys()):
        _remove(folder, name, known[name], done)
    kept = {name: digest for name, digest in digests.items() if digest}
    text = json.dumps({"format": FORMAT, "repository": repository, "files": kept}, indent=1) + "\n"
    (folder / RECORD).write_text(text, encoding="utf-8")
    return done


def read_record(folder: Path) -> dict[str, Any]:
    """Return what the last publishing left; empty where there was none.

    Raises:
        CatalogError: it is damaged.

    """
    path = folder / RECORD
    try:
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise CatalogError(f"{path} cannot be read ({error}): restore it with git, or publish elsewhere.") from error
    if data.get("format") != FORMAT:
        raise CatalogError(f"{path} has format {data.get('format')!r}; this version writes {FORMAT!r}.")
    return data


def _refuse_strange(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise CatalogError(f"{folder} is no folder: name one that is, or that does not exist yet.")
    for name in NEVER_BESIDE:
        if (folder / name).exists():
            raise CatalogError(f"{folder} holds {name}/, which students must not see: publish into another folder.")


def _write(folder: Path, name: str, content: bytes, known: str | None, done: Update) -> str | None:
    """Write one file unless somebody changed it; return the digest to remember."""
    path = folder / name
    _refuse_links(folder, path)
    old = path.read_bytes() if path.is_file() else None
    if old == content:
        done.unchanged.append(name)
    elif path.exists() and (old is None or _digest(old) != known):
        done.kept.append(name)
        return known
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        done.written.append(name)
    return _digest(content)


def _remove(folder: Path, name: str, known: str, done: Update) -> None:
    path = folder / name
    _refuse_links(folder, path)
    if path.is_file() and _digest(path.read_bytes()) == known:
        path.unlink()
        done.removed.append(name)
    elif path.exists():
        done.kept.append(name)


def _refuse_links(folder: Path, path: Path) -> None:
    """A link could lead out of the repository."""
    for part in (path, *path.parents):
        if part == folder:
            return
        if part.is_symlink():
            raise CatalogError(f"{part} is a link: publishing would write to what it points to; remove it.")
        if part.name == "..":
            break
    raise CatalogError(f"{path} is not in {folder}: restore {RECORD} with git.")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
