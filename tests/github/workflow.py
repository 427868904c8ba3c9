"""Runs a workflow file as GitHub would: every job in a clean clone, every `run:` step in a shell of its own."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import yaml

from tests.commands import run_module
from tests.github.places import ROOT, git

# Everything that pip would install is here already; that it suffices has a test of its own.
PYTHON_SHIM = """#!/bin/sh
[ "$1 $2" = "-m pip" ] && exit 0
exec "{python}" "$@"
"""
COURSE = re.compile(r"\S*python -m (course_lib\.cli_github [\w ./-]+)")
EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)


class Run:
    """One run of a workflow.

    Attributes:
        artifacts: what was uploaded, by name.
        steps: (job, name of the step, exit status, output) of every `run:` step that ran.
        environments: by job and step, the environment that it saw.
        summary: what the steps wrote for the run's page.
        forked: whether commands of the course start with what they import, half a second each, imported already.

    """

    def __init__(  # noqa: PLR0913
        self, workflow, remote, folder, github, *, event, payload, repository, broken=(), secret="", forked=True
    ):
        self.workflow = yaml.safe_load(Path(workflow).read_text(encoding="utf-8"))
        self.remote, self.folder, self.github = remote, folder, github
        self.forked = forked
        folder.mkdir(parents=True)
        self.event, self.payload, self.repository, self.broken = event, payload, repository, dict(broken)
        self.artifacts, self.steps, self.environments, self.results = {}, [], {}, {}
        self.values = {"github.event_name": event, "github.token": "token-of-the-job", "secrets.COURSE_TOKEN": ""}
        self.values |= {"vars.COURSE_BOT": "", "cancelled()": "", "secrets.COURSE_SECRET": secret}
        run = payload.get("workflow_run", {})
        self.values["github.event.workflow_run.event"] = run.get("event", "")
        self.summary = ""

    def go(self):
        """Run all jobs in order."""
        for name, job in self.workflow["jobs"].items():
            needs = job.get("needs", [])
            needs = [needs] if isinstance(needs, str) else needs
            condition = str(job.get("if", "success()"))
            broken = any(self.results.get(need) != "success" for need in needs)
            if (broken and "cancelled()" not in condition) or not self._holds(condition):
                self.results[name] = "skipped"
                continue
            self.results[name] = "success"
            self._job(name, job)
        return self

    def _job(self, name, job):
        clone = self.folder / name
        if not any(step.get("uses", "").startswith("actions/checkout") for step in job["steps"]):
            clone.mkdir()
            (clone / ".venv").symlink_to(ROOT / ".venv")
        failed = False
        for step in job["steps"]:
            condition = str(step.get("if", "success()"))
            if (failed and "cancelled()" not in condition) or not self._holds(condition):
                continue
            if "run" in step:
                status = self._run_step(name, job, step, clone)
            else:
                status = self._use(step, clone) and not step.get("continue-on-error")
            if status:
                failed, self.results[name] = True, "failure"
        for key, expression in job.get("outputs", {}).items():
            self.values[f"needs.{name}.outputs.{key}"] = self._filled(expression)

    def _run_step(self, name, job, step, clone):
        output, summary, event = (self.folder / f"{name}.{kind}" for kind in ("output", "summary", "event.json"))
        output.write_text("", encoding="utf-8")
        summary.write_text("", encoding="utf-8")
        event.write_text(json.dumps(self.payload), encoding="utf-8")
        shims = self.folder / "shims"
        shims.mkdir(exist_ok=True)
        (shims / "make").write_text('#!/bin/sh\n[ "$*" = setup ] && [ -x .venv/bin/python ]\n', encoding="utf-8")
        (shims / "python").write_text(PYTHON_SHIM.format(python=ROOT / ".venv/bin/python"), encoding="utf-8")
        for shim in shims.iterdir():
            shim.chmod(0o755)
        environment = {
            "PATH": f"{shims}:{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "PIP_NO_INDEX": "1",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": self.github.url,
            "GITHUB_EVENT_NAME": self.event,
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_REPOSITORY": self.repository,
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_WORKSPACE": str(clone),
        }
        for source in (self.workflow.get("env", {}), job.get("env", {}), step.get("env", {})):
            environment |= {key: self._filled(str(value)) for key, value in source.items()}
        assert "${{" not in step["run"], "an expression in a script is an injection"
        script = self.broken.get(step["name"], step["run"])
        status, said = self._call(script, clone, environment)
        self.steps.append((name, step["name"], status, said))
        self.environments[name, step["name"]] = environment
        self.summary += summary.read_text(encoding="utf-8")
        for line in output.read_text(encoding="utf-8").splitlines():
            key, _, value = line.partition("=")
            self.values[f"steps.{step.get('id')}.outputs.{key}"] = value
        return status

    def _call(self, script, clone, environment):
        """Run a script in a shell, or a lone command of the course in a process that has imported all it needs."""
        course = COURSE.fullmatch(script.strip())
        if course and self.forked:
            return run_module(shlex.split(course.group(1)), clone, environment, self.folder / "said.txt")
        shell = ["bash", "-e", "-c", script]
        ran = subprocess.run(shell, cwd=clone, env=environment, capture_output=True, text=True, check=False)
        return ran.returncode, ran.stdout + ran.stderr

    def _use(self, step, clone):
        action, given = step["uses"].partition("@")[0], step.get("with", {})
        if action == "actions/checkout":
            assert given == {"persist-credentials": False}
            git(self.folder, "clone", "--quiet", self.remote, clone)
            (clone / ".venv").symlink_to(ROOT / ".venv")
        elif action == "actions/upload-artifact":
            self._upload(clone, given["name"], given["path"].split())
        elif action == "actions/download-artifact":
            if given["name"] not in self.artifacts:
                return 1
            shutil.copytree(self.artifacts[given["name"]], clone / given["path"], dirs_exist_ok=True)
        else:
            assert action == "actions/setup-python"
        return 0

    def _upload(self, clone, name, paths):
        """One folder is uploaded as what is in it, several paths with their names; what is not there is a warning."""
        kept = self.folder / f"up-{name}"
        for path in [path for path in paths if (clone / path).exists()]:
            kept.mkdir(exist_ok=True)
            self.artifacts[name] = kept
            if (clone / path).is_dir():
                shutil.copytree(clone / path, kept if len(paths) == 1 else kept / path, dirs_exist_ok=True)
            else:
                shutil.copy(clone / path, kept)

    def _filled(self, text):
        return EXPRESSION.sub(lambda found: self._value(found.group(1)), text)

    def _value(self, expression):
        parts = [part.strip() for part in expression.split("||")]
        values = [self.values.get(part, "") if ".outputs." in part else self.values[part] for part in parts]
        return next(filter(None, values), "")

    def _holds(self, condition):
        text = EXPRESSION.sub(lambda found: found.group(1), condition).strip()
        if "||" in text:
            return any(self._holds(part) for part in text.split("||"))
        if "&&" in text:
            return all(self._holds(part) for part in text.split("&&"))
        if text.strip() in ("success()", "!cancelled()"):
            return True
        left, operator, right = re.fullmatch(r"(\S+) (==|!=) '(\w*)'", text.strip()).groups()
        return (self.values.get(left, "") == right) == (operator == "==")

    def output(self, job):
        """Everything that the steps of a job printed."""
        return "".join(text for name, _, _, text in self.steps if name == job)
