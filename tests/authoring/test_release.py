import json
import os
import shutil
import sqlite3
import warnings

import pytest

from course_lib.authoring import ReleaseError, SourceError, read_source, release

NOTEBOOK = "assignments/ch01_tiny/ch01_tiny.ipynb"


def files_of(folder):
    """Every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def cells_of(tiny):
    """The cells of the released notebook by their id."""
    notebook = json.loads((tiny.root / NOTEBOOK).read_text(encoding="utf-8"))
    return {cell["id"]: cell for cell in notebook["cells"]}


@pytest.fixture
def a_gradebook(released, tiny):
    """Give the fresh course a gradebook; nbgrader takes seconds to make one."""
    shutil.copy(released.root / "gradebook.db", tiny.root)


# --- what students receive --------------------------------------------------------------------------------------------


def test_students_receive_notebook_and_visible_checks(released):
    """Nothing else of the course gets there."""
    assert sorted(files_of(released.root / "assignments")) == ["ch01_tiny/ch01_tiny.ipynb", "ch01_tiny/checks.py"]


def test_our_stub_is_the_cell_that_nbgrader_makes(released):
    """The grader compares with `stub` to see whether an exercise was attempted."""
    source, cells = read_source(released.chapter), cells_of(released)

    assert {slug: "".join(cells[slug]["source"]) for slug in source.slugs} == {
        slug: source.stub(slug) for slug in source.slugs
    }


def test_locked_cells_cannot_be_edited(released):
    """Jupyter keeps students from changing checks and text by accident, and from deleting their answers' cells."""
    cells = cells_of(released)

    assert cells["double__check"]["metadata"]["editable"] is False
    assert cells["text-01"]["metadata"]["editable"] is False
    assert "editable" not in cells["double"]["metadata"]
    assert cells["double"]["metadata"]["deletable"] is False


def test_the_gradebook_knows_the_points(released):
    """Points in formgrader are those of the manifest."""
    with sqlite3.connect(released.root / "gradebook.db") as database:
        rows = database.execute("select name, max_score from grade_cells join base_cell using (id)").fetchall()

    assert dict(rows) == {"double__check": 2.0, "double_why": 1.5, "draw__check": 3.0, "fact__check": 1.0}


@pytest.mark.usefixtures("a_gradebook")
def test_a_release_is_the_same_in_another_folder(released, tiny):
    """Neither paths nor times nor the machine get into it, so it can be committed."""
    release.build(tiny.course, tiny.chapter)

    assert files_of(tiny.root / "assignments") == files_of(released.root / "assignments")


def test_data_and_images_are_released_as_they_are(tiny):
    """Other files beside the source are not, nor is what editors leave behind."""
    tiny.write("solutions/ch01_tiny/data/sub/points.csv", "1,2\r\n")
    tiny.write("solutions/ch01_tiny/images/plot.svg", "<svg/>")
    tiny.write("solutions/ch01_tiny/images/.ipynb_checkpoints/plot.svg", "<svg/>")
    tiny.write("solutions/ch01_tiny/notes.md", "the secret plan of the author")
    tiny.write("solutions/ch01_tiny/other.ipynb", "{}")

    assert release.stale(tiny.course, tiny.chapter) == (
        NOTEBOOK,
        "assignments/ch01_tiny/checks.py",
        "assignments/ch01_tiny/data/sub/points.csv",
        "assignments/ch01_tiny/images/plot.svg",
    )


# --- building ---------------------------------------------------------------------------------------------------------


def test_checking_changes_nothing(tiny):
    """No file, no folder, no gradebook; what is missing counts as stale."""
    before = files_of(tiny.root)

    assert release.stale(tiny.course, tiny.chapter) == (NOTEBOOK, "assignments/ch01_tiny/checks.py")
    assert files_of(tiny.root) == before
    assert not (tiny.root / "assignments").exists()


@pytest.mark.usefixtures("a_gradebook")
def test_building_says_what_changed_and_replaces_only_that(tiny):
    """A second build has nothing to do; an edit shows; a stray file goes."""
    assert release.build(tiny.course, tiny.chapter).changed == (NOTEBOOK, "assignments/ch01_tiny/checks.py")
    assert release.build(tiny.course, tiny.chapter).changed == ()
    assert release.stale(tiny.course, tiny.chapter) == ()

    tiny.edit("solutions/ch01_tiny/checks.py", "Twice three", "Two times three")
    tiny.write("assignments/ch01_tiny/answers.txt", "42")
    assert release.build(tiny.course, tiny.chapter).changed == (
        "assignments/ch01_tiny/answers.txt",
        "assignments/ch01_tiny/checks.py",
    )
    assert not (tiny.root / "assignments/ch01_tiny/answers.txt").exists()
    assert [path.name for path in (tiny.root / "build").iterdir()] == ["source"]


def test_the_source_of_a_release_holds_the_answers(released):
    """The maker of the release needs it, and formgrader shows it to those who mark."""
    text = released.chapter.built.read_text(encoding="utf-8")

    assert "the secret diagonal" in text
    assert (released.chapter.built.parent / "checks.py").exists()


def test_a_broken_source_leaves_the_last_release_alone(tiny):
    """Students go on with what they have."""
    tiny.write(NOTEBOOK, "the last release")
    tiny.edit_script("### END SOLUTION", "")

    with pytest.raises(SourceError):
        release.build(tiny.course, tiny.chapter)
    assert files_of(tiny.root / "assignments") == {"ch01_tiny/ch01_tiny.ipynb": b"the last release"}


def test_a_failing_replacement_leaves_the_last_release_alone(tiny, monkeypatch):
    """Another program may hold a file open; the old folder then comes back."""
    old, new = tiny.root / "old", tiny.root / "new"
    tiny.write("old/a.txt", "old")
    tiny.write("new/a.txt", "new")
    moved = os.replace

    def refuse_the_new_one(source, target):
        if source == new:
            raise OSError("in use")
        moved(source, target)

    monkeypatch.setattr(os, "replace", refuse_the_new_one)
    with pytest.raises(OSError, match="in use"):
        release._replace(new, old)
    assert files_of(old) == {"a.txt": b"old"}


def test_missing_visible_checks_are_named(tiny):
    """The check cells of the notebook would have nothing to run."""
    (tiny.root / "solutions/ch01_tiny/checks.py").unlink()

    with pytest.raises(ReleaseError, match=r"checks\.py is missing: the check cells run the functions in it; write it"):
        release.stale(tiny.course, tiny.chapter)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_among_the_data_is_refused(tiny):
    """It could point at an answer."""
    tiny.write("solutions/ch01_tiny/data/points.csv", "1")
    (tiny.root / "solutions/ch01_tiny/data/more.csv").symlink_to(tiny.root / "autograder/ch01_tiny/oracles.py")

    with pytest.raises(ReleaseError, match=r"more\.csv is a link: students would receive what it points to"):
        release.stale(tiny.course, tiny.chapter)


def test_a_release_that_differs_from_the_stubs_is_refused(tiny, monkeypatch):
    """Should a version of nbgrader ever leave an answer in, it does not get out."""
    from nbgrader.preprocessors import ClearSolutions  # noqa: PLC0415  # slow to load

    monkeypatch.setattr(ClearSolutions, "preprocess_cell", lambda _self, cell, resources, _index: (cell, resources))

    with pytest.raises(ReleaseError, match="differs from the stubs: report this as a bug"):
        release.stale(tiny.course, tiny.chapter)


@pytest.mark.usefixtures("a_gradebook")
def test_new_cells_are_refused_once_students_have_submitted(tiny):
    """The gradebook would lose their marks; the message says so in our words."""
    release.build(tiny.course, tiny.chapter)
    submit(tiny, "alice")
    tiny.edit_script("# %% [markdown]\n# ## Twice", "# %% [markdown]\n# New\n\n# %% [markdown]\n# ## Twice")
    before = files_of(tiny.root / "assignments")

    with pytest.raises(ReleaseError, match="students have handed this chapter in, and nbgrader's gradebook refuses"):
        release.build(tiny.course, tiny.chapter)
    assert files_of(tiny.root / "assignments") == before


@pytest.mark.usefixtures("a_gradebook")
def test_other_words_can_be_released_after_submissions(tiny):
    """A typing error can be mended at any time."""
    release.build(tiny.course, tiny.chapter)
    submit(tiny, "alice")
    tiny.edit_script("# ## Twice", "# ## Two times")

    assert release.build(tiny.course, tiny.chapter).changed == (NOTEBOOK,)


def submit(tiny, student):
    """Put a submission into the gradebook."""
    from nbgrader.api import Gradebook  # noqa: PLC0415  # slow to load

    with warnings.catch_warnings(), Gradebook(f"sqlite:///{tiny.root / 'gradebook.db'}") as gradebook:
        warnings.simplefilter("ignore")  # SQLAlchemy does not like how nbgrader adds a submission
        gradebook.update_or_create_student(student)
        gradebook.update_or_create_submission("ch01_tiny", student)


# --- the configuration ------------------------------------------------------------------------------------------------


def test_the_gradebook_is_where_the_configuration_says(released, tiny):
    """An instructor may keep it on a server; nothing else of the configuration shapes a release."""
    database = tiny.root / "elsewhere.db"
    shutil.copy(released.root / "gradebook.db", database)
    before = database.read_bytes()
    tiny.edit("course.toml", "points = 3", "points = 4")
    tiny.edit_script("a line | 3 |", "a line | 4 |")
    tiny.edit_script("**7.5**", "**8.5**")
    tiny.write(
        "nbgrader_config.py",
        f"c = get_config()\nc.CourseDirectory.db_url = 'sqlite:///{database.as_posix()}'\n"
        "c.CourseDirectory.course_id = 'tiny'\nc.ClearSolutions.code_stub = {'python': 'pass'}\n",
    )

    release.build(tiny.course, tiny.chapter)

    assert database.read_bytes() != before
    assert not (tiny.root / "gradebook.db").exists()
    assert "raise NotImplementedError()" in (tiny.root / NOTEBOOK).read_text(encoding="utf-8")


def test_no_activated_environment_is_needed(monkeypatch):
    """To make a gradebook, nbgrader runs `alembic` from the PATH; a venv need not be activated."""
    monkeypatch.setenv("PATH", "elsewhere")

    with release.venv_on_path():
        assert shutil.which("alembic")
    assert os.environ["PATH"] == "elsewhere"


# --- what belongs to no chapter ---------------------------------------------------------------------------------------


def test_folders_without_a_chapter_are_orphans(tiny):
    """A renamed chapter leaves its old release behind."""
    tiny.write("assignments/ch01_tiny/ch01_tiny.ipynb", "")
    tiny.write("assignments/ch01_old/ch01_old.ipynb", "")
    tiny.write("assignments/.DS_Store", "")

    assert release.orphans(tiny.course) == ("assignments/ch01_old",)


def test_a_course_without_release_has_no_orphans(tiny):
    """Nothing has been built yet."""
    assert release.orphans(tiny.course) == ()
