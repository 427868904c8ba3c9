"""`course publish`: what students get, what they never get, and what happens the second time."""

import ast
import hashlib
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from typer.testing import CliRunner

import course_lib
from course_lib import cli_student
from course_lib.catalog import CatalogError, load_course
from course_lib.grading.notebook_file import read_notebook
from course_lib.grading.visible import load_checks
from course_lib.publishing import allowed
from course_lib.publishing.publish import LeakError, publish, remote_of
from course_lib.publishing.secrets import find_secrets
from course_lib.publishing.update import RECORD, update
from course_lib.student.cli import app
from course_lib.teaching.examine import NOT_ATTEMPTED, UNDEFINED, examine
from tests.github.places import REPOSITORY, ROOT, git

COURSE = load_course(ROOT)
TOP = {*allowed.COPIED, allowed.BOOTSTRAP, *allowed.TEMPLATES, RECORD}


def names(folder):
    """Every file of a published repository."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def run(folder, *command, **variables):
    """Run a command in a student's repository as if nothing else were installed."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "OMP_NUM_THREADS": "1", **variables}
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_students_get_what_is_on_the_list_and_nothing_else(published):
    """Set-up files, released chapters, and the part of course_lib that they import."""
    rest = names(published) - TOP
    chapters = {name.split("/")[1] for name in rest if name.startswith("assignments/")}

    assert names(published) >= TOP
    assert all(name.startswith(("assignments/", "course_lib/")) for name in rest)
    assert chapters <= {chapter.name for chapter in COURSE.chapters}


@pytest.mark.parametrize(
    "part", ["authoring", "grading/sandbox", "grading/judge.py", "nbgrader", "publishing", "github"]
)
def test_the_judge_stays_at_home(published, part):
    """What grades, writes or publishes is of no use to a student."""
    assert not (published / "course_lib" / part).exists()


def test_everything_that_is_imported_is_there(published):
    """Every module runs where nothing but the student repository is on the path."""
    modules = [
        name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for name in names(published)
        if name.startswith("course_lib/") and name.endswith(".py")
    ]
    code = f"import importlib; [importlib.import_module(name) for name in {sorted(modules)}]"

    ran = run(published, "-c", f"{code}; import course_lib; print(course_lib.__file__)")

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip().startswith(str(published))


def test_student_dependencies_cover_every_import(published):
    """What the published code imports is what its pyproject.toml installs, or comes with it."""
    provided = importlib.metadata.packages_distributions()
    wanted = {allowed.name_of(line) for line in allowed.dependencies(ROOT)}
    found = set()
    for path in published.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add(node.module.split(".")[0])
    foreign = found - sys.stdlib_module_names - {"course_lib", "cycler"}  # cycler is a part of Matplotlib

    assert {provided[name][0].lower() for name in foreign} <= wanted


def test_the_command_line_works_there(published):
    """`course status` shows every released chapter."""
    ran = run(published, "-m", "course_lib.student.cli", "status", "--json")

    shown = {chapter["name"] for chapter in json.loads(ran.stdout)["chapters"] if chapter["state"] != "absent"}
    assert shown == {path.name for path in (published / "assignments").iterdir()}


CHAPTERS = [chapter for chapter in COURSE.chapters if chapter.release.exists()]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_nothing_is_wrong_where_nothing_is_written(published, chapter, monkeypatch):
    """Every visible check of an untouched notebook waits for an answer, or for another one before it."""
    for name in ("check", "progress", "start"):
        monkeypatch.setattr(course_lib, name, lambda *_: None, raising=False)
    folder = published / "assignments" / chapter.name
    objects = {}
    for cell in read_notebook(folder / f"{chapter.name}.ipynb"):
        if cell.kind == "code" and not (cell.grade_id or "").endswith(("__check", "__demo")):
            with suppress(NotImplementedError):  # an answer that is no function
                exec(cell.source, objects)  # noqa: S102 - as JupyterLab would

    checks = load_checks(folder / "checks.py")

    assert set(checks) == {exercise.slug for exercise in chapter.exercises if exercise.graded_by_suite}
    states = {slug: examine(chapter.exercise(slug), found, objects).state for slug, found in checks.items()}
    assert set(states.values()) <= {NOT_ATTEMPTED, UNDEFINED}, states


@pytest.fixture
def one_chapter(published, tmp_path):
    """A student's repository of which only one chapter, without PyTorch, was released so far."""
    folder = shutil.copytree(published, tmp_path / "mine")
    for path in (folder / "assignments").iterdir():
        if not path.name.startswith("ch02"):
            shutil.rmtree(path)
    return folder


def test_visible_checks_of_an_untouched_repository_are_green(one_chapter, tmp_path):
    """Nothing is written yet, so nothing is wrong yet; the summary says so."""
    summary = tmp_path / "summary.md"

    ran = run(one_chapter, "-m", "course_lib.student.visible", GITHUB_STEP_SUMMARY=str(summary))

    assert ran.returncode == 0, ran.stderr
    assert "Nothing is written here yet." in summary.read_text(encoding="utf-8")


def test_visible_checks_find_what_is_wrong_and_let_wait_what_is_not_written(one_chapter, tmp_path):
    """Wrong answers make the check red; the summary has rows for them and none for stubs; their words stay words."""
    fill_in(one_chapter, "def dot(", "def dot(u, v):\n    return 7.0\n")
    fill_in(one_chapter, "def matvec(", f"def matvec(W, x):\n    raise ValueError({HOSTILE_WORDS!r})\n")
    fill_in(one_chapter, "def softmax(", f"raise ValueError({HOSTILE_WORDS!r})\n")
    summary = tmp_path / "summary.md"

    ran = run(one_chapter, "-m", "course_lib.student.visible", GITHUB_STEP_SUMMARY=str(summary))

    assert ran.returncode == 1, ran.stderr
    written = summary.read_text(encoding="utf-8")
    rows = [line for line in written.splitlines() if "✗" in line or "✓" in line]
    assert len(rows) == 2
    assert "The dot product" in rows[0]
    assert "stop-commands" in ran.stdout
    assert not re.search(r"^\s*::|##\[|\u202e", ran.stdout, re.MULTILINE)
    assert not re.search(r"(?<!\\)<img|^# |\u202e", written, re.MULTILINE)


HOSTILE_WORDS = "x\n::stop-commands::y\n##[error]z\n# Full marks\n<img src=x> \u202e| 4 / 4 |"


def fill_in(folder, stub, code):
    """Answer the exercise whose cell holds a text; return the notebook."""
    (path,) = folder.rglob("ch02*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    (cell,) = [c for c in notebook["cells"] if c["cell_type"] == "code" and stub in "".join(c["source"])]
    cell["source"] = code.splitlines(keepends=True)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(("user", "asked"), [(0, True), (1000, False)])
def test_the_notebooks_open_for_root_too(published, monkeypatch, user, asked):
    """In a container there is often no other user, and Jupyter alone would refuse."""
    started = []
    monkeypatch.chdir(published)
    monkeypatch.setattr("os.geteuid", lambda: user, raising=False)
    monkeypatch.setattr(cli_student.subprocess, "Popen", lambda command: started.append(command) or _Ended())

    ran = CliRunner().invoke(app, ["lab", "--", "--no-browser"])

    assert ran.exit_code == 0, ran.output
    ((*_, folder, last),) = [[part for part in command if part != "--allow-root"] for command in started]
    assert (folder, last) == (str(published / "assignments"), "--no-browser")
    assert ("--allow-root" in started[0]) == asked


class _Ended:
    """A JupyterLab that was closed at once."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def wait(self):
        """All went well."""
        return 0


# --- Colab ------------------------------------------------------------------------------------------------------------


def first_code(notebook):
    """The source of a notebook's first code cells."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def test_every_notebook_opens_in_colab(published):
    """The badge leads to this very notebook on the main branch."""
    for path in (published / "assignments").rglob("*.ipynb"):
        first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]
        link = f"https://colab.research.google.com/github/{REPOSITORY}/blob/main/{path.relative_to(published)}"

        assert link in "".join(first["source"])
        assert link in (published / "README.md").read_text(encoding="utf-8")


def test_the_first_cell_makes_an_empty_runtime_ready(published, tmp_path):
    """In Colab it fetches the course and goes to the chapter, so that the set-up cell runs; also a second time."""
    source = shutil.copytree(published, tmp_path / "source")
    git(source, "init", "--quiet")
    git(source, "add", "--all")
    git(source, "commit", "--quiet", "--message", "publish")
    settings = tmp_path / "gitconfig"
    settings.write_text(f'[url "{source}"]\n\tinsteadOf = https://github.com/{REPOSITORY}.git\n', encoding="utf-8")
    colab, setup, *_ = first_code(next(published.rglob("ch02*.ipynb")))
    fake = "import sys, types; sys.modules['google.colab'] = types.ModuleType('google.colab')\n"
    empty, pip = tmp_path / "content", tmp_path / "pip"
    empty.mkdir()
    pip.mkdir()
    (pip / "pip.py").write_text("import sys; print('pip', *sys.argv[1:])\n", encoding="utf-8")
    places = {"GIT_CONFIG_GLOBAL": str(settings), "PYTHONPATH": str(pip)}

    ran = run(empty, "-P", "-c", fake + colab + "\n" + colab + "\n" + setup, **places)

    assert ran.returncode == 0, ran.stderr
    assert len(re.findall(r"^pip install --quiet .*\bmlxtend\b", ran.stdout, re.MULTILINE)) == 1
    assert "11 exercises" in ran.stdout


def test_outside_colab_the_first_cell_does_nothing(published, tmp_path):
    """It fetches nothing and leaves the folder as it is."""
    colab = first_code(next(published.rglob("ch02*.ipynb")))[0]

    ran = run(tmp_path, "-c", colab)

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert not list(tmp_path.iterdir())


# --- secrets ----------------------------------------------------------------------------------------------------------

SECRETS = [
    (
        'if not np.all(np.isfinite(x)):\n raise ValueError(f"x must be finite, received {x}")\n  return 2.0 * x',
        "a solution",
    ),
    ("assert_close(np.sign(student.double(x)), np.sign(x))", "autograder/ch00_mini/test_double.py"),
    ('"""You doubled once, however often was asked for.', "wrong_answers/scale/once.py"),
    ("### BEGIN SOLUTION", "a solution marker"),
]


def as_text(secret):
    """As it stands."""
    return f"# Notes\n{secret}\n".encode()


def as_notebook(secret):
    """In a cell, line by line, in JSON that escapes every quote."""
    cell = {"cell_type": "markdown", "metadata": {}, "source": secret.splitlines(keepends=True)}
    return json.dumps({"cells": [cell]}).encode()


def as_output(secret):
    """Deep in the metadata of a notebook."""
    return json.dumps({"metadata": {"deep": [{"er": ["text", secret]}]}}).encode()


@pytest.mark.parametrize(("secret", "what"), SECRETS)
@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("README.md", as_text),
        ("course_lib/teaching/panel.py", as_text),
        ("assignments/ch00_mini/ch00_mini.ipynb", as_notebook),
        ("assignments/ch00_mini/ch00_mini.ipynb", as_output),
        ("assignments/ch00_mini/data/notes.txt", as_text),
    ],
)
def test_a_secret_is_found_wherever_it_stands(mini, secret, what, name, written):
    """In text, in JSON, in machinery: each finding names the file and the secret."""
    found = find_secrets(mini, {name: written(secret)})

    assert any(sentence.startswith(f"{name}: ") and what in sentence for sentence in found)


@pytest.mark.parametrize(
    "name", ["solutions/notes.md", "autograder/x.py", "assignments/ch00_mini/calibration.json", "gradebook.db"]
)
def test_a_secret_place_is_a_secret(mini, name):
    """Whatever such a file holds."""
    assert find_secrets(mini, {name: b""})


def test_a_chapter_that_the_manifest_does_not_list_is_secret_too(mini):
    """Chapters in the making lie in the same folders."""
    suite = mini.root / "autograder" / "ch01_new" / "test_future.py"
    suite.parent.mkdir()
    suite.write_text(
        'def test_x(student):\n    """Says."""\n    assert student.future(3, 4, 5) == "something"\n', "utf-8"
    )

    assert find_secrets(mini, {"assignments/a.txt": b'x = 1 # assert student.future(3, 4, 5) == "something"'})


def test_a_copied_file_of_the_autograder_is_found_by_its_bytes(mini):
    """Also where no line of it is long."""
    table = mini.root / "autograder" / "ch00_mini" / "table.bin"
    table.write_bytes(b"\x00\x01\x02")

    assert "it is autograder/ch00_mini/table.bin" in find_secrets(mini, {"LICENSE": b"\x00\x01\x02"})[0]


def test_the_secret_of_the_course_is_found(mini):
    """The bytes that seed every student's inputs."""
    (mini.root / ".course_secret").write_bytes(b"0123456789abcdef\n")

    assert "the course's secret" in find_secrets(mini, {"course.toml": b"x = '0123456789abcdef'"})[0]


def test_what_students_read_anyway_is_no_secret(mini):
    """A stub's words and idioms of machinery are in hidden files too."""
    text = b'def double(x):\n    """Return twice the array."""\n    from course_lib.grading import assert_close\n'

    assert find_secrets(mini, {"course_lib/teaching/panel.py": text}) == []


def test_a_leak_stops_everything(mini, tmp_path, monkeypatch):
    """Nothing is written, and the message lists what was found."""
    staged = {"README.md": b"Welcome.", "NOTES.md": b"### END SOLUTION"}
    monkeypatch.setattr("course_lib.publishing.publish.staged", lambda *_: staged)

    with pytest.raises(LeakError, match=r"Nothing was published.*\n- NOTES.md: a solution marker is in it"):
        publish(mini, tmp_path / "student")

    assert not (tmp_path / "student").exists()


# --- again ------------------------------------------------------------------------------------------------------------


def test_publishing_again_changes_nothing(published, tmp_path):
    """The same course gives the same bytes, within ten seconds."""
    folder = shutil.copytree(published, tmp_path / "again")
    began = time.process_time()

    done, repository = publish(COURSE, folder)

    assert (done.written, done.removed, done.kept) == ([], [], [])
    assert repository == REPOSITORY
    assert time.process_time() - began < 10


def test_students_work_is_never_touched(tmp_path):
    """A changed notebook and a student's own file stay; everything else is brought up to date."""
    update(tmp_path, {"a.ipynb": b"1", "checks.py": b"1", "old.py": b"1", "old.ipynb": b"1"}, None)
    for name in ("a.ipynb", "old.ipynb", "notes.txt"):
        (tmp_path / name).write_bytes(b"work")

    done = update(tmp_path, {"a.ipynb": b"2", "checks.py": b"2", "notes.txt": b"2"}, None)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.name != RECORD} == {
        "a.ipynb": b"work",
        "old.ipynb": b"work",
        "notes.txt": b"work",
        "checks.py": b"2",
    }
    assert (done.written, done.removed, sorted(done.kept)) == (
        ["checks.py"],
        ["old.py"],
        ["a.ipynb", "notes.txt", "old.ipynb"],
    )


def test_work_stays_work_the_third_time(tmp_path):
    """That a file was kept once does not make it ours."""
    update(tmp_path, {"a.ipynb": b"1"}, None)
    (tmp_path / "a.ipynb").write_bytes(b"work")
    for content in (b"2", b"3"):
        update(tmp_path, {"a.ipynb": content}, None)

    assert (tmp_path / "a.ipynb").read_bytes() == b"work"


def test_make_update_keeps_work_and_brings_the_rest(published, tmp_path):
    """Both sides changed the notebook: the student's stays, without a conflict; other files arrive."""
    upstream, mine = tmp_path / "upstream", tmp_path / "mine"
    files = {name: (published / name).read_bytes() for name in names(published) - {RECORD}}
    notebook = "assignments/ch02_math/ch02_math.ipynb"
    update(upstream, files, REPOSITORY)
    git(upstream, "init", "--quiet")
    commit(upstream)
    git(tmp_path, "clone", "--quiet", upstream, mine)
    fill_in(mine, "def dot(", "def dot(u, v):\n    return 1.0\n")
    work = (mine / notebook).read_bytes()
    commit(mine)
    files |= {notebook: files[notebook].replace(b"handful", b"couple"), "LICENSE": b"New.\n"}
    update(upstream, files, REPOSITORY)
    commit(upstream)

    (command,) = re.findall(r"^\t@(git .*pull.*)$", (mine / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    git(mine, *command.split()[1:-2], upstream, "main")

    assert (mine / notebook).read_bytes() == work
    assert (mine / "LICENSE").read_bytes() == b"New.\n"


def commit(folder):
    """Commit everything."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "change")


# --- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["solutions", "autograder"])
def test_a_folder_with_answers_in_it_is_refused(tmp_path, name):
    """Whoever published there would push them as well."""
    (tmp_path / name).mkdir()

    with pytest.raises(CatalogError, match=f"holds {name}/, which students must not see"):
        update(tmp_path, {"a": b""}, None)


def test_the_course_itself_is_refused():
    """Publishing over the sources would mix both."""
    with pytest.raises(CatalogError, match="holds the course itself"):
        publish(COURSE, ROOT)


def test_a_link_is_not_followed(tmp_path):
    """A folder that leads elsewhere gets nothing written through it."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "student").mkdir()
    (tmp_path / "student" / "tools").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(CatalogError, match="is a link"):
        update(tmp_path / "student", {"tools/x.py": b""}, None)

    assert not list((tmp_path / "elsewhere").iterdir())


def test_the_record_names_nothing_outside(tmp_path):
    """Whoever can change a file of the student repository cannot have one deleted that lies elsewhere."""
    outside = tmp_path / "diary.txt"
    outside.write_bytes(b"mine")
    update(tmp_path / "student", {"a": b""}, None)
    record = tmp_path / "student" / RECORD
    data = json.loads(record.read_text(encoding="utf-8"))
    data["files"]["../diary.txt"] = hashlib.sha256(b"mine").hexdigest()
    record.write_text(json.dumps(data), encoding="utf-8")

    with pytest.raises(CatalogError, match="is not in"):
        update(tmp_path / "student", {"a": b""}, None)

    assert outside.exists()


def test_the_record_is_no_link(tmp_path):
    """Publishing writes it, and would write to what it points to."""
    update(tmp_path / "student", {"a": b""}, None)
    record, outside = tmp_path / "student" / RECORD, tmp_path / "outside.json"
    record.rename(outside)
    record.symlink_to(outside)
    before = outside.read_bytes()

    with pytest.raises(CatalogError, match="is a link"):
        update(tmp_path / "student", {"b": b""}, None)

    assert outside.read_bytes() == before


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://github.com/intro/dl.git", "intro/dl"),
        ("git@github.com:intro/dl.git", "intro/dl"),
        ("https://example.org/intro/dl.git", None),
    ],
)
def test_the_repository_is_read_from_the_remote(tmp_path, url, name):
    """So that badges lead to where it will be pushed."""
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "remote", "add", "origin", url)

    assert remote_of(tmp_path) == name
