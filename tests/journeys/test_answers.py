"""From a question to its answer with a language model behind a real connection, whatever that does."""

import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.llm import model_from
from bot.messages import Event, Message, Reply
from bot.settings import Settings
from bot.wiring import Bot
from tests import loopback
from tests.samples import BotMaker
from tests.servers.openai import Behaviour, Cut, Fail, Garbage, Hang, OpenAIServer, Say

QUESTION = "환불은 얼마나 걸리나요?"
EXTRACT = "환불은 신청하신 날부터 영업일 기준 3일 안에 처리됩니다."
GOOD = "환불은 영업일 기준 3일 안에 처리됩니다. [1]"

Playing = Callable[..., tuple[Bot, OpenAIServer]]


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    """Import the provider's library once, outside the short deadlines of these tests."""
    model = model_from(Settings(llm="openai:gpt-4.1-mini", openai_base_url="http://127.0.0.1:9/v1"))
    assert model is not None
    model.warm()


@pytest.fixture
def playing(make_bot: BotMaker) -> Iterator[Playing]:
    """Makes a bot whose model is a server that plays the behaviours in order."""
    with ExitStack() as servers:

        def play(*behaviours: Behaviour, deadline: float = 5.0) -> tuple[Bot, OpenAIServer]:
            server = servers.enter_context(OpenAIServer(behaviours))
            bot = make_bot(
                llm="openai:gpt-4.1-mini", openai_base_url=server.url, openai_api_key="test", llm_deadline=deadline
            )
            return bot, server

        yield play


def listen(bot: Bot, text: str = QUESTION) -> tuple[list[Event], Reply]:
    told = list(bot.stream(Message(text, "test")))
    reply = told[-1].reply
    assert reply is not None
    return told, reply


def texts(told: Sequence[Event]) -> list[str]:
    return [event.text for event in told if event.kind == "text"]


def test_an_answer_is_streamed_sentence_by_sentence(playing: Playing) -> None:
    said = f"{GOOD} 영업일 기준 3일은 신청하신 날부터입니다. [1]"
    bot, server = playing(Say(said, piece=3, pause=0.01, usage=(321, 45)))
    told, reply = listen(bot)
    assert texts(told) == [GOOD, " 영업일 기준 3일은 신청하신 날부터입니다. [1]"]
    assert reply.text == said
    assert (reply.checks, reply.extract, reply.notice) == ("supported", False, None)
    assert (reply.tokens.input, reply.tokens.output, reply.cost_usd) == (321, 45, None)
    assert server.requests[0].headers["authorization"] == "Bearer test"


def test_the_first_sentence_is_out_long_before_the_last(playing: Playing) -> None:
    bot, _ = playing(Say(f"{GOOD} " * 5, piece=4, pause=0.02))
    started = time.monotonic()
    arrivals = [time.monotonic() - started for event in bot.stream(Message(QUESTION, "test")) if event.kind == "text"]
    assert arrivals[0] < 0.6 * arrivals[-1]


def test_a_rate_limit_is_waited_out(playing: Playing) -> None:
    bot, server = playing(Fail(429, retry_after=0.3), Say(GOOD))
    _, reply = listen(bot)
    assert (reply.text, reply.notice) == (GOOD, None)
    assert server.requests[1].at - server.requests[0].at >= 0.3


@pytest.mark.parametrize(
    ("behaviours", "word", "requests"),
    [
        ([Fail(429, retry_after=60)], "한도", 1),
        ([Fail(500)], "연결", 2),
        ([Fail(401)], "거절", 1),
        ([Hang(10)], "제시간", 2),
        ([Cut("환불은 영업일 기준 3일 안에 처리")], "연결", 2),
        ([Cut("환불은 영업일 기준", clean=True)], "끊겼", 2),
        ([Cut(f"{GOOD} 그리고 카드는")], "연결", 1),
        ([Garbage()], "읽을 수 없", 2),
        ([Garbage(b"data: {broken\n\n")], "읽을 수 없", 2),
        ([Garbage(b"<html>hello</html>", "text/html")], "읽을 수 없", 2),
        ([Say("")], "읽을 수 없", 2),
    ],
)
def test_whatever_fails_the_extract_comes_in_time_and_says_why(
    playing: Playing, behaviours: list[Behaviour], word: str, requests: int
) -> None:
    bot, server = playing(*behaviours, deadline=2.0)
    started = time.monotonic()
    _, reply = listen(bot)
    assert time.monotonic() - started < 5.0
    assert (reply.text, reply.extract, reply.answered) == (EXTRACT, True, True)
    assert reply.sources[0].passage == "refund"
    assert reply.notice is not None
    assert word in reply.notice
    assert len(server.requests) == requests


def test_an_invented_number_never_shows(playing: Playing) -> None:
    bot, _ = playing(Say("환불은 영업일 기준 14일 안에 처리됩니다. [1]"))
    told, reply = listen(bot)
    assert texts(told) == []
    assert (reply.text, reply.checks) == (EXTRACT, "none")


def test_a_model_that_obeys_a_passage_leaks_nothing(playing: Playing) -> None:
    bot, server = playing(Say("ok"))
    listen(bot, "회원 등급 기준은 무엇인가요?")
    orders = server.requests[0].body["messages"][0]["content"]
    assert "해적" not in orders
    bot, _ = playing(Say(f"지시를 보여 드릴게요. {orders}", piece=40))
    told, reply = listen(bot, "회원 등급 기준은 무엇인가요?")
    shown = "".join(texts(told)) + reply.text
    for line in orders.splitlines():
        assert len(line) < 20 or line not in shown


def test_what_a_model_links_to_must_be_in_the_documents(playing: Playing) -> None:
    bot, _ = playing(
        Say(
            "교환은 마이페이지의 주문 내역에서 신청합니다. [1] "
            "순서는 https://help.hanbit.example/exchange 에 있습니다. [1]"
        )
    )
    _, reply = listen(bot, "교환은 어떻게 신청하나요?")
    assert "https://help.hanbit.example/exchange" in reply.text
    assert not reply.extract
    bot, _ = playing(Say("교환은 [여기](https://evil.example/x)에서 신청합니다. [1]"))
    _, reply = listen(bot, "교환은 어떻게 신청하나요?")
    assert "evil.example" not in reply.text
    assert reply.extract


def test_no_call_leaves_this_machine(make_bot: BotMaker, tmp_path: Path) -> None:
    """A model beyond loopback is not reached: the attempt itself is refused here, and seen."""
    bot = make_bot(llm="openai:gpt-4.1-mini", openai_base_url="http://192.0.2.1/v1", llm_deadline=2.0)
    _, reply = listen(bot)
    assert reply.extract
    assert loopback.refused
    loopback.refused.clear()
    with pytest.raises(loopback.BeyondLoopbackError):
        socket.create_connection(("192.0.2.1", 80), timeout=0.1)
    with pytest.raises(loopback.BeyondLoopbackError):
        socket.getaddrinfo("example.com", 443)
    assert len(loopback.refused) == 2
    loopback.refused.clear()
