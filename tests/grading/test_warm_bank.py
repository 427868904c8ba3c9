"""What a judge remembers of the bank: the latest answers, and no more for a large class than for a small one."""

from __future__ import annotations

import numpy as np

from course_lib.grading.errors import StudentError
from course_lib.grading.recording import Call
from course_lib.grading.replay import Memory
from course_lib.grading.warm_bank import Latest
from tests.grading.test_recording import Asked


def test_what_is_asked_for_again_stays() -> None:
    """Reading counts as use; what was not used for the longest goes first."""
    kept = Latest(3)
    for number in range(3):
        kept[b"%d" % number] = number
    assert kept[b"0"] == 0

    kept[b"3"] = 3
    assert list(kept) == [b"2", b"0", b"3"]
    kept[b"2"] = 4
    kept[b"4"] = 4

    assert list(kept) == [b"3", b"2", b"4"]
    assert kept[b"2"] == 4


def test_a_remembered_exception_holds_no_frames() -> None:
    """Thousands of them are kept, and each frame holds the arrays that were under way."""
    session, call = Asked(StudentError(("ValueError",), "no")), Call("call", "f", (np.zeros(3),), {}, 0)
    memory = Memory(Latest(9), "def f(x): ...", 1.0)

    told = [memory.ask(session, call, b"path") for _ in range(2)]

    assert told[0] is told[1]
    assert told[0].__traceback__ is None
    assert len(session.questions) == 1
