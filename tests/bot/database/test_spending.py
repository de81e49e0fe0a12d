"""What answers used, by task and model; on SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.database.conversations import Exchange
from bot.database.spending import Spent, spent_since
from bot.messages import Tokens
from tests.bot.database.exchanges import Sessions, exchange, put

NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)
MINI, OWN = "openai:gpt-4.1-mini", "openai:our-own"


def given(days_ago: float = 0, **reply: Any) -> Exchange:
    return replace(exchange(**reply), at=NOON - timedelta(days=days_ago))


def test_tokens_and_cost_are_summed_by_task_and_model(sessions: Sessions) -> None:
    put(
        sessions,
        given(model=MINI, tokens=Tokens(100, 20), cost_usd=0.5, latency_ms=1_000.0),
        given(1, model=MINI, tokens=Tokens(50, 10), cost_usd=0.25, latency_ms=3_000.0),
        given(1, model=MINI, task="translate", tokens=Tokens(10, 10), cost_usd=0.125, latency_ms=500.0),
        given(2, model=OWN, tokens=Tokens(7, 3), cost_usd=None, latency_ms=100.0),
        given(3, model="extractive", tokens=Tokens(), cost_usd=None, latency_ms=10.0),
        given(9, model=MINI, tokens=Tokens(9_999, 9_999), cost_usd=99.0, latency_ms=1.0),
    )
    with sessions() as session:
        found = spent_since(session, NOON - timedelta(days=7), NOON + timedelta(seconds=1))
        none = spent_since(session, NOON + timedelta(days=1), NOON + timedelta(days=2))
    assert list(found) == [
        Spent("answer", MINI, 2, 150, 30, 0.75, 0, 2_000.0),
        Spent("translate", MINI, 1, 10, 10, 0.125, 0, 500.0),
        Spent("answer", "extractive", 1, 0, 0, 0.0, 0, 10.0),
        Spent("answer", OWN, 1, 7, 3, 0.0, 1, 100.0),
    ]
    assert list(none) == []
