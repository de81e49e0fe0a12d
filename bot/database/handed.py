"""Questions that people were asked to take over, as the pages show them: by place, some at a time, with the replies."""

from dataclasses import dataclass
from secrets import token_hex
from typing import Literal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot.database import notices
from bot.database.cleaning import name_of
from bot.database.handover_tables import HandoverRow
from bot.database.handovers import KEYS, Handover, handovers_of
from bot.database.tables import Answer, Conversation, Person

Stage = Literal["waiting", "answered", "solved"]
"""Nobody wrote yet; somebody did; it has ended."""

MOST_IN_PLACE = 50


@dataclass(frozen=True, slots=True)
class Handed:
    """One of them, how far it is, and what was written to the asker, oldest first."""

    handover: Handover
    stage: Stage
    replies: tuple[str, ...] = ()


def reply_key(number: int, name: str = "") -> str:
    """Return the key of a reply to the asker; without a name, what the keys of all of them begin with."""
    return f"{KEYS}{number}:reply:{name}"


def fresh_name() -> str:
    """Return a name for a reply that no other has."""
    return token_hex(8)


def is_reply(key: str) -> bool:
    """Tell whether a notice is what a person wrote to somebody who had asked for one."""
    return key.startswith(KEYS) and ":reply:" in key


def in_place(session: Session, channel: str, place: str) -> list[Handed]:
    """Return those of a place, the oldest first."""
    here = (HandoverRow.channel == name_of(channel, 40)) & (HandoverRow.place == name_of(place, 200))
    return [with_replies(session, each) for each in handovers_of(session, here, MOST_IN_PLACE)]


def with_replies(session: Session, over: Handover) -> Handed:
    """Return one with what was written to its asker."""
    replies = tuple(each.text for each in notices.told(session, reply_key(over.id)))
    stage: Stage = "solved" if over.solved_at is not None else "answered" if replies else "waiting"
    return Handed(over, stage, replies)


def listed(session: Session, *, solved: bool, limit: int, before: int = 0) -> list[Handover]:
    """Return those that wait, the oldest first; or those that have ended, the newest first, older than a number."""
    if not solved:
        return handovers_of(session, HandoverRow.solved_at.is_(None), limit)
    ended: ColumnElement[bool] = HandoverRow.solved_at.is_not(None)
    ended = ended & (HandoverRow.id < before) if before else ended
    numbers = list(session.scalars(select(HandoverRow.id).where(ended).order_by(HandoverRow.id.desc()).limit(limit)))
    found = {each.id: each for each in handovers_of(session, HandoverRow.id.in_(numbers), limit)}
    return [found[number] for number in numbers if number in found]


def counted(session: Session) -> tuple[int, int]:
    """Return how many wait, and how many have ended."""
    chosen = select(func.count(), func.count(HandoverRow.solved_at)).select_from(HandoverRow)
    total, solved = session.execute(chosen).one()
    return total - solved, solved


def waiting_of(session: Session, channel: str, person: str) -> int:
    """Return how many of somebody's wait."""
    chosen = (
        select(func.count())
        .select_from(HandoverRow)
        .join(Person, Person.id == HandoverRow.asker_id)
        .where(
            HandoverRow.solved_at.is_(None),
            Person.channel == name_of(channel, 40),
            Person.external_id == name_of(person, 320),
        )
    )
    return session.scalar(chosen) or 0


def conversation_of(session: Session, over: Handover) -> str | None:
    """Return the id of the conversation that one is about; None where that is not kept (any more)."""
    if over.answer_id:
        found: str | None = session.scalar(select(Answer.conversation_id).where(Answer.id == over.answer_id))
        return found
    here = (Conversation.channel == over.channel) & (Conversation.external_id == over.place)
    return session.scalar(select(Conversation.id).where(here))


def name_in(session: Session, conversation: str) -> tuple[str, str] | None:
    """Return the channel of a conversation and the channel's name for it."""
    row = session.execute(
        select(Conversation.channel, Conversation.external_id).where(Conversation.id == conversation)
    ).first()
    return None if row is None else (row[0], row[1])
