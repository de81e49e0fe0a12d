"""A loopback server that speaks the OpenAI chat completions protocol, and can fail in every way a real one does.

with OpenAIServer([Fail(429, retry_after=1), Say("환불은 3일 걸립니다. [1]")]) as server:
    settings = Settings(llm="openai:gpt-4.1-mini", openai_base_url=server.url, ...)
    ...
server.requests[0].body["messages"]
"""

import json
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True)
class Say:
    """A whole answer, in pieces of ``piece`` characters, ``pause`` seconds apart, the first after ``wait``.

    Of the tokens read (``usage[0]``), ``cached`` came from the provider's cache and ``stored`` went to it.
    """

    text: str
    piece: int = 5
    pause: float = 0.0
    wait: float = 0.0
    usage: tuple[int, int] = (120, 30)
    finish: str = "stop"
    cached: int = 0
    stored: int = 0


@dataclass(frozen=True)
class Fail:
    """An HTTP error in OpenAI's form; ``retry_after`` in seconds as a header."""

    status: int
    retry_after: float | str | None = None
    message: str = "the server says no"


@dataclass(frozen=True)
class Hang:
    """Accepts the request and says nothing for ``seconds``."""

    seconds: float = 5.0


@dataclass(frozen=True)
class Cut:
    """Sends ``text`` piece by piece and drops the line; ``clean``: ends the stream politely, without a reason."""

    text: str
    clean: bool = False
    piece: int = 5


@dataclass(frozen=True)
class Garbage:
    """Answers 200 with ``body``, whatever that is."""

    body: bytes = b"{not json"
    kind: str = "text/event-stream"


Behaviour = Say | Fail | Hang | Cut | Garbage


@dataclass(frozen=True)
class Received:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    at: float = field(default_factory=time.monotonic)


class OpenAIServer:
    """Plays the behaviours in order; the last one stands for all further requests."""

    def __init__(self, behaviours: Iterable[Behaviour] = (Say("안녕하세요. [1]"),)) -> None:
        self.requests: list[Received] = []
        self.most_at_once = 0
        self._now = 0
        self._behaviours = deque(behaviours)
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                outer.answer(self)

            def handle(self) -> None:
                with suppress(ConnectionError):  # a client that gave up resets the line between two requests
                    super().handle()

            def log_message(self, *_: object) -> None:
                """Keep the tests' output clean."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def play(self, *behaviours: Behaviour) -> None:
        """Play these from now on, and forget what was asked before."""
        with self._lock:
            self.requests.clear()
            self._behaviours = deque(behaviours)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stopped.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        with self._lock:
            self.requests.append(
                Received(handler.path, {name.lower(): value for name, value in handler.headers.items()}, body)
            )
            behaviour = self._behaviours.popleft() if len(self._behaviours) > 1 else self._behaviours[0]
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            self._play(handler, behaviour, body)
        except (BrokenPipeError, ConnectionResetError):
            handler.close_connection = True  # the client did not wait
        finally:
            with self._lock:
                self._now -= 1

    def _play(self, handler: BaseHTTPRequestHandler, behaviour: Behaviour, body: dict[str, Any]) -> None:
        if isinstance(behaviour, Hang):
            self._stopped.wait(behaviour.seconds)
            handler.close_connection = True
        elif isinstance(behaviour, Fail):
            said = {"error": {"message": behaviour.message, "type": "error", "code": None}}
            headers = {} if behaviour.retry_after is None else {"Retry-After": str(behaviour.retry_after)}
            send(handler, behaviour.status, json.dumps(said).encode(), "application/json", headers)
        elif isinstance(behaviour, Garbage):
            send(handler, 200, behaviour.body, behaviour.kind)
        elif isinstance(behaviour, Cut):
            send_stream(handler, _events(_chunks(behaviour.text, behaviour.piece, body["model"])), behaviour.clean)
        elif body.get("stream"):
            send_stream(handler, _events(self._spoken(behaviour, body)), clean=True)
        else:
            send(handler, 200, json.dumps(_completion(behaviour, body["model"])).encode(), "application/json")

    def _spoken(self, say: Say, body: dict[str, Any]) -> Iterator[str]:
        self._stopped.wait(say.wait)
        for chunk in _chunks(say.text, say.piece, body["model"]):
            yield chunk
            self._stopped.wait(say.pause)
        yield _chunk({}, body["model"], finish=say.finish)
        if body.get("stream_options", {}).get("include_usage"):
            yield json.dumps({**_head(body["model"], "chat.completion.chunk"), "choices": [], "usage": _usage(say)})
        yield "[DONE]"


def send_stream(
    handler: BaseHTTPRequestHandler, lines: Iterable[str], clean: bool, kind: str = "text/event-stream"
) -> None:
    """Send the lines one by one; ``clean``: and say that they are all."""
    handler.send_response(200)
    handler.send_header("Content-Type", kind)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for line in lines:
        data = line.encode()
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        handler.wfile.flush()
    if clean:
        handler.wfile.write(b"0\r\n\r\n")
    else:
        handler.close_connection = True  # no last chunk: the client sees that the line broke


def send(
    handler: BaseHTTPRequestHandler, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None
) -> None:
    handler.send_response(status)
    for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def _events(chunks: Iterable[str]) -> Iterator[str]:
    return (f"data: {chunk}\n\n" for chunk in chunks)


def _head(model: str, kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": kind, "created": 1_790_000_000, "model": model}


def _usage(say: Say) -> dict[str, Any]:
    read, written = say.usage
    counted = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
    return counted | {"prompt_tokens_details": {"cached_tokens": say.cached}}


def _chunk(delta: dict[str, str], model: str, finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return json.dumps({**_head(model, "chat.completion.chunk"), "choices": [choice]}, ensure_ascii=False)


def _chunks(text: str, piece: int, model: str) -> Iterator[str]:
    yield _chunk({"role": "assistant", "content": ""}, model)
    for start in range(0, len(text), piece):
        yield _chunk({"content": text[start : start + piece]}, model)


def _completion(say: Say, model: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": say.text}
    choice = {"index": 0, "message": message, "finish_reason": say.finish}
    return {**_head(model, "chat.completion"), "choices": [choice], "usage": _usage(say)}
