from pathlib import Path

import pytest

from course_lib.grading.calibration.reach import Reach, normal
from course_lib.grading.calibration.surroundings import minor

MEASURES = '''
from autograder.ch00 import oracles, probes
from autograder.ch00.oracles import slow as slowly
from course_lib.teaching import data

LIMIT = 3
FIRST = 1
SECOND: int = 2


def _helper(x):
    return x + LIMIT


def used(student, seed):
    """What it says."""
    return _helper(oracles.right(seed)) + SECOND


def imported(student, seed):
    return slowly(seed)


def pictures(student, seed):
    return data.digits()


used.starts = 8
'''
ORACLES = "WIDE = 2\nOTHER = 3\n\n\ndef right(x):\n    return WIDE * x\n\n\ndef slow(x):\n    return OTHER\n"


@pytest.fixture
def measures(tmp_path: Path) -> Path:
    """A module of measures beside its oracles."""
    folder = tmp_path / "autograder" / "ch00"
    folder.mkdir(parents=True)
    (folder / "oracles.py").write_text(ORACLES)
    (folder / "measures.py").write_text(MEASURES)
    return folder / "measures.py"


def test_a_measure_reaches_what_it_uses_and_nothing_else(measures):
    """Helpers, constants, declarations, and through a module the names that are used of it."""
    names = Reach().of(measures, ["used"])

    assert sorted(names) == [
        "measures.py:LIMIT",
        "measures.py:SECOND",
        "measures.py:_helper",
        "measures.py:used",
        "measures.py:used.starts",
        "oracles.py:WIDE",
        "oracles.py:right",
    ]


def test_a_function_imported_under_another_name_is_reached(measures):
    """By the name that it has in its own module."""
    assert sorted(Reach().of(measures, ["imported"])) == ["measures.py:imported", "oracles.py:OTHER", "oracles.py:slow"]


def test_a_package_of_the_library_counts_as_a_whole(measures):
    """The split of the digits decides what is measured on them."""
    names = Reach().of(measures, ["pictures"])

    assert {"measures.py:pictures", "teaching/data/__init__.py", "teaching/data/digits.py"} <= set(names)


def test_comments_docstrings_and_layout_do_not_count():
    """A function that is nothing but its docstring stays a function."""
    assert normal('def f( x ):\n    """Says."""\n    return (x)  # why\n') == normal("def f(x):\n    return x")
    assert normal('def f():\n    """Says."""') == "def f():\n    pass"


@pytest.mark.parametrize(("number", "short"), [("3.11.9", "3.11"), ("2.13.0+cpu", "2.13"), ("2.4", "2.4")])
def test_minor_versions(number, short):
    """What comes after major and minor does not count."""
    assert minor(number) == short
