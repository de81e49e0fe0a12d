"""The model behind LangChain, against a real server on loopback."""

import time
from pathlib import Path

import pytest

from bot.errors import ModelError, SettingsError
from bot.llm import LanguageModel, Prompt, model_from
from bot.llm.deadline import Deadline, asked_whole, hurried
from bot.messages import Tokens
from bot.settings import Settings
from tests.servers.openai import Behaviour, Cut, Fail, Garbage, Hang, OpenAIServer, Say


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    """Import the provider's library once, outside the short deadlines of these tests."""
    model = model_from(Settings(llm="openai:gpt-4.1-mini", openai_base_url="http://127.0.0.1:9/v1"))
    assert model is not None
    model.warm()


PROMPT = Prompt("Answer.", "환불은 얼마나 걸려요?")


def model_at(server: OpenAIServer, deadline: float = 3.0, name: str = "openai:gpt-4.1-mini") -> LanguageModel:
    model = model_from(Settings(llm=name, openai_base_url=server.url, llm_deadline=deadline, data=Path("unused")))
    assert model is not None
    return model


def failure(behaviour: Behaviour, deadline: float = 3.0) -> ModelError:
    with OpenAIServer([behaviour]) as server, pytest.raises(ModelError) as caught:
        list(hurried(model_at(server), PROMPT, Deadline(deadline)))
    assert len(server.requests) == 1  # no retry of the client's own
    return caught.value


def test_text_and_tokens_come_through_and_the_prompt_arrives_whole() -> None:
    with OpenAIServer([Say("환불은 3일 걸립니다. [1]", usage=(50, 9))]) as server:
        model = model_at(server)
        said = asked_whole(model, PROMPT, Deadline(5))
    assert said.text == "환불은 3일 걸립니다. [1]"
    assert said.tokens == Tokens(50, 9)
    body = server.requests[0].body
    assert [m["content"] for m in body["messages"]] == [PROMPT.system, PROMPT.user]
    assert body["model"] == "gpt-4.1-mini"
    assert body["temperature"] == 0
    assert model.name == "openai:gpt-4.1-mini"


def test_a_model_that_takes_no_temperature_gets_none() -> None:
    with OpenAIServer([Say("ok")]) as server:
        asked_whole(model_at(server, name="openai:gpt-5-mini"), PROMPT, Deadline(5))
    assert "temperature" not in server.requests[0].body


def test_text_comes_as_it_is_written() -> None:
    with OpenAIServer([Say("하나 둘 셋 넷 다섯", piece=2, pause=0.05)]) as server:
        arrivals = [time.monotonic() for chunk in model_at(server).stream(PROMPT) if chunk.text]
    assert len(arrivals) > 3
    assert arrivals[-1] - arrivals[0] > 0.1


@pytest.mark.parametrize(
    ("behaviour", "phrase", "retryable"),
    [
        (Fail(429), "model.limited", True),
        (Fail(500), "model.down", True),
        (Fail(503), "model.down", True),
        (Fail(401), "model.refused", False),
        (Fail(404), "model.refused", False),
        (Fail(400), "model.refused", False),
        (Cut("환불은 3일 걸"), "model.down", True),
        (Cut("환불은 3일 걸", clean=True), "model.cut", True),
        (Say("환불은 3일 걸", finish="length"), "model.cut", True),
        (Garbage(b"data: {not json\n\n"), "model.broken", True),
        (Garbage(b"<html>502</html>", "text/html"), "model.broken", True),
        (Garbage(b"data: {}\n\ndata: [DONE]\n\n"), "model.cut", True),
        (Garbage(b'data: {"choices": "no"}\n\n'), "model.broken", True),
        (Garbage(b"data: \xff\xfe\x00\n\n"), "model.broken", True),
    ],
)
def test_each_failure_is_told_apart(behaviour: Behaviour, phrase: str, retryable: bool) -> None:
    error = failure(behaviour)
    assert (error.phrase, error.retryable) == (phrase, retryable)


@pytest.mark.parametrize(("header", "seconds"), [(7, 7.0), ("0.5", 0.5), ("Wed, 21 Oct 2026 07:28:00 GMT", None)])
def test_retry_after_is_kept(header: float | str, seconds: float | None) -> None:
    assert failure(Fail(429, retry_after=header)).retry_after == seconds


def test_a_server_that_says_nothing_is_left_in_time() -> None:
    started = time.monotonic()
    assert failure(Hang(5), deadline=0.5).phrase == "model.slow"
    assert time.monotonic() - started < 2.5


def test_a_server_that_drips_is_left_at_the_deadline() -> None:
    started = time.monotonic()
    error = failure(Say("가" * 200, piece=1, pause=0.05), deadline=0.6)
    assert error.phrase == "model.slow"
    assert time.monotonic() - started < 2.5


def test_nobody_listening_is_down() -> None:
    model = model_from(Settings(llm="openai:gpt-4.1-mini", openai_base_url="http://127.0.0.1:9/v1"))
    assert model is not None
    with pytest.raises(ModelError) as caught:
        asked_whole(model, PROMPT, Deadline(5))
    assert caught.value.phrase == "model.down"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("openai:gpt-4.1-mini", "OPENAI_API_KEY"),
        ("anthropic:claude-haiku-4-5", "ANTHROPIC_API_KEY"),
        ("groq:llama-3.3-70b-versatile", "langchain-groq"),
        ("nonsense:model", "openai, anthropic"),
    ],
)
def test_a_model_that_cannot_be_used_is_named_with_what_to_do(name: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        model_from(Settings(llm=name))
    assert said in str(caught.value)


def test_no_model_without_a_setting() -> None:
    assert model_from(Settings(llm="")) is None


def test_costs_are_known_for_the_vendor_and_not_for_a_server_of_ones_own() -> None:
    tokens = Tokens(1_000_000, 500_000)
    known = model_from(Settings(llm="openai:gpt-4.1-mini-2025-04-14", openai_api_key="k"))  # type: ignore[arg-type]
    assert known is not None
    assert known.cost(tokens) == pytest.approx(0.40 + 0.80)
    own = model_from(Settings(llm="openai:gpt-4.1-mini", openai_base_url="http://127.0.0.1:9/v1"))
    assert own is not None
    assert own.cost(tokens) is None
