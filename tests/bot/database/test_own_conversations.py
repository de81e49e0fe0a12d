"""A person's own conversations: whose they are, found by words, named, taken away for good only after a while."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from bot.database import handovers, own_conversations, tables
from bot.database.handovers import Handover
from bot.database.own_conversations import UNDO, Whose
from bot.database.tables import now
from tests.bot.database.exchanges import exchange, put

Sessions = sessionmaker[Session]

MINE = Whose("web", "abc", "abc.")


def titles(sessions: Sessions, whose: Whose = MINE, **wanted: str) -> list[str]:
    with sessions() as session:
        return [each.title for each in own_conversations.own(session, whose, **wanted)]  # type: ignore[arg-type]


@pytest.fixture
def filled(sessions: Sessions) -> Sessions:
    put(
        sessions,
        exchange("환불은 며칠 걸려요?", name="abc.one", person="abc"),
        exchange("배송비는 얼마예요?\n급해요", name="abc.two", person="abc"),
        exchange("그럼 제주도는요?", name="abc.two", person="abc"),
        exchange("다른 사람의 질문", name="xyz.one", person="xyz"),
        exchange("Slack에서 물은 것", name="abc.three", person="abc", channel="slack"),
        exchange("계정의 것", name="account-1.one", person="account:kim"),
    )
    return sessions


def test_only_ones_own_are_listed_the_newest_first_by_their_first_question(filled: Sessions) -> None:
    assert titles(filled) == ["배송비는 얼마예요? 급해요", "환불은 며칠 걸려요?"]
    assert titles(filled, Whose("web", "account:kim", "account-1.")) == ["계정의 것"]
    assert titles(filled, Whose("web", "account:kim", "account-2.")) == []
    assert titles(filled, before="two") == ["환불은 며칠 걸려요?"]
    assert not MINE.owns("abc.5.tab"), "an account's of before"


def test_words_are_looked_for_in_all_that_was_said(filled: Sessions) -> None:
    counted = {
        "환불은": 1,
        "제주도": 1,
        "급해요 제주도": 1,
        "환불 제주도": 0,
        "%": 0,
        "_": 0,
        "사흘": 2,
        "\0": 2,
        "'; --": 0,
    }
    assert {words: len(titles(filled, words=words)) for words in counted} == counted


def test_one_is_named_and_found_by_its_name(filled: Sessions) -> None:
    with filled.begin() as session:
        assert own_conversations.rename(session, MINE, "one", "  내 환불 \n 이야기 " + "가" * 500)
        assert not own_conversations.rename(session, MINE, "one.x", "-")
        assert not own_conversations.rename(session, Whose("web", "xyz", "xyz."), "two", "-")
    assert titles(filled, words="이야기")[0].startswith("내 환불 이야기")
    with filled.begin() as session:
        assert own_conversations.rename(session, MINE, "one", " ")
    assert titles(filled, words="환불은") == ["환불은 며칠 걸려요?"]


def test_one_that_is_taken_away_can_be_brought_back_for_a_while(filled: Sessions) -> None:
    at = now() + timedelta(seconds=1)
    with filled.begin() as session:
        assert own_conversations.take_away(session, MINE, "one", at)
        assert not own_conversations.take_away(session, MINE, "one", at), "once"
    assert len(titles(filled)) == 1
    with filled.begin() as session:
        assert own_conversations.bring_back(session, MINE, "one")
        assert not own_conversations.bring_back(session, MINE, "two")
    assert len(titles(filled)) == 2


def test_after_a_while_it_is_deleted_with_all_that_belongs_to_it(filled: Sessions) -> None:
    at = now() + timedelta(seconds=1)
    new = Handover(0, "web", "abc.one", "abc", "환불은 며칠 걸려요?", (), at, contact_mail="a@b.example")
    with filled.begin() as session:
        handovers.begin(session, new)
        own_conversations.take_away(session, MINE, "one", at)
        assert not own_conversations.any_due(session, at + UNDO / 2)
        assert own_conversations.delete_due(session, at + UNDO / 2) == 0
        assert own_conversations.delete_due(session, at + UNDO) == 1
        said = select(func.count()).select_from(tables.Turn).where(tables.Turn.text.like("환불은 며칠%"))
        assert session.scalar(said) == 0
        assert session.scalar(select(func.count()).select_from(tables.HandoverRow)) == 0
        assert not own_conversations.bring_back(session, MINE, "one")


def test_going_on_with_it_elsewhere_brings_it_back(filled: Sessions) -> None:
    at = now() + timedelta(seconds=1)
    with filled.begin() as session:
        own_conversations.take_away(session, MINE, "one", at - timedelta(minutes=5))
        assert own_conversations.delete_due(session, at + UNDO) == 0, "it was gone on with since"
    assert len(titles(filled)) == 2
