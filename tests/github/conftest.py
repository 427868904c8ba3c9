"""A published student repository, and the small course that tests of GitHub grade with."""

from __future__ import annotations

import shutil

import pytest

from course_lib.catalog import load_course
from course_lib.github.answer import comment_all, mark_all
from course_lib.github.api import GitHub
from course_lib.github.collect import collect
from course_lib.github.grade import grade_plan
from course_lib.github.plan import Plan
from course_lib.github.surroundings import BOT, Surroundings
from course_lib.github.verdicts import read_verdicts, write_verdicts
from course_lib.grading.judge import Judge
from course_lib.publishing.publish import publish
from tests.github.places import REPOSITORY, ROOT, git, shown
from tests.github.stand_in import StandIn
from tests.github.workflow import Run
from tests.grading.mini_course import answers, write_course, write_notebook


@pytest.fixture(scope="session")
def published(make_once, tmp_path_factory):
    """This course, published; tests only read it, but what they start there leaves compiled files."""
    made = make_once("published", lambda folder: publish(load_course(ROOT), folder / "student", REPOSITORY))
    return shutil.copytree(made / "student", tmp_path_factory.mktemp("published") / "student", symlinks=True)


@pytest.fixture
def mini(tmp_path):
    """The small course in a folder of its own."""
    return load_course(write_course(tmp_path / "course"))


# --- a class on a stand-in of GitHub ----------------------------------------------------------------------------------

COURSE_REPOSITORY = "teachers/course"
STUDENTS = "intro/mini"
NOTEBOOK = "assignments/ch00_mini/ch00_mini.ipynb"
STUB = "raise NotImplementedError()"
STUBS = {
    "double": f'def double(x):\n    """Return twice the array."""\n    # YOUR CODE HERE\n    {STUB}\n',
    "scale": f'def scale(x, times):\n    """Double an array some number of times."""\n    {STUB}\n',
    "fact": f"# YOUR CODE HERE\n{STUB}\n",
}


def write_teachers(root):
    """Write the instructor's repository: course and workflow, committed. The machinery is the installed one."""
    write_course(root)
    shutil.copytree(ROOT / ".github", root / ".github")
    shutil.copy(ROOT / "constraints.txt", root)
    (root / "roster.csv").write_text(f"student,login,repository\nAda L,ada,{STUDENTS}\n", encoding="utf-8")
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "course")
    return root


class Term:
    """The course of a judge, its published repository, and one student's fork of it."""

    def __init__(self, folder, github, judge):
        self.folder, self.github, self.judge, self.runs = folder, github, judge, 0
        self.course = judge.course.root
        self.fork = "ada/mini"
        self.mine = folder / "ada"
        base, fork = github.bare(STUDENTS), github.bare(self.fork)
        start = folder / "release"
        write_notebook(start / NOTEBOOK, answers(**STUBS))
        git(start, "init", "--quiet")
        git(start, "add", "--all")
        git(start, "commit", "--quiet", "--message", "release")
        for bare in (base, fork):
            git(start, "push", "--quiet", bare, "main:main")
        git(folder, "clone", "--quiet", fork, self.mine)
        git(self.mine, "checkout", "--quiet", "-b", "work")

    def push(self, cells=None, branch="work", title="My work", **files):
        """The student commits and pushes; returns the commit that the pull request shows."""
        if cells is not None:
            write_notebook(self.mine / NOTEBOOK, cells)
        for name, content in files.items():
            (self.mine / name).write_text(content, encoding="utf-8")
        git(self.mine, "add", "--all")
        git(self.mine, "commit", "--quiet", "--allow-empty", "--message", "work")
        git(self.mine, "push", "--quiet", "--force", self.github.bare(self.fork), f"HEAD:refs/heads/{branch}")
        return self.github.push(self.fork, branch, STUDENTS, 1, title)

    def grade(self, event="schedule", payload=None, repository=COURSE_REPOSITORY, **more):
        """The instructor's workflow runs in clean clones; see `Run` for what else may be given."""
        self.runs += 1
        folder = self.folder / f"run-{self.runs}"
        workflow = self.course / ".github" / "workflows" / "grade.yml"
        given = {"event": event, "payload": payload or {}, "repository": repository}
        return Run(workflow, self.course, folder, self.github, **given, **more).go()

    def collect_here(self, event="schedule", payload=None, repository=COURSE_REPOSITORY):
        """The first step in this process; returns the plan as the next step reads it. Its folder is `last`."""
        self.runs += 1
        self.last = self.folder / f"run-{self.runs}"
        self.around = Surroundings(event, payload or {}, repository, self.github.url, "token", BOT)
        with GitHub(self.github.url, "token", sleep=lambda _: None) as github:
            _, digest = collect(self.judge.course, github, self.around, self.last)
        return Plan.read(self.last, digest)

    def grade_here(self, event="schedule", payload=None, repository=COURSE_REPOSITORY):
        """All steps in this process, with a warm judge; returns the verdicts."""
        plan = self.collect_here(event, payload, repository)
        folder, course, around = self.last, self.judge.course, self.around
        found = list(grade_plan(course, plan, folder, self.judge))
        write_verdicts(folder / "verdicts.json", found)
        checked = read_verdicts(folder / "verdicts.json", plan, course)
        with GitHub(self.github.url, "token", sleep=lambda _: None) as github:
            assert comment_all(course, plan, checked, github, around) == 0
            assert mark_all(course, plan, checked, github) == 0
        return checked

    @property
    def comments(self):
        """The comments on the student's pull request, as a reader sees them."""
        return [shown(comment["body"]) for comment in self.github.comments.get((STUDENTS, 1), [])]


@pytest.fixture
def github(tmp_path):
    """A stand-in of GitHub without repositories."""
    stand_in = StandIn(tmp_path / "github")
    yield stand_in
    stand_in.close()


@pytest.fixture(scope="session")
def judge(tmp_path_factory):
    """A warm judge of the small course."""
    with Judge(load_course(write_teachers(tmp_path_factory.mktemp("judge") / "teachers"))) as judge:
        yield judge


@pytest.fixture
def term(tmp_path, github, judge):
    """A published small course, and a student with a fork."""
    return Term(tmp_path, github, judge)
