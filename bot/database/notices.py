"""What people were told in a conversation afterwards, without having asked again: written once, read with the rest."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.database.cleaning import cleaned, name_of
from bot.database.columns import now
from bot.database.notice_tables import NoticeRow
from bot.database.tables import Conversation, Person
from knowledge.language import Language

NOTICES: Table = NoticeRow.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was said in a conversation; ``key`` tells what for, ``at`` is in UTC."""

    id: int
    key: str
    conversation: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A past conversation: the channel's own names for it and for who began it ("": nobody known)."""

    id: str
    channel: str
    external_id: str
    person: str
    language: Language | None


def place(session: Session, conversation: str) -> Place | None:
    """Return where a conversation is, by its id; None where there is none (any more)."""
    return places(session, [conversation]).get(conversation)


def places(session: Session, conversations: Collection[str]) -> dict[str, Place]:
    """Return where conversations are, by their ids; those that were taken away are left out."""
    gone_on_with = Conversation.updated_at > Conversation.removed_at
    chosen = (
        select(Conversation.id, Conversation.channel, Conversation.external_id, Person.external_id)
        .add_columns(Conversation.language)
        .outerjoin(Person, Person.id == Conversation.person_id)
        .where(Conversation.id.in_(conversations), or_(Conversation.removed_at.is_(None), gone_on_with))
    )
    return {row[0]: Place(row[0], row[1], row[2], row[3] or "", _language(row[4])) for row in session.execute(chosen)}


def _language(stored: str | None) -> Language | None:
    return "ko" if stored == "ko" else "en" if stored == "en" else None


def add(session: Session, key: str, conversation: str, text: str) -> bool:
    """Write a notice down; False where there is one of this key."""
    values = {"key": name_of(key, 400), "conversation_id": conversation, "text": cleaned(text), "created_at": now()}
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert
    found = session.execute(insert(NOTICES).on_conflict_do_nothing().returning(NOTICES.c.id), values)
    return found.first() is not None


def is_told(session: Session, key: str) -> bool:
    """Tell whether there is a notice of this key."""
    return session.scalar(select(NOTICES.c.id).where(NOTICES.c.key == name_of(key, 400))) is not None


def told(session: Session, beginning: str) -> list[Notice]:
    """Return the notices whose keys begin so, oldest first."""
    return _notices(session, NoticeRow.key.startswith(beginning, autoescape=True))


def of_conversations(session: Session, conversations: Collection[str]) -> list[Notice]:
    """Return the notices of conversations, by their ids, oldest first."""
    return _notices(session, NoticeRow.conversation_id.in_(conversations))


def of_place(session: Session, channel: str, external_id: str) -> list[Notice]:
    """Return the notices of a conversation, by the channel's name for it, oldest first."""
    here = (Conversation.channel == channel) & (Conversation.external_id == name_of(external_id, 200))
    return _notices(session, NoticeRow.conversation_id.in_(select(Conversation.id).where(here)))


def _notices(session: Session, which: object) -> list[Notice]:
    chosen = select(NoticeRow).where(which).order_by(NoticeRow.id)  # type: ignore[arg-type]
    return [Notice(row.id, row.key, row.conversation_id, row.text, row.created_at) for row in session.scalars(chosen)]


def erase(session: Session, conversations: Collection[str]) -> int:
    """Delete the notices of conversations; return how many."""
    gone = delete(NoticeRow).where(NoticeRow.conversation_id.in_(conversations)).returning(NoticeRow.id)
    return len(session.execute(gone).all())
