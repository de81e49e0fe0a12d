"""The mood of what somebody wrote is kept with the turn and goes with it; on SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.database.conversations import Exchange
from bot.database.ledger import answer_ledger
from bot.database.mood_tables import MoodRow
from bot.database.moods import TurnMood, moods_since
from bot.database.retaining import rules, steps
from bot.database.tables import Turn
from bot.retention import bounds
from bot.settings import Settings
from tests.bot.database.exchanges import Sessions, exchange, put

NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)


def spoken(score: float, days_ago: int = 0, **aspects: float) -> Exchange:
    return replace(exchange(), mood=TurnMood(score, aspects), at=NOON - timedelta(days=days_ago))


def test_it_is_kept_and_read_back_in_order(sessions: Sessions) -> None:
    put(sessions, spoken(0.5, 1, 배송=0.7), spoken(-0.25, 3), spoken(-0.9, 9), replace(exchange(), at=NOON))
    with sessions() as session:
        found = list(moods_since(session, NOON - timedelta(days=7), NOON))
    assert [(each.mood.score, each.mood.aspects) for each in found] == [(-0.25, {}), (0.5, {"배송": 0.7})]
    assert found[1].at == NOON - timedelta(days=1)


def test_the_ledger_of_the_answer_shows_it(sessions: Sessions) -> None:
    with_mood, without = spoken(-0.5), exchange()
    put(sessions, with_mood, without)
    with sessions() as session:
        assert answer_ledger(session, with_mood.reply.answer_id).mood == -0.5
        assert answer_ledger(session, without.reply.answer_id).mood is None


def test_it_goes_with_its_turn(sessions: Sessions) -> None:
    put(sessions, spoken(0.5))
    with sessions.begin() as session:
        session.execute(sa.delete(Turn))
    with sessions() as session:
        assert session.scalars(sa.select(MoodRow)).all() == []


def test_it_is_kept_no_longer_than_what_was_said(sessions: Sessions) -> None:
    put(sessions, spoken(0.5, 200), spoken(0.25, 1))
    due = bounds(Settings(keep_days=180), NOON)
    for rule in rules(due):
        list(steps(sessions, rule))
    with sessions() as session:
        assert [row.score for row in session.scalars(sa.select(MoodRow))] == [0.25]
