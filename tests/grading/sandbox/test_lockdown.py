"""What graded code is refused, tried from inside a real child, in every way to confine that this machine offers."""

# Attempts are sent to the children as source: they bring their own imports, and do things as students do.
# ruff: noqa: F401, PLC0415, PTH104, PTH109, PTH110, PTH123, PTH202, PTH208, S307

from __future__ import annotations

import errno
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course_lib.grading.sandbox.policy import LAYERS, LIBRARY
from tests.grading.sandbox.conftest import IS_ROOT, Ground

# --- reading ----------------------------------------------------------------------------------------------------------


def read(path):
    """Read a file."""
    with open(path, "rb") as file:
        return len(file.read(64))


def list_folder(path):
    """List a folder."""
    import os

    return os.listdir(path)


def test_a_file_of_the_judge_cannot_be_read(ground: Ground) -> None:
    """A file of the judge cannot be read."""
    assert ground.attempt(read, str(ground.secret)).refused


def test_a_folder_of_the_judge_cannot_be_listed(ground: Ground) -> None:
    """A folder of the judge cannot be listed."""
    assert ground.attempt(list_folder, str(ground.secret.parent)).refused


def test_a_link_in_proc_is_no_way_around(ground: Ground) -> None:
    """`/proc/self/root` leads to the same refusal."""
    assert ground.attempt(read, f"/proc/self/root{ground.secret}").refused


@pytest.mark.parametrize("path", ["pyproject.toml", "tests/grading/conftest.py", ".git/config", "."])
def test_the_checkout_cannot_be_read_although_it_is_on_the_path(ground: Ground, path: str) -> None:
    """Nothing of the checkout but course_lib can be read, although an editable install puts it on `sys.path`."""
    if ground.tier == "T1":
        pytest.skip("T1 hides only what permissions hide")
    where = LIBRARY.parent / path
    if not where.exists():
        pytest.skip(f"this checkout has no {path}")

    assert ground.attempt(list_folder if where.is_dir() else read, str(where)).refused


def test_the_environment_of_the_zygote_cannot_be_read(ground: Ground) -> None:
    """The environment of the process that forked the worker cannot be read."""

    def attempt():
        import os
        from pathlib import Path

        return Path(f"/proc/{os.getppid()}/environ").read_bytes()

    assert ground.attempt(attempt).refused


def test_users_and_homes_cannot_be_read(ground: Ground) -> None:
    """The list of users cannot be read, which every user of the machine may read."""
    if ground.tier == "T1":
        pytest.skip("T1 hides only what permissions hide")

    assert ground.attempt(read, "/etc/passwd").refused


# --- writing ----------------------------------------------------------------------------------------------------------


def append(path):
    """Append to a file, which makes it where there is none."""
    with open(path, "ab") as file:
        file.write(b"planted")


def test_nothing_can_be_planted_beside_the_judges_files(ground: Ground) -> None:
    """A `conftest.py` cannot be planted beside a file of the judge."""
    planted = ground.secret.with_name("conftest.py")

    outcome = ground.attempt(append, str(planted))

    assert outcome.refused
    assert not planted.exists()


def test_the_engine_cannot_be_changed(ground: Ground) -> None:
    """The code of the engine, which can be read, cannot be written."""
    outcome = ground.attempt(append, str(LIBRARY / "__init__.py"))

    assert outcome.error in ("PermissionError", "OSError")  # a read-only file system below bubblewrap


def test_a_readable_file_cannot_be_truncated(ground: Ground) -> None:
    """A file that can be read cannot be emptied, by its path or by opening it for reading with O_TRUNC."""
    mine = ground.folder / "readable"
    mine.write_text("content", encoding="utf-8")
    mine.chmod(0o666)

    def attempt(path):
        import os

        refusals = 0
        for truncate in (lambda: os.truncate(path, 0), lambda: os.open(path, os.O_RDONLY | os.O_TRUNC)):
            try:
                truncate()
            except PermissionError:
                refusals += 1
        return refusals

    outcome = ground.attempt(attempt, str(mine), read=[*ground.policy["read"], str(mine)])

    assert outcome.value == 2
    assert mine.read_text(encoding="utf-8") == "content"


@pytest.mark.parametrize(
    "call",
    [
        "os.chmod('own', 0o777)",
        "os.utime('own')",
        "os.chown('own', -1, -1)",
        "os.setxattr('own', 'user.x', b'1')",
        "os.symlink('/etc/passwd', 'link')",
        "os.link('own', 'link')",
        "os.mkfifo('pipe')",
        "os.truncate('own', 0)",
    ],
)
def test_metadata_and_links_are_refused_even_in_scratch(ground: Ground, call: str) -> None:
    """Landlock does not see changes of metadata, so they are refused everywhere."""

    def attempt(call):
        import os

        with open("own", "wb") as file:
            file.write(b"x")
        eval(call)

    assert ground.attempt(attempt, call).error == "PermissionError"


def test_a_file_cannot_be_moved_out_of_scratch(ground: Ground) -> None:
    """Renaming does not lead out of the scratch folder."""

    def attempt(target):
        import os

        with open("own", "wb") as file:
            file.write(b"x")
        os.rename("own", target)

    outcome = ground.attempt(attempt, str(ground.secret))

    assert outcome.refused or outcome.errno == errno.EXDEV


# --- other processes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call",
    [
        "os.fork()",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.execv('/proc/self/exe', ['python'])",
        "subprocess.run(['/bin/true'])",
        "os.kill(os.getppid(), 0)",
        "os.kill(os.getppid(), signal.SIGSTOP)",
        "os.kill(-1, signal.SIGKILL)",
        "os.kill(0, signal.SIGKILL)",
        "os.killpg(os.getpgid(os.getppid()), 0)",
        "os.pidfd_open(os.getppid())",
        "resource.prlimit(os.getppid(), resource.RLIMIT_CPU)",
        "os.sched_setaffinity(os.getppid(), [0])",
        "os.setpriority(os.PRIO_PROCESS, os.getppid(), 5)",
        "os.setsid()",
        "os.setpgid(0, 0)",
        "fcntl.fcntl(1, fcntl.F_SETOWN, os.getppid())",
        "fcntl.fcntl(1, fcntl.F_SETSIG, signal.SIGKILL)",
        "fcntl.ioctl(0, termios.TIOCSTI, b'x')",
        "fcntl.ioctl(1, termios.FIOASYNC, b'1234')",
        "os.setresuid(0, 0, 0)",
        "os.setgroups([])",
    ],
)
def test_other_processes_are_out_of_reach(ground: Ground, call: str) -> None:
    """No process can be started, signalled, limited, watched or moved."""

    def attempt(call):
        import fcntl
        import os
        import resource
        import signal
        import subprocess
        import termios

        eval(call)

    outcome = ground.attempt(attempt, call)

    assert outcome.error == "PermissionError", outcome


def test_the_parent_death_signal_cannot_be_lifted(ground: Ground) -> None:
    """A worker cannot arrange to survive its zygote, nor become readable to others again."""

    def attempt():
        from course_lib.grading.sandbox import libc

        refused = []
        for option, value in ((libc.PR_SET_PDEATHSIG, 0), (libc.PR_SET_DUMPABLE, 1)):
            try:
                libc.prctl("prctl", option, value)
            except PermissionError:
                refused.append(option)
        return refused

    assert ground.attempt(attempt).value == [1, 4]


def test_it_may_signal_itself(ground: Ground) -> None:
    """A process may end itself: that is its own loss."""

    def attempt():
        import os
        import signal

        os.kill(os.getpid(), signal.SIGTERM)

    assert ground.attempt(attempt).signal == signal.SIGTERM


# --- the network and shared memory ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call",
    [
        "socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_INET6, socket.SOCK_STREAM)",
        "socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)",
        "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        "socket.socketpair()",
        "socket.create_connection(('127.0.0.1', 9))",
        "urllib.request.urlopen('http://127.0.0.1:9')",
        "os.memfd_create('x')",
        "shared_memory.SharedMemory(create=True, size=64)",
        "multiprocessing.Lock()",
    ],
)
def test_sockets_and_shared_memory_are_refused(ground: Ground, call: str) -> None:
    """There is no network, no socket to a program on this machine, and no memory that outlives the process."""

    def attempt(call):
        import multiprocessing
        import os
        import socket
        import urllib.request
        from multiprocessing import shared_memory

        eval(call)

    outcome = ground.attempt(attempt, call)

    if ground.tier == "T1" and ("Shared" in call or "Lock" in call):
        pytest.skip("shared memory is open to every user, and only Landlock closes it")
    assert outcome.error == "PermissionError" or "not permitted" in outcome.message, outcome


# --- what is put on ---------------------------------------------------------------------------------------------------


def nothing():
    """Do nothing."""


def test_every_layer_of_the_tier_is_reported(ground: Ground) -> None:
    """The layers that hold are those of the tier; the uid is one of them where root gave one."""
    layers = set(ground.attempt(nothing).layers) - {"reads_all_owners"}

    expected = set(LAYERS[ground.tier]) - (set() if ground.policy["uid"] else {"uid"})
    assert layers == expected


def test_bubblewrap_opens_the_way_to_a_private_python(ground: Ground) -> None:
    """Where Python lies under a private home, T3 shows its folders alone, so that nobody needs a capability."""
    if ground.tier != "T3":
        pytest.skip("the file tree of other tiers is the machine's own")

    assert "reads_all_owners" not in ground.attempt(nothing).layers


def test_only_the_kept_descriptors_are_open(ground: Ground) -> None:
    """Standard streams and the kept descriptor are open, nothing else of what the zygote had."""

    def attempt():
        import os

        numbers = {int(name) for name in os.listdir("/proc/self/fd")}
        return [number for number in numbers if number > 2 and os.path.exists(f"/proc/self/fd/{number}")]

    assert len(ground.attempt(attempt).value) == 1


def test_a_worker_leads_a_session_of_its_own(ground: Ground) -> None:
    """No terminal and no process group is shared with the judge, so that killing the group ends all of it."""

    def attempt():
        import os

        return os.getpid() == os.getsid(0) == os.getpgid(0)

    assert ground.attempt(attempt).value is True


def test_a_worker_is_closed_to_other_processes_of_its_user(ground: Ground) -> None:
    """It leaves no core dump, and its memory and descriptors cannot be opened by others."""

    def attempt():
        import ctypes

        return ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)  # PR_GET_DUMPABLE

    assert ground.attempt(attempt).value == 0


def test_no_capability_is_left(ground: Ground) -> None:
    """Root's powers are gone; the one to read other owners' files stays only where it is reported."""

    def attempt():
        with open("/proc/self/status", encoding="ascii") as file:
            lines = dict(line.split(":\t", 1) for line in file)
        return [int(lines[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")]

    outcome = ground.attempt(attempt)

    kept = 1 << 2 if "reads_all_owners" in outcome.layers else 0
    assert outcome.value == [0, kept, kept, 0]


def test_a_worker_runs_as_its_own_user_in_its_scratch_folder(ground: Ground) -> None:
    """Uid, groups and working directory are those of the policy."""

    def attempt():
        import os

        return [os.getresuid(), os.getresgid(), os.getgroups(), os.getcwd()]

    users, groups, others, folder = ground.attempt(attempt).value

    assert set(users) == set(groups)
    assert ground.policy["uid"] in (None, *users)
    assert len(set(users)) == 1
    assert not others or not IS_ROOT
    assert folder == ground.policy["write"][0]


def test_a_worker_ends_with_its_zygote(ground: Ground, request: pytest.FixtureRequest) -> None:
    """When the process that forked it is killed, a sleeping worker is killed as well."""
    if ground.tier == "T3":
        pytest.skip("below bubblewrap, the whole process namespace ends at once")
    from tests.grading.sandbox import conftest

    way = request.node.callspec.params["ground"]
    other = next(grounds := conftest.make_ground(request, way))

    def attempt():
        import os
        import time

        with open("pid", "w", encoding="ascii") as file:
            file.write(f"{os.getpid()} ")
        time.sleep(300)

    other.nursery.send(attempt, policy=other.policy)
    pid = int(_wait_for(lambda: _written(Path(other.policy["write"][0], "pid"))))
    other.nursery.process.kill()

    assert _wait_for(lambda: not _is_alive(pid))
    other.nursery.process.wait()
    next(grounds, None)


def _written(path: Path) -> str:
    text = path.read_text(encoding="ascii") if path.exists() else ""
    return text if text.endswith(" ") else ""


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def _wait_for(question: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.01)
    return None


def test_a_layer_that_cannot_be_put_on_is_an_error(ground: Ground) -> None:
    """A child that cannot keep the promise says so and runs nothing."""
    outcome = ground.attempt(nothing, write=["/proc/impossible"])

    assert outcome.error == "LockdownError"
    assert "'rlimits'" in outcome.message
    assert f"tier {ground.tier}" in outcome.message


# --- honest work ------------------------------------------------------------------------------------------------------


def test_modules_that_nobody_imported_yet_can_be_imported(ground: Ground) -> None:
    """The standard library, extension modules, and parts of the course that were not loaded before the fork."""

    def attempt():
        import importlib
        import sys

        names = ["colorsys", "wave", "_lsprof", "sqlite3.dump", "course_lib.grading.safe_text"]
        fresh = [name for name in names if name not in sys.modules]
        for name in names:
            importlib.import_module(name)
        return len(fresh)

    outcome = ground.attempt(attempt)

    assert outcome.value >= 3, outcome


def test_a_missing_module_is_a_missing_module(ground: Ground) -> None:
    """A wrong import says what it always says, although part of the path cannot be listed."""

    def attempt():
        import no_such_module_anywhere

    assert ground.attempt(attempt).error == "ModuleNotFoundError"


def test_scratch_is_an_ordinary_folder(ground: Ground) -> None:
    """Files and folders can be made, renamed, read, listed and removed there, and it holds temporary files."""

    def attempt():
        import os
        import pathlib
        import shutil
        import tempfile

        pathlib.Path("a/b").mkdir(parents=True)
        pathlib.Path("a/b/text").write_text("x")
        pathlib.Path("a/b/text").rename("a/moved")
        shutil.copyfile("a/moved", "a/b/copy")
        with tempfile.TemporaryFile() as file:
            file.write(b"x")
        found = sorted(os.listdir("a") + os.listdir("a/b"))
        shutil.rmtree("a")
        return [tempfile.gettempdir(), *found]

    assert ground.attempt(attempt).value == [ground.policy["write"][0], "b", "copy", "moved"]


def test_time_threads_and_randomness_work(ground: Ground) -> None:
    """Clocks, threads, sleeping, and random numbers from the system."""

    def attempt():
        import secrets
        import threading
        import time

        threads = [threading.Thread(target=time.sleep, args=(0.001,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with open("/dev/urandom", "rb") as file:
            return [time.localtime().tm_year > 2000, len(secrets.token_bytes(4)), len(file.read(4))]

    assert ground.attempt(attempt).value == [True, 4, 4]


@pytest.mark.parametrize("threads", [1, 2])
def test_torch_learns(honest_ground: Ground, threads: int) -> None:
    """A matmul and its gradient, with one thread and with two."""

    def attempt(threads):
        import torch

        torch.set_num_threads(threads)
        weights = torch.full((300, 300), 0.5, requires_grad=True)
        (weights @ weights).sum().backward()
        return float(weights.grad[0, 0])

    assert honest_ground.attempt(attempt, threads).value == pytest.approx(300.0)


def test_arrays_and_models_are_saved_and_loaded(honest_ground: Ground) -> None:
    """`np.savez`, `np.memmap` and `torch.save` work in scratch."""

    def attempt():
        import numpy as np
        import torch

        np.savez("arrays.npz", a=np.arange(3))
        np.memmap("mapped", dtype="f8", mode="w+", shape=(4,)).flush()
        torch.save(torch.nn.Linear(2, 3).state_dict(), "model.pt")
        return [int(np.load("arrays.npz")["a"].sum()), list(torch.load("model.pt")["weight"].shape)]

    assert honest_ground.attempt(attempt).value == [3, [3, 2]]


def test_matplotlib_draws(honest_ground: Ground) -> None:
    """A figure with text and formula is drawn and saved as PNG and SVG."""

    def attempt():
        import os

        import matplotlib.pyplot as plt

        plt.plot([1, 2, 3])
        plt.title(r"loss $\alpha$")
        plt.savefig("figure.png")
        plt.savefig("figure.svg")
        return [os.path.getsize("figure.png") > 1000, os.path.getsize("figure.svg") > 1000]

    assert honest_ground.attempt(attempt).value == [True, True]


def test_data_files_of_packages_can_be_read(honest_ground: Ground) -> None:
    """Data that comes with an installed package can be read, such as Matplotlib's colours."""

    def attempt():
        import matplotlib as mpl

        return (mpl.get_data_path(), mpl.style.library["ggplot"]["axes.facecolor"])[1]

    assert honest_ground.attempt(attempt).value == "#E5E5E5"


def test_a_lockdown_is_quick(honest_ground: Ground) -> None:
    """Locking down costs a few milliseconds; the bound leaves room for a busy machine."""

    def attempt(started):
        import time

        return time.monotonic() - started

    best = min(honest_ground.attempt(attempt, time.monotonic()).value for _ in range(5))

    assert best < 0.5
