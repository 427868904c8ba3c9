"""The workflow files: who may do what, checked as data."""

import re
import subprocess
import sys

import pytest
import yaml

from tests.github.places import ROOT

GRADE = ROOT / ".github" / "workflows" / "grade.yml"
ANSWERING = "httpx jinja2 numpy rich typer"
JUDGES = ("judge", "judge-2", "judge-3")


def load(path):
    """A workflow as data; YAML reads its key `on` as true."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture(params=["grade", "checks"])
def workflow(request, published):
    """The instructor's workflow, and the student's."""
    return load(GRADE if request.param == "grade" else published / ".github" / "workflows" / "checks.yml")


def steps(workflow):
    """Every step with its job."""
    return [(name, step) for name, job in workflow["jobs"].items() for step in job["steps"]]


def test_nothing_is_allowed_that_a_job_does_not_name(workflow):
    """`permissions: {}` at the top."""
    assert workflow["permissions"] == {}


def test_actions_are_pinned_by_hash(workflow):
    """A tag can be moved."""
    for _, step in steps(workflow):
        assert "uses" not in step or re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"])


def test_no_checkout_names_a_commit_or_keeps_a_token(workflow):
    """What is checked out is always the repository of the workflow itself."""
    for _, step in steps(workflow):
        if step.get("uses", "").startswith("actions/checkout"):
            assert step["with"] == {"persist-credentials": False}


def test_no_expression_reaches_a_shell(workflow):
    """Titles and branch names go through the environment or not at all."""
    for _, step in steps(workflow):
        assert "${{" not in step.get("run", "")


def test_students_checks_read_and_no_more(published):
    """No secret, nothing to write."""
    text = (published / ".github" / "workflows" / "checks.yml").read_text(encoding="utf-8")

    assert [job["permissions"] for job in yaml.safe_load(text)["jobs"].values()] == [{"contents": "read"}]
    assert "secrets." not in text


def test_each_job_has_what_it_needs():
    """The jobs with student code may nothing at all; each writing job writes one kind of thing."""
    assert {name: job["permissions"] for name, job in load(GRADE)["jobs"].items()} == {
        "collect": {"contents": "read", "pull-requests": "read"},
        "ask": {"contents": "read"},
        "run": {},
        "judge": {"contents": "read"},
        "run-2": {},
        "judge-2": {"contents": "read"},
        "run-3": {},
        "judge-3": {"contents": "read"},
        "comment": {"contents": "read", "pull-requests": "write"},
        "mark": {"contents": "read", "checks": "write"},
    }


def test_nothing_is_kept_from_one_run_to_the_next():
    """What student code that broke out could write there, a later job would take up."""
    assert "cache" not in str(load(GRADE))


def commands(job):
    """The steps of a job that run a command of the course."""
    return [step for step in job["steps"] if "course_lib.cli_github" in step.get("run", "")]


@pytest.mark.parametrize("name", ["run", "run-2", "run-3"])
def test_a_job_with_student_code_has_nothing_to_learn(name):
    """No checkout, no secret, no artifact but engine and questions; and it demands the sandbox."""
    job = load(GRADE)["jobs"][name]
    fetched = {step["with"]["name"] for step in job["steps"] if "download-artifact" in step.get("uses", "")}

    assert not re.search("secrets|token|actions/checkout", str(job), re.IGNORECASE)
    assert fetched == {"engine", f"questions-{name.partition('-')[2] or 1}"}
    assert "--require-tier T2" in str(job)


def test_only_jobs_without_student_code_know_the_secret():
    """Those that ask and judge; no other one names it."""
    jobs = load(GRADE)["jobs"]

    assert {name for name, job in jobs.items() if "COURSE_SECRET" in str(job)} == {"ask", *JUDGES}


def test_the_engine_is_all_that_goes_where_student_code_runs():
    """Neither suites nor reference are in the artifact."""
    (paths,) = [
        step["with"]["path"].split()
        for step in load(GRADE)["jobs"]["ask"]["steps"]
        if step.get("with", {}).get("name") == "engine"
    ]

    assert set(paths) == {
        *("course_lib/", "tools/", "constraints.txt", "course.toml", "LICENSE", "Makefile", "pyproject.toml"),
        "README.md",
    }


@pytest.mark.parametrize("name", ["ask", *JUDGES, "comment", "mark"])
def test_every_job_after_the_first_knows_the_plan_by_an_output(name):
    """A later job can exchange an artifact of the run, and no output of another job."""
    jobs = load(GRADE)["jobs"]
    (step,) = commands(jobs[name])

    assert jobs["collect"]["outputs"]["plan"] == "${{ steps.collect.outputs.plan }}"
    assert step["env"]["COURSE_PLAN"] == "${{ needs.collect.outputs.plan }}"


def test_questions_are_known_by_an_output_as_well():
    """Each job takes those of the rounds before it, as the jobs that asked gave them out."""
    jobs = load(GRADE)["jobs"]
    asked = [f"${{{{ needs.{job}.outputs.questions }}}}" for job in ("ask", "judge", "judge-2")]
    taken = {name: commands(job)[0]["env"].get("COURSE_QUESTIONS") for name, job in jobs.items()}

    assert [taken[name] for name in ("run", "run-2", "run-3")] == asked
    assert [taken[name] for name in JUDGES] == [" ".join(asked[:count]) for count in (1, 2, 3)]
    assert not any(taken[name] for name in ("collect", "ask", "comment", "mark"))


@pytest.mark.parametrize("name", ["comment", "mark"])
def test_verdicts_are_those_of_the_job_that_judged_last(name):
    """A job with student code runs after the first verdicts were written."""
    (step,) = commands(load(GRADE)["jobs"][name])

    last_first = " || ".join(f"needs.{judge}.outputs.verdicts" for judge in reversed(JUDGES))
    assert step["env"]["COURSE_VERDICTS"] == f"${{{{ {last_first} }}}}"


def test_what_answering_jobs_install_suffices():
    """They install a few packages, not PyTorch: no other one is imported by what they run."""
    code = (
        "import sys, course_lib.cli_github, course_lib.github.answer, course_lib.github.collect\n"
        "import course_lib.github.verdicts, course_lib.grading.cache\n"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert not {"torch", "pytest", "nbgrader", "matplotlib", "IPython", "nbformat", "jupytext"} & set(
        ran.stdout.split()
    )
    for name, step in steps(load(GRADE)):
        if step.get("name") == "Set up" and name in ("collect", "comment", "mark"):
            assert step["run"].endswith(f"--constraint constraints.txt {ANSWERING}")


@pytest.mark.parametrize("path", [".devcontainer/devcontainer.json", "Makefile", "README.md"])
def test_the_student_repository_has_its_doors(published, path):
    """Codespaces, make, and a page to read."""
    assert (published / path).stat().st_size > 300
