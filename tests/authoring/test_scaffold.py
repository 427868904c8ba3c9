import ast
import tomllib
from pathlib import Path

import pytest

from course_lib.authoring import ScaffoldError, SourceError, read_source
from course_lib.authoring.scaffold import new_exercise
from course_lib.authoring.unwritten import unwritten
from course_lib.catalog import CatalogError, Exercise, Limits


@pytest.fixture
def create(tiny):
    """A function that creates an exercise in the tiny course."""

    def scaffold(slug="triple", kind="code", points=4.0, after=None, title="Three times"):
        exercise = Exercise(slug, title, kind, points, Limits(), "ch01_tiny", tiny.root)
        planned = new_exercise(tiny.course, exercise, after)
        planned.write()
        return planned

    return scaffold


def texts_of(root):
    """Every file of the course with its text."""
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


# --- what is created --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["code", "plot", "answer", "written"])
def test_what_is_created_keeps_the_rules(tiny, create, kind):
    """Manifest and source agree at once, the table of points included."""
    create(kind=kind)

    assert tiny.chapter.slugs == ("double", "double_why", "draw", "fact", "triple")
    assert read_source(tiny.chapter).slugs == tiny.chapter.slugs
    assert tiny.chapter.exercise("triple").kind == kind
    assert "# | `triple` | Three times | 4 |\n# | | **together** | **11.5** |\n" in tiny.script_path.read_text("utf-8")


def test_every_part_of_an_exercise_is_created(tiny, create):
    """One slug, spelled the same everywhere."""
    planned = create()

    names = {path.relative_to(tiny.root).as_posix() for path in planned.created}
    assert names == {
        "autograder/__init__.py",
        "autograder/ch01_tiny/test_triple.py",
        "autograder/ch01_tiny/right_answers/triple/rename_me_one.py",
        "autograder/ch01_tiny/right_answers/triple/rename_me_two.py",
        "autograder/ch01_tiny/wrong_answers/triple/rename_me_one.py",
        "autograder/ch01_tiny/wrong_answers/triple/rename_me_two.py",
        "autograder/ch01_tiny/wrong_answers/triple/rename_me_three.py",
    }
    assert {path.relative_to(tiny.root).as_posix() for path in planned.edited} == {
        "course.toml",
        "solutions/ch01_tiny/ch01_tiny.py",
        "solutions/ch01_tiny/checks.py",
        "autograder/ch01_tiny/oracles.py",
    }
    assert all(path.exists() for path in planned.created)


def test_a_written_answer_has_no_tests_and_no_banks(tiny, create):
    """A person marks it."""
    planned = create(kind="written")

    assert planned.created == {}
    assert {path.name for path in planned.edited} == {"course.toml", "ch01_tiny.py"}
    assert "TO BE WRITTEN: the rubric" in read_source(tiny.chapter).rubric("triple")


@pytest.mark.parametrize("kind", ["code", "plot", "answer"])
def test_every_template_is_python(create, kind):
    """An author starts from something that runs, and fails."""
    planned = create(kind=kind)

    for text in (*planned.created.values(), *planned.edited.values()):
        if not text.startswith("#"):  # the manifest
            ast.parse(text)


def test_the_rest_of_the_files_stays_as_it_was(tiny, create):
    """Comments, order and indentation of a manifest are its author's."""
    before = {path: path.read_text("utf-8") for path in (tiny.course.manifest, tiny.chapter.visible_checks)}

    create()

    for path, text in before.items():
        assert path.read_text("utf-8").startswith(text)
    assert tiny.course.manifest.read_text("utf-8").removeprefix(before[tiny.course.manifest]) == (
        '\n  [[chapter.exercise]]\n  slug = "triple"\n  title = "Three times"\n  kind = "code"\n  points = 4\n'
    )


def test_an_exercise_can_follow_any_other(tiny, create):
    """It gets its place in the manifest, in the script and in the table."""
    create(after="double")

    text = tiny.course.manifest.read_text("utf-8")
    assert tiny.chapter.slugs == ("double", "triple", "double_why", "draw", "fact")
    assert 'points = 2\n\n  [[chapter.exercise]]\n  slug = "triple"' in text
    assert 'points = 4\n\n  [[chapter.exercise]]\n  slug = "double_why"' in text
    assert read_source(tiny.chapter).slugs == tiny.chapter.slugs
    script = tiny.script_path.read_text("utf-8")
    assert script.index("`double`") < script.index("`triple`") < script.index("`double_why`")


def test_exercises_can_be_created_one_after_another(tiny, create):
    """Each adds to what the last one left."""
    for slug, kind in (("triple", "code"), ("quadruple", "answer"), ("why_four", "written")):
        create(slug, kind)

    assert read_source(tiny.chapter).slugs[-3:] == ("triple", "quadruple", "why_four")
    assert tiny.course.manifest.read_text("utf-8").count("\n\n\n") == 0


def test_titles_with_quotes_survive(tiny, create):
    """A title is text, not TOML."""
    create(title='The "third" time \\ once')

    assert tiny.chapter.exercise("triple").title == 'The "third" time \\ once'


def test_the_first_exercise_of_a_new_chapter_brings_its_script(tiny):
    """A chapter begins with four lines of the manifest."""
    manifest = tiny.course.manifest.read_text("utf-8")
    tiny.write("course.toml", manifest + '\n[[chapter]]\nname = "ch02_new"\ntitle = "New"\nbook = "2"\nminutes = 5\n')
    course = tiny.course

    for slug in ("first", "second"):
        new_exercise(tiny.course, Exercise(slug, slug, "code", 1.5, Limits(), "ch02_new", tiny.root)).write()

    chapter = tiny.course.chapter("ch02")
    assert course.chapter("ch02").slugs == ()
    assert read_source(chapter).slugs == chapter.slugs == ("first", "second")
    assert "# | `first` | first | 1.5 |\n# | `second` | second | 1.5 |" in chapter.source.read_text("utf-8")
    assert (chapter.hidden / "__init__.py").exists()
    assert tomllib.loads(tiny.course.manifest.read_text("utf-8"))["chapter"][1]["exercise"][1]["points"] == 1.5


# --- a template is not an exercise ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "files"), [("code", 9), ("plot", 9), ("answer", 9), ("written", 1)])
def test_every_file_says_what_is_to_be_written(tiny, create, kind, files):
    """As long as one line of it is there, the exercise is not done."""
    assert unwritten(tiny.chapter) == ()

    create(kind=kind)

    found = unwritten(tiny.chapter)
    assert len({Path(line.partition(".py:")[0]) for line in found}) == files
    assert all(": TO BE WRITTEN" in line for line in found)


def test_the_reference_of_a_new_exercise_fails(tiny, create):
    """So `course verify`, which demands full marks for it, refuses a template."""
    create()
    namespace = {}
    exec(read_source(tiny.chapter).reference("triple"), namespace)  # noqa: S102  # our own template

    with pytest.raises(NotImplementedError, match="TO BE WRITTEN: the reference answer"):
        namespace["triple"](1.0)


def test_the_visible_check_of_a_new_exercise_fails(tiny, create):
    """Nobody sees a green panel for a check that checks nothing."""
    create()

    class Student:
        def triple(self, x):
            return 3 * x

    class Rng:
        def standard_normal(self, _size):
            return 1.0

    namespace = {}
    exec(tiny.chapter.visible_checks.read_text("utf-8"), namespace)  # noqa: S102  # our own template
    with pytest.raises(AssertionError, match=r"TO BE WRITTEN: compare 3\.0"):
        namespace["test_triple_to_be_written"](Student(), Rng())


# --- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"slug": "double"}, "ch01_tiny/double exists: choose another name"),
        ({"slug": "Triple"}, "'Triple' is no good name: use small letters"),
        ({"slug": "setup"}, "'setup' is reserved"),
        ({"slug": "../../etc"}, "is no good name"),
        ({"kind": "essay"}, "unknown kind 'essay': choose one of code, answer, plot, written"),
        ({"points": 0.0}, "points are 0: an exercise is worth more than 0"),
        ({"points": float("nan")}, "points are nan: an exercise is worth more than 0"),
        ({"title": " "}, "the title must be one line of text"),
        ({"title": "a\nb"}, "the title must be one line of text"),
    ],
)
def test_bad_input_changes_nothing(tiny, create, options, message):
    """The message names what was received and what to do."""
    before = texts_of(tiny.root)

    with pytest.raises(ScaffoldError, match=message):
        create(**options)
    assert texts_of(tiny.root) == before


def test_an_unknown_predecessor_changes_nothing(tiny, create):
    """The nearest one is suggested."""
    before = texts_of(tiny.root)

    with pytest.raises(CatalogError, match="no exercise 'duoble'; did you mean 'double'"):
        create(after="duoble")
    assert texts_of(tiny.root) == before


@pytest.mark.parametrize("name", ["test_triple.py", "right_answers/triple/x.py", "wrong_answers/triple/x.py"])
def test_a_file_in_the_way_is_never_overwritten(tiny, create, name):
    """It may be somebody's work."""
    tiny.write(f"autograder/ch01_tiny/{name}", "work")

    with pytest.raises(ScaffoldError, match="is in the way: move it, or choose another name"):
        create()
    assert (tiny.root / f"autograder/ch01_tiny/{name}").read_text("utf-8") == "work"


def test_an_oracle_of_that_name_is_refused(create):
    """A second function of one name would hide the first."""
    with pytest.raises(ScaffoldError, match="has a function 'doubled_by_adding_many_times' already: rename it"):
        create("doubled_by_adding_many_times")


def test_checks_without_the_decorator_are_refused(tiny, create):
    """What is added would not run."""
    tiny.write("solutions/ch01_tiny/checks.py", '"""Checks."""\n\nfrom course_lib import grading\n')

    with pytest.raises(ScaffoldError, match="does not import `visible`: add it"):
        create()


def test_a_source_that_breaks_rules_comes_first(tiny, create):
    """Its mistakes are named before anything is added to it."""
    tiny.edit_script('check("draw")', "check(draw)")

    with pytest.raises(SourceError, match="a check cell holds more than its check"):
        create()


def test_a_failure_half_way_leaves_nothing_behind(tiny, create, monkeypatch):
    """A full disk must not leave an exercise in three places of nine."""
    before = texts_of(tiny.root)
    written = Path.write_text

    def full_at_the_manifest(path, *args, **kwargs):
        if path.name == "course.toml":
            raise OSError("no space left")
        return written(path, *args, **kwargs)

    monkeypatch.setattr(Path, "write_text", full_at_the_manifest)
    with pytest.raises(OSError, match="no space left"):
        create()
    assert texts_of(tiny.root) == before

    monkeypatch.undo()
    create()
    assert read_source(tiny.chapter).slugs[-1] == "triple"
