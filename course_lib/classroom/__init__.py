"""A whole class: grading it, writing it into nbgrader's gradebook, and what can be said about it."""
