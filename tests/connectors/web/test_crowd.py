"""Many people at once, and people who leave: a real server with a model that is held in the test's hands."""

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

import pytest

from bot.llm import Chunk, Prompt
from bot.messages import Tokens
from tests.samples import BotMaker
from tests.servers.dapbot import Site
from tests.servers.web import served

QUESTION = '{"question": "배송비는 얼마인가요?"}'.encode()
JSON = {"Content-Type": "application/json"}
STREAM = {**JSON, "Accept": "text/event-stream"}


class Held:
    """A model that answers when it is let; it counts who waits for it and who has gone."""

    name = "held:model"

    def __init__(self) -> None:
        self.go = threading.Event()
        self.waiting = threading.Semaphore(0)
        self.pieces = 0
        self.left = threading.Event()

    def stream(self, _prompt: Prompt) -> Iterator[Chunk]:
        self.waiting.release()
        try:
            while not self.go.wait(0.01):
                self.pieces += 1
                yield Chunk("배송비는 3,000원입니다. [1] ")
        finally:
            self.left.set()

    def warm(self) -> None:
        """There is nothing to load."""

    def cost(self, tokens: Tokens) -> float | None:
        return 0.0 * tokens.output


class Silent(Held):
    """A model that says nothing until it is let."""

    def stream(self, _prompt: Prompt) -> Iterator[Chunk]:
        self.waiting.release()
        self.go.wait(20)
        yield Chunk("배송비는 3,000원이며 50,000원 이상 주문하시면 무료입니다. [1]")


@pytest.fixture
def held(make_bot: BotMaker) -> Iterator[tuple[Site, Held]]:
    model = Held()
    with served(make_bot(model)) as site:
        yield site, model
        model.go.set()


def test_twenty_streams_and_twenty_waiting_answers_starve_no_page(make_bot: BotMaker) -> None:
    model = Silent()
    with served(make_bot(model)) as site, ThreadPoolExecutor(60) as people:
        asked = [people.submit(site.call, "POST", "/api/v1/ask", QUESTION, h) for h in [STREAM, JSON] * 20]
        for _ in asked:
            assert model.waiting.acquire(timeout=30)
        for path in ("/", "/documents", "/health", "/api/v1/knowledge", "/api/docs"):
            assert site.call("GET", path).status == 200  # while all of them wait
        assert not any(each.done() for each in asked)
        model.go.set()
        answers = [each.result(30) for each in asked]
    assert all(answer.status == 200 for answer in answers)
    assert answers[0].events[-1][1]["answered"]
    assert answers[1].json["answered"]


def test_the_model_stops_when_the_reader_hangs_up(held: tuple[Site, Held]) -> None:
    site, model = held
    connection = HTTPConnection(site.host, site.port, timeout=20)
    connection.request("POST", "/api/v1/ask", QUESTION, STREAM)
    response = connection.getresponse()
    while b"event: text" not in response.readline():
        pass
    assert not model.left.is_set()
    response.close()
    connection.close()
    assert model.left.wait(10)


def test_a_stream_says_at_once_what_is_being_done(make_bot: BotMaker) -> None:
    model = Silent()
    with served(make_bot(model)) as site:
        with socket.create_connection((site.host, site.port), timeout=20) as line:
            head = f"POST /api/v1/ask HTTP/1.1\r\nHost: {site.host}:{site.port}\r\nContent-Length: {len(QUESTION)}\r\n"
            line.sendall(
                head.encode() + b"Content-Type: application/json\r\nAccept: text/event-stream\r\n\r\n" + QUESTION
            )
            received = b""
            while b"event: status" not in received:
                received += line.recv(1000)
        model.go.set()
    assert b"event: text" not in received
