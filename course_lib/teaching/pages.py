"""HTML from the templates beside this module; everything put in is escaped."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from course_lib.grading.safe_text import for_html

CODE = re.compile(r"`([^`\n]+)`")


def render(template: str, **values: Any) -> str:
    """Fill a template of this package.

    Args:
        template: its name without the ending `.html.j2`.
        values: what it shows; texts may come from students.

    """
    return _environment().get_template(f"{template}.html.j2").render(**values)


def prepare() -> None:
    """Compile the templates, so that the first panel is as quick as the others."""
    for template in _environment().list_templates():
        _environment().get_template(template)


def inline(text: str) -> Markup:
    """Escape a text, and show what stands between backticks as code."""
    return Markup(CODE.sub(r"<code>\1</code>", str(for_html(text))))  # noqa: S704 - escaped just before


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(inline=inline, safe_text=for_html)
    return environment
