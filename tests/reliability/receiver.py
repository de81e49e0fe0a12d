"""The other side of a channel, as a real server in a process of its own; what it saw is the truth.

``python -m tests.reliability.receiver --file seen.jsonl`` prints its address. Like Slack it gives each message a
reference, lets one be begun empty and put in its place later, is asked what it has, and at times says "not now" (429),
fails before it wrote (500) or after it wrote (500 too: the sender cannot know). It never looks for doubles.
"""

import argparse
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Manners:
    """How the receiver behaves; seconds, and shares of the requests that write (0 to 1)."""

    before: float = 0.003
    """Before it writes."""
    after: float = 0.005
    """Between its write and its word: who is killed here has sent, and does not know it."""
    lookup: float = 0.002
    """How long a look-up takes."""
    lag: float = 0.0
    """How old a message must be for a look-up to find it."""
    limited: float = 0.0
    """Share that gets 429."""
    retry_after: float = 1.0
    """What it then says in Retry-After."""
    broken: float = 0.0
    """Share that gets 500 before anything is written."""
    forgotten: float = 0.0
    """Share that is written, and gets 500 all the same."""
    seed: int = 1


@dataclass
class Post:
    """A message as the people of the conversation see it."""

    reference: str
    conversation: str
    at: float
    key: str | None = None
    finished: bool = True


class Seen:
    """Everything that was taken, appended to a file at once."""

    def __init__(self, file: IO[bytes]) -> None:
        self.posts: dict[str, Post] = {}
        self._file = file
        self._lock = threading.Lock()

    def add(self, asked: dict[str, Any], *, finished: bool) -> Post:
        with self._lock:
            post = Post(
                f"{len(self.posts) + 1:06}", str(asked["conversation"]), time.time(), asked.get("key"), finished
            )
            self.posts[post.reference] = post
            self._write("post" if finished else "begin", post, asked)
            return post

    def change(self, post: Post, asked: dict[str, Any], *, finished: bool) -> None:
        with self._lock:
            post.key = asked.get("key") or post.key
            post.finished = post.finished or finished
            self._write("finish" if finished else "show", post, asked)

    def found(self, key: str, conversation: str, after: float, until: float) -> list[Post]:
        """Return the posts with this key, or that have none and were begun in this conversation after a moment."""
        with self._lock:
            return [
                post
                for post in self.posts.values()
                if post.at <= until
                and (post.key == key or (post.key is None and post.conversation == conversation and post.at > after))
            ]

    def _write(self, what: str, post: Post, asked: dict[str, Any]) -> None:
        line = {"at": time.time(), "what": what, "reference": post.reference, **asked}
        self._file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        self._file.flush()


class Handler(BaseHTTPRequestHandler):
    """POST /posts (a whole one), POST /streams (an empty one), PUT /posts/REFERENCE, GET /posts?key=&conversation=."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    seen: Seen
    manners: Manners
    chance: Callable[[], float]

    def do_GET(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        time.sleep(self.manners.lookup)
        if self._refused():
            return
        posts = self.seen.found(
            asked.get("key", ""),
            asked.get("conversation", ""),
            float(asked.get("after", 0)),
            time.time() - self.manners.lag,
        )
        self._say(200, [{"reference": post.reference, "key": post.key} for post in posts])

    def do_POST(self) -> None:
        with self._taken() as asked:
            if asked is not None:
                post = self.seen.add(asked, finished=self.path == "/posts")
                self._written({"reference": post.reference})

    def do_PUT(self) -> None:
        with self._taken() as asked:
            if asked is not None:
                post = self.seen.posts.get(self.path.rpartition("/")[2])
                if post is None:
                    self._say(404, {"error": "no such message"})
                    return
                self.seen.change(post, asked, finished=bool(asked.get("finished", True)))
                self._written({"reference": post.reference})

    @contextmanager
    def _taken(self) -> Iterator[dict[str, Any] | None]:
        """Yield what is asked, None where it was refused already."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if len(body) < int(self.headers["Content-Length"]):
            raise ConnectionResetError("its sender was killed within it")
        time.sleep(self.manners.before)
        yield None if self._refused() else json.loads(body)

    def _refused(self) -> bool:
        drawn = self.chance()
        if drawn < self.manners.limited:
            self._say(429, {"error": "not now"}, {"Retry-After": str(self.manners.retry_after)})
        elif drawn < self.manners.limited + self.manners.broken:
            self._say(500, {"error": "broken"})
        else:
            return False
        return True

    def _written(self, answer: dict[str, Any]) -> None:
        time.sleep(self.manners.after)
        if self.chance() < self.manners.forgotten:
            self._say(500, {"error": "written, and still an error"})
        else:
            self._say(200, answer)

    def _say(self, status: int, answer: Any, headers: dict[str, str] | None = None) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except ConnectionError:  # its sender was killed
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


@contextmanager
def receiving(file: Path, manners: Manners = Manners()) -> Iterator[str]:
    """Take replies while the block runs; yield the address."""
    chance = random.Random(manners.seed).random  # noqa: S311 - it decides who is refused, nothing secret
    with file.open("ab") as lines:
        handler = type(
            "_Handler", (Handler,), {"seen": Seen(lines), "manners": manners, "chance": staticmethod(chance)}
        )
        with Server(("127.0.0.1", 0), handler) as server:
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
            thread.start()
            yield f"http://127.0.0.1:{server.server_address[1]}"
            server.shutdown()
            thread.join()


def main() -> None:
    """Serve until the input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--file", type=Path, required=True)
    for each in fields(Manners):
        parser.add_argument(f"--{each.name.replace('_', '-')}", type=type(each.default), default=each.default)
    chosen = vars(parser.parse_args())
    with receiving(chosen.pop("file"), Manners(**chosen)) as address:
        print(address, flush=True)
        input_ended()


def input_ended() -> None:
    """Wait until whoever started this process closes its input, or ends."""
    import sys

    while sys.stdin.read(1):
        pass


if __name__ == "__main__":
    main()
