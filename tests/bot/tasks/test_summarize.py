"""Summaries asked for in a conversation: of the text that a message brings, of an earlier one, of the conversation."""

import json
from dataclasses import replace

import pytest

from bot.llm.scripted import ScriptedModel
from bot.messages import Message, Reply
from bot.wiring import Bot
from tests.samples import BotMaker

TEXT = (
    "이번 주 배송팀 회의에서 창고를 김포로 옮기기로 결정했습니다. 점심은 맛있었습니다. 이전 비용은 12,000,000원입니다. "
    "12월 4일까지 업체와 계약해 주세요. 날씨가 추워졌습니다."
)
ENGLISH = (
    "We decided to move the warehouse to Gimpo. Lunch was fine. It costs 12,000 dollars. Please sign by December 4."
)


def talk(bot: Bot, *texts: str) -> Reply:
    for text in texts:
        reply = bot.ask(Message(text, "test", conversation="c1", person="minji"))
    return reply


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ((f"요약해줘: {TEXT}",), "1. 이번 주 배송팀"),
        ((f"summarize: {ENGLISH}",), "1. We decided to move"),
        ((TEXT, "이 글 요약해줘"), "1. 이번 주 배송팀"),
        ((f"한 문장으로 요약해줘: {TEXT}",), "이번 주 배송팀"),
        (("환불은 얼마나 걸리나요?", "네가 한 답변 요약해줘"), "환불은 신청하신 날부터"),
    ],
)
def test_the_text_that_is_meant(make_bot: BotMaker, texts: tuple[str, ...], said: str) -> None:
    reply = talk(make_bot(), *texts)
    assert (reply.task, reply.answered, reply.extract, reply.model) == ("summarize", True, True, "extractive")
    assert reply.text.startswith(said)


def test_the_conversation(make_bot: BotMaker) -> None:
    bot = make_bot()
    reply = talk(bot, "안녕하세요", "환불은 얼마나 걸리나요?", "배송비는 얼마인가요?", "지금까지 대화 요약해줘")
    assert reply.task == "summarize"
    lines = reply.text.splitlines()
    assert lines[0].startswith("1. 환불은 얼마나 걸리나요? → 환불은 신청하신 날부터")
    assert lines[1].startswith("2. 배송비는 얼마인가요? → 배송비는 3,000원이며")


def test_nobody_reads_the_conversation_of_somebody_else(make_bot: BotMaker) -> None:
    bot = make_bot()
    talk(bot, "환불은 얼마나 걸리나요?")
    other = bot.ask(Message("지금까지 대화 요약해줘", "test", conversation="c1", person="jun"))
    assert "환불" not in other.text


def test_without_a_text_it_asks_for_one(make_bot: BotMaker) -> None:
    reply = talk(make_bot(), "요약해줘")
    assert not reply.answered
    assert "붙여 넣어 주세요" in reply.text


@pytest.mark.parametrize("text", ["글 " * 60_000, "()[]{}" * 1_000, "\n".join(["가"] * 5_000)])
def test_odd_texts(make_bot: BotMaker, text: str) -> None:
    reply = make_bot().ask(Message(text, "test", task="summarize"))
    assert reply.task == "summarize"
    assert reply.text


def test_what_stays_the_same_in_prompts_stands_first(make_bot: BotMaker) -> None:
    model = ScriptedModel([json.dumps({"lines": [{"text": "창고를 옮깁니다.", "sentences": [1]}]})])
    bot = make_bot(model)
    for text in (TEXT, "전혀 다른 글입니다. 내일은 쉽니다."):
        bot.ask(Message(text, "test", task="summarize"))
    one, other = model.asked[0], model.asked[-1]
    assert one.user != other.user
    assert one.stable == other.stable > 0.8 * len(one.system)
    assert one.system[: one.stable] == other.system[: other.stable]


def test_what_a_channel_has_read_is_not_kept_as_what_was_said(make_bot: BotMaker) -> None:
    from bot.database.tables import Turn

    bot = make_bot()
    message = Message("글타래 요약", "test", "c1", "minji", task="summarize", options={"lines": "1"})
    reply = bot.ask(replace(message, material=f"\x00민수: {TEXT}", notice="메시지 1개를 읽었습니다."))
    assert reply.text.startswith("민수: 이번 주 배송팀")
    assert "메시지 1개를 읽었습니다." in (reply.notice or "")
    with bot.sessions() as session:
        assert [turn.text for turn in session.query(Turn) if turn.role == "person"] == ["글타래 요약"]


def test_what_a_model_was_given_of_others_is_not_kept(make_bot: BotMaker) -> None:
    from bot.database.tables import Answer

    model = ScriptedModel([json.dumps({"lines": [{"text": "창고를 옮깁니다.", "sentences": [1]}]})] * 2)
    bot = make_bot(model)
    bot.ask(Message("글타래 요약", "test", "c1", "minji", task="summarize", material=TEXT))
    bot.ask(Message(TEXT, "test", "c2", "minji", task="summarize"))
    with bot.sessions() as session:
        kept, own = (answer.prompt for answer in session.query(Answer).order_by(Answer.created_at))
    assert kept is None
    assert "김포" in (own or "")
