"""A long conversation in a few lines, and as much of it as fits."""

import json

import pytest

from bot.database.conversations import PastTurn
from bot.errors import ModelError, UserError
from bot.llm.scripted import ScriptedModel
from bot.summary.condensing import SHORTENED, condensed, shortened
from bot.summary.conversations import ROOM, summarize_conversation


def talk(
    exchanges: int, answer: str = "{n}번 주문은 {n}일에 출발했습니다. 오늘도 좋은 하루 보내세요."
) -> list[PastTurn]:
    """Return a conversation of twice as many turns."""
    turns = []
    for n in range(1, exchanges + 1):
        turns += [
            PastTurn("person", f"{n}번 주문은 언제 출발하나요?"),
            PastTurn("bot", answer.format(n=n), task="answer"),
        ]
    return turns


def test_two_hundred_turns_end_with_the_last_answer() -> None:
    turns = [
        *talk(99),
        PastTurn("person", "환불은 며칠 걸리나요?"),
        PastTurn("bot", "환불은 3일 걸립니다.", task="answer"),
    ]
    assert len(turns) == 200
    summary = summarize_conversation(turns, "ko")
    assert len(summary.lines) == 3
    assert summary.lines[-1].text == "환불은 며칠 걸리나요? → 환불은 3일 걸립니다."
    assert summary.extract


def test_two_hundred_long_turns_fit_and_the_newest_are_whole() -> None:
    turns = talk(100, "{n}번 주문은 {n}일에 출발했습니다. " + "창고에서 상자를 확인하는 데 시간이 걸렸습니다. " * 30)
    kept = condensed(turns, ROOM)
    assert len(kept.text("질문자", "답변")) <= ROOM + 10 * len(kept.turns)
    assert sum(len(turn.text) for turn in kept.turns) <= ROOM
    assert [turn.place for turn in kept.turns] == list(range(kept.left_out, 200))
    assert kept.turns[-1].whole
    assert kept.turns[-1].text == turns[-1].text
    assert all(len(turn.text) <= SHORTENED for turn in kept.turns if not turn.whole)


def test_a_model_is_shown_what_fits_and_held_to_it() -> None:
    turns = talk(100, "{n}번 주문은 {n}일에 출발했습니다. " + "창고에서 상자를 확인하는 데 시간이 걸렸습니다. " * 30)
    right = {"lines": [{"text": "배송이 끝났습니다. 999개입니다.", "sentences": [1]}]}
    model = ScriptedModel([json.dumps(right)])
    summary = summarize_conversation(turns, "ko", model=model)
    (prompt,) = model.asked
    assert len(prompt.user) < 2 * ROOM
    assert "100번 주문은 100일에 출발했습니다." in prompt.user
    assert "999" not in "".join(line.text for line in summary.lines)
    broken = summarize_conversation(turns, "ko", model=ScriptedModel([ModelError("model.down")]))
    assert broken.failure == "model.down"
    assert broken.lines


def test_greetings_alone_are_nothing_to_tell() -> None:
    for turns in ([], [PastTurn("person", "안녕하세요"), PastTurn("bot", "안녕하세요!", task="smalltalk")]):
        with pytest.raises(UserError):
            summarize_conversation(turns, "ko")


def test_what_has_no_sentence_that_fits_is_cut() -> None:
    assert shortened("가" * 1_000, 50) == "가" * 49 + "…"
    assert condensed([PastTurn("person", "가" * 100_000)], 100).turns[0].text == "가" * 34 + "…"
    assert condensed([], 100).turns == ()
