"""What stands behind the sums: the entries' questions, and messages that complain."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.database.mood_tables import MoodRow
from bot.database.own_conversations import removed
from bot.database.tables import Answer, Conversation, Document, PassageRow, Turn

LOOKED_AT = 200
"""Messages that are looked through for examples: the newest ones that are not content."""


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """An entry by its document's number, with its question (a heading where it has none)."""

    document_id: int
    question: str


@dataclass(frozen=True, slots=True)
class Complaining:
    """A message that is not content, with the scores of what it speaks of, and where it was said."""

    text: str
    aspects: Mapping[str, float]
    conversation: str
    answer: str
    at: datetime


def named_entries(session: Session, entries: Collection[tuple[str, str]]) -> dict[tuple[str, str], NamedEntry]:
    """Return the entries by their document's name and key, as they were last; without those that are gone."""
    if not entries:
        return {}
    names, keys = {name for name, _ in entries}, {key for _, key in entries}
    chosen = (
        select(Document.name, PassageRow.key, Document.id, PassageRow.question, PassageRow.title)
        .join(PassageRow, PassageRow.document_id == Document.id)
        .where(Document.name.in_(names), PassageRow.key.in_(keys))
        .order_by(PassageRow.id)
    )
    rows: Any = session.execute(chosen)
    return {(name, key): NamedEntry(number, question or title or key) for name, key, number, question, title in rows}


def complaining(session: Session, since: datetime, until: datetime) -> list[Complaining]:
    """Return messages of a span that are not content, the newest first, some of them; none that was taken away."""
    chosen = (
        select(Turn.text, MoodRow.aspects, Turn.conversation_id, Answer.id, MoodRow.created_at)
        .join(Turn, Turn.id == MoodRow.turn_id)
        .join(Answer, Answer.question_turn_id == Turn.id)
        .join(Conversation, Conversation.id == Turn.conversation_id)
        .where(MoodRow.created_at >= since, MoodRow.created_at < until, MoodRow.score < 0, ~removed())
        .order_by(MoodRow.created_at.desc())
        .limit(LOOKED_AT)
    )
    return [Complaining(*row) for row in session.execute(chosen)]
