"""What the files at the top promise: pins for everything, links that lead somewhere, a README that stays short."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES += sorted((ROOT / "docs").rglob("*.md"))


def pins():
    """Requirement of every line of constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if not line.startswith("#")]


def asked_for():
    """Names of the packages that pyproject.toml asks for, extras included, our own left out."""
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    names = {canonicalize_name(Requirement(line).name) for group in groups for line in group}
    return names - {canonicalize_name(PROJECT["name"])}


def test_every_dependency_is_pinned():
    """What pyproject.toml asks for has its version in constraints.txt."""
    pinned = {canonicalize_name(pin.name) for pin in pins()}

    assert asked_for() <= pinned


def test_pins_are_exact_and_public():
    """One public version each: no ranges, no local versions such as +cpu, no addresses."""
    for pin in pins():
        (version,) = pin.specifier
        assert version.operator == "==", pin
        assert "+" not in version.version, pin
        assert pin.url is None, pin


def test_pins_are_within_the_ranges():
    """The versions that are tested are versions that pyproject.toml allows."""
    pinned = {canonicalize_name(pin.name): next(iter(pin.specifier)).version for pin in pins()}

    for line in PROJECT["dependencies"]:
        wanted = Requirement(line)
        assert wanted.specifier.contains(pinned[canonicalize_name(wanted.name)]), line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    """Every relative link in the documentation names a file and, where it has one, a heading that exist."""
    for target, heading in re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", page.read_text(encoding="utf-8")):
        file = page.parent / target if target else page
        assert file.exists(), f"{page.name} links to {target}"
        assert not heading or heading in headings(file), f"{page.name} links to #{heading}"


def headings(page):
    """The anchors that GitHub gives to the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_readme_stays_short():
    """README is read, not searched: under 150 lines."""
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 150


def test_ci_runs_what_a_person_runs():
    """Both doors of CI call `make lint` and `make test`, without options that would leave something out."""
    for door in (".ci/run", ".github/workflows/check.yml"):
        text = (ROOT / door).read_text(encoding="utf-8")
        assert re.search(r"\bmake lint\b", text), door
        assert re.search(r"\bmake test(?: \|\| status=\$\?)?$", text, flags=re.MULTILINE), door
