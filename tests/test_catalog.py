import subprocess
import sys
from pathlib import Path

import pytest

from course_lib import catalog
from course_lib.catalog import CatalogError, Limits, find_root, load_course

MANIFEST = """
format = 1
title = "Tiny"

[defaults]
call_seconds = 4
memory_mib = 512

[[chapter]]
name = "ch01_first"
title = "First"
book = "Chapter 1"
minutes = 30

  [[chapter.exercise]]
  slug = "double"
  title = "Twice"
  kind = "code"
  points = 2
  call_seconds = 1.5

  [[chapter.exercise]]
  slug = "double_why"
  title = "Why twice"
  kind = "written"
  points = 0.5

[[chapter]]
name = "ch02_second"
title = "Second"
book = "Chapter 2"
minutes = 45
"""


@pytest.fixture
def root(tmp_path):
    """The folder of a course with two chapters."""
    (tmp_path / "course.toml").write_text(MANIFEST, encoding="utf-8")
    return tmp_path.resolve()


@pytest.fixture
def course(root):
    """A course with two chapters."""
    return load_course(root)


@pytest.fixture
def refused(root):
    """A function that loads the manifest with one text in place of another, and returns why it is refused."""

    def load(old: str, new: str) -> str:
        assert MANIFEST.count(old) >= 1
        (root / "course.toml").write_text(MANIFEST.replace(old, new), encoding="utf-8")
        with pytest.raises(CatalogError) as caught:
            load_course(root)
        return str(caught.value)

    return load


# --- reading ----------------------------------------------------------------------------------------------------------


def test_chapters_and_exercises_come_in_the_order_of_the_manifest(course):
    """The manifest is the table of contents."""
    assert [chapter.name for chapter in course.chapters] == ["ch01_first", "ch02_second"]
    assert course.chapters[0].slugs == ("double", "double_why")
    assert [exercise.ref for exercise in course.exercises] == ["ch01_first/double", "ch01_first/double_why"]


def test_limits_of_an_exercise_stand_on_those_of_the_course(course):
    """What neither exercise nor course sets has a default of ours."""
    own, inherited = (exercise.limits for exercise in course.exercises)

    assert own == Limits(call_seconds=1.5, cell_seconds=10.0, total_seconds=300.0, memory_mib=512)
    assert inherited.call_seconds == 4.0


def test_points_add_up(course):
    """The points of a chapter are those of its exercises."""
    assert course.chapters[0].points == 2.5


def test_a_written_answer_waits_for_a_person(course):
    """Every other kind is graded by a suite."""
    assert [exercise.graded_by_suite for exercise in course.exercises] == [True, False]


def test_paths_are_computed_from_names(course, root):
    """A path follows from a name alone; nothing of it need exist."""
    chapter, exercise = course.chapters[0], course.exercises[0]

    assert chapter.source == root / "solutions/ch01_first/ch01_first.py"
    assert chapter.visible_checks == root / "solutions/ch01_first/checks.py"
    assert chapter.release == root / "assignments/ch01_first/ch01_first.ipynb"
    assert chapter.visible_checks_released == root / "assignments/ch01_first/checks.py"
    assert chapter.built == root / "build/source/ch01_first/ch01_first.ipynb"
    assert chapter.oracles == root / "autograder/ch01_first/oracles.py"
    assert exercise.suite == root / "autograder/ch01_first/test_double.py"
    assert exercise.right_answers == root / "autograder/ch01_first/right_answers/double"
    assert exercise.wrong_answers == root / "autograder/ch01_first/wrong_answers/double"


def test_a_student_repository_has_released_checks_only(course):
    """Where solutions/ does not exist, the released copy of the visible checks is the one to run."""
    chapter = course.chapters[0]
    assert chapter.checks_in_use == chapter.visible_checks_released

    chapter.visible_checks.parent.mkdir(parents=True)
    chapter.visible_checks.touch()

    assert chapter.checks_in_use == chapter.visible_checks


def test_an_unchanged_manifest_is_read_once(root):
    """A notebook asks for the course at every check, so the answer is kept."""
    assert load_course(root) is load_course(root)


def test_a_changed_manifest_is_read_again(root):
    """An author who edits the manifest need not restart anything."""
    before = load_course(root)
    (root / "course.toml").write_text(MANIFEST.replace("Tiny", "Tinier"), encoding="utf-8")

    assert (before.title, load_course(root).title) == ("Tiny", "Tinier")


def test_a_byte_order_mark_is_no_mistake(root):
    """Editors on Windows may write one."""
    (root / "course.toml").write_text(MANIFEST, encoding="utf-8-sig")

    assert load_course(root).title == "Tiny"


# --- finding ----------------------------------------------------------------------------------------------------------


def test_a_unique_beginning_names_a_chapter(course):
    """Nobody types the whole name."""
    assert course.chapter("ch02").name == "ch02_second"


def test_a_whole_name_wins_over_longer_ones(root):
    """`ch01` is a chapter even where `ch01_first` is one too."""
    (root / "course.toml").write_text(MANIFEST.replace("ch02_second", "ch01"), encoding="utf-8")

    assert load_course(root).chapter("ch01").name == "ch01"


def test_an_ambiguous_beginning_is_refused(course):
    """The message names the chapters that fit."""
    with pytest.raises(CatalogError, match="'ch0' fits ch01_first, ch02_second: write more of the name"):
        course.chapter("ch0")


@pytest.mark.parametrize("name", ["ch01_frist", "", "CH01"])
def test_an_unknown_chapter_is_refused(course, name):
    """The message names the file and the chapters there are."""
    with pytest.raises(CatalogError, match=r"course\.toml has no chapter .*Its chapters: ch01_first, ch02_second"):
        course.chapter(name)


def test_the_nearest_name_is_suggested(course):
    """A slip of the finger is answered with what was meant."""
    with pytest.raises(CatalogError, match="did you mean 'ch01_first'"):
        course.chapter("ch01_frist")
    with pytest.raises(CatalogError, match="ch01_first has no exercise 'duoble'; did you mean 'double'"):
        course.locate("ch01/duoble")


def test_locate_understands_chapter_and_slug(course):
    """Of the chapter, a unique beginning is enough."""
    assert course.locate("ch01/double").ref == "ch01_first/double"


@pytest.mark.parametrize("ref", ["double", "ch01/", "/double", ""])
def test_other_forms_of_reference_are_refused(course, ref):
    """The message shows the form."""
    with pytest.raises(CatalogError, match="names no exercise: write chapter/exercise, for example ch04/backward"):
        course.locate(ref)


def test_an_exercise_of_an_empty_chapter_is_refused(course):
    """A chapter may wait for its first exercise."""
    with pytest.raises(CatalogError, match="Its exercises: none yet"):
        course.locate("ch02/double")


# --- the folder of the course -----------------------------------------------------------------------------------------


def test_the_course_is_found_from_a_folder_inside(root, monkeypatch):
    """Commands work anywhere in the course."""
    inside = root / "assignments" / "ch01_first"
    inside.mkdir(parents=True)
    monkeypatch.delenv(catalog.ROOT_VARIABLE, raising=False)
    monkeypatch.chdir(inside)

    assert find_root() == root


def test_the_environment_variable_comes_first(root, tmp_path, monkeypatch):
    """A notebook started elsewhere can be told where the course is."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "course.toml").write_text(MANIFEST, encoding="utf-8")
    monkeypatch.setenv(catalog.ROOT_VARIABLE, str(other))

    assert find_root(root) == other.resolve()


def test_a_wrong_environment_variable_is_refused(root, tmp_path, monkeypatch):
    """It is not quietly passed over for a course found otherwise."""
    monkeypatch.setenv(catalog.ROOT_VARIABLE, str(tmp_path / "nowhere"))

    with pytest.raises(CatalogError, match=r"COURSE_ROOT is .*nowhere.*correct it or unset it"):
        find_root(root)


def test_outside_of_every_course_the_installed_one_is_taken(tmp_path, monkeypatch):
    """The package lies in the folder of its course."""
    monkeypatch.delenv(catalog.ROOT_VARIABLE, raising=False)

    assert find_root(tmp_path) == Path(catalog.__file__).resolve().parents[1]


def test_no_course_anywhere_is_refused(tmp_path, monkeypatch):
    """The message says where it looked, and what to do."""
    monkeypatch.delenv(catalog.ROOT_VARIABLE, raising=False)
    monkeypatch.setattr(catalog, "__file__", str(tmp_path / "site-packages" / "course_lib" / "catalog.py"))

    with pytest.raises(CatalogError, match=r"no course\.toml in .* or above it: change into the folder of the course"):
        find_root(tmp_path)


def test_a_folder_without_manifest_is_no_course(tmp_path):
    """A given folder is taken at its word."""
    with pytest.raises(CatalogError, match="this is not the folder of a course"):
        load_course(tmp_path)


# --- a manifest that breaks rules -------------------------------------------------------------------------------------


def test_every_broken_rule_is_named_at_once(refused):
    """An author corrects all of them in one go; each line names the file and where in it."""
    message = refused("points = 2\n  call_seconds = 1.5", 'points = -2\n  call_seconds = "1.5"\n  colour = "red"')

    lines = message.splitlines()
    assert len(lines) == 3
    assert all("course.toml: chapter ch01_first, exercise double: " in line for line in lines)


def test_points_must_be_positive(refused):
    """The message shows what was written, and what to write."""
    message = refused("points = 2\n", "points = 0\n")

    assert message.endswith(
        "exercise double: points is 0, but must be a positive number; write for example points = 2.5."
    )


@pytest.mark.parametrize("value", ['"2"', "true", "nan", "inf", "[2]"])
def test_points_must_be_a_number(refused, value):
    """Text, truth values and numbers without end are none."""
    assert "points is" in refused("points = 2\n", f"points = {value}\n")


def test_an_unknown_key_is_refused(refused):
    """A slip of the finger would otherwise be a limit that is never applied."""
    message = refused("call_seconds = 1.5", "call_second = 1.5")

    assert "exercise double: unknown key 'call_second'; did you mean 'call_seconds'?" in message


def test_a_missing_key_is_refused(refused):
    """The message says what to write."""
    assert "chapter ch01_first: minutes is missing" in refused("minutes = 30\n", "")


def test_an_unknown_kind_is_refused(refused):
    """The kinds are listed."""
    message = refused('kind = "code"', 'kind = "essay"')

    assert "kind is 'essay', but must be one of code, answer, plot, written" in message


def test_a_slug_is_used_once_in_a_chapter(refused):
    """A slug is a name."""
    message = refused('slug = "double_why"', 'slug = "double"')

    assert "chapter ch01_first: slug 'double' is there 2 times: keep one, rename or remove the others." in message


def test_a_chapter_is_there_once(refused):
    """A chapter is a folder."""
    assert "name 'ch01_first' is there 2 times" in refused("ch02_second", "ch01_first")


@pytest.mark.parametrize("name", ["Double", "2nd", "a-b", "a__check", "_a", "a b", "", "überall", "../up"])
def test_names_are_plain(refused, name):
    """Names become folders, modules and cell ids; `__` separates a slug from what belongs to it."""
    assert "small letters, digits and single underscores" in refused('slug = "double"', f'slug = "{name}"')


@pytest.mark.parametrize("name", ["setup", "closing", "con", "aux", "class"])
def test_some_names_are_reserved(refused, name):
    """Every notebook has cells of that name, or Windows or Python would stumble."""
    assert f"'{name}' is reserved" in refused('slug = "double"', f'slug = "{name}"')


def test_a_long_name_is_refused(refused):
    """With its suffix it must still be a cell id."""
    assert "use at most 50" in refused('slug = "double"', f'slug = "{"a" * 51}"')


def test_an_empty_title_is_refused(refused):
    """People read it."""
    assert "title is ' ', but must be a text that is not empty" in refused('title = "Twice"', 'title = " "')


def test_exercises_must_be_tables(refused):
    """A list of anything else cannot be read, and is no crash."""
    assert "exercise is [3]" in refused("minutes = 45\n", "minutes = 45\nexercise = [3]\n")


def test_another_format_is_refused(refused):
    """A newer manifest needs a newer library; nothing else of it is judged."""
    message = refused("format = 1", "format = 2")

    assert "format is 2, but this version of course_lib reads format 1" in message
    assert len(message.splitlines()) == 1


def test_what_is_no_toml_is_refused(refused):
    """The line is named."""
    assert "is not TOML in UTF-8: " in refused('title = "Tiny"', 'title = "Tiny')


def test_what_is_no_utf8_is_refused(root):
    """An old editor on Windows writes another encoding."""
    (root / "course.toml").write_bytes(MANIFEST.replace("Tiny", "Tinée").encode("latin-1"))

    with pytest.raises(CatalogError, match="is not TOML in UTF-8"):
        load_course(root)


def test_reading_the_manifest_loads_nothing_heavy():
    """Every notebook waits for it, also where no grading library is installed."""
    heavy = "{'numpy', 'torch', 'pytest', 'nbformat', 'jupytext', 'nbgrader', 'typer', 'rich', 'tomlkit'}"
    code = f"import sys, course_lib.manifest, course_lib.catalog; print(sorted({heavy} & set(sys.modules)))"
    code = "import course_lib, sys; before = set(sys.modules); " + code.replace(
        "set(sys.modules)", "(set(sys.modules) - before)"
    )

    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert output.strip() == "[]"
