"""What a proof runs in the worker, beside the course's own answers only: a clean notebook, and trainings recalled.

Many variants of one exercise are tried in the same worker. Between them `restore` puts every name back. A function
that trains networks, and that the variants call but do not replace, is run once for each list of arguments: `prepare`
wraps it so that the second call recalls what the first one gave, and leaves the random states as the first one did.
The judge ships this module to the worker as it ships probes, so it imports nothing of the course.
"""

from __future__ import annotations

import functools
import hashlib
import pickle
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

_start: dict[str, Any] = {}
_known: dict[bytes, bytes] = {}
_inside: list[str] = []


def prepare(student: Any, own: Sequence[str], trained: Sequence[str], used: Sequence[str]) -> None:
    """Remember the notebook as it is, without one exercise's answer.

    Args:
        student: the notebook.
        own: the names that the exercise defines; they are removed.
        trained: names of functions whose results are recalled.
        used: names that these functions use; where a variant replaces one, nothing is recalled.

    """
    objects = vars(student)["_objects"]
    for name in own:
        objects.pop(name, None)
    for name in trained:
        objects[name] = _recalling(name, objects[name], objects, used)
    _start.clear()
    _start.update(objects)


def restore(student: Any) -> None:
    """Put the notebook back to what `prepare` saw, and close all figures."""
    objects = vars(student)["_objects"]
    objects.clear()
    objects.update(_start)
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def _recalling(name: str, function: Any, objects: Mapping[str, Any], used: Sequence[str]) -> Callable[..., Any]:
    @functools.wraps(function)
    def recalled(*args: Any, **kwargs: Any) -> Any:
        replaced = any(objects.get(other) is not _start.get(other) for other in used)
        if _inside or replaced or not _is_plain((args, kwargs)):
            return function(*args, **kwargs)
        asked = pickle.dumps((args, kwargs))
        key = hashlib.sha256(pickle.dumps((name, asked, _random_states()))).digest()
        if key not in _known:
            _inside.append(name)
            try:
                result = function(*args, **kwargs)
            finally:
                _inside.pop()
            if not _is_plain(result) or pickle.dumps((args, kwargs)) != asked:
                return result
            _known[key] = pickle.dumps((result, _random_states()))
        result, states = pickle.loads(_known[key])  # noqa: S301 - written here, a moment ago
        _set_random_states(states)
        return result

    return recalled


def _is_plain(value: Any) -> bool:
    """Tell whether a value is data through and through, so that an equal one means the same."""
    if type(value) in (list, tuple):
        return all(map(_is_plain, value))
    if type(value) is dict:
        return all(_is_plain(key) and _is_plain(item) for key, item in value.items())
    if type(value) is np.ndarray:
        return value.dtype.kind in "fiub" and value.flags.c_contiguous and value.flags.writeable
    return value is None or type(value) in (bool, int, float, str)


def _random_states() -> tuple[Any, ...]:
    torch = sys.modules.get("torch")
    return random.getstate(), np.random.get_state(), torch.get_rng_state().numpy() if torch else None  # noqa: NPY002


def _set_random_states(states: tuple[Any, ...]) -> None:
    random.setstate(states[0])
    np.random.set_state(states[1])  # noqa: NPY002 - what functions of a notebook may draw from
    if states[2] is not None:
        torch = sys.modules["torch"]
        torch.set_rng_state(torch.from_numpy(states[2]))
