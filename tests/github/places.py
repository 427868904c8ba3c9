"""Where things are, and git without anybody's settings."""

from __future__ import annotations

import html
import os
import re
import subprocess
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
REPOSITORY = "intro/deep-learning"


def git(folder, *arguments):
    """Run git with a name and without anybody's settings; return what it prints."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1"}
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"]
    command = ["git", "-C", str(folder), *who, *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def shown(markdown):
    """Markdown as a reader sees it: rendered, tags removed, a bar after every cell of a table."""
    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown)
    page = re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL)
    page = re.sub(r"\s*</t[dh]>\s*", " | ", page)
    return html.unescape(re.sub(r"<[^>]*>", "", page)).replace("\u200b", "")
