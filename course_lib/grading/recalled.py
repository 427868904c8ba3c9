"""For oracles that compute for long: what they gave for the same arguments is given again.

A proof poses the same problems to every answer of a bank, and a verdict asks some tests a second time.
"""

from __future__ import annotations

import functools
import hashlib
import pickle
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

MAX_RESULTS = 16
Function = TypeVar("Function", bound=Callable[..., Any])


def recalled(function: Function) -> Function:
    """Make a function remember its last results, by the content of its arguments.

    Args:
        function: depends on its arguments alone, which are numbers, texts, arrays, tensors, and lists or dicts of
            them. Tests only read what it returns.

    """
    results: OrderedDict[bytes, Any] = OrderedDict()

    @functools.wraps(function)
    def recalling(*args: Any, **kwargs: Any) -> Any:
        key = hashlib.sha256(pickle.dumps((args, sorted(kwargs.items())))).digest()
        if key not in results:
            results[key] = function(*args, **kwargs)
            if len(results) > MAX_RESULTS:
                results.popitem(last=False)
        results.move_to_end(key)
        return results[key]

    return recalling  # type: ignore[return-value]
