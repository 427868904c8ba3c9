"""nbgrader's door: its commands and its gradebook, our healing and our judge.

`nbgrader_config.py` names these parts; nothing of nbgrader is loaded before it is used.

- `exporter`: reads a submission as data, where nbgrader would load it as a notebook;
- `heal`: puts the student's work into the cells of the release, before nbgrader's own sanitising looks at it;
- `judging`: asks the judge, in place of running the notebook, and writes what nbgrader stores;
- `panels`: what a student reads in the feedback;
- `rubric`: what only graders see in formgrader;
- `gradebook`: a class through nbgrader, quietly, from Python.
"""
