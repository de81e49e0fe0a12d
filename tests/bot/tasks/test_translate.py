"""The task that translates: the text it is about, what it says without a model, what it says of what was lost."""

import json
from pathlib import Path

import pytest

from bot.llm.scripted import ScriptedModel
from bot.messages import Message, Reply
from tests.samples import BotMaker, zone_at_noon


def test_a_text_behind_the_order(make_bot: BotMaker) -> None:
    bot = make_bot(ScriptedModel(["Refunds take 3 days."]))
    reply = bot.ask(Message("영어로 번역해줘: 환불은 3일 걸립니다.", "web"))
    assert (reply.task, reply.text, reply.checks, reply.notice) == (
        "translate",
        "Refunds take 3 days.",
        "supported",
        None,
    )


def test_what_is_lost_is_said(make_bot: BotMaker) -> None:
    bot = make_bot(ScriptedModel(["Refunds take days."]))
    reply = bot.ask(Message("영어로 번역해줘: 환불은 3일 걸립니다.", "web"))
    assert reply.checks == "partly"
    assert "3일" in (reply.notice or "")


def test_the_message_before(make_bot: BotMaker) -> None:
    bot = make_bot(ScriptedModel(["NO_ANSWER", "소포는 사흘 안에 도착합니다."]))

    def say(text: str) -> Reply:
        return bot.ask(Message(text, "web", conversation="one", person="kim"))

    say("My grandmother's parcel should arrive within three days if the weather in the mountains is fine.")
    assert say("아니 번역해줘").task == "translate"


def test_without_a_text_it_asks(make_bot: BotMaker) -> None:
    reply = make_bot().ask(Message("번역해줘", "web"))
    assert (reply.task, reply.answered) == ("translate", False)
    assert "무엇을 번역" in reply.text


def test_without_a_model_it_says_what_it_needs_and_does_its_part(make_bot: BotMaker, tmp_path: Path) -> None:
    glossary = tmp_path / "glossary.csv"
    glossary.write_bytes("정기 배송,subscription\n".encode("cp949"))
    reply = make_bot(glossary=str(glossary)).ask(
        Message("영어로 번역해줘: {name}님의 정기 배송은 30,000원입니다.", "web")
    )
    assert reply.model == "none"
    assert "언어 모델이 필요합니다" in reply.text
    assert "정기 배송 = subscription" in reply.text
    assert "{name}" in reply.text


def test_at_a_cap_it_says_until_when(make_bot: BotMaker) -> None:
    model = ScriptedModel(["Refunds take 3 days."])
    bot = make_bot(model, llm="openai:gpt-4.1-mini", timezone=zone_at_noon(), tokens_per_day=1)
    said = [bot.ask(Message("영어로 번역해줘: 환불은 3일 걸립니다.", "web")) for _ in range(2)]
    assert said[0].text == "Refunds take 3 days."
    assert said[1].text.startswith("지금은 언어 모델을 쓸 수 없어")
    assert said[1].notice


def test_a_model_that_is_down(make_bot: BotMaker) -> None:
    from bot.errors import ModelError

    down = ModelError("model.down", retryable=False)
    reply = make_bot(ScriptedModel([down])).ask(Message("translate into Korean: Refunds take 3 days.", "web"))
    assert reply.task == "translate"
    assert "could not" in reply.text


def test_a_long_text_says_how_far_it_is(make_bot: BotMaker) -> None:
    text = "환불은 사흘 걸립니다.\n\n" * 300
    bot = make_bot(ScriptedModel(["\n\n".join(["Refunds take three days."] * 300)] * 4))
    said = [event.text for event in bot.stream(Message(text, "web", task="translate")) if event.kind == "status"]
    assert any("(2/" in one for one in said)


def test_a_glossary_of_the_settings_that_cannot_be_read_costs_no_translation(make_bot: BotMaker) -> None:
    bot = make_bot(ScriptedModel(["Refunds take 3 days."]), glossary="/nowhere/glossary.csv")
    reply = bot.ask(Message("영어로 번역해줘: 환불은 3일 걸립니다.", "web"))
    assert reply.text == "Refunds take 3 days."
    assert "용어집" in (reply.notice or "")
    assert "nowhere" not in (reply.notice or "")


def test_without_a_model_a_glossary_that_cannot_be_read_is_said_too(make_bot: BotMaker) -> None:
    reply = make_bot(glossary="/nowhere/glossary.csv").ask(Message("영어로 번역해줘: 환불은 3일 걸립니다.", "web"))
    assert "용어집" in (reply.notice or "")


def test_a_text_that_is_in_the_language_already(make_bot: BotMaker) -> None:
    bot = make_bot(ScriptedModel([]))
    reply = bot.ask(Message("환불은 3일 걸립니다.", "web", task="translate", options={"to": "ko"}))
    assert (reply.text, reply.model) == ("환불은 3일 걸립니다.", "none")
    assert "이미 한국어" in (reply.notice or "")


@pytest.mark.parametrize("key", ["refund-en", "en_refund", "refund"])
def test_the_documents_entry_in_the_other_language(make_bot: BotMaker, key: str) -> None:
    bot = make_bot()
    entry = {"id": key, "question": "How long does a refund take?", "answer": "Refunds are paid within 3 days."}
    bot.library.add([("english.jsonl", json.dumps(entry).encode())])
    reply = bot.ask(Message("환불은 얼마나 걸리나요?", "web", task="translate"))
    assert "Refunds are paid within 3 days." in reply.text
    assert (reply.model, reply.extract, [source.document for source in reply.sources]) == (
        "none",
        True,
        ["english.jsonl"],
    )


def test_an_entry_in_one_language_is_no_translation(make_bot: BotMaker) -> None:
    reply = make_bot().ask(Message("환불은 얼마나 걸리나요?", "web", task="translate"))
    assert (reply.sources, reply.answered) == ((), False)


def test_other_channels_name_no_file(make_bot: BotMaker) -> None:
    bot = make_bot(ScriptedModel(["Refunds take 3 days."]))
    options = {"to": "en", "glossary": "/etc/passwd"}
    reply = bot.ask(Message("환불은 3일 걸립니다.", "web", task="translate", options=options))
    assert (reply.text, reply.notice) == ("Refunds take 3 days.", None)


def test_a_politeness_that_a_person_prefers(make_bot: BotMaker) -> None:
    model = ScriptedModel(["환불은 3일 걸린다."])
    bot = make_bot(model)
    bot.ask(Message("translate into Korean, 반말로: Refunds take 3 days.", "web"))
    assert "반말" in model.asked[0].user or "banmal" in model.asked[0].user or "familiar" in model.asked[0].user
