"""A verdict in two places: where student code runs there are no suites, and where the suites are no student code runs.

- `review`: one round of a verdict: the suites on what is recorded, and a script of what has to be asked first.
- `transcript`: the session that they ask: recorded answers, and the reference's where nothing is recorded yet.
- `conversation`: what one test asks and hears; `symbols`: an earlier answer inside a later question; `agreement`: is it
  the question that was recorded?
- `independence`, `nudge`: which questions are the same whatever the reference answers.
- `performance`: a worker with the student's notebook answers a script, question by question.
- `script`, `outcomes`, `frames`: questions, answers and errors as plain data in files.

Where a suite asks something else than it asks the reference (the student's answer decides, or an exercise is judged on
the reference of an earlier one), the missing questions make the script of another round.
"""
