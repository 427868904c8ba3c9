"""Where tensors live."""

import os
import subprocess
import sys

import pytest
import torch

from course_lib import choose_device
from course_lib.teaching import device


@pytest.mark.parametrize(
    ("here", "preference", "chosen"),
    [
        (("cpu",), "auto", "cpu"),
        (("cpu", "mps"), "auto", "mps"),
        (("cpu", "cuda", "mps"), "auto", "cuda"),
        (("cpu", "cuda"), "cpu", "cpu"),
        (("cpu", "cuda"), "mps", "cpu"),
        (("cpu", "cuda"), "cuda", "cuda"),
    ],
)
def test_the_best_that_is_here(monkeypatch: pytest.MonkeyPatch, here, preference: str, chosen: str) -> None:
    """A device that is not here gives the CPU; without a wish, the fastest is taken."""
    monkeypatch.delenv(device.CHOSEN, raising=False)
    monkeypatch.setattr(device, "is_here", here.__contains__)

    assert choose_device(preference) == torch.device(chosen)


def test_the_grader_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the environment names a device, `auto` takes it, and a wish still counts."""
    monkeypatch.setattr(device, "is_here", ("cpu", "cuda", "mps").__contains__)
    monkeypatch.setenv(device.CHOSEN, "cpu")

    assert choose_device() == torch.device("cpu")
    assert choose_device("cuda") == torch.device("cuda")


def test_unknown_device() -> None:
    """An unknown name is refused with the ones there are."""
    with pytest.raises(ValueError, match=r"no device 'tpu'; choose one of auto, cpu, cuda, mps"):
        choose_device("tpu")


def test_what_is_here() -> None:
    """The CPU always is; of the others torch is asked."""
    assert device.is_here("cpu")
    assert device.is_here("cuda") == torch.cuda.is_available()
    assert device.is_here("mps") == torch.backends.mps.is_available()


def test_importing_the_course_does_not_load_torch() -> None:
    """The name is loaded when it is asked for."""
    code = "import sys, course_lib; assert 'torch' not in sys.modules; course_lib.choose_device; print('fine')"
    environment = os.environ | {"PYTHONPATH": ""}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)

    assert done.stdout == "fine\n", done.stderr
