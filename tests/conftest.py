"""What all tests share: workers are forked from the same few zygotes, since each start of one costs seconds."""

from __future__ import annotations

import os
from collections.abc import Iterator

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


@pytest.fixture
def own_zygotes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each judge a zygote of its own, as outside of tests."""
    monkeypatch.setattr(judge_module, "Zygote", Zygote)


def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes `-n auto` starts: one more than cores, since many tests wait for deadlines."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 1
