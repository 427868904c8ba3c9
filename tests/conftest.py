"""What all tests share, because it costs seconds: zygotes, and folders that are made once in a run and then copied."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from course_lib.grading import judge as judge_module
from course_lib.grading.sandbox import tiers
from course_lib.grading.sandbox.launcher import Zygote


class _Shared(Zygote):
    """A zygote that outlives the judges that use it."""

    def close(self) -> None:
        """Do nothing; see `really_close`."""

    def really_close(self) -> None:
        """Close."""
        super().close()


@pytest.fixture(scope="session", autouse=True)
def shared_zygotes() -> Iterator[None]:
    """Give all judges that are made in this process one zygote for each tier and device."""
    shared: dict[tuple[str, str], _Shared] = {}

    def zygote(tier: str | None = None, device: str = "cpu") -> Zygote:
        key = (tier or tiers.probe().name, device)
        if key not in shared or shared[key]._process.poll() is not None:
            shared[key] = _Shared(*key)
        return shared[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judge_module, "Zygote", zygote)
        yield
    for item in shared.values():
        item.really_close()


MakeOnce = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def make_once(tmp_path_factory: pytest.TempPathFactory) -> MakeOnce:
    """A function that has a folder filled once in a run, whichever worker asks first. Nobody changes it afterwards."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "once"

    def make(name: str, fill: Callable[[Path], object]) -> Path:
        shared.mkdir(exist_ok=True)
        folder, unfinished = shared / name, shared / f"{name}.unfinished"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                shutil.rmtree(unfinished, ignore_errors=True)
                unfinished.mkdir()
                fill(unfinished)
                unfinished.rename(folder)
        return folder

    return make


@pytest.fixture(scope="session")
def gradebook_version(make_once: MakeOnce) -> Iterator[None]:
    """For every new gradebook nbgrader starts `alembic`, a second each, and always hears the same: ask it once."""
    from nbgrader import api  # noqa: PLC0415 - slow to load, and most tests do without

    asked = api.get_alembic_version

    def answer() -> str:
        folder = make_once("alembic", lambda folder: (folder / "heads").write_text(asked(), "utf-8"))
        return (folder / "heads").read_text("utf-8")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "get_alembic_version", answer)
        yield


@pytest.fixture(scope="session")
def built_course(make_once: MakeOnce, gradebook_version: None) -> Path:  # noqa: ARG001 - it makes a gradebook
    """The small course with nbgrader's configuration, as `course build` leaves it; copy it to change it."""
    from tests.built_course import build_mini  # noqa: PLC0415 - as above

    return make_once("built_course", build_mini)


@pytest.fixture
def own_zygotes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each judge a zygote of its own, as outside of tests."""
    monkeypatch.setattr(judge_module, "Zygote", Zygote)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect without looking for garbage: what is imported stays, and is not looked through later either."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes `-n auto` starts: one more than cores, since many tests wait for deadlines."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 1
