"""Judges in processes: the same work on one core or many, by `concurrent.futures`."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import connection
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from course_lib.catalog import load_course
from course_lib.grading.judge import Judge

_judges: list[Judge] = []


def judge_pool(root: Path, jobs: int, tier: str | None = None, device: str = "cpu") -> Executor:
    """Return an executor whose processes each hold a warm judge; submit functions to it with `ask_judge`.

    Args:
        root: the course's folder.
        jobs: how many processes.
        tier: how workers are locked down; None takes the best.
        device: where tensors of graded code live.

    """
    context = multiprocessing.get_context("spawn")  # a fork would copy whatever threads the caller has
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_open_judge, initargs=(root, tier, device))


def end_with_parent() -> None:
    """End this process of a pool when the one that started it is gone, however it ended.

    A pool's processes hold both ends of its queue, so that without this they would wait for work for ever.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)  # zygotes end with the socket that this closes


def _open_judge(root: Path, tier: str | None, device: str) -> None:
    end_with_parent()
    judge = Judge(load_course(root), tier, device)
    _judges.append(judge)
    Finalize(judge, judge.close, exitpriority=10)  # atexit does not run in these processes


def ask_judge(function: Callable[..., Any], *args: Any) -> Any:
    """Call `function(judge, *args)` with this process's judge."""
    return function(_judges[0], *args)


def each_with_judge(
    executor: Executor, function: Callable[..., Any], tasks: Iterable[tuple[Any, ...]]
) -> Iterator[Any]:
    """Call `function(judge, *task)` for every task in the pool and yield the results in order."""
    futures = [executor.submit(ask_judge, function, *task) for task in tasks]
    for future in futures:
        yield future.result()
