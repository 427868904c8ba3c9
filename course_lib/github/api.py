"""GitHub's REST API: one client that waits where GitHub says so and tries again where that helps."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import TracebackType
from typing import Any, Self

import httpx

VERSION = "2022-11-28"
JSON, RAW = "application/vnd.github+json", "application/vnd.github.raw+json"
ATTEMPTS = 5
MAX_PAUSE = 300.0  # seconds; a job that waits longer costs more than the next sweep
MAX_PAGES = 50
SECONDS = 30.0  # for one answer
BROKEN = frozenset({500, 502, 503, 504})
LIMITED = frozenset({403, 429})


class ApiError(Exception):
    """GitHub refused, or could not be reached; `status` is 0 where there was no answer."""

    def __init__(self, status: int, message: str):
        super().__init__(message)
        self.status = status


@cache
def _trust() -> ssl.SSLContext:
    """Return which certificates to believe, read once: that takes longer than most questions."""
    return httpx.create_ssl_context()


class GitHub:
    """A client for one token. Close it, or use it as a context manager.

    Args:
        url: of the API, such as https://api.github.com.
        token: sent with every request; empty for none.
        sleep: waits; tests replace it.

    """

    def __init__(self, url: str, token: str, sleep: Callable[[float], None] = time.sleep):
        headers = {"Accept": JSON, "X-GitHub-Api-Version": VERSION, "User-Agent": "course"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self._client = httpx.Client(base_url=url, headers=headers, timeout=SECONDS, verify=_trust())
        self._sleep = sleep

    def __enter__(self) -> Self:
        """Return the client itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the connection."""
        self._client.close()

    def get(self, path: str, **parameters: str | int) -> Any:
        """Return the JSON that a path holds.

        Raises:
            ApiError: there is none; the message names path and reason.

        """
        return self._send("GET", path, params=parameters).json()

    def pages(self, path: str, **parameters: str | int) -> Iterator[Any]:
        """Yield the items of a list, page after page."""
        for page in range(1, MAX_PAGES + 1):
            items = self.get(path, per_page=100, page=page, **parameters)
            yield from items
            if len(items) < 100:  # noqa: PLR2004 - what was asked for
                return

    def raw(self, path: str, limit: int) -> bytes:
        """Return the bytes of a blob, at most `limit`.

        Raises:
            ApiError: it is larger, or it is not there.

        """
        content = self._send("GET", path, headers={"Accept": RAW}).content
        if len(content) > limit:
            raise ApiError(0, f"{path} holds more than {limit} bytes.")
        return content

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Create something. An answer that never came may mean that it was created, so nothing is sent twice."""
        return self._send("POST", path, json=body).json()

    def patch(self, path: str, body: Mapping[str, Any]) -> Any:
        """Change something."""
        return self._send("PATCH", path, json=body).json()

    def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        for attempt in range(1, ATTEMPTS + 1):
            response, pause = self._try(method, path, 2.0**attempt, more)
            if pause is None or attempt == ATTEMPTS:
                break
            self._sleep(pause)
        if response is None:
            raise ApiError(0, f"{method} {path}: GitHub did not answer. Run this again.")
        if not response.is_success:
            raise ApiError(response.status_code, f"{method} {path}: {response.status_code} {_reason(response)}")
        return response

    def _try(
        self, method: str, path: str, backoff: float, more: dict[str, Any]
    ) -> tuple[httpx.Response | None, float | None]:
        """Send once; return the answer, and how long to wait before another try, or None where none would help."""
        try:
            response = self._client.request(method, path, **more)
        except httpx.TransportError:
            return None, None if method == "POST" else backoff
        if response.status_code in LIMITED:
            return response, _asked_pause(response, backoff)
        broken = response.status_code in BROKEN and method != "POST"
        return response, backoff if broken else None


def _asked_pause(response: httpx.Response, backoff: float) -> float | None:
    """Return how long GitHub asks to wait; None for a plain refusal, or where the wait is too long."""
    headers = response.headers
    pause = None
    if headers.get("retry-after", "").isdigit():
        pause = float(headers["retry-after"])
    elif headers.get("x-ratelimit-remaining") == "0" and headers.get("x-ratelimit-reset", "").isdigit():
        pause = max(float(headers["x-ratelimit-reset"]) - time.time(), 0.0) + 1.0
    elif response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        pause = backoff
    return pause if pause is not None and pause <= MAX_PAUSE else None


def _reason(response: httpx.Response) -> str:
    try:
        return str(response.json()["message"])[:300]
    except (ValueError, KeyError, TypeError):
        return response.reason_phrase
