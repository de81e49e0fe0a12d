"""Several models behind the settings, against real servers on loopback: tasks, fallbacks, turns."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise

import pytest

from bot.errors import ModelError, SettingsError
from bot.llm import Prompt, fallback_of, model_for, model_from
from bot.llm.deadline import Deadline, asked_whole, hurried
from bot.llm.gateway import TaskModel
from bot.llm.langchain import LangChainModel
from bot.llm.metered import Metered
from bot.llm.scripted import ScriptedModel
from bot.llm.turns import Gate, Gated
from bot.messages import Message, Reply, Tokens
from bot.phrases import say
from bot.settings import Settings, load, unknown_names
from tests.samples import BotMaker
from tests.servers.openai import Behaviour, Cut, Fail, Garbage, Hang, OpenAIServer, Say

PROMPT = Prompt("Answer.", "환불은 얼마나 걸려요?")
QUESTION = "환불은 얼마나 걸리나요?"
GOOD = "환불은 영업일 기준 3일 안에 처리됩니다. [1]"
FIRST, OTHER = "openai:first", "openai:other"

Pair = Callable[..., tuple[TaskModel, OpenAIServer, OpenAIServer]]


def at(server: OpenAIServer, name: str) -> LangChainModel:
    model = LangChainModel(Settings(openai_base_url=server.url, llm_deadline=5), name)
    model.warm()
    return model


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Makes a model and its fallback, each at a server of its own."""
    with ExitStack() as servers:

        def make(first: list[Behaviour], other: list[Behaviour]) -> tuple[TaskModel, OpenAIServer, OpenAIServer]:
            one, two = (servers.enter_context(OpenAIServer(behaviours)) for behaviours in (first, other))
            return TaskModel(at(one, FIRST), fallback=at(two, OTHER)), one, two

        yield make


def test_each_task_has_the_model_that_its_setting_names() -> None:
    settings = Settings(
        llm=FIRST, llm_small="openai:small", llm_fallback=OTHER, openai_base_url="http://127.0.0.1:9/v1"
    )
    model = model_from(settings)
    assert model is not None
    names = {task: model_for(task, model).name for task in ("answer", "followup", "anything")}
    assert names == {"answer": FIRST, "followup": "openai:small", "anything": FIRST}
    other = fallback_of(model_for("followup", model))
    assert other is not None
    assert other.name == OTHER
    own = model_from(settings.model_copy(update={"task_followup_llm": OTHER, "task_answer_llm": "openai:large"}))
    assert own is not None
    assert [model_for(task, own).name for task in ("answer", "followup")] == ["openai:large", OTHER]
    assert fallback_of(model_for("followup", own)) is None  # the same model would fail the same way


@pytest.mark.parametrize("variable", ["DAPBOT_LLM_SMALL", "DAPBOT_LLM_FALLBACK", "DAPBOT_TASK_ANSWER_LLM"])
def test_every_model_is_checked_at_start(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAPBOT_LLM", FIRST)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv(variable, "nonsense:model")
    with pytest.raises(SettingsError) as caught:
        model_from(load())
    assert variable in str(caught.value)


def test_an_unknown_task_is_told_with_the_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAPBOT_TASK_ANSWR_LLM", FIRST)
    (found,) = unknown_names()
    assert "answer, followup" in found.sentence("en")
    assert "answer, followup" in found.sentence("ko")


@pytest.mark.parametrize(
    "behaviour", [Fail(500), Fail(401), Fail(429, retry_after=60), Cut("환불은 3일 걸"), Garbage(), Hang(5)]
)
def test_what_is_asked_whole_comes_from_the_fallback(pair: Pair, behaviour: Behaviour) -> None:
    model, one, two = pair([behaviour], [Say("3일", usage=(10, 2))])
    said = asked_whole(model, PROMPT, Deadline(2))
    assert (said.text, said.model, said.tokens) == ("3일", OTHER, Tokens(10, 2))
    assert (len(one.requests), len(two.requests)) == (1, 1)


def test_where_both_fail_the_last_failure_is_told(pair: Pair) -> None:
    model, _, _ = pair([Fail(500)], [Fail(401)])
    with pytest.raises(ModelError) as caught:
        asked_whole(model, PROMPT, Deadline(2))
    assert caught.value.phrase == "model.refused"


def asked(make_bot: BotMaker, model: TaskModel) -> Reply:
    return make_bot(model=model, llm_deadline=5.0).ask(Message(QUESTION, "test"))


@pytest.mark.parametrize(
    "behaviour", [Fail(500), Fail(401), Fail(429, retry_after=60), Cut("환불은 영업일"), Garbage(), Hang(9)]
)
def test_an_answer_comes_from_the_fallback_within_the_deadline(
    make_bot: BotMaker, pair: Pair, behaviour: Behaviour
) -> None:
    model, _, two = pair([behaviour], [Say(GOOD)])
    started = time.monotonic()
    reply = asked(make_bot, model)
    assert (reply.text, reply.model, reply.extract) == (GOOD, OTHER, False)
    assert len(two.requests) == 1
    assert time.monotonic() - started < 8


@pytest.mark.parametrize("cut", [Cut(f"{GOOD} 그리고 영업일은"), Cut(f"{GOOD} 그리고 영업일은", clean=True)])
def test_a_stream_that_breaks_midway_is_replaced_by_the_whole_answer_of_the_fallback(
    make_bot: BotMaker, pair: Pair, cut: Cut
) -> None:
    other = "환불은 신청하신 날부터 영업일 기준 3일 안에 처리됩니다. [1]"
    model, _, two = pair([cut], [Say(other)])
    events = list(make_bot(model=model, llm_deadline=5.0).stream(Message(QUESTION, "test")))
    reply = events[-1].reply
    assert reply is not None
    assert (reply.text, reply.model, reply.extract, reply.checks) == (other, OTHER, False, "supported")
    assert len(two.requests) == 1
    assert "".join(event.text for event in events if event.kind == "text") == GOOD  # nothing after it, but the end
    assert say("answer.asking_another", "ko") in [event.text for event in events if event.kind == "status"]


def test_where_the_fallback_breaks_too_the_extract_replaces_what_was_shown(make_bot: BotMaker, pair: Pair) -> None:
    model, _, two = pair([Cut(f"{GOOD} 그리고 영업일은")], [Fail(500)])
    reply = asked(make_bot, model)
    assert reply.extract
    assert len(two.requests) == 2


@pytest.mark.parametrize("behaviour", [Fail(500), Fail(429, retry_after=0.1), Cut("환불은 3일 걸"), Garbage()])
def test_a_model_without_a_fallback_is_asked_once_more(behaviour: Behaviour) -> None:
    with OpenAIServer([behaviour, Say("3일", usage=(10, 2))]) as server:
        said = asked_whole(at(server, FIRST), PROMPT, Deadline(5))
    assert (said.text, said.tokens) == ("3일", Tokens(10, 2))
    assert len(server.requests) == 2


@pytest.mark.parametrize("behaviour", [Fail(401), Fail(400), Fail(429, retry_after=60)])
def test_it_is_not_where_that_cannot_help(behaviour: Behaviour) -> None:
    with OpenAIServer([behaviour, Say("3일")]) as server, pytest.raises(ModelError):
        asked_whole(at(server, FIRST), PROMPT, Deadline(5))
    assert len(server.requests) == 1


def test_the_meter_counts_every_model_at_its_own_price() -> None:
    first = ScriptedModel([ModelError("model.down")], price=1.0)
    other = ScriptedModel(["abcd"], price=100.0)
    other.name = "scripted:other"
    small = ScriptedModel(["efgh"], price=10.0)
    meter = Metered(TaskModel(first, {"followup": small}, other))
    asked_whole(meter.for_task("followup"), PROMPT, Deadline(5))
    cheap, price = meter.used(), meter.spent()
    assert price is not None
    assert price == pytest.approx(10.0 * (cheap.input + cheap.output))
    said = asked_whole(meter, PROMPT, Deadline(5))
    assert said.model == "scripted:other"
    used = meter.used()
    assert meter.spent() == pytest.approx(price + 100.0 * (used.input + used.output - cheap.input - cheap.output))


def test_no_more_calls_at_once_than_set_and_waiting_counts() -> None:
    with OpenAIServer([Say("3일", wait=0.6)]) as server:
        model = Gated(at(server, FIRST), Gate(1))
        said: list[str] = []
        threads = [
            threading.Thread(target=lambda: said.append(asked_whole(model, PROMPT, Deadline(10)).text))
            for _ in range(2)
        ]
        for thread in threads:
            thread.start()
        while not server.requests:
            time.sleep(0.01)
        with pytest.raises(ModelError) as caught:
            asked_whole(model, PROMPT, Deadline(0.2))
        assert caught.value.phrase == "model.slow"
        for thread in threads:
            thread.join(10)
        assert said == ["3일", "3일"]
        late = asked_whole(model, PROMPT, Deadline(10))
        assert late.text == "3일"  # its turn came after the one that was left behind
        times = [request.at for request in server.requests]
        assert len(times) == 3  # who had gone was not asked for
        assert min(b - a for a, b in pairwise(times)) > 0.5


def test_a_limited_model_is_left_alone_for_as_long_as_it_wants() -> None:
    with OpenAIServer([Fail(429, retry_after=0.8), Say("3일")]) as server:
        model = Gated(at(server, FIRST), Gate(4))
        for _ in range(3):
            with pytest.raises(ModelError) as caught:
                list(hurried(model, PROMPT, Deadline(5)))
            assert caught.value.phrase == "model.limited"
        assert len(server.requests) == 1
        assert asked_whole(model, PROMPT, Deadline(5)).text == "3일"
