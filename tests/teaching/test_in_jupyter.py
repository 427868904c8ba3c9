import os
import subprocess
import sys

import nbformat
import pytest

WRONG = "def square(x):\n    return 2 * x"
START = "from course_lib import check, progress, start\nstart('ch01_curves')"


@pytest.fixture
def environment(tmp_path):
    """Keep the settings of whoever runs the tests out of Jupyter."""
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    return os.environ | {name: str(tmp_path / name.lower()) for name in names}


def jupyter(environment, *arguments):
    """Run a Jupyter program of this Python to its end."""
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_panel_in_a_kernel(saved, environment):
    """In a real kernel the panel is HTML with plain text beside it, and quotes the student's own line."""
    path = saved(
        {"setup": START, "a": "def square(x):\n    y = x\n    return y + z", "b": "check('square')", "c": "progress()"}
    )

    done = jupyter(environment, "nbconvert", "--to", "notebook", "--execute", "--inplace", str(path))

    assert done.returncode == 0, done.stderr
    cells = nbformat.read(path, as_version=4).cells
    (shown,) = cells[2].outputs
    assert shown.output_type == "display_data"
    assert shown.data["text/plain"].startswith("✗ The square: 0 of 2 checks hold")
    assert "Line 3 of the cell of <code>square</code>: <code>return y + z</code>" in shown.data["text/html"]
    assert "Curves &amp; slopes" in cells[3].outputs[0].data["text/html"]


def test_nbgrader_validate(saved, environment):
    """`nbgrader validate` says that a cell failed, in our sentence and without a traceback of ours."""
    path = saved({"setup": START, "square": WRONG, "square__check": "check('square')"})
    notebook = nbformat.read(path, as_version=4)
    for cell, kind in zip(notebook.cells, ("locked", "solution", "grade"), strict=True):
        flags = {"locked": kind != "solution", "solution": kind == "solution", "grade": kind == "grade", "task": False}
        cell.metadata.nbgrader |= flags | {"schema_version": 3, "cell_type": "code"}
    notebook.cells[2].metadata.nbgrader["points"] = 2
    nbformat.write(notebook, path)

    done = jupyter(environment, "nbgrader", "validate", str(path))

    assert "VALIDATION FAILED ON 1 CELL" in done.stdout + done.stderr
    assert "CheckFailed: The square: 0 of 2 checks hold" in done.stdout + done.stderr
    assert "course_lib/teaching" not in done.stdout + done.stderr
