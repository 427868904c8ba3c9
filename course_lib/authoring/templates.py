"""What `course new-exercise` writes: for every file a beginning that fails loudly and says what belongs there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.authoring.markers import BEGIN, END
from course_lib.authoring.unwritten import UNWRITTEN

if TYPE_CHECKING:
    from course_lib.catalog import Chapter, Exercise

RIGHT_NAMES = ("rename_me_one", "rename_me_two")
WRONG_NAMES = ("rename_me_one", "rename_me_two", "rename_me_three")


def chapter_script(chapter: Chapter) -> str:
    """A percent script without exercises, for a chapter that has none yet."""
    return f'''"""{chapter.book}: {chapter.title}; read with jupytext, released by `course build`."""

# %% [markdown]
# # {chapter.title}
#
# {UNWRITTEN}: what you will build, what you need for it, and how long it takes.
#
# | exercise | you write | points |
# |---|---|---:|

# %% setup
import numpy as np

from course_lib import check, progress, start

start("{chapter.name}")

# %% closing
progress()
'''


def cells(exercise: Exercise) -> str:
    """The cells of an exercise in the percent script."""
    prose = f"""# %% [markdown]
# ## {exercise.title}
#
# {UNWRITTEN}: two or three paragraphs that teach the idea from zero, then the contract.

"""
    if exercise.kind == "written":
        return f"""{prose}# %% [markdown] written="{exercise.slug}"
# {UNWRITTEN}: the question.
#
# ### {BEGIN}
# {UNWRITTEN}: the rubric, which only those who mark will see; how many points for what.
# ### {END}
"""
    return f"""{prose}
# %% exercise="{exercise.slug}"
{_STUBS[exercise.kind].format(slug=exercise.slug)}

# %% check="{exercise.slug}"
check("{exercise.slug}")
"""


_REGION = f"""    ### {BEGIN}
    raise NotImplementedError("{UNWRITTEN}: the reference answer")
    ### {END}
"""
_STUBS = {
    "code": f'''def {{slug}}(x):
    """{UNWRITTEN}: what it does, arguments with shapes, what it returns and raises, an example."""
{_REGION}''',
    "plot": f'''def {{slug}}(ax, values):
    """{UNWRITTEN}: what it draws on the Axes `ax`, with which labels."""
{_REGION}''',
    "answer": f"""### {BEGIN}
{{slug}} = NotImplemented  # {UNWRITTEN}: the right value
### {END}
""",
}


def checks_file(chapter: Chapter) -> str:
    """The beginning of the visible checks of a chapter."""
    return f'"""Visible checks of {chapter.name}: the obvious cases."""\n\nfrom course_lib.grading import visible\n'


def visible_check(exercise: Exercise) -> str:
    """A visible check, for the end of ``checks.py``."""
    return f'''

@visible("{exercise.slug}")
def test_{exercise.slug}_to_be_written({_fixtures(exercise)}):
    """{UNWRITTEN}: what holds, as a sentence for students."""
    {_ask(exercise)}
    raise AssertionError(f"{UNWRITTEN}: compare {{result}} with a number that the notebook works out by hand")
'''


def suite(exercise: Exercise) -> str:
    """The hidden suite of an exercise."""
    return f'''from autograder.{exercise.chapter} import oracles
from course_lib.grading import assert_close


def test_to_be_written({_fixtures(exercise)}):
    """{UNWRITTEN}: what holds, as a sentence for students.

    {UNWRITTEN}: the hint that is shown when it fails.
    """
    {_ask(exercise)}

    assert_close(result, oracles.{exercise.slug}())
'''


def oracle(exercise: Exercise) -> str:
    """An oracle, for the end of ``oracles.py``."""
    return f'''

def {exercise.slug}():
    """{UNWRITTEN}: the expected value, computed slowly and plainly, or by another library."""
    raise NotImplementedError("{UNWRITTEN}: the oracle of {exercise.slug}")
'''


def oracles_file(chapter: Chapter) -> str:
    """The beginning of the oracles of a chapter."""
    return f'"""What {chapter.name} ought to compute, slowly and plainly, by other ways than the solutions."""\n'


def right_answer(exercise: Exercise) -> str:
    """A correct answer that differs from the reference in kind."""
    return f'''"""{UNWRITTEN}: in one line, what is different in kind. Rename the file after it."""

{_answer(exercise)}'''


def wrong_answer(exercise: Exercise) -> str:
    """A misconception with its hint."""
    return f'''"""{UNWRITTEN}: what they did, why it is wrong, how to think of it. Rename the file after it.

Caught by: test_to_be_written
"""

{_answer(exercise)}'''


def _fixtures(exercise: Exercise) -> str:
    """What a test of it asks for."""
    return "student" if exercise.kind == "answer" else "student, rng"


def _ask(exercise: Exercise) -> str:
    """A line that asks the student's notebook for a result."""
    if exercise.kind == "answer":
        return f'result = student.value("{exercise.slug}")'
    if exercise.kind == "plot":
        how = f"{UNWRITTEN}: give it Axes, and read off what it drew; hidden suites do that in a probe"
        return f"result = student.{exercise.slug}(None, rng.standard_normal(7))  # {how}"
    return f"result = student.{exercise.slug}(rng.standard_normal(7))"


def _answer(exercise: Exercise) -> str:
    """The code of an answer in a bank."""
    if exercise.kind == "answer":
        return f"{exercise.slug} = NotImplemented  # {UNWRITTEN}: this answer\n"
    arguments = "ax, values" if exercise.kind == "plot" else "x"
    return f'\ndef {exercise.slug}({arguments}):\n    raise NotImplementedError("{UNWRITTEN}: this answer")\n'
