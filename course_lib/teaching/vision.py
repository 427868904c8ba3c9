"""Makes `import torchvision` work where its compiled operators do not fit the installed torch.

The wheel of torchvision is linked against CUDA. Beside a CPU build of torch its library does not load, and
`import torchvision` fails with `operator torchvision::nms does not exist`, because Python code registers shapes for an
operator that nobody declared. Declaring its two operators first is enough: data sets, transforms, models, MixUp and
`make_grid` work; only the compiled operators themselves (`nms`, `roi_align`, `decode_image`) stay away.

`import course_lib` installs the remedy; it costs nothing until torchvision is imported, and does nothing where that
works by itself.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

NAME = "torchvision"
SYMPTOM = "torchvision::nms"
OPERATORS = ("nms", "qnms")
SIGNATURE = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"

_declared: list[Any] = []


class _Finder(MetaPathFinder):
    """Finds torchvision as always, and puts our loader around its own."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target) if fullname == NAME else None
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)
        return spec


class _Loader(Loader):
    """Runs the package; where it fails for the undeclared operator, declares it and runs the package again."""

    def __init__(self, own: Loader):
        self._own = own

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._own.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        try:
            self._own.exec_module(module)
        except RuntimeError as error:
            if SYMPTOM not in str(error):
                raise
            _forget_parts()
            declare_operators()
            self._own.exec_module(module)

    def __getattr__(self, name: str) -> Any:
        """Answer everything else as the package's own loader does."""
        return getattr(self._own, name)


def _forget_parts() -> None:
    for name in [name for name in sys.modules if name.startswith(f"{NAME}.")]:
        del sys.modules[name]


def declare_operators() -> None:
    """Declare torchvision's operators, once per process, for as long as it lives."""
    import torch  # noqa: PLC0415 - loaded already by torchvision, and only then

    if not _declared:
        library = torch.library.Library(NAME, "DEF")  # type: ignore[no-untyped-call]
        _declared.append(library)
        for operator in OPERATORS:
            library.define(operator + SIGNATURE)  # type: ignore[no-untyped-call]


def install() -> None:
    """Put the remedy in place, once."""
    if not any(type(finder) is _Finder for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def remove() -> None:
    """Take it away again."""
    with suppress(StopIteration):
        sys.meta_path.remove(next(finder for finder in sys.meta_path if type(finder) is _Finder))
