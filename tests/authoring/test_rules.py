"""The rules of a chapter's source: each is checked, with the line and a remedy."""

from typing import NamedTuple

import pytest

from course_lib.authoring import SourceError, read_source


def test_everything_wrong_is_said_at_once_with_file_line_and_remedy(tiny):
    """One line per problem, in the order of the file, in the form that editors understand."""
    tiny.edit_script('# %% demo="double"', '# %% dmo="double"')
    tiny.edit_script('check("draw")', 'check("draw");')

    with pytest.raises(SourceError) as caught:
        read_source(tiny.chapter)

    first, second = tiny.line_of("dmo"), tiny.line_of('check="draw"')
    assert str(caught.value).splitlines() == [
        f"{tiny.script_path}:{first}: unknown role 'dmo': did you mean 'demo'?",
        f'{tiny.script_path}:{second}: a check cell holds more than its check: write check("draw") alone.',
    ]


DEMO, END = '# %% demo="double"', "# %% closing"
BEGIN_MARK, END_MARK = "    ### BEGIN SOLUTION\n    if not np.all", "helper(x)\n    ### END SOLUTION\n"


class Broken(NamedTuple):
    """One edit of the script that breaks a rule."""

    old: str  # what is replaced
    new: str  # by what
    where: str | int  # the line on which it is reported: a text of it, or its number; "" is where the edit was
    wrong: str
    remedy: str


BROKEN = [
    # headers
    (DEMO, "# %%", "", "a code cell without a role", "give it one of setup, closing"),
    (DEMO, f'{DEMO} check="double"', DEMO, "more than one role", "remove the rest"),
    (DEMO, f'{DEMO} tags=["hide"]', DEMO, "cannot be read", 'write it like exercise="sigmoid"'),
    (DEMO, f"{DEMO} hidden", DEMO, "more than one role", "one role and nothing else"),
    (DEMO, "# %% demo", "", "demo names no exercise", "with the slug from course.toml"),
    (DEMO, '#%% demo="double"', "#%%", "looks like a cell header", "write `# %% role`, or change the line"),
    (DEMO, f"  {DEMO}", DEMO, "looks like a cell header", "write `# %% role`"),
    (DEMO, "# %% [raw]", "[raw]", "unknown kind of cell", "`# %% [markdown]` for prose"),
    (DEMO, '# %% [markdown] demo="double"', "demo=", "the role 'demo' in a Markdown cell", "remove [markdown]"),
    ("# %% [markdown] written", "# %% written", "written=", "a written answer in a code cell", "[markdown] written"),
    (END, '# %% closing="end"', "closing=", "closing names 'end'", "write `# %% closing`"),
    # lines
    ("# ## Twice", "## Twice", "## Twice", "is not prose", "every line begins with `# `"),
    ("print(double", "%time print(double", "%time", "is a magic", "write it in Python"),
    ("print(double", "!ls\nprint(double", "!ls", "is a magic", "the grader runs plain Python"),
    ("\n# %% [markdown]\n# # Tiny", "\nx = 1\n# %% [markdown]\n# # Tiny", "x = 1", "code before the first", "above it"),
    ('"""Chapter 1 of', "Chapter 1 of", 1, "neither comment nor cell", "begin the script with `# %% [markdown]`"),
    # setup and closing
    ("# %% setup", '# %% demo="draw"', 1, "no setup cell", 'with start("ch01_tiny")'),
    (END, '# %% demo="fact"', 1, "no closing cell", "end the script with `# %% closing` and progress()"),
    (DEMO, "# %% setup", "", "a second setup cell", "keep one"),
    (
        "# # Tiny",
        '# # Tiny\n\n# %% demo="fact"\n1\n\n# %% [markdown]\n# X',
        "setup",
        "code before the setup cell",
        "first",
    ),
    ("progress()\n", "progress()\n\n# %% [markdown]\n# Bye\n", END, "cells after the closing cell", "the last cell"),
    ('start("ch01_tiny")', 'start("ch02_huge")', "ch02_huge", "is not this chapter", 'write start("ch01_tiny")'),
    ('start("ch01_tiny")', "start", "setup", "start is called 0 times", 'call start("ch01_tiny") once'),
    ("progress()\n", "progress(1)\n", "progress(1)", "is not this chapter", "write progress()"),
    # slugs and order
    (DEMO, '# %% demo="duoble"', "duoble", "no exercise 'duoble' in ch01_tiny; did you mean 'double'?", "new-exercise"),
    ('exercise="fact"', 'exercise="draw"', 'exercise="draw"', "a second exercise cell for 'draw'", "slug of its own"),
    ('check="fact"', 'check="draw"', 'check="draw"', "a second check cell for 'draw'", "or remove it"),
    (DEMO, DEMO + '\n1\n\n# %% demo="double"', DEMO, "a second demo cell for 'double'", "or remove it"),
    (
        '# %% exercise="fact"',
        '# %% demo="fact"',
        1,
        "lists 'fact', but no cell is for its answer",
        '# %% exercise="fact"',
    ),
    ('# %% exercise="draw"', '# %% exercise="double_why"', "", "of kind 'written'", "correct one of them"),
    # partners
    ('# %% check="fact"\ncheck("fact")\n', "", 'exercise="fact"', "'fact' has no check", 'check("fact")'),
    (DEMO, '# %% demo="fact"', 'demo="fact"', "this demo comes before its exercise", "move it below"),
    (DEMO, '# %% check="double_why"', "double_why", "a check for the written answer", "a person marks it"),
    ('check("fact")', 'check("draw")', 'check="fact"', "holds more than its check", 'write check("fact") alone'),
    ('check("fact")', 'check("fact")\nprint(fact)', 'check="fact"', "holds more than its check", "alone"),
    # solution markers
    (BEGIN_MARK, "    if not np.all", "### END SOLUTION", "ends that never began", "write ### BEGIN SOLUTION above it"),
    (END_MARK, "helper(x)\n", "### BEGIN SOLUTION", "a solution begins inside", "write ### END SOLUTION after"),
    (
        '### END SOLUTION\n\n\n# %% check="draw"',
        '# %% check="draw"',
        "### BEGIN",
        "that never ends",
        "### END SOLUTION",
    ),
    ('    ax.plot([0, 1], [0, 1], label="the secret diagonal")\n', "\n", "### BEGIN", "an empty solution", "reference"),
    (
        "# ### BEGIN SOLUTION\n# One",
        "# #### BEGIN SOLUTION\n# One",
        "#### BEGIN",
        "is a marker for nbgrader",
        "exactly",
    ),
    ('"""Return half of x."""', '"""See END SOLUTION."""', "See END", "is a marker for nbgrader", "other words"),
    (
        "print(double(np.ones(3)))",
        "### BEGIN SOLUTION\n1\n### END SOLUTION",
        DEMO,
        "a cell that is no exercise",
        "remove",
    ),
    (
        "# ## Twice",
        "# ### BEGIN SOLUTION\n# x\n# ### END SOLUTION",
        "[markdown]",
        "a cell that is no exercise",
        "markers",
    ),
    ("print(double", "# BEGIN HIDDEN TESTS\nprint(double", "HIDDEN", "would make nbgrader act", "use other words"),
    ("print(double", "### AUTOTEST x\nprint(double", "AUTOTEST", "would make nbgrader act", "use other words"),
    # Python
    ("print(double(np.ones(3)))", "print(double(", "print(double(", "this is no Python", "correct it"),
    ("return x / 2.0", "return x / / 2.0", "x / / 2.0", "this is no Python", "correct it"),
    # the table of points
    ("twice as much | 2 |", "twice as much | 3 |", "as much | 3", "the points of 'double' is 3 here, but 2", "correct"),
    ("| **7.5** |", "| **8** |", "**8**", "the sum of the points is 8 here, but 7.5", "correct one of them"),
    ("# | `draw` | a line | 3 |\n", "", "[markdown]", "leaves out 'draw'", "add a row, or list no points"),
    ("# | `draw` |", "# | `drwa` |", "drwa", "no exercise 'drwa'; did you mean 'draw'?", "correct the row"),
]


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case[3])
def test_a_broken_rule_is_named_with_line_and_remedy(tiny, case):
    """Every rule of the format is checked, and says where and what to do."""
    broken = Broken(*case)
    where = broken.where or tiny.line_of(broken.old.strip().split("\n")[0])
    tiny.edit_script(broken.old, broken.new)
    lines = tiny.script_path.read_text(encoding="utf-8").splitlines()

    with pytest.raises(SourceError) as caught:
        read_source(tiny.chapter)

    said = [p.line for p in caught.value.problems if broken.wrong in p.wrong and broken.remedy in p.remedy]
    assert said, str(caught.value)
    assert any(where == line or str(where) in lines[line - 1] for line in said)


def test_the_order_is_that_of_the_manifest(tiny):
    """A student meets the exercises in the order in which points and pages list them."""
    text = tiny.script_path.read_text(encoding="utf-8")
    start, end = text.index('# %% exercise="draw"'), text.index('# %% exercise="fact"')
    closing = text.index("# %% closing")
    swapped = text[:start] + text[end:closing] + text[start:end] + text[closing:]
    tiny.script_path.write_text(swapped, encoding="utf-8")

    with pytest.raises(SourceError, match="'draw' comes after 'fact' here, but before it in"):
        read_source(tiny.chapter)


def test_an_exercise_without_solution_region_is_refused(tiny):
    """The whole cell would become a stub, and its contract would be lost."""
    tiny.edit_script("### BEGIN SOLUTION\n    ax", "ax")
    tiny.edit_script('diagonal")\n    ### END SOLUTION', 'diagonal")')

    with pytest.raises(SourceError, match="no solution region: put the answer between ### BEGIN SOLUTION"):
        read_source(tiny.chapter)


def test_a_written_answer_without_rubric_is_refused(tiny):
    """Those who mark need one, and the region is where students write."""
    text = tiny.script_path.read_text(encoding="utf-8")
    start, end = text.index("# ### BEGIN"), text.index('# %% exercise="draw"')
    tiny.script_path.write_text(text[:start] + "\n" + text[end:], encoding="utf-8")

    with pytest.raises(SourceError, match="no solution region"):
        read_source(tiny.chapter)


def test_a_stub_that_is_no_python_is_refused(tiny):
    """Students would receive a cell with a syntax error."""
    tiny.edit_script("    if x == 0:\n        ### BEGIN SOLUTION", "    ### BEGIN SOLUTION\n    if x == 0:")
    tiny.edit_script(
        "return 0.0\n        ### END SOLUTION\n    ### BEGIN SOLUTION", "return 0.0\n    else:\n    ### END SOLUTION"
    )
    tiny.edit_script("    return x / 2.0\n    ### END SOLUTION", "        return x / 2.0")

    with pytest.raises(SourceError, match="with the stub in place of the answer, this is no Python: unexpected indent"):
        read_source(tiny.chapter)


def test_a_missing_source_is_refused(tiny):
    """The manifest lists a chapter that nobody wrote."""
    tiny.script_path.unlink()

    with pytest.raises(SourceError, match=r"ch01_tiny\.py:1: it cannot be read .*: write it, or remove ch01_tiny"):
        read_source(tiny.chapter)


def test_an_empty_source_is_refused(tiny):
    """Without cells there is nothing to release."""
    tiny.script_path.write_text("", encoding="utf-8")

    with pytest.raises(SourceError, match="no setup cell"):
        read_source(tiny.chapter)


def test_a_source_in_another_encoding_is_refused(tiny):
    """Students would see other characters than the author."""
    tiny.script_path.write_bytes(tiny.script_path.read_text(encoding="utf-8").encode("utf-16"))

    with pytest.raises(SourceError, match="it is not UTF-8"):
        read_source(tiny.chapter)


def test_a_manifest_that_changes_breaks_a_source_that_was_good(tiny):
    """What was read is kept only for the manifest that it was checked against."""
    read_source(tiny.chapter)
    tiny.edit("course.toml", "points = 3", "points = 4")

    with pytest.raises(SourceError, match="the points of 'draw' is 3 here, but 4 in"):
        read_source(tiny.chapter)
