"""What notebooks import: `from course_lib import check, demo, progress, start`.

`start` opens a chapter, `check` runs the visible checks of one exercise, `demo` guards a picture that needs it, and
`progress` shows what is done and what is next. `data` holds the data sets, and `choose_device` says where tensors live.

The names are loaded when they are first asked for: the sandboxed worker and the command line import this package too,
and need none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from course_lib.teaching.vision import install as install_torchvision_remedy

if TYPE_CHECKING:
    from course_lib.teaching import data as data
    from course_lib.teaching.demo import demo as demo
    from course_lib.teaching.device import choose_device as choose_device
    from course_lib.teaching.session import check as check
    from course_lib.teaching.session import progress as progress
    from course_lib.teaching.session import start as start

__all__ = ["check", "choose_device", "demo", "progress", "start"]

install_torchvision_remedy()

_MODULES = {"check": "session", "choose_device": "device", "demo": "demo", "progress": "session", "start": "session"}


def __getattr__(name: str) -> Any:
    """Load a public name.

    Raises:
        AttributeError: there is no such name.

    """
    if name == "data":
        return import_module("course_lib.teaching.data")
    if name not in _MODULES:
        message = f"course_lib has no {name!r}; it offers {', '.join([*__all__, 'data'])}"
        raise AttributeError(message)
    return getattr(import_module(f"course_lib.teaching.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    """Name what there is, for completion in a notebook."""
    return sorted([*globals(), *__all__, "data"])
