"""The bot behind a server's address, asked over real HTTP."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.errors import DataError, UserError
from bot.messages import Message, Nearest, Reply, Source, Tokens, answer_line
from connectors.cli.remote import RemoteBot, reply_from

REPLY = Reply(
    "a1",
    "c1",
    "7일 안에 됩니다.",
    True,
    0.75,
    "answer",
    "ko",
    sources=(Source("faq.csv", "K09", 2, "반품", 3, 0.5, "7일"),),
    nearest=(Nearest("K10", "배송비는요?"),),
    checks="partly",
    model="openai:x",
    tokens=Tokens(3, 4),
    cost_usd=None,
    latency_ms=12.5,
    extract=True,
    notice="느려요",
    error="stopped",
)


class Server(ThreadingHTTPServer):
    """Answers every request with ``answer`` and keeps what it was sent."""

    answer: tuple[int, str, bytes] = (200, "application/json", b"{}")

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[tuple[str, dict[str, str], Any]] = []

    @property
    def bot(self) -> RemoteBot:
        return RemoteBot(f"http://127.0.0.1:{self.server_port}/", "secret", "ko")

    def will_say(self, line: dict[str, Any], status: int = 200) -> None:
        self.answer = (status, "application/json", json.dumps(line).encode())


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}, json.loads(body)))
        status, kind, content = self.server.answer
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running
        running.shutdown()


def test_a_reply_survives_the_journey(server: Server) -> None:
    assert reply_from(json.loads(json.dumps(answer_line(REPLY)))) == REPLY
    plain = replace(REPLY, notice=None, error=None, sources=(), nearest=())
    server.will_say(answer_line(plain))
    assert server.bot.ask(Message("반품은요?", "terminal")) == plain


def test_what_is_sent(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    server.will_say(answer_line(REPLY))
    message = Message("q", "terminal", conversation="c", person="p", audience=frozenset({"b", "a"}), language="ko")
    server.bot.ask(message, record=False)
    server.bot.ask(Message("q", "terminal"))
    path, headers, body = server.requests[0]
    assert path == "/api/v1/ask"
    assert headers["authorization"] == "Bearer secret"
    assert headers["accept-language"] == "ko"
    assert body == {
        "question": "q", "conversation": "c", "person": "p", "audience": ["a", "b"], "language": "ko",
        "channel": "terminal", "record": False,
    }  # fmt: skip
    assert server.requests[1][2] == {"question": "q", "channel": "terminal"}


def test_events_as_they_come(server: Server) -> None:
    source = answer_line(REPLY)["sources"][0]
    events = [
        ("status", {"text": "찾는 중"}),
        ("sources", {"sources": [source]}),
        ("text", {"text": "7일 안에\n됩니다."}),
        ("done", answer_line(REPLY)),
    ]
    parts = [f"event: {kind}\r\ndata: {json.dumps(data)}\r\n\r\n" for kind, data in events]
    server.answer = (200, "text/event-stream", (": ping\r\n\r\n" + "".join(parts)).encode())
    kinds = {event.kind: event for event in server.bot.stream(Message("q", "terminal"))}
    assert list(kinds) == ["status", "sources", "text", "done"]
    assert kinds["status"].text == "찾는 중"
    assert kinds["sources"].sources == REPLY.sources
    assert kinds["text"].text == "7일 안에\n됩니다."
    assert kinds["done"].reply == REPLY
    assert server.requests[0][1]["accept"] == "text/event-stream"


@pytest.mark.parametrize(
    ("body", "said"), [(b'{"error": "no such thing"}', "no such thing"), (b"<html>", "HTTP 403"), (b"[1]", "HTTP 403")]
)
def test_a_refusal_is_said_in_the_servers_words(server: Server, body: bytes, said: str) -> None:
    server.answer = (403, "application/json", body)
    with pytest.raises(UserError, match=said):
        server.bot.ask(Message("q", "terminal"))


def test_a_server_that_is_gone_is_said() -> None:
    with Server() as gone:
        bot = gone.bot
    with pytest.raises(DataError, match=r"127\.0\.0\.1"):
        bot.ask(Message("q", "terminal"))


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"answer": 1}'])
def test_an_answer_that_is_none_is_said(server: Server, body: bytes) -> None:
    server.answer = (200, "application/json", body)
    with pytest.raises(DataError):
        server.bot.ask(Message("q", "terminal"))


@pytest.mark.parametrize(
    "body", [b"", b"event: text\ndata: {}\n\n", b'event: text\ndata: {"text": "half"}\n\n', b"event: text\ndata: {"]
)
def test_a_stream_that_breaks_off_is_said(server: Server, body: bytes) -> None:
    server.answer = (200, "text/event-stream", body)
    with pytest.raises(DataError):
        list(server.bot.stream(Message("q", "terminal")))
