"""What results depend on beside the course: versions, and the kind of machine."""

from __future__ import annotations

import platform
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("numpy", "torch")


def versions_now() -> dict[str, str]:
    """Return the versions of Python and the libraries that results depend on."""
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}


def minor(number: str) -> str:
    """Return major and minor version: `2.13` for `2.13.0+cpu`."""
    return ".".join(number.split("+", maxsplit=1)[0].split(".")[:2])


def machine_now() -> dict[str, str]:
    """Say what kind of machine this is, without its name."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        lines = (line.partition(":") for line in info.read_text().splitlines())
        cpu = next((value.strip() for name, _, value in lines if name.strip() == "model name"), cpu)
    return {"cpu": cpu, "platform": f"{platform.system()} {platform.machine()}"}
