"""Days of questions and answers, written as they are recorded, for tests of what is counted."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.database.conversations import record
from bot.database.moods import TurnMood
from bot.database.tables import Feedback, HandoverRow, Person
from bot.messages import Tokens
from bot.wiring import Bot
from tests.bot.database.exchanges import SOURCE, exchange


def asked(
    bot: Bot,
    at: datetime,
    question: str = "환불은 얼마나 걸리나요?",
    *,
    mood: TurnMood | None = None,
    channel: str = "web",
    person: str = "kim",
    **reply: object,
) -> str:
    """Record a question and its answer at a moment; return the answer's id."""
    usual: dict[str, Any] = {"task": "answer", "model": "extractive", "latency_ms": 40.0}
    made = exchange(question, channel=channel, person=person, **{**usual, **reply})
    with bot.sessions.begin() as session:
        record(session, replace(made, at=at, mood=mood))
    return made.reply.answer_id


def rated(bot: Bot, answer: str, rating: int, at: datetime, reason: str | None = None) -> None:
    with bot.sessions.begin() as session:
        session.add(Feedback(answer_id=answer, rating=rating, reason=reason, created_at=at))


def handed(bot: Bot, answer: str, at: datetime, *, after: timedelta | None = None) -> None:
    """Have a question handed over at a moment, and ended after some time (None: it waits)."""
    with bot.sessions.begin() as session:
        who = session.query(Person).first()
        assert who
        ended = None if after is None else at + after
        outcome = None if after is None else "answered"
        row = HandoverRow(
            channel="slack", place=answer, asker_id=who.id, answer_id=answer, created_at=at, solved_at=ended,
            outcome=outcome,
        )  # fmt: skip
        session.add(row)


def filled(bot: Bot, now: datetime) -> None:
    """Fill yesterday, today and the day eight days ago: six questions, one of them in vain, and a translation."""
    yesterday, earlier = now - timedelta(days=1), now - timedelta(days=8)
    first = asked(bot, yesterday, mood=TurnMood(-0.8, {"배송": -0.8}), channel="slack")
    dear = asked(
        bot, yesterday, model="openai:gpt", latency_ms=2_000.0, tokens=Tokens(100, 20), cost_usd=0.5,
        sources=(SOURCE, replace(SOURCE, passage="refund", document="hanbit-faq.jsonl")),
    )  # fmt: skip
    asked(bot, yesterday, "배송이 너무 느려요. 010-1234-5678", mood=TurnMood(-0.6, {"배송": -0.6}), person="lee")
    asked(bot, yesterday, "배송이 왜 이래요", mood=TurnMood(-0.5, {"배송": -0.5, "홍길동": -0.5}), task="translate")
    vain = asked(bot, now, "드론으로 배달되나요?", answered=False, sources=(), language="en")
    asked(bot, now, "고마워요", task="smalltalk", sources=())
    asked(bot, earlier)
    asked(bot, earlier, "Do you ship abroad?", language="en", answered=False, sources=())
    rated(bot, first, 1, yesterday)
    rated(bot, dear, -1, now, "wrong")
    handed(bot, vain, now - timedelta(hours=3), after=timedelta(hours=2))
    handed(bot, dear, now)
