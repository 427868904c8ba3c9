"""Grading: the engine that judges student code, and the words that tests are written in.

Importing this package is light and works on every system; the sandbox and the judge are imported where they are used.
"""

from course_lib.grading.assertions import assert_close, fail, refuses
from course_lib.grading.errors import Mismatch, StudentError
from course_lib.grading.recalled import recalled
from course_lib.grading.visible import visible

__all__ = ["Mismatch", "StudentError", "assert_close", "fail", "recalled", "refuses", "visible"]
