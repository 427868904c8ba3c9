"""A real JupyterLab on a copy of what students receive, and a real Chromium in front of it."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SETTINGS = {
    # Every cell is in the page, also those out of sight; no questions pop up.
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
START_SECONDS, STOP_SECONDS = 90, 30  # seconds are usual, on a machine that does nothing else


@pytest.fixture(scope="session")
def browser():
    """Chromium, as it is installed on this machine."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("no Chromium on the PATH: `apt-get install chromium`, or install Google Chrome")
    api = pytest.importorskip("playwright.sync_api", reason="needs Playwright: `pip install playwright`")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """The addresses in a JupyterLab on a copy of the released chapters; ended with everything that it started."""
    tmp_path = tmp_path_factory.mktemp("lab")
    student = tmp_path / "student"
    shutil.copytree(ROOT / "assignments", student / "assignments")
    shutil.copy(ROOT / "course.toml", student)
    token = secrets.token_hex()
    with _server(student / "assignments", _private_environment(tmp_path / "jupyter"), token) as server:
        try:
            yield lambda path: f"{_address(server, tmp_path / 'jupyter' / 'runtime')}lab/tree/{path}?token={token}"
        finally:
            _end(server)


def _private_environment(home):
    """Keep the settings, kernels and caches of whoever runs the tests out of it."""
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
        "MPLCONFIGDIR": "matplotlib",
    }
    for name in folders.values():
        (home / name).mkdir(parents=True)
    for name, values in SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), "utf-8")
    kept = {name: value for name, value in os.environ.items() if name != "COURSE_ROOT"}
    return kept | {name: str(home / folder) for name, folder in folders.items()}


def _server(folder, environment, token):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}"]
    command = [
        sys.executable,
        "-m",
        "jupyter",
        "lab",
        *options,
        f"--IdentityProvider.token={token}",
        "--expose-app-in-browser",
        str(folder),
    ]
    # nbgrader reads its configuration in the folder where the server is started.
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _address(server, runtime):
    """Return the server's address, once it has written down that it serves."""
    deadline = time.monotonic() + START_SECONDS
    path = runtime / f"jpserver-{server.pid}.json"
    while (written := _written(path)) is None:
        assert server.poll() is None, f"JupyterLab ended with {server.returncode}: run `make lab` to see why"
        assert time.monotonic() < deadline, f"JupyterLab did not start within {START_SECONDS} s"
        time.sleep(0.05)
    return written["url"]


def _written(path):
    """Return what is written in the file; Jupyter creates it empty and fills it a moment later."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None


def _end(server):
    """End the server; it ends its kernels, and nothing may be left."""
    started = psutil.Process(server.pid).children(recursive=True)
    server.terminate()
    server.wait(STOP_SECONDS)
    _, left = psutil.wait_procs(started, STOP_SECONDS)
    for process in left:
        process.kill()
    assert not left, f"JupyterLab left processes behind: {left}"
