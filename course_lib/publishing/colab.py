"""The "Open in Colab" badge, and the cell that makes an empty runtime ready."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from course_lib.catalog import Chapter

BADGE = "https://colab.research.google.com/assets/colab-badge.svg"
CELL = """\
# Google Colab only: fetches the course. Anywhere else this cell does nothing.
import os
import sys

if "google.colab" in sys.modules and not os.path.exists("checks.py"):
    import site
    import subprocess

    if not os.path.exists("course"):
        subprocess.run(["git", "clone", "--quiet", "--depth", "1", "{url}", "course"], check=True)
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", {packages}], check=True)
    site.addsitedir(os.path.abspath("course"))
    os.chdir("course/assignments/{chapter}")"""


def badge(repository: str, chapter: Chapter) -> str:
    """Return the badge of a chapter as Markdown; `repository` is OWNER/NAME."""
    notebook = f"assignments/{chapter.name}/{chapter.name}.ipynb"
    return f"[![Open in Colab]({BADGE})](https://colab.research.google.com/github/{repository}/blob/main/{notebook})"


def with_colab(notebook: bytes, repository: str, chapter: Chapter, packages: Sequence[str]) -> bytes:
    """Put badge and cell in front of a released notebook.

    Args:
        notebook: as released.
        repository: OWNER/NAME on GitHub.
        chapter: of the notebook.
        packages: what Colab may lack.

    """
    data = json.loads(notebook)
    listed = ", ".join(json.dumps(name) for name in packages)
    url = f"https://github.com/{repository}.git"
    code = CELL.format(url=url, packages=listed, chapter=chapter.name)
    extra = [_cell("markdown", "colab_badge", badge(repository, chapter)), _cell("code", "colab__demo", code)]
    data["cells"] = [*extra, *data["cells"]]
    return (json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _cell(kind: str, name: str, source: str) -> dict[str, Any]:
    """A locked cell. Graders and `course check` leave out what is called `…__demo`."""
    marks = {"grade": False, "grade_id": name, "locked": True, "schema_version": 3, "solution": False, "task": False}
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": name,
        "metadata": {"deletable": False, "editable": False, "nbgrader": marks},
        "source": source.splitlines(keepends=True),
    }
    return cell | {"execution_count": None, "outputs": []} if kind == "code" else cell
