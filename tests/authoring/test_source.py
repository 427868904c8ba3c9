import dataclasses
import subprocess
import sys

import pytest

from course_lib.authoring import read_source
from course_lib.authoring.markers import take_apart


@pytest.fixture
def source(tiny):
    """The tiny chapter, read."""
    return read_source(tiny.chapter)


def test_cells_have_a_role_and_a_slug(source):
    """The header of a cell says what it is."""
    assert [(cell.role, cell.slug) for cell in source.cells] == [
        ("text", ""),
        ("setup", ""),
        ("text", ""),
        ("exercise", "double"),
        ("check", "double"),
        ("demo", "double"),
        ("written", "double_why"),
        ("exercise", "draw"),
        ("check", "draw"),
        ("exercise", "fact"),
        ("check", "fact"),
        ("closing", ""),
    ]


def test_cell_ids_come_from_slugs(source):
    """An id names its exercise; prose is counted."""
    assert [cell.cell_id for cell in source.cells] == [
        "text-01",
        "setup",
        "text-02",
        "double",
        "double__check",
        "double__demo",
        "double_why",
        "draw",
        "draw__check",
        "fact",
        "fact__check",
        "closing",
    ]


def test_cells_know_their_line(source, tiny):
    """An editor can jump to it."""
    assert source.cell("draw").line == tiny.line_of('exercise="draw"')


def test_prose_loses_its_comment_signs(source):
    """Markdown is Markdown in the notebook; text before the first cell stays in the script."""
    assert source.cells[0].source.startswith("# Tiny things\n\nAn equation: $y = 2x$, as in “twice”.\n\n| exercise")


def test_the_stub_has_every_region_replaced_at_its_depth(source):
    """What is outside the markers stays, helpers and docstrings too."""
    stub = source.stub("double")

    assert "return np.asarray(x)" in stub
    assert (
        '        ValueError: x is not finite.\n    """\n    # YOUR CODE HERE\n    raise NotImplementedError()\n' in stub
    )
    assert "    if x == 0:\n        # YOUR CODE HERE\n        raise NotImplementedError()\n    # YOUR CODE HERE" in stub
    assert "SOLUTION" not in stub
    assert "isfinite" not in stub


def test_the_reference_is_the_cell_without_marker_lines(source):
    """It runs as it stands."""
    reference = source.reference("double")
    namespace = {}
    exec("import numpy as np\n" + reference, namespace)  # noqa: S102  # our own fixture

    assert namespace["double"](4) == 8
    assert namespace["half"](4) == 2
    assert "SOLUTION" not in reference


def test_a_written_answer_has_a_rubric_and_no_code(source):
    """The rubric is for those who mark."""
    assert source.rubric("double_why").startswith("One point for saying")
    assert source.stub("double_why") == "Why is *twice* so common?\n\nYOUR ANSWER HERE"
    assert source.defines("double_why") == ()
    assert source.rubric("double") == ""


def test_defined_names_are_those_at_the_top_of_the_cell(source):
    """Functions and variables count, imports and local names do not."""
    assert source.defines("double") == ("helper", "double", "half")
    assert source.defines("fact") == ("fact",)


def test_defined_names_of_every_sort(tiny):
    """A class, an unpacked pair, a loop variable and a walrus are names of the notebook too."""
    classes = "import os\nclass Net:\n    inner = 1\n"
    values = "a, (b, *c) = 1, (2, 3)\nfor i in ():\n    d: int = 1\nif (e := 1):\n    pass\n"
    tiny.edit_script("fact = {", f"{classes}{values}fact = {{")

    assert set(read_source(tiny.chapter).defines("fact")) == {"Net", "a", "b", "c", "i", "d", "e", "fact"}


def test_an_unknown_exercise_is_a_key_error(source):
    """The catalog answers with suggestions; here the caller has asked it before."""
    with pytest.raises(KeyError):
        source.reference("triple")


def test_an_unchanged_source_is_read_once(tiny):
    """The grader asks for it at every verdict."""
    assert read_source(tiny.chapter) is read_source(tiny.chapter)


def test_a_changed_source_is_read_again(tiny):
    """An author need not restart anything."""
    read_source(tiny.chapter)
    tiny.edit_script("return 2.0 * helper(x)", "return helper(x) * 2.000")

    assert "2.000" in read_source(tiny.chapter).reference("double")


def test_windows_newlines_make_no_difference(tiny, source):
    """Git may check files out with either."""
    tiny.script_path.write_bytes(tiny.script_path.read_bytes().replace(b"\n", b"\r\n"))

    assert read_source(tiny.chapter).cells == source.cells


def test_a_table_without_points_is_fine(tiny):
    """A title cell need not list points."""
    for row in ("double", "double_why", "draw", "fact"):
        tiny.edit_script(f"# | `{row}` |", f"# - {row}:")
    tiny.edit_script("# | | **together** | **7.5** |\n", "")

    assert read_source(tiny.chapter).slugs == ("double", "double_why", "draw", "fact")


def test_the_grader_loads_nothing_heavy_for_it():
    """It reads sources for every verdict, and knows no notebook library."""
    code = """
import sys
import course_lib
before = set(sys.modules)
import course_lib.authoring.source
new = {name.split(".")[0] for name in set(sys.modules) - before}
print(sorted(new - set(sys.stdlib_module_names)))
"""

    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert output.strip() == "['course_lib']"


def test_taking_apart_keeps_blank_lines():
    """Line numbers in an error then agree with what the author sees."""
    regions = take_apart("a\n\n### BEGIN SOLUTION\nb\n\nc\n### END SOLUTION\n\nd", ("stub",))

    assert regions == ("a\n\nstub\n\nd", "a\n\nb\n\nc\n\nd", ("b\n\nc",))


def test_cells_cannot_be_changed(source):
    """What is shared by everybody who reads it must stay as it is."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        source.cells[0].source = ""
