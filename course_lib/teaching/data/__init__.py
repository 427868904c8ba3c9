"""Data sets for notebooks: `from course_lib import data`, then `data.digits()`.

What is graded runs on data that comes inside a package, without a network. Nothing downloads silently: the full sets
come with `course data fetch NAME`, and a loader that lacks its data says so.
"""

from course_lib.teaching.data.digits import digits
from course_lib.teaching.data.registry import DATA_SETS, DataSet, data_folder, find

__all__ = ["DATA_SETS", "DataSet", "data_folder", "digits", "find"]
