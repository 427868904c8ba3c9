"""A stand-in for GitHub: its API on a local port, over bare repositories. It answers and fails as GitHub does."""

from __future__ import annotations

import json
import re
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlparse

from tests.github.places import git

BOT = {"login": "github-actions[bot]", "type": "Bot"}


class StandIn:
    """GitHub, as far as our steps use it.

    Attributes:
        url: of the API.
        pulls: open pull requests by (repository, number), in the API's words.
        comments: by (repository, number).
        checks: check runs that were posted.
        failures: (method, part of the path, status, headers), each used once.
        log: (method, path, token) of every request.

    """

    def __init__(self, folder):
        self.folder = folder
        self.pulls, self.comments, self.checks, self.failures, self.log = {}, {}, [], [], []
        self.lost = []  # like failures, but the request works and only its answer is lost
        handler = type("Handler", (_Handler,), {"github": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        often = {"poll_interval": 0.01}  # seconds; as long as `close` waits
        threading.Thread(target=self._server.serve_forever, kwargs=often, daemon=True).start()

    def close(self):
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()

    def bare(self, repository):
        """The bare repository behind a name, made where it does not exist."""
        path = self.folder / f"{repository}.git"
        if not path.exists():
            path.mkdir(parents=True)
            git(path, "init", "--quiet", "--bare")
        return path

    def push(self, fork, branch, repository, number, title="My work"):
        """What GitHub does when a fork is pushed to: the pull request follows its branch. Returns the commit."""
        base = self.bare(repository)
        git(base, "fetch", "--quiet", self.bare(fork), f"+refs/heads/{branch}:refs/pull/{number}/head")
        sha = git(base, "rev-parse", f"refs/pull/{number}/head")
        owner = fork.split("/")[0]
        self.pulls[repository, number] = {
            "number": number,
            "title": title,
            "state": "open",
            "user": {"login": owner},
            "head": {"sha": sha, "ref": branch, "repo": {"full_name": fork, "owner": {"login": owner}}},
            "base": {"sha": git(base, "rev-parse", "main"), "repo": {"full_name": repository}},
        }
        return sha

    def say(self, repository, number, body, user=None):
        """Somebody comments."""
        comments = self.comments.setdefault((repository, number), [])
        number_of_all = sum(map(len, self.comments.values()))
        comments.append({"id": 100 + number_of_all, "body": body, "user": user or BOT, "html_url": "https://x/1"})
        return comments[-1]


class _Handler(BaseHTTPRequestHandler):
    github = None

    def log_message(self, *_):
        """Be quiet."""

    def do_GET(self):
        """Read."""
        self._serve("GET")

    def do_POST(self):
        """Create."""
        self._serve("POST")

    def do_PATCH(self):
        """Change."""
        self._serve("PATCH")

    def _serve(self, method):
        address = urlparse(self.path)
        path, query = unquote(address.path), {key: values[0] for key, values in parse_qs(address.query).items()}
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        self.github.log.append((method, path, self.headers.get("Authorization", "")))
        failure = self._next(self.github.failures, method, path)
        if failure:
            self._answer(failure[2], {"message": "as asked"}, failure[3])
            return
        lost = self._next(self.github.lost, method, path)
        status, answer = self._route(method, path, query, body)
        if lost:
            self._answer(lost[2], {"message": "lost"}, lost[3])
        else:
            self._answer(status, answer)

    @staticmethod
    def _next(kept, method, path):
        found = next((item for item in kept if item[0] == method and item[1] in path), None)
        if found:
            kept.remove(found)
        return found

    def _answer(self, status, answer, headers=()):
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _route(self, method, path, query, body):
        found = re.fullmatch(r"/repos/([^/]+/[^/]+)/(.+)", path)
        if not found:
            return 404, {"message": "Not Found"}
        repository, rest = found.groups()
        for verb, pattern, function in ROUTES:
            match = re.fullmatch(pattern, rest)
            if verb == method and match:
                return function(self.github, repository, query, body, *match.groups())
        return 404, {"message": "Not Found"}


def _pulls(github, repository, query, _):
    found = [pull for (name, _), pull in sorted(github.pulls.items()) if name == repository]
    if "head" in query:
        found = [p for p in found if query["head"] == f"{p['head']['repo']['owner']['login']}:{p['head']['ref']}"]
    return 200, found if query.get("page", "1") == "1" else []


def _pull(github, repository, _, __, number):
    pull = github.pulls.get((repository, int(number)))
    return (200, pull) if pull else (404, {"message": "Not Found"})


def _compare(github, repository, _, __, base, head):
    return 200, {"merge_base_commit": {"sha": git(github.bare(repository), "merge-base", base, head)}, "files": []}


def _tree(github, repository, _, __, sha):
    lines = git(github.bare(repository), "ls-tree", "-r", "-t", "-l", "-z", sha).split("\0")
    entries = []
    for line in filter(None, lines):
        about, path = line.split("\t", 1)
        mode, kind, blob, size = about.split()
        entries.append({"path": path, "mode": mode, "type": kind, "sha": blob})
        if kind == "blob":
            entries[-1]["size"] = int(size)
    return 200, {"sha": sha, "tree": entries, "truncated": False}


def _blob(github, repository, _, __, sha):
    command = ["git", "-C", str(github.bare(repository)), "cat-file", "blob", sha]
    return 200, subprocess.run(command, capture_output=True, check=True).stdout


def _comments(github, repository, query, _, number):
    found = github.comments.get((repository, int(number)), [])
    return 200, found if query.get("page", "1") == "1" else []


def _comment(github, repository, _, body, number):
    if (repository, int(number)) not in github.pulls:
        return 404, {"message": "Not Found"}
    if not body["body"] or len(body["body"]) > 65536:
        return 422, {"message": "Validation Failed"}
    return 201, github.say(repository, int(number), body["body"])


def _edit(github, _, __, body, number):
    for comments in github.comments.values():
        for comment in comments:
            if comment["id"] == int(number):
                comment["body"] = body["body"]
                return 200, comment
    return 404, {"message": "Not Found"}


def _check(github, repository, _, body):
    github.checks.append(body | {"repository": repository})
    return 201, {"id": 1}


ROUTES = [
    ("GET", r"pulls", _pulls),
    ("GET", r"pulls/(\d+)", _pull),
    ("GET", r"compare/([0-9a-f]{40})\.\.\.([0-9a-f]{40})", _compare),
    ("GET", r"git/trees/([0-9a-f]{40})", _tree),
    ("GET", r"git/blobs/([0-9a-f]{40})", _blob),
    ("GET", r"issues/(\d+)/comments", _comments),
    ("POST", r"issues/(\d+)/comments", _comment),
    ("PATCH", r"issues/comments/(\d+)", _edit),
    ("POST", r"check-runs", _check),
]
