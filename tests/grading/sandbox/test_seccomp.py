"""The system-call filter: its programs for both machines, in an interpreter of BPF, and the real one in a child."""

# Attempts are sent to the children as source: they bring their own imports, and do things as students do.
# ruff: noqa: PLC0415

from __future__ import annotations

import errno
import re
import signal
import struct
from pathlib import Path

import pytest

from course_lib.grading.sandbox import seccomp, syscalls
from tests.grading.sandbox.conftest import Ground

PID = 4711
MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
HEADERS = {"x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h", "aarch64": "/usr/include/asm-generic/unistd.h"}


def judge(machine: str, call: int | str, *arguments: int, architecture: int | None = None) -> int:
    """Run the filter as the kernel does, on one system call, and return its verdict."""
    number = call if isinstance(call, int) else syscalls.CHECKED[machine][call]
    architecture = MACHINES[machine] if architecture is None else architecture
    padded = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    data = struct.pack("<IIQ6Q", number, architecture, 0, *padded)
    lines = list(struct.iter_unpack("=HBBI", seccomp.program(machine, PID)))
    position = accumulator = 0
    while True:
        code, if_true, if_false, operand = lines[position]
        position += 1
        if code == 0x20:  # load a word
            accumulator = struct.unpack_from("<I", data, operand)[0]
        elif code == 0x54:  # and
            accumulator &= operand
        elif code in (0x15, 0x35):  # jump if equal, jump if at least
            position += if_true if (accumulator == operand if code == 0x15 else accumulator >= operand) else if_false
        else:
            assert code == 0x06  # return
            return operand


@pytest.fixture(params=MACHINES)
def machine(request: pytest.FixtureRequest) -> str:
    """Each machine that has a table."""
    return request.param


def test_every_denied_call_is_refused(machine: str) -> None:
    """Every call of the table is answered with EPERM."""
    verdicts = {name: judge(machine, number) for name, number in syscalls.DENIED[machine].items()}

    assert set(verdicts.values()) == {seccomp.EPERM}


def test_the_numbers_are_those_of_the_kernel(machine: str) -> None:
    """The table agrees with the kernel's own headers, for every call that they know."""
    header = Path(HEADERS[machine])
    if not header.exists():
        pytest.skip("the kernel's headers are not installed (Debian: linux-libc-dev)")
    theirs = _defined(header)
    tables = (syscalls.DENIED, syscalls.MISSING, syscalls.CHECKED)
    ours = {name: number for table in tables for name, number in table[machine].items()}

    known = ours.keys() & theirs.keys()
    assert {name: ours[name] for name in known} == {name: theirs[name] for name in known}
    assert {number for name, number in ours.items() if name not in known} <= set(range(451, 470))


# What a process does to itself and to what it has opened, and calls that modern kernels only number.
HARMLESS = """
read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 close close_range creat lseek dup dup2 dup3
pipe pipe2 stat fstat lstat newfstatat statx statfs fstatfs access faccessat faccessat2 getdents getdents64 readlink
readlinkat getcwd chdir fchdir mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 umask flock fsync fdatasync
sync_file_range ftruncate fallocate fadvise64 readahead sendfile copy_file_range splice tee getxattr lgetxattr fgetxattr
listxattr llistxattr flistxattr inotify_rm_watch
mmap munmap mremap mprotect msync mincore madvise brk mlock mlock2 munlock mlockall munlockall remap_file_pages mbind
set_mempolicy get_mempolicy set_mempolicy_home_node pkey_mprotect pkey_alloc pkey_free membarrier
poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2
signalfd signalfd4 timerfd_create timerfd_settime timerfd_gettime
rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack pause alarm setitimer
getitimer restart_syscall timer_create timer_settime timer_gettime timer_getoverrun timer_delete
time gettimeofday clock_gettime clock_getres clock_nanosleep nanosleep times
futex futex_waitv set_robust_list get_robust_list rseq set_tid_address arch_prctl set_thread_area get_thread_area
sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_getattr sched_get_priority_max
sched_get_priority_min sched_rr_get_interval getpriority ioprio_get getcpu
getpid gettid getppid getpgrp getpgid getsid getuid geteuid getgid getegid getresuid getresgid getgroups capget uname
sysinfo getrlimit setrlimit getrusage getrandom wait4 waitid exit exit_group
getsockname getpeername getsockopt io_destroy io_getevents io_cancel io_pgetevents
epoll_ctl_old epoll_wait_old _sysctl create_module get_kernel_syms query_module getpmsg putpmsg afs_syscall tuxcall
security vserver
"""

# In newer headers: questions about cached pages and security modules, shadow stacks, futexes, sealing memory.
ALLOWED_SINCE_6_2 = {
    *("cachestat", "map_shadow_stack", "futex_wake", "futex_wait", "futex_requeue", "lsm_get_self_attr"),
    *("lsm_list_modules", "mseal", "getxattrat", "listxattrat", "file_getattr", "uretprobe", "uprobe"),
}


def test_every_call_that_the_kernel_knows_was_thought_of() -> None:
    """A call is refused, checked, missing, or listed here as harmless: none is open because it was forgotten."""
    header = Path(HEADERS["x86_64"])
    if not header.exists():
        pytest.skip("the kernel's headers for x86-64 are not installed (Debian: linux-libc-dev)")
    known = {name for name, number in _defined(header).items() if number <= syscalls.NEWEST_KNOWN}
    tables = (syscalls.DENIED, syscalls.MISSING, syscalls.CHECKED)
    handled = {name for table in tables for name in table["x86_64"]}

    assert known - handled - set(HARMLESS.split()) <= ALLOWED_SINCE_6_2
    assert not handled & set(HARMLESS.split())


def _defined(header: Path) -> dict[str, int]:
    text = header.read_text(encoding="utf-8")
    return {name: int(number) for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text)}


def test_a_call_that_an_architecture_lacks_is_the_only_kind_left_out() -> None:
    """The machines differ only in calls that the newer one never had."""
    for table in (syscalls.DENIED, syscalls.MISSING, syscalls.CHECKED):
        assert table["aarch64"].keys() <= table["x86_64"].keys()


@pytest.mark.parametrize("name", ["read", "write", "mmap", "futex", "exit_group"])
def test_ordinary_calls_pass(machine: str, name: str) -> None:
    """What every program does is allowed."""
    numbers = {
        "x86_64": {"read": 0, "write": 1, "mmap": 9, "futex": 202, "exit_group": 231},
        "aarch64": {"read": 63, "write": 64, "mmap": 222, "futex": 98, "exit_group": 94},
    }

    assert judge(machine, numbers[machine][name]) == seccomp.ALLOW


def test_another_architecture_ends_the_process(machine: str) -> None:
    """32-bit calls have other numbers, which would pass the table unseen."""
    assert judge(machine, 0, architecture=0x40000003) == seccomp.KILL


def test_x32_ends_the_process() -> None:
    """The x32 convention has the same architecture and a bit in the number."""
    assert judge("x86_64", 0x40000000 | 59) == seccomp.KILL


def test_calls_of_the_future_do_not_exist(machine: str) -> None:
    """A call that is newer than the table is answered "not implemented"."""
    assert judge(machine, syscalls.NEWEST_KNOWN + 1) == seccomp.ENOSYS
    assert judge(machine, 0x3FFFFFFF) == seccomp.ENOSYS


def test_calls_that_hide_their_arguments_do_not_exist(machine: str) -> None:
    """`clone3` and `openat2` read memory, where a filter cannot look; libc falls back to the older calls."""
    assert judge(machine, syscalls.MISSING[machine]["clone3"]) == seccomp.ENOSYS
    assert judge(machine, syscalls.MISSING[machine]["openat2"]) == seccomp.ENOSYS


THREAD = 0x3D0F00  # the flags of pthread_create in glibc
MUSL_THREAD = 0x7D0F00
FORK, VFORK, NEW_USER, PTRACE = 0x1200011, 0x4111, 0x10000000, 0x2000


@pytest.mark.parametrize(
    ("call", "arguments", "allowed"),
    [
        ("clone", (THREAD,), True),
        ("clone", (MUSL_THREAD,), True),
        ("clone", (FORK,), False),
        ("clone", (VFORK,), False),
        ("clone", (THREAD | NEW_USER,), False),
        ("clone", (THREAD | PTRACE,), False),
        ("kill", (PID, 9), True),
        ("kill", (PID | 1 << 32, 9), True),  # the kernel drops the upper half as well
        ("kill", (0, 9), False),
        ("kill", (0xFFFFFFFF, 9), False),
        ("kill", (1, 9), False),
        ("tgkill", (PID, PID + 1, 9), True),
        ("tgkill", (1, 1, 9), False),
        ("tkill", (1, 9), False),
        ("rt_sigqueueinfo", (1, 9), False),
        ("rt_tgsigqueueinfo", (1, 1, 9), False),
        ("prlimit64", (0, 7), True),
        ("prlimit64", (PID, 7), True),
        ("prlimit64", (1, 7), False),
        ("sched_setaffinity", (0,), True),
        ("sched_setaffinity", (1,), False),
        ("prctl", (15,), True),  # a thread's name
        ("prctl", (1,), False),  # the parent-death signal
        ("prctl", (4,), False),  # dumpable
        ("prctl", (35,), False),  # its own memory map
        ("fcntl", (3, 1), True),
        ("fcntl", (3, 8), False),  # F_SETOWN
        ("fcntl", (3, 15), False),  # F_SETOWN_EX
        ("ioctl", (0, 0x5401), True),  # is it a terminal
        ("ioctl", (0, 0x5412), False),  # TIOCSTI: typing into the terminal
        ("ioctl", (0, 0x15412), False),
        ("ioctl", (0, 0x8901), False),  # FIOSETOWN
        ("openat", (0, 0, 0o0), True),
        ("openat", (0, 0, 0o1101), True),  # write, create, truncate
        ("openat", (0, 0, 0o1000), False),
        ("openat", (0, 0, 0o1003), False),
    ],
)
def test_arguments_decide(machine: str, call: str, arguments: tuple[int, ...], *, allowed: bool) -> None:
    """Calls that are harmless on oneself and not on others are judged by their arguments."""
    assert judge(machine, call, *arguments) == (seccomp.ALLOW if allowed else seccomp.EPERM)


def test_the_filter_names_no_other_process() -> None:
    """The stand-in for the pid is gone from the finished program."""
    assert (0x7FFF0001).to_bytes(4, "little") not in seccomp.program("x86_64", PID)


def test_an_unknown_machine_has_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a table is told apart, so that no tier is promised on it."""
    monkeypatch.setattr(seccomp, "machine", lambda: None)

    with pytest.raises(OSError, match="there are tables for x86_64 and aarch64"):
        seccomp.enforce()


# --- the real kernel --------------------------------------------------------------------------------------------------


def raw(numbers):
    """Perform system calls by number with zeros as arguments; return the error of each."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    errors = []
    for number in numbers:
        ctypes.set_errno(0)
        libc.syscall(ctypes.c_long(number), *[ctypes.c_long(0)] * 6)
        errors.append(ctypes.get_errno())
    return errors


@pytest.fixture
def native() -> str:
    """The name of this machine's table."""
    name = seccomp.machine()
    if name is None:
        pytest.skip("no table of system calls for this machine")
    return name


def test_the_kernel_refuses_every_denied_call(ground: Ground, native: str) -> None:
    """Each call of the table, made past libc, fails in the real sandbox."""
    numbers = list(syscalls.DENIED[native].values())

    assert ground.attempt(raw, numbers).value == [errno.EPERM] * len(numbers)


def test_the_kernel_lacks_what_cannot_be_judged(ground: Ground, native: str) -> None:
    """Unknown calls and those with hidden arguments do not exist."""
    numbers = [*syscalls.MISSING[native].values(), syscalls.NEWEST_KNOWN + 1, 5000]

    assert ground.attempt(raw, numbers).value == [errno.ENOSYS] * len(numbers)


def test_a_foreign_convention_is_the_end(ground: Ground, native: str) -> None:
    """An x32 call ends the process with SIGSYS."""
    if native != "x86_64":
        pytest.skip("x32 belongs to x86-64")

    assert ground.attempt(raw, [0x40000000 | 39]).signal == signal.SIGSYS


def test_a_new_process_by_raw_clone_is_refused(ground: Ground, native: str) -> None:
    """`clone` without the flag of a thread is a fork."""

    def attempt(number):
        import ctypes
        import os

        libc = ctypes.CDLL(None, use_errno=True)
        if libc.syscall(ctypes.c_long(number), ctypes.c_long(17), *[ctypes.c_long(0)] * 4) == 0:
            os._exit(0)
        return ctypes.get_errno()

    assert ground.attempt(attempt, syscalls.CHECKED[native]["clone"]).value == errno.EPERM


def test_threads_are_under_the_filter_as_well(ground: Ground) -> None:
    """A thread that starts after the lockdown is refused the same."""

    def attempt():
        import socket
        import threading

        refusals = []

        def connect():
            try:
                socket.socket()
            except PermissionError as error:
                refusals.append(error.errno)

        thread = threading.Thread(target=connect)
        thread.start()
        thread.join()
        return refusals

    assert ground.attempt(attempt).value == [errno.EPERM]
