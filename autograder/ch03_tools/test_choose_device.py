import itertools

import pytest

from autograder.ch03_tools import oracles, probes
from course_lib.grading import refuses


def test_auto_takes_the_best(student):
    """`"auto"` takes cuda where it is there, else mps, else the CPU.

    Ask for each in this order, and stop at the first that is there.
    """
    for there in oracles.COMPUTERS:
        oracles.demand_device(student.run(probes.chosen, there, "auto"), oracles.device("auto", there))


def test_auto_unless_told(student):
    """Without an argument it does the same.

    The default stands in the first line of the function.
    """
    for there in oracles.COMPUTERS:
        oracles.demand_device(student.run(probes.chosen, there), oracles.device("auto", there))


def test_device_that_is_there(student):
    """A device that is asked for by name and is there is taken, whatever else there is.

    Whoever asks for one by name has a reason.
    """
    for there in oracles.COMPUTERS[1:]:
        for name in (*there, "cpu"):
            oracles.demand_device(student.run(probes.chosen_by_keyword, there, name), name)


def test_device_that_is_not_there(student):
    """A device that is asked for by name and is not there gives the CPU, and so does the CPU itself.

    `torch.device("cuda")` succeeds on every computer: it is only a name. Ask whether the device is there.
    """
    for there, name in itertools.product(oracles.COMPUTERS, ("cuda", "mps")):
        if name not in there:
            oracles.demand_device(student.run(probes.chosen, there, name), "cpu")


@pytest.mark.supporting
def test_refuses_other_names(student):
    """A name of something else is refused and shown, on every computer.

    Compare with the four names before you do anything else. PyTorch itself knows many more.
    """
    for name in ("gpu", "tpu", "xpu", "meta"):
        for there in oracles.COMPUTERS:
            with refuses("preference", shown=name):
                student.run(probes.chosen, there, name)


@pytest.mark.supporting
def test_refuses_near_misses(student):
    """Capitals, numbers, blanks and parts of a name are refused and shown.

    Near misses are misses: a name is exactly one of the four, or it is unknown.
    """
    for name in ("CUDA", "Auto", "cuda:0", "cud", "", " cpu"):
        with refuses("preference", shown=name):
            student.run(probes.chosen, ("cuda", "mps"), name)
