"""The zygote: a freshly executed process that has the libraries imported and forks workers in milliseconds.

Started with a clean environment, it imports with one thread, runs nothing of anybody's and no operation of torch, and
never holds a secret, so that nothing of the judge can be found in a worker's memory. It speaks with the judge over a
socket: `fork` comes with the two descriptors of a worker's channel, `reap` ends a worker and tells how it died.
"""

from __future__ import annotations

import gc
import importlib
import itertools
import json
import os
import shutil
import signal
import socket
import sys
import time
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

from course_lib.grading.sandbox import lockdown, worker
from course_lib.grading.sandbox.channel import Channel, ChannelClosed
from course_lib.grading.sandbox.huge_pages import collapse
from course_lib.grading.sandbox.policy import HOME, Policy
from course_lib.grading.sandbox.wire import WireError

MAX_REQUEST = 2**16
# What only some notebooks need, and what takes up to two seconds each: the last one torch imports by itself at a
# process's first optimizer step or `torch.func`.
LIBRARIES = {"pictures": "matplotlib.pyplot", "torch": "torch", "compiler": "torch._dynamo"}

# Memory is gathered in huge pages, 0.2 s with torch, where many forks win that back; and now and then again, for what
# was imported since.
WORTH_GATHERING, FORKS_BETWEEN = 10, 50

_scratch_of: dict[int, str] = {}
_forks = itertools.count(1)


def main(descriptor: int) -> None:
    """Import, report ready, and serve the judge until it hangs up."""
    control = socket.socket(fileno=descriptor)
    _import_libraries()
    gc.collect()
    gc.freeze()
    ready = {"ready": os.getpid(), "threads": len(list(Path("/proc/self/task").iterdir()))}
    with suppress(BrokenPipeError):  # the judge went away before we had an answer
        control.send(json.dumps(ready).encode())
        while _serve_one(control):
            pass
    _tidy(Path(os.environ["HOME"]))
    os._exit(0)


def _tidy(home: Path) -> None:
    """Remove our folder: a judge that was killed cannot."""
    if home.name.startswith(HOME):
        shutil.rmtree(home, ignore_errors=True)


def _import_libraries() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import numpy.random  # noqa: F401, PLC0415 - the imports are this process's purpose

        worker.silence_course()


def _draw_once() -> None:
    """Draw a small picture: what Matplotlib does for the first one, 50 ms, no worker has to do again."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - as above
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    figure = Figure(figsize=(1, 1))
    canvas = FigureCanvasAgg(figure)
    ax = figure.add_subplot()
    ax.contourf([[0.0, 1.0], [1.0, 2.0]])
    ax.imshow([[0.0, 1.0]])
    ax.plot([0.0, 1.0], marker="o", label="line")
    ax.scatter([0.0], [1.0])
    ax.legend()
    canvas.draw()  # type: ignore[no-untyped-call]


def _import_more(name: str) -> int:
    """Import one of `LIBRARIES` before the next fork; return the number of threads."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        importlib.import_module(LIBRARIES[name])
        if name == "pictures":
            _draw_once()
    gc.collect()
    gc.freeze()
    return len(list(Path("/proc/self/task").iterdir()))


def _serve_one(control: socket.socket) -> bool:
    try:
        data, descriptors, _flags, _address = socket.recv_fds(control, MAX_REQUEST, 2)
    except ConnectionResetError:  # the judge went away with an answer of ours unread
        return False
    if not data:
        return False
    request = json.loads(data)
    if request["op"] == "import":
        reply = {"threads": _import_more(request["name"])}
    elif request["op"] == "fork":
        reply = {"pid": _fork(control, descriptors, request["policy"])}
        _scratch_of[reply["pid"]] = request["policy"]["write"][0]
    else:
        reply = {"status": _reap(request["pid"], request["grace"])}
        shutil.rmtree(_scratch_of.pop(request["pid"], ""), ignore_errors=True)
    control.send(json.dumps(reply).encode())
    return True


def _fork(control: socket.socket, descriptors: list[int], policy: dict[str, Any]) -> int:
    if next(_forks) % FORKS_BETWEEN == WORTH_GATHERING:
        collapse()
    pid = os.fork()
    if pid == 0:
        _become_worker(control, descriptors, policy)
    for descriptor in descriptors:
        os.close(descriptor)
    return pid


def _become_worker(control: socket.socket, descriptors: list[int], policy: dict[str, Any]) -> None:
    try:
        control.close()
        _silence_streams()
        layers = lockdown.apply(Policy.from_json(policy), keep_fds=descriptors)
        channel = Channel(*descriptors)
        channel.send({"layers": list(layers)})
        worker.serve(channel)
    except (ChannelClosed, WireError):
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - nothing may return into the zygote's loop
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
        os._exit(70)
    os._exit(0)


def _silence_streams() -> None:
    """Point standard input and output at nothing: what students print is not part of a verdict."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)


def _reap(pid: int, grace: float) -> int:
    """Wait `grace` seconds for a worker to die by itself, then kill its process group; return its wait status."""
    deadline = time.monotonic() + grace
    while True:
        gone, status = os.waitpid(pid, os.WNOHANG)
        if gone == pid:
            return status
        if time.monotonic() >= deadline:
            break
        time.sleep(0.002)
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError):
            kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


if __name__ == "__main__":
    main(int(sys.argv[1]))
