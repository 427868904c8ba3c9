import json
import warnings

import nbformat
import pytest

from course_lib.authoring import SourceError, read_source
from course_lib.authoring.notebook import source_notebook


@pytest.fixture
def notebook(tiny):
    """The tiny chapter as nbgrader's source notebook."""
    return json.loads(source_notebook(read_source(tiny.chapter), tiny.chapter))


def metadata_of(notebook, cell_id):
    """What nbgrader is told about a cell."""
    return next(cell["metadata"]["nbgrader"] for cell in notebook["cells"] if cell["id"] == cell_id)


ROLES = {  # cell: grade, solution, locked, points
    "text-01": (False, False, True, None),
    "setup": (False, False, True, None),
    "double": (False, True, False, None),
    "double__check": (True, False, True, 2),
    "double__demo": (False, False, True, None),
    "double_why": (True, True, False, 1.5),
    "fact": (False, True, False, None),
    "closing": (False, False, True, None),
}


@pytest.mark.parametrize("cell_id", ROLES)
def test_every_role_has_its_metadata(notebook, cell_id):
    """Answers are written in solution cells, points are given in checks, and everything else is locked."""
    found = metadata_of(notebook, cell_id)

    assert (found["grade"], found["solution"], found["locked"], found.get("points")) == ROLES[cell_id]
    assert (found["grade_id"], found["schema_version"], found["task"]) == (cell_id, 3, False)


def test_the_notebook_is_valid(tiny):
    """Jupyter and nbgrader accept it without a warning."""
    from nbgrader.nbgraderformat import reads  # noqa: PLC0415  # slow to load

    text = source_notebook(read_source(tiny.chapter), tiny.chapter)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nbformat.validate(nbformat.reads(text, as_version=4))
        assert len(reads(text, as_version=4).cells) == 12


def test_the_answers_are_in_it(notebook):
    """It is the author's notebook, with markers; nbgrader takes the answers out."""
    cell = next(cell for cell in notebook["cells"] if cell["id"] == "draw")

    assert "### BEGIN SOLUTION" in "".join(cell["source"])
    assert "the secret diagonal" in "".join(cell["source"])


def test_it_is_the_same_everywhere(tiny):
    """No outputs, no counts, no version of Python, no times: the same source gives the same bytes."""
    source = read_source(tiny.chapter)
    text = source_notebook(source, tiny.chapter)
    notebook = json.loads(text)

    assert text == source_notebook(source, tiny.chapter)
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")
    assert "\r" not in text
    assert "“twice”" in text
    assert "version" not in notebook["metadata"]["language_info"]
    assert all(cell.get("outputs", []) == [] for cell in notebook["cells"])
    assert all(cell.get("execution_count") is None for cell in notebook["cells"])
    assert text == json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def test_every_cell_has_an_id_that_notebooks_allow(notebook):
    """Ids are unique, also for the longest slug that the catalog takes."""
    ids = [cell["id"] for cell in notebook["cells"]]

    assert len(set(ids)) == len(ids)
    assert len("a" * 50 + "__check") <= 64


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"""Return half of x."""', '"""Return half of x.\n\n# %% demo="draw"\n"""'),
        ("# Why is *twice*", "# ```text\n# %% x\n# ```\n# Why is *twice*"),
    ],
)
def test_an_editor_sees_the_same_cells_or_the_source_is_refused(tiny, old, new):
    """What looks like a header to us and not to jupytext, or the other way round, would be lost on the way."""
    tiny.edit_script(old, new)

    with pytest.raises(SourceError):
        source_notebook(read_source(tiny.chapter), tiny.chapter)


def test_a_comment_that_jupytext_takes_for_a_magic_is_refused(tiny):
    """It would uncomment the line; the message names the cell."""
    tiny.edit_script("print(double(np.ones(3)))", "# cat = 1\n# ls -l\nprint(double(np.ones(3)))")

    with pytest.raises(SourceError, match="reads the demo cell differently"):
        source_notebook(read_source(tiny.chapter), tiny.chapter)
