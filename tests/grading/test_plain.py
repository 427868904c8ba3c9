"""Which code is known to change nothing but its own names."""

from __future__ import annotations

import importlib
from collections import deque
from pathlib import Path

import numpy as np
import pytest
import torch

from course_lib.authoring.source import read_source
from course_lib.catalog import load_course
from course_lib.grading.plain import classes_of, is_plain
from course_lib.grading.plain_cell import Classes
from course_lib.grading.vocabulary import MODULES, WORDS

COURSE = load_course(Path(__file__).parents[2])
CHANGEABLE = (list, dict, set, bytearray, deque, np.ndarray, np.random.Generator, torch.Tensor, torch.Generator)


def plain(*cells: str) -> bool:
    """Tell whether the last of some cells is plain."""
    return is_plain(cells[-1], classes_of(cells))


CLASS = """
class Stopper(nn.Module):
    rate = 0.5

    def __init__(self, patience=3):
        super().__init__()
        self._best: float = float("inf")
        self.patience = patience

    def step(self, loss: float) -> bool:
        if not isinstance(loss, (int, float, np.ndarray)):
            raise ValueError(f"loss is {loss!r}")
        self._best = min(self._best, loss)
        return self._best < loss
"""
PLAIN = [
    "",
    "import numpy as np\nfrom torch import nn\nfrom typing import Any\nimport torch.nn.functional as F",
    "RATE = -0.5\nNAMES = NICKNAMES = ('a', 'b')\nTABLE = {'a': [1, 2]}",
    "RATE: float = 0.5",
    CLASS,
    "def f(x: np.ndarray, *, by=2.0) -> np.ndarray:\n    x = x.copy()\n    x[0] += by\n    return np.exp(x).sum(0)",
    "def f(x):\n    with np.errstate(over='ignore'):\n        return 1 / (1 + np.exp(-x))",
    "def f(X):\n    for i in range(0, len(X), 2):\n        yield X[i : i + 2]",
    "def f(x):\n    def g(y):\n        return y.T @ x\n    return [g(a) for a in x if (b := a) is not None]",
    "def f(ax, losses):\n    ax.plot(losses)\n    ax.set_title('a')\n    return ax",
    "def f(input, type):\n    return input + type",
    "def f(rng):\n    return nn.Sequential(nn.Linear(2, 3), nn.ReLU()), torch.zeros(3, dtype=torch.float64)",
]
NOT_PLAIN = [
    "print(1)",
    "x = [1][0]",
    "x = y = f(1)",
    "x.y = 1",
    "x[0] = 1",
    "for i in (1, 2):\n    pass",
    "if True:\n    x = 1",
    "__builtins__ = {}",
    "import os",
    "import numpy as __builtins__",
    "from numpy import *",
    "from numpy import seterr",
    "from . import x",
    "from torch.nn import Linear as linear",
    "from course_lib import data",
    "async def f():\n    pass",
    "@cache\ndef f():\n    pass",
    "def f(x=[]):\n    pass",
    "def f(x=g()):\n    pass",
    "def f(x=(1, [])):\n    pass",
    "def f(x: g()):\n    pass",
    "def __getattr__(name):\n    pass",
    "class A(metaclass=M):\n    pass",
    "class A(nn.Linear):\n    pass",
    "class A:\n    seen = []",
    "class A:\n    print(1)",
    "class A:\n    def __init_subclass__(cls):\n        cls.x = 1",
    "class A:\n    def f(self):\n        self.__class__.x = 1",
    "class A:\n    def f(self):\n        self = nn\n        self.x = 1",
    "class A:\n    def f(self, x):\n        x.y = 1",
    "class A:\n    def f(self):\n        return lambda self: self.anything",
    "class A:\n    def f(self):\n        self.x = 1\ndef g():\n    A.f(nn.Linear)",
    "class A:\n    def f(self):\n        self.x = 1\ndef g():\n    B = A\n    B.f(nn.Linear)",
    "def f():\n    nn.Module.train(nn.Linear)",
    "def f():\n    M = nn.Module\n    M.train(M)",
    "def f(kind=nn.Linear):\n    pass",
    "def f():\n    global x\n    x = 1",
    "def f():\n    x = 0\n    def g():\n        nonlocal x\n        x = 1\n    return g",
    "def f():\n    f.calls = 1",
    "def f(x):\n    x.requires_grad = True",
    "def f():\n    return f.__globals__",
    "def f():\n    return f.anything",
    "def f():\n    return '{0.x}'.format(f)",
    "def f():\n    plt.rcParams['a'] = 1",
    "def f():\n    np.seterr(all='raise')",
    "def f():\n    torch.set_default_dtype(torch.float64)",
    "def f():\n    e = np.errstate(all='raise')\n    return e",
    "def f():\n    with np.errstate(all='raise'):\n        yield 1",
    "def f():\n    return super",
    "def f():\n    return super(nn.Linear, f)",
    "def f():\n    class A:\n        pass",
    "def f():\n    import sys",
    "def f(x):\n    match x:\n        case 1:\n            return 2",
    "def f(:",
    "def f():\n    return __import__('os')",
    *(f"def f(x):\n    return {name}(x)" for name in ("eval", "exec", "compile", "open", "getattr", "setattr", "vars")),
    *(f"def f(x):\n    return {name}" for name in ("globals", "locals", "dir", "type", "delattr", "id", "input")),
    *(f"def f(x):\n    return {name}" for name in ("get_ipython", "exit", "__name__", "__builtins__")),
]


@pytest.mark.parametrize("cell", PLAIN)
def test_ordinary_answers_are_plain(cell: str) -> None:
    """Functions, classes with a state of their own, imports and constants."""
    assert plain(cell)


@pytest.mark.parametrize("cell", NOT_PLAIN)
def test_what_may_reach_further_is_not(cell: str) -> None:
    """Whatever runs at the top level, reaches by other ways than names, or changes what it was not given."""
    assert not plain(cell)


def test_a_class_of_another_cell_is_one() -> None:
    """A class may be called from any cell, and handed around in none."""
    assert plain("class A:\n    pass", "def f():\n    return A()")
    assert not plain("class A:\n    pass", "def f():\n    return [A]")
    assert not plain("from torch.nn import Linear", "def f():\n    return [Linear]")


def test_no_word_leads_to_something_that_can_be_changed() -> None:
    """What the allowed modules hold under the allowed words is function, class, module or constant."""
    modules = {name: importlib.import_module(name) for name in MODULES}
    for module in list(modules.values()):
        inner = {f"{module.__name__}.{word}": getattr(module, word, None) for word in WORDS}
        modules |= {name: value for name, value in inner.items() if type(value) is type(torch)}
    found = [f"{name}.{word}" for name, module in modules.items() for word in WORDS if _changes(module, word)]

    assert found == []


def _changes(module: object, word: str) -> bool:
    return isinstance(getattr(module, word, None), CHANGEABLE)


def together(some: Classes, others: Classes) -> Classes:
    """Return the classes of all of some cells and of others: `classes_of` them, without reading the former again."""
    return Classes(some.own | others.own, some.imported | others.imported)


def test_classes_of_cells_add_up() -> None:
    """Those of a notebook are those of its cells."""
    cells = (CLASS, "from torch.nn import Module as Base, relu", "class Own(Stopper):\n    pass")

    assert classes_of(cells) == together(classes_of(cells[:1]), classes_of(cells[1:]))


@pytest.mark.parametrize("chapter", [chapter.name for chapter in COURSE.chapters])
def test_most_known_answers_are_plain(chapter: str) -> None:
    """The rule fits what people write: of the banks' answers at least four in five are plain."""
    source = read_source(COURSE.chapter(chapter))
    reference = [source.setup, *(source.reference(slug) for slug in source.code_slugs)]
    banks = [path.read_text("utf-8") for path in COURSE.chapter(chapter).hidden.glob("*_answers/*/*.py")]

    known = classes_of(reference)
    share = sum(is_plain(code, together(known, classes_of([code]))) for code in banks) / len(banks)

    assert share > 0.8
