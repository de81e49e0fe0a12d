"""Answers that are given again: where the same is asked of the same documents, and nowhere else."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot.database.cache_tables import CachedAnswer, CachedPassage
from bot.database.cached_answers import AT_ONCE, make_room
from bot.llm.scripted import ScriptedModel
from bot.messages import Message, Reply
from bot.wiring import Bot, build_bot
from tests.bot.database.conftest import settings_for
from tests.samples import KOREAN, NOON, BotMaker, lines

GOOD = "환불은 영업일 기준 3일 안에 처리됩니다. [1]"
ASKED = "환불은 얼마나 걸리나요?"
REWORDED = "혹시 환불이 얼마나 걸리는지 궁금합니다"
DELIVERY = "배송비는 얼마인가요?"
YEAR = timedelta(days=365)
COSTS = "배송비는 3,000원이며 50,000원 이상 주문하시면 무료입니다. [1]"


class Other(ScriptedModel):
    """Another model."""

    name = "scripted:other"


@dataclass
class Clock:
    """A clock that is set by hand."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at


def ask(bot: Bot, text: str = ASKED, **values: object) -> Reply:
    return bot.ask(Message(text, "test", **values))  # type: ignore[arg-type]


def kept(bot: Bot) -> list[str]:
    with bot.sessions() as session:
        return list(session.scalars(select(CachedAnswer.text)))


def document(bot: Bot, name: str = "hanbit-faq.jsonl") -> int:
    return next(each.id for each in bot.library.documents() if each.name == name)


@pytest.fixture
def model() -> ScriptedModel:
    return ScriptedModel([GOOD], price=0.001)


@pytest.fixture
def bot(make_bot: BotMaker, model: ScriptedModel) -> Bot:
    return make_bot(model)


# --- the same is asked ------------------------------------------------------------------------------------------


def test_the_same_question_in_other_words_costs_nothing(bot: Bot, model: ScriptedModel) -> None:
    first, second = ask(bot), ask(bot, REWORDED)
    assert len(model.asked) == 1
    assert (second.text, second.checks, second.model) == (first.text, "supported", first.model)
    assert [source.passage for source in second.sources] == [source.passage for source in first.sources]
    assert (second.tokens.input, second.tokens.output, second.cost_usd) == (0, 0, 0.0)
    assert first.cost_usd
    assert second.answer_id != first.answer_id


def test_it_is_streamed_as_it_was_written(make_bot: BotMaker) -> None:
    model = ScriptedModel([f"{GOOD} 영업일 기준 3일입니다. [1]"])
    bot = make_bot(model)
    told = [list(bot.stream(Message(text, "test"))) for text in (ASKED, REWORDED)]
    texts = [[event.text for event in events if event.kind == "text"] for events in told]
    assert len(model.asked) == 1
    assert len(texts[1]) == 2
    assert "".join(texts[0]).split() == "".join(texts[1]).split()
    assert [event.kind for event in told[1]] == ["status", "sources", "text", "text", "done"]


@pytest.mark.parametrize("other", ["환불은 왜 늦어지나요?", "환불은 안 되나요?", "교환은 얼마나 걸리나요?"])
def test_what_asks_something_else_is_written_anew(bot: Bot, model: ScriptedModel, other: str) -> None:
    ask(bot)
    reply = ask(bot, other)
    assert len(model.asked) == 2 or not reply.answered


def test_the_question_itself_is_not_kept(bot: Bot) -> None:
    ask(bot)
    with bot.sessions() as session:
        (row,) = session.execute(select(CachedAnswer)).scalars()
        stored = " ".join(str(getattr(row, column.name)) for column in CachedAnswer.__table__.columns)
    assert "걸리나요" not in stored


def test_an_answer_with_words_of_the_question_alone_is_not_kept(make_bot: BotMaker) -> None:
    model = ScriptedModel(["김보라 님, 환불은 영업일 기준 3일 안에 처리됩니다. [1]"])
    bot = make_bot(model)
    ask(bot, "김보라인데 환불은 얼마나 걸리나요?")
    assert kept(bot) == []


@pytest.mark.parametrize("said", ["환불은 영업일 기준 7일 안에 처리됩니다. [1]", "NO_ANSWER", "", "안녕하세요!"])
def test_what_is_not_supported_throughout_is_not_kept(make_bot: BotMaker, said: str) -> None:
    bot = make_bot(ScriptedModel([said]), llm_deadline=2)
    ask(bot)
    assert kept(bot) == []


def test_without_a_model_nothing_is_kept(make_bot: BotMaker) -> None:
    bot = make_bot()
    ask(bot)
    assert kept(bot) == []


def test_it_can_be_switched_off(make_bot: BotMaker, model: ScriptedModel) -> None:
    bot = make_bot(model, cache_days=0)
    ask(bot)
    ask(bot)
    assert (len(model.asked), kept(bot)) == (2, [])


# --- who asks, and whom -----------------------------------------------------------------------------------------


def test_who_may_see_more_is_answered_for_himself(bot: Bot, model: ScriptedModel) -> None:
    ask(bot)
    ask(bot, audience=frozenset({"staff"}))
    assert len(model.asked) == 2
    ask(bot, audience=frozenset({"staff"}), person="other@example.com")
    assert len(model.asked) == 2


def test_another_language_of_the_answer_is_another_prompt(bot: Bot, model: ScriptedModel) -> None:
    ask(bot)
    ask(bot, language="en")
    assert model.asked[1].system.startswith("You are")


@pytest.mark.parametrize("changed", ["model", "attempts"])
def test_another_model_or_number_of_tries_writes_its_own(make_bot: BotMaker, tmp_path: Path, changed: str) -> None:
    first = make_bot(ScriptedModel([GOOD]))
    ask(first)
    data = first.settings.data
    first.close()
    model = Other([GOOD]) if changed == "model" else ScriptedModel([GOOD])
    more = {} if changed == "model" else {"llm_attempts": 2}
    settings = first.settings.model_copy(update=more)
    with build_bot(settings, llm=model, clock=lambda: NOON) as bot:
        assert bot.settings.data == data
        ask(bot)
        assert model.asked


def test_the_same_bot_started_again_still_has_it(make_bot: BotMaker) -> None:
    first = make_bot(ScriptedModel([GOOD]))
    ask(first)
    first.close()
    model = ScriptedModel([GOOD])
    with build_bot(first.settings, llm=model, clock=lambda: NOON) as bot:
        assert ask(bot).text == GOOD
    assert model.asked == []


# --- what was changed -------------------------------------------------------------------------------------------


@pytest.fixture(params=["sqlite", "postgresql"])
def two_documents(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Bot, ScriptedModel]]:
    """A bot that has answered a question out of each of its two documents, on either database."""
    model = ScriptedModel([GOOD, COSTS, GOOD])
    with build_bot(settings_for(request.param, tmp_path / "data"), llm=model, clock=lambda: NOON) as made:
        made.library.add([("refunds.jsonl", lines(KOREAN[:1])), ("delivery.jsonl", lines(KOREAN[1:3]))])
        ask(made)
        ask(made, DELIVERY)
        assert sorted(kept(made)) == sorted([GOOD, COSTS])
        yield made, model


def _changed(bot: Bot) -> None:
    answer = "환불은 신청하신 날부터 영업일 기준 4일 안에 처리됩니다."
    bot.library.add([("refunds.jsonl", lines([{**KOREAN[0], "answer": answer}]))])


CHANGES: dict[str, Callable[[Bot], None]] = {
    "changed": _changed,
    "disabled": lambda bot: bot.library.disable(document(bot, "refunds.jsonl")),
    "removed": lambda bot: bot.library.remove(document(bot, "refunds.jsonl")),
    "shown to others": lambda bot: bot.library.set_audience(document(bot, "refunds.jsonl"), ["staff"]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_document_drops_exactly_its_answers(two_documents: tuple[Bot, ScriptedModel], change: str) -> None:
    bot, model = two_documents
    CHANGES[change](bot)
    assert kept(bot) == [COSTS]
    with bot.sessions() as session:
        assert len(list(session.scalars(select(CachedPassage.key)))) == 1
    assert ask(bot).text != GOOD
    before = len(model.asked)
    assert ask(bot, DELIVERY).text == COSTS
    assert len(model.asked) == before


def test_what_stays_as_it_was_in_a_new_version_keeps_its_answers(bot: Bot, model: ScriptedModel) -> None:
    ask(bot)
    rows = [row if row["id"] != "hours" else {**row, "answer": "고객센터는 쉬지 않습니다."} for row in KOREAN]
    bot.library.add([("hanbit-faq.jsonl", lines(rows))])
    assert ask(bot).text == GOOD
    assert len(model.asked) == 1


def test_a_new_document_that_may_say_otherwise_has_it_written_anew(bot: Bot, model: ScriptedModel) -> None:
    ask(bot)
    row = {"id": "new", "question": "환불은 얼마나 걸리나요? 카드라면?", "answer": "카드 환불은 5일 걸립니다."}
    bot.library.add([("cards.jsonl", lines([row]))])
    ask(bot)
    assert len(model.asked) == 2


def test_a_passage_that_is_valid_from_today_has_it_written_anew(make_bot: BotMaker, model: ScriptedModel) -> None:
    first = make_bot(model)
    row = {
        "id": "new",
        "question": "환불은 얼마나 걸리나요?",
        "answer": "환불은 하루 걸립니다.",
        "valid_from": "2026-12-01",
    }
    first.library.add([("december.jsonl", lines([row]))])
    ask(first)
    ask(first)
    assert len(model.asked) == 1
    first.close()
    with build_bot(first.settings, llm=model, clock=lambda: NOON + timedelta(days=8)) as bot:
        ask(bot)
    assert "하루 걸립니다" in model.asked[1].user


def test_after_the_days_it_is_written_anew(make_bot: BotMaker, model: ScriptedModel) -> None:
    first = make_bot(model, cache_days=2)
    ask(first)
    first.close()
    clock = Clock(NOON + timedelta(days=1, hours=23))
    with build_bot(first.settings, llm=model, clock=clock) as bot:
        ask(bot)
        assert len(model.asked) == 1
        clock.at = NOON + timedelta(days=2, minutes=1)
        ask(bot)
        assert len(model.asked) == 2


def test_who_is_not_content_has_it_written_anew(bot: Bot, model: ScriptedModel) -> None:
    first = ask(bot)
    bot.rate(first.answer_id, 1, channel="test")
    assert kept(bot) == [GOOD]
    second = ask(bot)
    bot.rate(second.answer_id, -1, channel="test", reason="wrong")
    assert kept(bot) == []
    ask(bot)
    assert len(model.asked) == 2


def test_the_oldest_make_room(bot: Bot) -> None:
    ask(bot)
    long_ago = {"model": "m", "cited": [], "shown": [], "live": "", "day": NOON.date(), "created_at": NOON - YEAR}
    with bot.sessions.begin() as session:
        session.execute(insert(CachedAnswer), [{"key": f"{n}", "text": "old", **long_ago} for n in range(AT_ONCE)])
    for most, left in {AT_ONCE + 2: AT_ONCE + 1, AT_ONCE + 1: 1}.items():
        with bot.sessions.begin() as session:
            make_room(session, most)
        assert len(kept(bot)) == left
    assert kept(bot) == [GOOD]
