"""Makes ``.venv`` ready for work: one environment with every version pinned, healed when a set-up was cut short.

`make` calls this before everything else, so a finished set-up costs only the comparison of a fingerprint. Standard
library only, and nothing that Python 3.6 cannot read: a Python that is too old has to get as far as saying so.

States of ``.venv``, told apart by the mark that this script leaves in it:

- no mark: made by hand. It is kept, and the packages are installed into it.
- ``installing``: a set-up that was cut short. It is deleted and made anew, because pip may have left half a package.
- ``incomplete``: pip could not download everything, and so installed nothing. The next run goes on.
- ``ready`` with the fingerprint of today's files: nothing to do. With another one: pip brings it up to date.
"""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Tuple

OLDEST = (3, 11)
NEWEST_NAME = 20  # python3.20 down to python3.11 are looked for on the PATH

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MARK = VENV / "course-setup.json"
LOG = VENV / "install.log"
DECIDING = ("pyproject.toml", "constraints.txt", "tools/bootstrap.py")

INSTALL = ["-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-compile"]
INSTALL += ["--constraint", "constraints.txt", "--editable", ".[dev]"]
# pip compiles on one core, this on all of them. Packages' own tests are never imported.
COMPILE = ["-I", "-m", "compileall", "-qq", "-j", "0", "-x", r"[/\\]tests?[/\\]", str(VENV / "lib")]
MISLEADING = ("PIP_PREFIX", "PIP_TARGET", "PIP_USER")  # would send packages elsewhere than into .venv

TOO_OLD = """This is Python {version} ({python}); the course needs Python {oldest} or newer.
Install one (https://www.python.org/downloads, or your system's package `python3`), then run the same command again.
If you have one already, name it: make PYTHON=/path/to/python3 ..."""
NO_VENV = """Python {version} ({python}) comes without the modules `venv` and `ensurepip`, which make .venv.
On Debian or Ubuntu: sudo apt-get install python{minor}-venv. Then run the same command again."""
VENV_FAILED = """Python {version} ({python}) could not make .venv; its last words are above.
Try another Python: make PYTHON=/path/to/python3 ..."""
CANNOT_REMOVE = """The folder .venv is not usable, and it cannot be deleted: {error}.
Delete it yourself, then run the same command again."""
NO_NETWORK = """pip could not reach its package index, so the packages are not installed.
Connect this machine to the network; behind a proxy set HTTPS_PROXY, with a mirror set PIP_INDEX_URL.
Then run the same command again."""
NOTHING_FITS = """pip found no package that fits Python {version} on this system.
Either pip is cut off from its package index (look at PIP_NO_INDEX and PIP_INDEX_URL), or this Python is newer than the
packages: name another one, make PYTHON=/path/to/python3 ..."""
DISK_FULL = """The disk is full: the packages take about 2 GB, and pip needs as much again while it works.
Free some space, then run the same command again."""
PIP_KILLED = """pip was ended from outside, by signal {signal}; 9 mostly means that the memory of this machine ran out.
Close what needs much of it, then run the same command again."""
PIP_FAILED = """pip could not install the packages; its last words are above, all of them in .venv/install.log.
Mend what it names, then run the same command again."""
CONNECTION_WORDS = ("connection", "Max retries", "name resolution", "Network is unreachable", "timed out", "ProxyError")


class SetupError(Exception):
    """Set-up cannot go on; the message says what to do."""

    def __init__(self, message: str, **details: object) -> None:
        details.update(version=dotted(sys.version_info[:3]), minor=dotted(sys.version_info[:2]))
        details.update(oldest=dotted(OLDEST), python=sys.executable)
        super().__init__(message.format(**details))


def dotted(version: Tuple[int, ...]) -> str:
    """(3, 11) as 3.11."""
    return ".".join(str(part) for part in version)


def main(arguments: List[str]) -> int:
    """Set up; ``--this-python`` says that a person chose this Python, so that no other one is looked for."""
    chosen = "--this-python" in arguments
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # pip must not outlive this
    try:
        if sys.version_info < OLDEST:
            hand_over(None if chosen else newer_python())
        set_up(chosen=chosen)
    except SetupError as error:
        sys.stderr.write("\n%s\n" % error)
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. The next run starts the set-up over.\n")
        return 130
    return 0


def set_up(*, chosen: bool) -> None:
    """Do what is left to do, which is mostly nothing."""
    if is_ready(read_mark(), chosen=chosen):
        return
    with alone():
        mark = read_mark()
        if is_ready(mark, chosen=chosen):
            return
        reason = reason_to_start_over(mark, chosen=chosen)
        if reason:
            say(reason)
            remove_venv()
        if not VENV.exists():
            make_venv()
        install()
        say("Set-up is complete.")


def say(sentence: str) -> None:
    """Print at once, also into a pipe."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


# --- which Python -----------------------------------------------------------------------------------------------------
def newer_python() -> Optional[str]:
    """A Python on the PATH that is new enough, newest first."""
    for minor in range(NEWEST_NAME, OLDEST[1] - 1, -1):
        python = shutil.which("python3.%d" % minor)
        if python and works(python):
            return python
    return None


def works(python: str, module: str = "sys") -> bool:
    """Whether this program starts, is a Python that is new enough, and can import the module."""
    code = "import sys, %s; sys.exit(sys.version_info < %r)" % (module, OLDEST)
    try:
        return subprocess.call([python, "-I", "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def hand_over(python: Optional[str]) -> None:
    """Go on in another Python, in place of this one."""
    if not python:
        raise SetupError(TOO_OLD)
    os.execv(python, [python, __file__])


# --- what is there already --------------------------------------------------------------------------------------------
def fingerprint() -> str:
    """Changes when a file changes that decides what is installed."""
    digest = hashlib.sha256()
    for name in DECIDING:
        digest.update(hashlib.sha256((ROOT / name).read_bytes()).digest())
    return digest.hexdigest()


def read_mark() -> Dict[str, Any]:
    """What the last set-up left in ``.venv``; empty when it left nothing that can be read."""
    try:
        mark = json.loads(MARK.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return mark if isinstance(mark, dict) else {}


def write_mark(state: str) -> None:
    """Replace the mark in one step, so that it is never half written."""
    mark = {"state": state, "fingerprint": fingerprint(), "place": str(VENV), "python": dotted(sys.version_info[:2])}
    new = MARK.with_suffix(".new")
    new.write_text(json.dumps(mark), encoding="utf-8")
    new.replace(MARK)


def is_ready(mark: Dict[str, Any], *, chosen: bool) -> bool:
    """Whether nothing has to be done."""
    wanted = {"state": "ready", "place": str(VENV), "fingerprint": fingerprint()}
    if chosen:
        wanted["python"] = dotted(sys.version_info[:2])
    return all(mark.get(key) == value for key, value in wanted.items()) and PYTHON.exists()


def reason_to_start_over(mark: Dict[str, Any], *, chosen: bool) -> Optional[str]:
    """Why ``.venv`` cannot be kept, or None."""
    ours = dotted(sys.version_info[:2])
    if not VENV.exists() and not VENV.is_symlink():
        return None
    if mark.get("state") == "installing":
        return "The last set-up was cut short; starting it over."
    if mark.get("place", str(VENV)) != str(VENV):
        return "The folder of the course was moved; making .venv anew."
    if chosen and mark.get("python", ours) != ours:
        return "The Python in .venv is %s; making it anew with %s." % (mark["python"], ours)
    if not works(str(PYTHON), "pip"):
        return "The folder .venv does not work, or its Python is too old; making it anew."
    return None


def remove_venv() -> None:
    """Delete ``.venv``, whatever it is; a link goes, what it points to stays."""
    try:
        if VENV.is_symlink() or VENV.is_file():
            VENV.unlink()
        else:
            shutil.rmtree(str(VENV))
    except OSError as error:
        raise SetupError(CANNOT_REMOVE, error=error) from error


# --- making and filling it --------------------------------------------------------------------------------------------
@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Wait until no other set-up works on this ``.venv``."""
    import fcntl  # Windows has none, and an old Python must get as far as its message there too

    with (ROOT / "pyproject.toml").open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Another set-up is at work here; waiting for it ...")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_venv() -> None:
    """An empty ``.venv`` of the Python that runs this, marked as unfinished before anything else is in it."""
    try:
        import ensurepip  # noqa: F401  # only asked whether they are there
        import venv  # noqa: F401
    except ImportError:
        raise SetupError(NO_VENV) from None
    VENV.mkdir()
    write_mark("installing")
    # Where this very Python belongs to the .venv that was just deleted, its parent has to do it.
    python = getattr(sys, "_base_executable", None) or sys.executable
    if run([python, "-m", "venv", str(VENV)], "Making .venv ...") != 0:
        sys.stderr.write(last_words(12))
        raise SetupError(VENV_FAILED)


def install() -> None:
    """Bring the packages of ``.venv`` to the pinned versions."""
    write_mark("installing")
    if LOG.exists():
        LOG.unlink()
    status = run([str(PYTHON), *INSTALL], "Installing the packages into .venv (2 GB; minutes the first time) ...")
    if status < 0:
        raise SetupError(PIP_KILLED, signal=-status)
    if status > 0:
        sys.stderr.write(last_words(12))
        reason = why_pip_failed(last_words(60))
        if reason in (NO_NETWORK, NOTHING_FITS):
            write_mark("incomplete")
        raise SetupError(reason)
    run([str(PYTHON), *COMPILE], "Compiling them ...")  # only saves seconds later, so its status does not matter
    write_mark("ready")


def run(command: List[str], title: str) -> int:
    """Run a command with its output in the log and the seconds on the screen; its exit status."""
    environment = {key: value for key, value in os.environ.items() if key not in MISLEADING}
    watched = sys.stdout.isatty()
    begin = time.time()
    if not watched:
        say(title)
    with LOG.open("ab") as log:
        started = subprocess.Popen(
            command, cwd=str(ROOT), stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment
        )
        try:
            while started.poll() is None:
                time.sleep(0.1)
                if watched:
                    sys.stdout.write("\r%s %d s" % (title, time.time() - begin))
                    sys.stdout.flush()
        finally:
            if started.poll() is None:
                started.terminate()
                started.wait()
    if watched:
        say("")
    return started.returncode


def last_words(lines: int) -> str:
    """The end of the log."""
    text = LOG.read_text(encoding="utf-8", errors="replace")
    return "\n".join(text.splitlines()[-lines:]) + "\n"


def why_pip_failed(words: str) -> str:
    """The sentence that fits pip's last words."""
    if "No space left on device" in words:
        return DISK_FULL
    if any(word in words for word in CONNECTION_WORDS):
        return NO_NETWORK
    if "No matching distribution found" in words:
        return NOTHING_FITS
    return PIP_FAILED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
