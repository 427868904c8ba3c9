import json
import shutil

import pytest

from course_lib.authoring.leaks import leaks


@pytest.fixture
def exposed(released, tiny):
    """A course with a release of its own, to plant secrets in."""
    shutil.copytree(released.root / "assignments", tiny.root / "assignments")
    return tiny


def plant(tiny, text):
    """Put a text into a cell of the released notebook."""
    path = tiny.chapter.release
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] += ["\n", *text.splitlines(keepends=True)]
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_a_release_by_nbgrader_holds_no_secret(released):
    """The machinery keeps what it promises."""
    assert leaks(released.course) == ()


SECRETS = [
    ('if not np.all(np.isfinite(x)):\n    raise ValueError(f"x must be finite, got {x} instead")', "solution"),
    ("One point for saying that most animals are symmetric,", "rubric of ch01_tiny/double_why"),
    ("def doubled_by_adding_many_times(x):", "autograder/ch01_tiny/oracles.py"),
    ("    unlikely = rng.standard_normal(12345)", "autograder/ch01_tiny/test_double.py"),
    ('"""Adds instead of multiplying."""', "autograder/ch01_tiny/right_answers/double/adds.py"),
    ('"""You squared the number instead of doubling it, which agrees at two only.', "wrong_answers/double/squares.py"),
    ('fact = {\n  "the answer to everything": 42}', "the solution of ch01_tiny/fact"),
]


@pytest.mark.parametrize(("secret", "where"), SECRETS)
def test_a_secret_in_a_notebook_is_found(exposed, secret, where):
    """Quotes, escapes and another indentation hide nothing; the message says what it is."""
    plant(exposed, secret)

    found = leaks(exposed.course)

    assert len(found) == 1
    assert found[0].startswith("assignments/ch01_tiny/ch01_tiny.ipynb: ")
    assert where in found[0]


@pytest.mark.parametrize(("secret", "where"), SECRETS)
def test_a_secret_in_another_file_is_found(exposed, secret, where):
    """Data files are released as they are."""
    exposed.write("assignments/ch01_tiny/data/notes.txt", f"...\n{secret}\n...")

    assert any("data/notes.txt" in leak and where in leak for leak in leaks(exposed.course))


def test_a_secret_in_an_output_or_in_metadata_is_found(exposed):
    """A notebook holds more than its cells show."""
    path = exposed.chapter.release
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"]["deep"] = [{"er": "unlikely = rng.standard_normal(12345)"}]
    path.write_text(json.dumps(notebook), encoding="utf-8")

    assert "test_double.py" in leaks(exposed.course)[0]


def test_what_an_author_shows_to_students_is_no_secret(exposed):
    """A line that is in the text or in the visible checks may be in a hidden file too."""
    line = "assert_close(student.double(3.0), 6.0)"
    exposed.edit("autograder/ch01_tiny/test_fact.py", 'assert student.value("fact")', line)

    assert leaks(exposed.course) == ()


def test_a_whole_solution_is_a_leak_even_in_the_text(exposed):
    """An author who gives the answer away did not mean to."""
    exposed.edit_script("# ## Twice", '# ## Twice: `ax.plot([0, 1], [0, 1], label="the secret diagonal")`')
    plant(exposed, 'ax.plot([0, 1], [0, 1], label="the secret diagonal")')

    assert "the solution of ch01_tiny/draw is in it" in leaks(exposed.course)[0]


def test_a_hidden_test_among_the_visible_checks_is_a_leak(exposed):
    """Under another name and with other words too."""
    test = (
        '\n\ndef test_other(student, rng):\n    """Other."""\n'
        "    unlikely = rng.standard_normal(12345)\n    assert_close(student.double(unlikely), 2 * unlikely)\n"
    )
    for name in ("solutions", "assignments"):
        path = exposed.root / name / "ch01_tiny" / "checks.py"
        path.write_text(path.read_text(encoding="utf-8") + test, encoding="utf-8")

    (leak,) = leaks(exposed.course)
    assert leak.startswith("assignments/ch01_tiny/checks.py: test_other is the hidden test_secret_numbers of ")


@pytest.mark.parametrize(
    "name",
    ["notes.txt", "ch01_tiny/oracles.py", "ch01_tiny/other.ipynb", "ch02_old/checks.py", "ch01_tiny/ch01_tiny.py"],
)
def test_strange_files_are_leaks(exposed, name):
    """Whatever they hold, no build puts them there."""
    text = "{}" if name.endswith("ipynb") else ""
    exposed.write(f"assignments/{name}", text)

    assert leaks(exposed.course) == (f"assignments/{name}: nothing that a release holds; remove it",)


def test_a_course_without_release_has_no_leaks(tiny):
    """There is nothing to look into."""
    assert leaks(tiny.course) == ()
