"""`demo`: what guards a locked picture cell until the function that it draws works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from course_lib.grading.safe_text import one_line
from course_lib.teaching.figures import figures_closed
from course_lib.teaching.place import CELL_ITSELF, NOT_DEFINED, caller_globals, find_place, tell
from course_lib.teaching.show import show_notice


def demo(slug: str) -> AbstractContextManager[None]:
    """Guard a picture until it can be drawn.

    In a notebook::

        with demo("sigmoid"):
            plt.plot(z, sigmoid(z))

    Where the exercise is not written yet, or its function stops with an error, a friendly line stands in the picture's
    place. An interrupt passes.

    Args:
        slug: the exercise that the picture shows.

    """
    return _guarded(one_line(slug), caller_globals())


@contextmanager
def _guarded(slug: str, objects: Mapping[str, Any]) -> Iterator[None]:
    try:
        with figures_closed(only_after_errors=True):
            yield
    except Exception as error:  # noqa: BLE001 - whatever the student's function raises
        show_notice(f"This picture appears once `{slug}` works.{_reason(error, objects)}")


def _reason(error: Exception, objects: Mapping[str, Any]) -> str:
    if isinstance(error, NotImplementedError):
        return ""
    place = find_place(error, objects)
    missing = NOT_DEFINED.search(str(error)) if isinstance(error, NameError) else None
    if missing and place and place.function == CELL_ITSELF:
        return f"\n`{missing.group(1)}` is not defined yet: run its cell first."
    return f"\n{tell(error, objects)}"
