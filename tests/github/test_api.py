"""The client: GitHub's real status codes, and when to wait, to try again, or to give up."""

import time

import pytest

from course_lib.github.api import ATTEMPTS, MAX_PAUSE, ApiError, GitHub
from course_lib.github.plan import Target
from course_lib.github.sticky import MARK, write_comment
from course_lib.github.surroundings import BOT

PATH = "/repos/intro/mini/pulls/1"
TARGET = Target("intro/mini", 1, "0" * 40, "ada", ())


@pytest.fixture
def pauses():
    """How long the client wanted to wait."""
    return []


@pytest.fixture
def client(github, pauses):
    """A client of the stand-in that never really waits."""
    github.pulls["intro/mini", 1] = {"number": 1}
    with GitHub(github.url, "secret", pauses.append) as client:
        yield client


@pytest.mark.parametrize(
    ("answer", "pause"),
    [
        ((403, {"Retry-After": "7"}), 7.0),
        ((429, {"Retry-After": "3"}), 3.0),
        ((429, {}), 2.0),
        ((500, {}), 2.0),
        ((502, {}), 2.0),
        ((503, {}), 2.0),
    ],
)
def test_what_passes_is_waited_for(github, client, pauses, answer, pause):
    """Rate limits for as long as GitHub says, broken servers a little longer each time."""
    github.failures.append(("GET", PATH, *answer))

    assert client.get(PATH) == {"number": 1}
    assert pauses == [pause]


def test_the_hourly_limit_is_waited_for_until_its_reset(github, client, pauses):
    """Where that is soon."""
    reset = str(int(time.time()) + 20)
    github.failures.append(("GET", PATH, 403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}))

    client.get(PATH)

    assert 15 < pauses[0] < 23


def test_a_long_wait_is_left_to_the_next_run(github, client, pauses):
    """A job that sleeps for an hour costs more than it brings."""
    github.failures.append(("GET", PATH, 429, {"Retry-After": str(int(MAX_PAUSE) + 1)}))

    with pytest.raises(ApiError, match="429"):
        client.get(PATH)

    assert pauses == []


@pytest.mark.parametrize("status", [401, 403, 404, 422])
def test_a_refusal_is_final(github, client, pauses, status):
    """Asking again would not help; the message says what was asked and what GitHub said."""
    github.failures.append(("GET", PATH, status, {}))

    with pytest.raises(ApiError, match=f"GET {PATH}: {status} as asked") as caught:
        client.get(PATH)

    assert caught.value.status == status
    assert pauses == []


def test_trying_ends(github, client, pauses):
    """With longer and longer pauses, then an error."""
    github.failures += [("GET", PATH, 500, {})] * ATTEMPTS

    with pytest.raises(ApiError, match="500"):
        client.get(PATH)

    assert pauses == [2.0, 4.0, 8.0, 16.0]


def test_no_answer_is_an_error_of_ours(pauses):
    """Nobody listens there."""
    with GitHub("http://127.0.0.1:1", "", pauses.append) as client, pytest.raises(ApiError, match="did not answer"):
        client.get(PATH)

    assert len(pauses) == ATTEMPTS - 1


def test_a_comment_whose_answer_was_lost_is_not_written_twice(github, client):
    """GitHub broke after it had done what was asked: the next try finds the comment and changes it."""
    github.lost.append(("POST", "comments", 502, {}))

    write_comment(client, TARGET, f"{MARK}\none", BOT)

    (comment,) = github.comments["intro/mini", 1]
    assert comment["body"] == f"{MARK}\none"


def test_a_comment_that_vanished_is_written_anew(github, client):
    """Somebody deleted it between looking and changing."""
    github.say("intro/mini", 1, f"{MARK}\nold")
    github.failures.append(("PATCH", "comments", 404, {}))

    write_comment(client, TARGET, f"{MARK}\nnew", BOT)

    assert github.comments["intro/mini", 1][0]["body"] == f"{MARK}\nnew"


def test_a_comment_that_github_refuses_is_an_error(github, client):
    """422 is final: nothing is tried again."""
    github.failures.append(("POST", "comments", 422, {}))

    with pytest.raises(ApiError, match="422"):
        write_comment(client, TARGET, "x", BOT)

    assert [method for method, _, _ in github.log].count("POST") == 1


def test_the_token_goes_with_every_request_and_into_no_message(github, client):
    """Whatever goes wrong."""
    github.failures.append(("GET", PATH, 404, {}))

    with pytest.raises(ApiError) as caught:
        client.get(PATH)

    assert {token for _, _, token in github.log} == {"Bearer secret"}
    assert "secret" not in str(caught.value)
