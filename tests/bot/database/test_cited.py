"""A source at its place: the prose around it, who may see it, and what became of it."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from bot.database.cited import Cited, cited, place_of
from bot.database.conversations import record
from bot.database.tables import PassageRow
from bot.messages import Source
from bot.tasks.request import SourceDetail
from bot.wiring import Bot
from tests.bot.database.exchanges import exchange
from tests.samples import BotMaker

TODAY = date(2026, 11, 25)
PARTS = {"주차": "건물 뒤에 주차합니다.", "식당": "식당은 지하에 있습니다.", "휴가": "휴가는 미리 신청합니다."}
GUIDE = "# 안내\n" + "".join(f"\n## {head}\n\n{said}\n" for head, said in PARTS.items())


@pytest.fixture
def bot(make_bot: BotMaker) -> Bot:
    made = make_bot()
    made.library.add([("guide.md", GUIDE.encode())])
    return made


def answered(bot: Bot, words: str) -> str:
    """Record an answer that rests on the passage of the guide with these words; return its id."""
    with bot.sessions.begin() as session:
        row = session.scalars(select(PassageRow).where(PassageRow.answer.contains(words))).one()
        source = Source("guide.md", row.key, 1, row.title, None, 0.9, words)
        one = replace(exchange(name="abc.t", sources=(source,)), source_details=(SourceDetail(row.id, 1.0, None),))
        record(session, one)
        return one.reply.answer_id


def found(bot: Bot, answer: str, groups: frozenset[str] | None = frozenset(), number: int = 1) -> Cited | None:
    with bot.sessions() as session:
        return cited(session, answer, number, groups=groups, today=TODAY)


def test_prose_stands_between_what_is_around_it(bot: Bot) -> None:
    answer = answered(bot, "지하에")
    here = found(bot, answer)
    assert here is not None
    assert "지하에" in here.text
    assert [("주차" in each) for each in here.before] == [True]
    assert [("미리" in each) for each in here.after] == [True]
    assert here.state == "same"
    assert found(bot, answer, number=2) is None
    assert found(bot, "nothing") is None
    with bot.sessions() as session:
        place = place_of(session, answer)
        assert place_of(session, "\0") is None
    assert place is not None
    assert (place.channel, place.external_id) == ("web", "abc.t")


def test_a_newer_version_keeps_what_stood_around_it_then(bot: Bot) -> None:
    answer = answered(bot, "지하에")
    bot.library.add([("guide.md", GUIDE.replace("지하에", "옥상에").replace("미리", "나중에").encode())])
    here = found(bot, answer)
    assert here is not None
    assert here.state == "changed"
    assert ("지하에" in here.text, "옥상에" in here.now_text) == (True, True)
    assert "미리" in "".join(here.after)


@pytest.mark.parametrize(("groups", "seen"), [(frozenset({"인사"}), True), (frozenset({"영업"}), False), (None, True)])
def test_an_entry_for_a_group_is_shown_to_it_alone(bot: Bot, groups: frozenset[str] | None, seen: bool) -> None:
    answer = answered(bot, "지하에")
    document = next(each for each in bot.library.documents() if each.name == "guide.md")
    bot.library.set_audience(document.id, ["인사"], author="kim")
    here = found(bot, answer, groups)
    assert here is not None
    assert bool(here.text) is seen
    assert bool(here.before) is seen
    assert here.state == ("same" if seen else "withdrawn")
