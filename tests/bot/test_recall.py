"""What was told by a text that holds no longer: found, worded, sent once to each conversation; on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.correction_draft import word_correction
from bot.database import notices, outdated
from bot.database.audit import Wanted, lines
from bot.database.erasing import erase, find_people
from bot.errors import UserError
from bot.llm.scripted import ScriptedModel
from bot.messages import Message
from bot.recall import DAYS, LONGEST, Recall, prepared, recall, send, since, texts
from bot.wiring import Bot, build_bot
from tests.bot.database.conftest import settings_for

OLD = (
    "id,질문,답변\n환불,환불은 언제 되나요?,환불은 3일 안에 됩니다.\n배송,배송은 며칠 걸리나요?,이틀 걸립니다.\n"
    "교환,교환은 어떻게 하나요?,고객센터로 전화해 주세요.\n"
)
NEW = "id,질문,답변\n환불,환불은 언제 되나요?,환불은 5일 안에 됩니다.\n배송,배송은 며칠 걸리나요?,이틀  걸립니다.\n"


@pytest.fixture(params=["sqlite", "postgresql"])
def bot(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bot]:
    with build_bot(settings_for(request.param, tmp_path / "data")) as made:
        made.library.add([("faq.csv", OLD.encode())])
        yield made


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Bot]:
    with build_bot(settings_for("sqlite", tmp_path / "data")) as made:
        made.library.add([("faq.csv", OLD.encode())])
        yield made


def ask(bot: Bot, question: str, tab: str, *groups: str, channel: str = "web", person: str = "") -> None:
    bot.ask(Message(question, channel, tab, person or tab, frozenset(groups)))


def put(bot: Bot, content: str = NEW) -> None:
    assert bot.library.add([("faq.csv", content.encode())])[0].state == "changed"


def of(bot: Bot, key: str) -> Recall:
    passage = next(each.was.passage for each, _ in texts(bot, 1) if each.was.key == key)
    return recall(bot, 1, passage)


def told(bot: Bot, found: Recall) -> list[str]:
    ids = [each.use.conversation_id for each in found.affected]
    with bot.sessions() as session:
        return [each.text for each in notices.of_conversations(session, ids)]


def everybody(found: Recall) -> frozenset[str]:
    return frozenset(each.use.conversation_id for each in found.affected)


def test_who_was_told_what_and_is_told_once(bot: Bot) -> None:
    for tab in ("a", "b"):
        ask(bot, "환불은 언제 되나요?", tab)
    ask(bot, "환불은 언제 되나요?", "a")  # twice in one conversation
    ask(bot, "배송은 며칠 걸리나요?", "c")
    ask(bot, "교환은 어떻게 하나요?", "d")
    ask(bot, "환불은 언제 되나요?", "t", channel="terminal")
    assert texts(bot, 1) == []
    put(bot)
    found = {each.was.key: each for each, _ in texts(bot, 1)}
    assert set(found) == {"환불", "교환"}  # what only has other spaces says the same
    assert (found["환불"].conversations, found["교환"].conversations) == (3, 1)
    assert found["환불"].now is not None
    assert found["환불"].now.answer == "환불은 5일 안에 됩니다."
    assert found["교환"].now is None
    with bot.sessions() as session:
        assert [outdated.conversations(session, 1, since(DAYS), most) for most in (100, 1)] == [4, 1]
    refund = of(bot, "환불")
    assert [each.state for each in refund.affected] == ["open", "open", "unreachable"]
    assert refund.affected[0].use.person == "a"
    assert refund.affected[0].use.said == "환불은 3일 안에 됩니다."
    words = {"ko": prepared(refund, "ko")}
    assert "전에 드린 답: 환불은 3일" in words["ko"]
    assert "지금 맞는 답: 환불은 5일" in words["ko"]
    steps: list[tuple[int, int]] = []
    sent = send(bot, refund, everybody(refund), words, lambda *step: steps.append(step), author="김민지")
    assert (sent.told, sent.failed, steps) == (2, 0, [(1, 2), (2, 2)])
    again = of(bot, "환불")
    assert [each.state for each in again.affected] == ["unreachable", "told", "told"]
    assert send(bot, again, everybody(again), words).told == 0
    assert send(bot, refund, everybody(refund), words).told == 0  # as a double click sends it
    assert told(bot, again) == [words["ko"]] * 2
    with bot.sessions() as session:
        (line,) = [each for each in lines(session, Wanted(), limit=20) if each.action == "recall.sent"]
    assert (line.actor, line.detail["count"]) == ("김민지", 2)
    with bot.sessions() as session:
        people = find_people(session, "a")
    erase(bot.engine, people)
    assert len(of(bot, "환불").affected) == 2


def test_what_changes_again_can_be_told_again(small: Bot) -> None:
    ask(small, "환불은 언제 되나요?", "a")
    put(small)
    first = of(small, "환불")
    send(small, first, everybody(first), {"ko": "하나"})
    put(small, NEW.replace("5일", "7일"))
    second = of(small, "환불")
    assert second.affected[0].state == "open"
    assert second.affected[0].told_at is not None
    send(small, second, everybody(second), {"ko": "둘"})
    assert told(small, second) == ["하나", "둘"]
    put(small, OLD)  # what was said holds again
    assert texts(small, 1) == []
    with pytest.raises(UserError) as error:
        recall(small, 1, second.was.passage)
    assert error.value.phrase == "web.recall.gone_text"


def test_other_ways_to_ask_and_other_ids_are_no_other_answer(small: Bot) -> None:
    ask(small, "교환은 어떻게 하나요?", "a")
    put(small, OLD.replace("\n교환,", "\n바꿈,"))
    assert texts(small, 1) == []
    put(small, OLD.replace("질문,답변", "질문,답변,유사질문").replace("주세요.", "주세요.,바꾸고 싶어요"))
    assert texts(small, 1) == []
    with small.sessions() as session:
        assert outdated.conversations(session, 1, since(DAYS), 100) == 0


def test_a_document_that_is_kept_out_of_answers_is_withdrawn(small: Bot) -> None:
    ask(small, "환불은 언제 되나요?", "a")
    small.library.disable(1)
    (only,) = texts(small, 1)
    assert (only[0].was.key, only[0].now) == ("환불", None)
    found = of(small, "환불")
    assert send(small, found, everybody(found), {"ko": prepared(found, "ko")}).told == 1
    small.library.enable(1)
    assert texts(small, 1) == []


def test_nobody_is_told_what_is_not_for_them(small: Bot) -> None:
    ask(small, "환불은 언제 되나요?", "a")
    ask(small, "환불은 언제 되나요?", "b", "staff")
    put(small, NEW.replace("답변\n", "답변,대상\n", 1).replace("5일 안에 됩니다.", "5일 안에 됩니다.,staff"))
    found = of(small, "환불")
    assert {each.use.person: each.state for each in found.affected} == {"a": "restricted", "b": "open"}
    assert send(small, found, everybody(found), {"ko": "직원만"}).told == 1
    assert [each.state for each in of(small, "환불").affected] == ["told", "restricted"]


def test_what_cannot_be_sent_is_refused(small: Bot) -> None:
    ask(small, "환불은 언제 되나요?", "a")
    ask(small, "How long does a refund take? 환불은 언제 되나요?", "b")
    put(small)
    found = of(small, "환불")
    for chosen, words, phrase in (
        (frozenset[str](), {"ko": "x"}, "web.recall.nothing_chosen"),
        (everybody(found), {"en": "x"}, "web.recall.empty"),
        (everybody(found), {"ko": " \n", "en": "x"}, "web.recall.empty"),
        (everybody(found), {"ko": "가" * (LONGEST + 1), "en": "x"}, "web.recall.long"),
    ):
        with pytest.raises(UserError) as error:
            send(small, found, chosen, words)
        assert error.value.phrase == phrase
    assert told(small, found) == []
    assert send(small, found, frozenset(["nobody"]), {"ko": "x"}).told == 0


def test_a_correction_worded_by_the_model_holds_what_holds_now(tmp_path: Path) -> None:
    good = "환불 기간이 달라졌어요. 전에는 3일 안에 된다고 했지만 지금은 5일 안에 됩니다. 혼란을 드려 죄송합니다."
    lines_ = [good, good.replace("5일", "6일"), good.replace("지금은 5일 안에 됩니다.", "곧 알려 드릴게요."), ""]
    model = ScriptedModel(["환불은 3일 안에 됩니다. [1]", *lines_])
    with build_bot(settings_for("sqlite", tmp_path / "data"), llm=model) as bot:
        bot.library.add([("faq.csv", OLD.encode())])
        ask(bot, "환불은 언제 되나요?", "a")
        put(bot)
        found = of(bot, "환불")
        assert word_correction(bot, found, "ko", "김민지") == good
        assert "지금 맞는 답" in model.asked[-1].user
        for _ in lines_[1:]:  # another number; the new one missing; nothing
            with pytest.raises(UserError) as error:
                word_correction(bot, found, "ko", "김민지")
            assert error.value.phrase == "web.recall.drafted_plain"


def test_without_a_model(small: Bot) -> None:
    ask(small, "교환은 어떻게 하나요?", "a")
    put(small)
    found = of(small, "교환")
    assert "참고하지 말아 주세요" in prepared(found, "ko")
    assert "no longer holds" in prepared(found, "en")
    with pytest.raises(UserError):
        word_correction(small, found, "ko", "")
