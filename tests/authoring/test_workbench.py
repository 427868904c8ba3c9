"""The workbench: variants of one exercise share a worker and see nothing of each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from course_lib.authoring.workbench import Workbench
from course_lib.catalog import load_course
from course_lib.grading.errors import StudentError
from course_lib.grading.judge import Judge
from tests.grading.mini_course import CHAPTER, write_course

ASK_TWICE = "def scale(x, times):\n    return [double(x), double(x)]"
BEGIN = "    ### BEGIN SOLUTION\n"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A workbench for `scale`, whose `double` counts its runs, reads `fact` and may take as long as what trains."""
    root = write_course(tmp_path_factory.mktemp("course"))
    manifest, script = root / "course.toml", root / "solutions" / CHAPTER / f"{CHAPTER}.py"
    limit = 'slug = "double"\n  call_seconds = 20.0\n'
    manifest.write_text(manifest.read_text("utf-8").replace('slug = "double"\n', limit), "utf-8")
    text = script.read_text("utf-8").replace("import numpy as np\n", "import numpy as np\nRUNS = []\n", 1)
    script.write_text(text.replace(BEGIN, f"{BEGIN}    RUNS.append(fact)\n", 1), "utf-8")
    course = load_course(root)
    chapter = course.chapter(CHAPTER)
    with Judge(course) as judge, Workbench(judge, chapter, chapter.exercise("scale")) as bench:
        yield bench


def ask(bench: Workbench, code: str, *args: Any) -> Any:
    """Call `scale` of a variant."""
    return bench.session_of(code).ask("call", "scale", args, {}, seed=0, seconds=2.0)


def runs(bench: Workbench, code: str) -> int:
    """Return how often `double` has really been run when a variant's answer is there."""
    counting = "def scale(x, times, old=scale):\n    old(x, times)\n    return len(RUNS)"
    return int(ask(bench, f"{code}\n\n\n{counting}", 1.5, 2))


def test_what_was_trained_once_is_recalled(bench: Workbench) -> None:
    """A function that trains runs once for equal arguments, whoever asks, and again for others."""
    before = runs(bench, ASK_TWICE)

    assert runs(bench, ASK_TWICE) == before
    assert ask(bench, ASK_TWICE, 1.5, 2) == [3.0, 3.0]
    assert ask(bench, ASK_TWICE, 2.5, 2) == [5.0, 5.0]
    assert runs(bench, ASK_TWICE) == before + 1


def test_what_is_replaced_is_not_recalled(bench: Workbench) -> None:
    """Where a variant brings a `double` of its own, that one is asked."""
    own = "def double(x):\n    return 'mine'\n\n\n" + ASK_TWICE

    assert ask(bench, own, 1.5, 2) == ["mine", "mine"]
    assert ask(bench, ASK_TWICE, 1.5, 2) == [3.0, 3.0]


def test_nothing_is_recalled_where_what_it_uses_is_replaced(bench: Workbench) -> None:
    """A variant with a `fact` of its own, which `double` reads, gets a `double` that reads it."""
    before = runs(bench, ASK_TWICE)

    assert runs(bench, "fact = 7\n\n\n" + ASK_TWICE) == before + 2


def test_nothing_of_a_variant_stays(bench: Workbench) -> None:
    """Helpers of one variant are gone for the next, and one that does not load has no answer of the last one."""
    ask(bench, "def helper():\n    return 1\n\n\ndef scale(x, times):\n    return helper()", 1.0, 1)

    with pytest.raises(StudentError) as missing:
        ask(bench, "def scale(x, times):\n    return helper()", 1.0, 1)
    assert missing.value.is_a("NameError")
    with pytest.raises(StudentError) as unloaded:
        ask(bench, "raise RuntimeError", 1.0, 1)
    assert unloaded.value.is_a("NameError")


def test_a_dead_worker_is_replaced(bench: Workbench) -> None:
    """After a variant that ends its process the next one is judged as ever."""
    with pytest.raises(StudentError):
        ask(bench, "import os\n\n\ndef scale(x, times):\n    os._exit(1)", 1.0, 1)

    assert ask(bench, ASK_TWICE, 1.5, 2) == [3.0, 3.0]
