"""A conversation read back for whoever had it: questions and replies, as the page shows them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.database.columns import now
from bot.database.opinions import Opinion, opinions
from bot.database.tables import Answer, AnswerSource, Conversation, Turn
from bot.messages import Checks, Nearest, Reply, Source, Tokens
from knowledge.language import Language

MOST_TURNS = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A question and its reply, what is thought of it, and when that was (in UTC)."""

    question: str
    reply: Reply
    opinion: Opinion = field(default_factory=Opinion)
    at: datetime = field(default_factory=now)


def transcript(session: Session, channel: str, external_id: str, limit: int = MOST_TURNS) -> list[Shown]:
    """Return the last exchanges of a conversation, oldest first; none if there is no such conversation."""
    chosen = (
        select(Answer, Turn.text)
        .join(Conversation, Answer.conversation_id == Conversation.id)
        .join(Turn, Answer.question_turn_id == Turn.id)
        .where(Conversation.channel == channel, Conversation.external_id == external_id)
        .order_by(Turn.position.desc())
        .limit(limit)
    )
    rows = [(answer, question) for answer, question in session.execute(chosen)]
    texts = _texts(session, [answer.turn_id for answer, _ in rows])
    sources = sources_of(session, [answer.id for answer, _ in rows])
    thought = opinions(session, [answer.id for answer, _ in rows])
    return [
        Shown(
            question,
            reply_from_ledger(answer, texts.get(answer.turn_id, ""), external_id, sources.get(answer.id, [])),
            thought.get(answer.id, Opinion()),
            answer.created_at,
        )
        for answer, question in reversed(rows)
    ]


def _texts(session: Session, turn_ids: list[int]) -> dict[int, str]:
    rows = session.execute(select(Turn.id, Turn.text).where(Turn.id.in_(turn_ids)))
    return {row.id: row.text for row in rows}


def sources_of(session: Session, answer_ids: list[str]) -> dict[str, list[Source]]:
    """Return the sources of answers, by the answer's id."""
    chosen = select(AnswerSource).where(AnswerSource.answer_id.in_(answer_ids)).order_by(AnswerSource.position)
    found: dict[str, list[Source]] = {}
    for row in session.scalars(chosen):
        source = Source(row.document, row.passage, row.version, row.title, row.page, row.score, row.quote)
        found.setdefault(row.answer_id, []).append(source)
    return found


def reply_from_ledger(answer: Answer, text: str, conversation: str, sources: list[Source]) -> Reply:
    """Return a reply as it was given; ``text`` is what it said."""
    nearest: list[dict[str, Any]] = answer.nearest
    return Reply(
        answer_id=answer.id,
        conversation=conversation,
        text=text,
        answered=answer.answered,
        confidence=answer.confidence,
        task=answer.task,
        language=cast(Language, answer.language),
        sources=tuple(sources),
        nearest=tuple(Nearest(str(n["passage"]), str(n["question"])) for n in nearest),
        checks=cast(Checks, answer.checks),
        model=answer.model,
        tokens=Tokens(answer.input_tokens, answer.output_tokens),
        cost_usd=answer.cost_usd,
        latency_ms=answer.latency_ms,
        extract=answer.extract,
        notice=answer.notice,
        error=answer.error,
    )
