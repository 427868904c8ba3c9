"""Which sandbox a machine offers, and what is said about it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from course_lib.grading.sandbox import bubblewrap, macos, tiers
from course_lib.grading.sandbox.policy import LIBRARY, Policy, PolicyError, default_policy
from course_lib.grading.sandbox.promises import PROMISES, gaps

posix = pytest.mark.skipif(sys.platform == "win32", reason="no sandbox on Windows")
linux = pytest.mark.skipif(sys.platform != "linux", reason="a layer of Linux")


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    """A policy at T2."""
    return default_policy(tmp_path / "scratch", "T2")


# --- probing ----------------------------------------------------------------------------------------------------------


def test_the_best_tier_is_found_by_trying() -> None:
    """The tier that is found has put on layers, or is T0 and says why nothing better is."""
    tier = tiers.probe()

    assert tier.promise == PROMISES[tier.name]
    assert tier.layers or (tier.name == "T0" and (tier.gaps or sys.platform == "win32"))


@linux
def test_linux_with_landlock_offers_t2_without_root() -> None:
    """Landlock and the filter need no root and no Docker."""
    from course_lib.grading.sandbox import landlock, seccomp  # noqa: PLC0415 - Linux only

    if not landlock.abi() or seccomp.machine() is None:
        pytest.skip("this kernel has no Landlock, or this machine has no table of system calls")

    assert tiers.probe("T2").name == "T2"


def test_a_lower_tier_can_be_asked_for() -> None:
    """T0 is always there, for the attacks that are run at every tier."""
    assert tiers.probe("T0").name == "T0"
    assert [tier.name for tier in tiers.available()][-1] == "T0"


@linux
def test_a_broken_layer_lowers_the_tier(monkeypatch: pytest.MonkeyPatch) -> None:
    """A trial that finds a hole refuses the tier, with the hole in a sentence."""
    program = 'print(\'{"layers": ["seccomp"], "failed": ["it could open a socket"]}\')'
    monkeypatch.setattr(
        tiers, "_start", lambda _name, scratch: (default_policy(scratch), [sys.executable, "-c", program])
    )
    tiers._try.cache_clear()

    tier = tiers.probe()
    tiers._try.cache_clear()

    assert tier.name == "T0"
    assert "- T2 is not available: it could open a socket." in tier.describe().splitlines()


@linux
def test_a_trial_that_crashes_lowers_the_tier(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the trial wrote before it crashed is the reason."""
    command = [sys.executable, "-c", "raise SystemExit('no such layer')"]
    monkeypatch.setattr(tiers, "_start", lambda _name, scratch: (default_policy(scratch), command))
    tiers._try.cache_clear()

    tier = tiers.probe("T2")
    tiers._try.cache_clear()

    assert "- T2 is not available: no such layer." in tier.describe().splitlines()


# --- comparing --------------------------------------------------------------------------------------------------------


def test_tiers_have_an_order() -> None:
    """Each tier is at least itself and everything weaker."""
    names = ["T0", "T1m", "T1", "T2", "T3"]

    assert [[tiers.at_least(a, b) for b in names] for a in names] == [
        [i >= j for j in range(len(names))] for i in range(len(names))
    ]


def test_an_unknown_tier_is_an_error() -> None:
    """A misspelt `--require-tier` says which ones there are."""
    with pytest.raises(ValueError, match=r"unknown tier 'T5': one of T0, T1m, T1, T2, T3 is expected"):
        tiers.at_least("T2", "T5")


def test_a_tier_that_is_too_weak_is_refused_with_its_gaps() -> None:
    """The message says what is missing and which option lowers the demand."""
    weak = tiers.Tier("T1", PROMISES["T1"], ("seccomp",), gaps("T1", ("seccomp",), 0))

    with pytest.raises(
        tiers.TierError, match=r"(?s)marks need the sandbox T2.*offers T1.*chmod 700.*--require-tier T1"
    ):
        tiers.require(weak, "T2")
    tiers.require(weak, "T1")


# --- sentences --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("abi", "missing"),
    [(1, ["truncate", "TCP", "signals"]), (3, ["TCP", "signals"]), (5, ["signals"]), (6, []), (9, [])],
)
def test_an_old_landlock_is_named_for_what_it_lacks(abi: int, missing: list[str]) -> None:
    """Each thing that this kernel's Landlock does not see has its sentence."""
    sentences = [gap.sentence for gap in gaps("T2", ("landlock", "uid"), abi) if gap.layer == "landlock"]

    assert len(sentences) == len(missing)
    assert all(word in sentence for word, sentence in zip(missing, sentences, strict=True))


def test_a_shared_user_and_a_private_python_are_named() -> None:
    """Each weaker uid has a sentence that says what is weaker."""
    shared = gaps("T2", ("landlock",), 6)
    private = gaps("T2", ("landlock", "uid", "reads_all_owners"), 6)

    assert "runs as the user who grades" in shared[0].sentence
    assert "Landlock alone confines it" in private[0].sentence


# --- bubblewrap -------------------------------------------------------------------------------------------------------


@linux
def test_bubblewrap_binds_what_may_be_read_and_nothing_else(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every source is a path of the policy; scratch is memory of a fixed size."""
    monkeypatch.setattr(bubblewrap, "executable", lambda: "/usr/bin/bwrap")

    argv = bubblewrap.bubblewrap_argv(policy, ["python", "-m", "zygote"])

    bound = [argv[i + 1] for i, word in enumerate(argv) if word == "--ro-bind-try"]
    assert set(bound) <= set(policy.read)
    assert str(LIBRARY) in bound
    assert str(LIBRARY.parent) not in bound
    assert argv[argv.index("--size") + 1 : argv.index("--size") + 4] == [
        str(policy.disk_bytes),
        "--tmpfs",
        policy.scratch,
    ]
    assert argv[-4:] == ["--", "python", "-m", "zygote"]
    assert "--unshare-net" in argv
    assert "--unshare-pid" in argv


@linux
def test_a_missing_bubblewrap_says_how_to_get_it(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    """T3 needs one package, which the message names."""
    monkeypatch.setattr(bubblewrap, "executable", lambda: None)

    with pytest.raises(FileNotFoundError, match="apt install bubblewrap"):
        bubblewrap.bubblewrap_argv(policy, ["python"])


# --- macOS ------------------------------------------------------------------------------------------------------------


@posix
def test_the_macos_profile_denies_by_default(policy: Policy) -> None:
    """Everything is refused that is not named, and network and new processes are refused last."""
    lines = macos.profile(policy).splitlines()

    assert lines[:2] == ["(version 1)", "(deny default)"]
    assert lines[-2:] == ["(deny process-fork)", "(deny network*)"]


@posix
def test_the_macos_profile_names_folders_by_their_real_path(tmp_path: Path, policy: Policy) -> None:
    """The kernel compares paths after following links."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    linked = Policy.from_json({**policy.to_json(), "write": [str(tmp_path / "link")]})

    text = macos.profile(linked)

    writable = re.search(r"\(allow file-read\* file-write\*\n(.*?)\)\n;", text, re.DOTALL)
    assert writable is not None
    assert writable[1].strip() == f'(subpath "{tmp_path.resolve() / "real"}")'


@posix
def test_the_macos_profile_is_balanced_and_quotes_paths(tmp_path: Path, policy: Policy) -> None:
    """A folder with quotes in its name cannot add a rule."""
    odd = Policy.from_json({**policy.to_json(), "write": [str(tmp_path / 'a") (allow default) ("')]})

    text = macos.profile(odd)

    assert '/a\\") (allow default) (\\"")' in text
    outside = re.sub(r'"(?:\\.|[^"\\])*"', "", text)
    assert outside.count("(") == outside.count(")")
    assert "allow default" not in outside


@posix
def test_the_macos_profile_refuses_unprintable_paths(tmp_path: Path, policy: Policy) -> None:
    """A newline in a path could end a comment; such a folder has to be renamed."""
    odd = Policy.from_json({**policy.to_json(), "write": [f"{tmp_path}/a\nb"]})

    with pytest.raises(ValueError, match="rename the folder"):
        macos.sandbox_argv(odd, ["python"])


# --- policies ---------------------------------------------------------------------------------------------------------


@posix
def test_a_policy_survives_json(policy: Policy) -> None:
    """What the zygote receives equals what the judge sent."""
    import json  # noqa: PLC0415 - one test's tool

    assert Policy.from_json(json.loads(json.dumps(policy.to_json()))) == policy


@posix
def test_a_policy_reads_course_lib_and_not_the_checkout(policy: Policy) -> None:
    """The checkout is on `sys.path` in an editable install, and may hold the virtual environment; it stays closed."""
    assert str(LIBRARY) in policy.read
    assert not any(LIBRARY.parent.is_relative_to(path) for path in policy.read)


@posix
def test_a_policy_that_opens_the_suites_is_refused(tmp_path: Path) -> None:
    """A folder above hidden suites cannot be made readable by mistake."""
    if not (LIBRARY.parent / "autograder").exists():
        pytest.skip("a student's checkout has no hidden suites")

    with pytest.raises(PolicyError, match=r"autograder lies in it.*pip install --editable"):
        default_policy(tmp_path, "T2", read_also=(str(LIBRARY.parent),))


@posix
def test_an_unknown_tier_has_no_policy(tmp_path: Path) -> None:
    """A policy says which tiers there are."""
    with pytest.raises(PolicyError, match="unknown tier 'T9': one of T0, T1m, T1, T2, T3 is expected"):
        default_policy(tmp_path, "T9")


@linux
def test_workers_have_uids_of_their_own(tmp_path: Path) -> None:
    """Two workers never share a uid that root gave them, so that neither counts towards the other's limits."""
    first, second = (default_policy(tmp_path / name, "T2") for name in "ab")
    if first.uid is None:
        pytest.skip("only root can give a worker a uid of its own")

    assert first.uid != second.uid
    assert first.uid == first.gid
