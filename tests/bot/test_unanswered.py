"""Questions that were asked in vain are put together by meaning, as they come, and taken apart again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot import told_later, version_trials
from bot.database import notices, question_groups
from bot.database.asked import RECENT
from bot.database.audit import Actor
from bot.database.conversations import add_feedback
from bot.database.erasing import erase, find_people
from bot.database.question_groups import Group, Wanted
from bot.database.tables import Answer, Feedback, HandoverRow, Person, QuestionGroup
from bot.entry_fields import EntryFields
from bot.errors import UserError
from bot.jobs import jobs_of
from bot.proposals import Proposals
from bot.trying_versions import Wish
from bot.unanswered import about_each, refresh, waiting
from bot.wiring import Bot
from tests.bot.database.exchanges import exchange
from tests.samples import BotMaker

PARKING = ("주말에도 주차할 수 있나요?", "주말 주차가 가능한지 궁금해요", "주말에 주차 되나요")


@pytest.fixture
def bot(make_bot: BotMaker) -> Bot:
    return make_bot()


def ask(
    bot: Bot, question: str, *, person: str = "kim", answered: bool = False, channel: str = "web", days: float = 0.0
) -> str:
    """Record a question that was not answered, some days ago; return the id of the answer."""
    from bot.database.conversations import record

    language = "en" if question.isascii() else "ko"
    said = exchange(question, person=person, channel=channel, answered=answered, language=language, sources=())
    with bot.sessions.begin() as session:
        record(session, replace(said, at=datetime.now(UTC) - timedelta(days=days)))
    return said.reply.answer_id


def groups(bot: Bot, state: str = "open", **wanted: Any) -> list[Group]:
    now = datetime.now(UTC)
    with bot.sessions() as session:
        chosen = Wanted(now - timedelta(days=90), now + timedelta(days=1), state, **wanted)
        return question_groups.listed(session, chosen, 100)


def shown(bot: Bot, state: str = "open", **wanted: str) -> list[tuple[str, int, int]]:
    return [(each.question, each.count, each.people) for each in groups(bot, state, **wanted)]


@pytest.mark.postgresql
def test_what_means_the_same_is_one_group_whoever_asked_it_and_whenever_it_came(bot: Bot) -> None:
    for person, question in zip(("kim", "lee", "kim"), PARKING, strict=True):
        ask(bot, question, person=person)
    ask(bot, "Do you ship to Canada?", channel="slack")
    ask(bot, "환불은 얼마나 걸리나요?", answered=True)
    assert waiting(bot) == 4
    assert refresh(bot) == 4
    ask(bot, PARKING[2], person="park")
    assert (waiting(bot), refresh(bot), refresh(bot)) == (1, 1, 0)
    assert shown(bot) == [(PARKING[2], 4, 3), ("Do you ship to Canada?", 1, 1)]
    assert shown(bot, language="en") == [("Do you ship to Canada?", 1, 1)]
    for words in ("주차 주말", "가능한지", "주말주차"):  # also how only one of them asked, and where spaces differ
        assert shown(bot, words=words) == shown(bot)[:1], words
    parking = groups(bot)[0]
    assert parking.checked > 0
    assert parking.nearest
    with bot.sessions() as session:
        span = question_groups.spans(session, [parking.id], datetime.now(UTC) - RECENT, datetime.now(UTC))
        said = question_groups.wordings(session, parking.id)
    assert (span[parking.id].count, span[parking.id].channels, span[parking.id].bars[-1]) == (4, {"web": 4}, 4)
    assert next((each.text, each.count) for each in said) == (PARKING[2], 2)


def test_few_words_in_common_are_enough_where_the_meaning_is_near(bot: Bot) -> None:
    for question in (
        "셔틀버스는 몇 시에 출발하나요?",
        "셔틀버스 첫차 시간 알려 주세요",
        "셔틀버스에 짐을 실어도 되나요?",
    ):
        ask(bot, question)
    refresh(bot)
    assert sorted(count for _, count, _ in shown(bot)) == [1, 2]


def test_what_is_asked_of_the_same_thing_is_not_the_same(bot: Bot) -> None:
    for question in ("주차 요금은 얼마인가요?", "주차 시간은 몇 시까지인가요?", "ㅁㄴㅇㄹ", "???", "😀😀", " "):
        ask(bot, question)
    refresh(bot)
    assert sorted(each.count for each in groups(bot)) == [1] * 6


@pytest.mark.postgresql
def test_thumbs_down_and_handovers_count_and_a_rating_can_be_taken_back(bot: Bot) -> None:
    bad = ask(bot, "배송비는 얼마인가요?", answered=True)
    handed = ask(bot, "교환은 어떻게 하나요?", answered=True)
    with bot.sessions.begin() as session:
        add_feedback(session, bad, -1, channel="web", person="kim", reason="outdated")
        person = session.scalars(select(Person.id)).first()
        session.add(HandoverRow(channel="web", place="x", asker_id=person, answer_id=handed, called=[]))
    refresh(bot)
    assert len(shown(bot)) == 2
    assert shown(bot, kind="bad") == [("배송비는 얼마인가요?", 1, 1)]
    assert shown(bot, kind="handed") == [("교환은 어떻게 하나요?", 1, 1)]
    with bot.sessions() as session:
        assert question_groups.said_wrong(session, groups(bot, kind="bad")[0].id) == {"outdated": 1}
        both = [groups(bot, kind=kind)[0].id for kind in ("bad", "handed")]
        now = datetime.now(UTC)
        why = question_groups.spans(session, both, now - RECENT, now + timedelta(days=1))
    assert [why[each].kinds for each in both] == [("bad",), ("handed",)]
    with bot.sessions.begin() as session:
        session.query(Feedback).delete()
    refresh(bot)
    assert shown(bot) == [("교환은 어떻게 하나요?", 1, 1)]


@pytest.mark.postgresql
def test_groups_are_merged_split_and_stay_so(bot: Bot) -> None:
    for question in (*PARKING, "차를 세울 곳이 있나요?"):
        ask(bot, question)
    refresh(bot)
    big, small = groups(bot)
    with bot.sessions.begin() as session:
        assert question_groups.merge(session, small.id, big.id)
        assert not question_groups.merge(session, small.id, big.id)
    ask(bot, "차를 세울 곳 있나요")
    refresh(bot)
    assert [each.count for each in groups(bot)] == [5]
    with bot.sessions() as session:
        assert question_groups.get(session, small.id) == question_groups.get(session, big.id)
    with bot.sessions.begin() as session:
        words = about_each([PARKING[0]])[PARKING[0]]
        made = question_groups.split(session, big.id, PARKING[0], (words.core, words.whole))
        assert question_groups.split(session, made or 0, PARKING[0], ((), ())) is None
    assert sorted(each.count for each in groups(bot)) == [1, 4]


def test_a_group_opens_again_when_it_is_asked_in_vain_after_its_answer(bot: Bot) -> None:
    ask(bot, PARKING[0])
    refresh(bot)
    with bot.sessions.begin() as session:
        assert question_groups.decide(session, groups(bot)[0].id, "answered", "kim")
    refresh(bot)
    assert len(shown(bot, "answered")) == 1
    ask(bot, PARKING[1])
    refresh(bot)
    assert (len(shown(bot, "answered")), len(shown(bot))) == (0, 1)
    with bot.sessions.begin() as session:
        question_groups.decide(session, groups(bot)[0].id, "dismissed", "kim", reason="out_of_scope")
    ask(bot, PARKING[1])
    refresh(bot)
    assert len(shown(bot, "dismissed")) == 1


@pytest.mark.postgresql
def test_nothing_of_a_person_who_is_erased_is_left(bot: Bot) -> None:
    ask(bot, "제 이름은 홍길동인데 주말 주차 되나요?", person="hong")
    ask(bot, "홍길동이 예약한 방은 몇 호인가요?", person="hong")
    ask(bot, PARKING[1], person="lee")
    refresh(bot)
    with bot.sessions() as session:
        gone = find_people(session, "hong")
    erase(bot.engine, gone)
    with bot.sessions() as session:
        left = [(row.question, row.words) for row in session.scalars(select(QuestionGroup))]
    assert "길동" not in str(left)
    assert [question for question, _ in left] == [PARKING[1]]
    refresh(bot)
    ask(bot, PARKING[2], person="park")
    refresh(bot)
    assert [each.count for each in groups(bot)] == [2]
    with bot.sessions.begin() as session:
        session.query(Answer).delete()
    refresh(bot)
    assert groups(bot) == []


def test_many_are_told_in_the_background_and_once(bot: Bot) -> None:
    for number in range(told_later.AT_ONCE + 1):
        ask(bot, PARKING[0], person=f"p{number}")
    refresh(bot)
    group, actor = groups(bot)[0].id, Actor("kim")
    Proposals(bot).prepare(group, EntryFields("네, 됩니다.", PARKING[0]), None, actor)
    Proposals(bot).approve(group, actor)
    assert told_later.begin(bot, group, None, actor) is None
    assert told_later.begin(bot, group, None, actor) is None
    (row,) = bot.inbox.list("new")
    for _ in range(2):  # as after a crash
        jobs_of(bot)[told_later.JOB](row.where)
    assert all(each.told for each in told_later.recipients(bot, group))
    with bot.sessions() as session:
        assert len(notices.told(session, f"question:{group}:")) == told_later.AT_ONCE + 1
    assert told_later.begin(bot, group, None, actor) == 0


def test_where_trials_are_required_an_answer_needs_one(make_bot: BotMaker) -> None:
    bot = make_bot(publishing="tried")
    ask(bot, PARKING[0])
    refresh(bot)
    group, actor = groups(bot)[0].id, Actor("kim")
    version = Proposals(bot).prepare(group, EntryFields("네, 됩니다.", PARKING[0]), None, actor)
    with pytest.raises(UserError, match="was not tried"):
        Proposals(bot).approve(group, actor)
    assert version_trials.try_now(bot, version, Wish()).state == "done"
    Proposals(bot).approve(group, actor)
    assert len(shown(bot, "answered")) == 1
