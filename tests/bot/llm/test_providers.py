"""Every provider's own client against a loopback server: what is sent, what comes back, how each failure is told."""

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bot.errors import ModelError, SettingsError
from bot.llm import Chunk, LanguageModel, Prompt, model_from
from bot.llm.deadline import Deadline
from bot.llm.prices import PRICES, Price
from bot.llm.providers import own_address
from bot.llm.structured import structured
from bot.llm.templates import template
from bot.messages import Tokens
from bot.settings import Settings, load
from tests.servers.openai import Behaviour, Cut, Fail, Garbage, Hang, OpenAIServer, Say
from tests.servers.providers import ProviderServer

PROMPT = Prompt("자료만 보고 답합니다.", "환불은 얼마나 걸려요?")
ANSWER = "환불은 영업일 기준 3일 안에 됩니다. [1]"
SAID = Say(ANSWER, usage=(50, 9), cached=20)
OPENAI, ANTHROPIC, GOOGLE = "openai:gpt-4.1-mini", "anthropic:claude-haiku-4-5", "google_genai:gemini-2.5-flash"
UPSTAGE, OLLAMA = "upstage:solar-pro2", "ollama:exaone3.5"

ADDRESSES = {
    OPENAI: "openai_base_url",
    ANTHROPIC: "anthropic_base_url",
    GOOGLE: "google_gemini_base_url",
    UPSTAGE: "upstage_base_url",
    OLLAMA: "ollama_host",
}
KEYS: dict[str, Any] = {f"{name}_api_key": f"{name}-key" for name in ("openai", "anthropic", "google", "upstage")}
EVERY = pytest.mark.parametrize("name", list(ADDRESSES))


class Days(BaseModel):
    days: int


def server_of(name: str, *behaviours: Behaviour) -> OpenAIServer:
    provider = name.partition(":")[0]
    return OpenAIServer(behaviours) if name in (OPENAI, UPSTAGE) else ProviderServer(provider, behaviours)


def model_at(name: str, server: OpenAIServer, **more: Any) -> LanguageModel:
    given: dict[str, Any] = {"llm_deadline": 1.0, ADDRESSES[name]: server.url, **KEYS, **more}
    settings = Settings(llm=name, data=Path("unused"), **given)
    model = model_from(settings)
    assert model is not None
    return model


Shared = dict[str, tuple[LanguageModel, OpenAIServer]]


@pytest.fixture(autouse=True, scope="module")
def shared() -> Iterator[Shared]:
    """One client of each provider, made outside the short time limits of these tests: each costs a tenth of a second.

    A test that leaves something with its client (a rest it was told to take, what was refused) makes one of its own.
    """
    with ExitStack() as servers:
        made: Shared = {}
        for name in ADDRESSES:
            server = servers.enter_context(server_of(name, SAID))
            made[name] = (model_at(name, server), server)
            list(made[name][0].stream(PROMPT))
        yield made


def told(chunks: list[Chunk]) -> tuple[str, Tokens]:
    return "".join(chunk.text for chunk in chunks), sum((chunk.tokens for chunk in chunks), Tokens())


pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""The vendors' libraries leave the connections of failed calls to the garbage collector, which says so when it
comes to them."""


@pytest.fixture(autouse=True, scope="module")
def _left_behind() -> Iterator[None]:
    """Have what they left collected here, not in the midst of another file's tests."""
    yield
    gc.collect()


@EVERY
def test_text_tokens_and_prompt_come_through(name: str, shared: Shared) -> None:
    model, server = shared[name]
    server.play(SAID)
    chunks = list(model.stream(PROMPT))
    text, tokens = told(chunks)
    assert text == ANSWER
    assert len([chunk for chunk in chunks if chunk.text]) > 2
    assert (tokens.input, tokens.output) == (50, 9)
    assert tokens.cached == (0 if name == OLLAMA else 20)
    (asked,) = server.requests
    assert PROMPT.system in str(asked.body)
    assert PROMPT.user in str(asked.body)
    key = f"{name.partition(':')[0].partition('_')[0]}-key"
    assert name == OLLAMA or key in " ".join(asked.headers.values())


def test_anthropic_is_told_up_to_where_to_keep_the_prompt_and_what_it_kept_is_priced() -> None:
    with server_of(ANTHROPIC, Say(ANSWER, usage=(3_000, 100), cached=2_000, stored=500)) as server:
        model = model_at(ANTHROPIC, server, llm_prices=f"{ANTHROPIC}=1/5/0.1")
        prompt = template("answer", "ko").fill(mark="a1b2", manner="", passages="p", question="q")
        _, tokens = told(list(model.stream(prompt)))
    kept, rest = server.requests[0].body["system"]
    assert kept["cache_control"] == {"type": "ephemeral"}
    assert kept["text"].startswith("너는 회사의")
    assert "a1b2" not in kept["text"]  # another one each time
    assert "a1b2" in rest["text"]
    assert "cache_control" not in rest
    assert tokens == Tokens(3_000, 100, 2_000, 500)
    assert PRICES[ANTHROPIC].of(tokens) == pytest.approx((500 + 200 + 625 + 500) / 1_000_000)
    assert model.cost(tokens) == pytest.approx((500 + 200 + 500 + 500) / 1_000_000)  # where no price of storing is set


@EVERY
@pytest.mark.parametrize(
    ("behaviour", "phrase", "retryable"),
    [
        (Fail(500), "model.down", True),
        (Fail(503), "model.down", True),
        (Fail(401), "model.refused", False),
        (Fail(400), "model.refused", False),
        (Cut(ANSWER), "model.down", True),
        (Cut(ANSWER, clean=True), "model.cut", True),
        (Say("환불은", finish="length"), "model.cut", True),
        (Garbage(b"{not json"), "model.broken", True),
        (Garbage(b"<html>502</html>", "text/html"), "model.broken", True),
        (Garbage(b"data: \xff\xfe\x00\n\n"), "model.broken", True),
    ],
)
def test_each_failure_is_told_apart(
    name: str, behaviour: Behaviour, phrase: str, retryable: bool, shared: Shared
) -> None:
    model, server = shared[name]
    server.play(behaviour)
    with pytest.raises(ModelError) as caught:
        list(model.stream(PROMPT))
    error = caught.value
    # OpenAI's client passes over a line that is no event, and finds that there was none
    assert error.phrase == phrase or (name in (OPENAI, UPSTAGE) and phrase == "model.broken")
    assert error.retryable is retryable
    assert len(server.requests) == 1  # no retries of the libraries' own


@EVERY
def test_a_limit_says_when_to_ask_again(name: str) -> None:
    with server_of(name, Fail(429, retry_after=3)) as server, pytest.raises(ModelError) as caught:
        list(model_at(name, server).stream(PROMPT))
    assert (caught.value.phrase, caught.value.retryable) == ("model.limited", True)
    assert caught.value.retry_after == 3 or name == OLLAMA  # its library does not hand the headers on
    assert len(server.requests) == 1


def test_a_provider_that_says_nothing_is_slow() -> None:
    def ask(name: str) -> tuple[str, int]:
        with server_of(name, Hang(5)) as server, pytest.raises(ModelError) as caught:
            list(model_at(name, server).stream(PROMPT))
        return caught.value.phrase, len(server.requests)

    with ThreadPoolExecutor(len(ADDRESSES)) as pool:  # all at once: each waits for its whole deadline
        assert dict(zip(ADDRESSES, pool.map(ask, ADDRESSES), strict=True)) == dict.fromkeys(
            ADDRESSES, ("model.slow", 1)
        )


@EVERY
def test_nobody_listening_is_down(name: str) -> None:
    with server_of(name, SAID) as server:
        model = model_at(name, server)
    with pytest.raises(ModelError) as caught:
        list(model.stream(PROMPT))
    assert caught.value.phrase == "model.down"


@EVERY
def test_the_schema_goes_along_and_a_model_that_refuses_it_is_asked_without(name: str) -> None:
    with server_of(name, Fail(400, message="response format is not supported"), Say('{"days": 3}')) as server:
        model = model_at(name, server)
        assert structured(model, PROMPT, Days, Deadline(5)).value.days == 3
        assert structured(model, PROMPT, Days, Deadline(5)).value.days == 3
    held = ["'properties'" in str(request.body) for request in server.requests]
    assert held == [True, False, False]  # and from then on; the schema in the prompt is JSON
    assert all('"properties"' in str(request.body) for request in server.requests)


@pytest.mark.parametrize("name", [OPENAI, ANTHROPIC, UPSTAGE, OLLAMA])  # Google's client sends one of its own
def test_a_model_that_refuses_a_temperature_is_asked_without(name: str) -> None:
    with server_of(name, Fail(400, message="temperature is deprecated for this model"), SAID) as server:
        model = model_at(name, server)
        assert told(list(model.stream(Prompt("s", "u", temperature=0.7))))[0] == ANSWER
        assert told(list(model.stream(PROMPT)))[0] == ANSWER
    bodies = [str(request.body) for request in server.requests]
    assert ["temperature" in body for body in bodies] == [True, False, False]
    assert "0.7" in bodies[0]


def test_a_refusal_for_another_reason_is_not_remembered() -> None:
    with server_of(OPENAI, Fail(400), Fail(400), Say('{"days": 3}')) as server:
        model = model_at(OPENAI, server)
        with pytest.raises(ModelError):
            structured(model, PROMPT, Days, Deadline(5))
        assert structured(model, PROMPT, Days, Deadline(5)).value.days == 3
    assert "response_format" in server.requests[-1].body


def test_an_answer_that_is_withheld_is_refused() -> None:
    with server_of(OPENAI, Say("", finish="content_filter")) as server, pytest.raises(ModelError) as caught:
        list(model_at(OPENAI, server).stream(PROMPT))
    assert (caught.value.phrase, caught.value.retryable) == ("model.refused", False)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("gpu.example", "http://gpu.example:11434"),
        ("10.0.0.5:9000", "http://10.0.0.5:9000"),
        ("https://gpu.example:443/", "https://gpu.example:443/"),
        ("", ""),
    ],
)
def test_the_server_of_ollama_may_be_written_as_ollama_has_it(host: str, address: str) -> None:
    assert own_address("ollama", Settings(ollama_host=host)) == address


def test_prices_of_ones_own_count_before_the_table_and_for_servers_of_ones_own() -> None:
    prices = "upstage:solar-pro2=0.15/0.6, openai:gpt-4.1-mini = 1/2/0.5"
    settings = Settings(openai_base_url="http://127.0.0.1:9/v1", llm_prices=prices, **KEYS)
    for name, price in ((UPSTAGE, Price(0.15, 0.6)), (OPENAI, Price(1, 2, 0.5))):
        model = model_from(settings.model_copy(update={"llm": name}))
        assert model is not None
        tokens = Tokens(1_000, 200, 500)
        assert model.cost(tokens) == pytest.approx(price.of(tokens))
    unknown = model_from(settings.model_copy(update={"llm": UPSTAGE, "llm_prices": ""}))
    assert unknown is not None
    assert unknown.cost(Tokens(1, 1)) is None


@pytest.mark.parametrize(
    "value", ["gpt-4.1=1/2", "openai:gpt-4.1", "openai:gpt-4.1=1", "openai:x=-1/2", "openai:x=1/2/3/4"]
)
def test_prices_that_cannot_be_read_are_told(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAPBOT_LLM_PRICES", value)
    with pytest.raises(SettingsError) as caught:
        load()
    assert "DAPBOT_LLM_PRICES" in str(caught.value)
    assert "openai:gpt-4.1=2/8" in str(caught.value)
