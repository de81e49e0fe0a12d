"""The people whom channels know, as administrators look at them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bot.database.cleaning import cleaned
from bot.database.finding import Found, find_people
from bot.database.handovers import Handover, handovers_of
from bot.database.mails import MAILS
from bot.database.own_conversations import removed
from bot.database.tables import Answer, Conversation, Feedback, HandoverRow, Person, Turn
from bot.errors import UserError

MOST_WORDS = 10
MOST_HANDOVERS = 200


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person on one channel, and how many conversations they began; ``at`` is the last time, None: never."""

    id: int
    channel: str
    external_id: str
    name: str | None
    conversations: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person: what they prefer, the groups they were in when they asked last, how much they said."""

    id: int
    channel: str
    external_id: str
    name: str | None
    language: str | None
    level: str | None
    politeness: str | None
    created_at: datetime
    groups: tuple[str, ...]
    conversations: int
    questions: int
    unanswered: int
    good: int
    bad: int
    first_at: datetime | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class TheirMail:
    """A mail of theirs that is kept; ``summary`` is what they were told of it."""

    key: str
    received_at: datetime
    size: int
    summary: dict[str, Any] | None


def people(session: Session, words: str = "", *, below: int | None = None, limit: int = 50) -> list[PersonRow]:
    """Return the people whose name, or the channel's own name for them, holds all the words; the newest first."""
    chosen = select(Person).order_by(Person.id.desc()).limit(limit)
    if below is not None:
        chosen = chosen.where(Person.id < below)
    for word in unicodedata.normalize("NFC", cleaned(words)).split()[:MOST_WORDS]:
        columns = (Person.name, Person.external_id, Person.channel)
        chosen = chosen.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    found = session.scalars(chosen).all()
    counts = _conversations(session, [person.id for person in found])
    return [
        PersonRow(each.id, each.channel, each.external_id, each.name, *counts.get(each.id, (0, None))) for each in found
    ]


def count(session: Session) -> int:
    """Return how many people there are."""
    return session.scalar(select(func.count()).select_from(Person)) or 0


def _conversations(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, datetime | None]]:
    mine = Conversation.person_id.in_(ids) & ~removed()
    chosen = select(Conversation.person_id, func.count(), func.max(Conversation.updated_at)).where(mine)
    rows = session.execute(chosen.group_by(Conversation.person_id))
    return {person: (number, at) for person, number, at in rows if person is not None}


def known(session: Session, number: int) -> Known | None:
    """Return what is known of a person, None where there is no such number."""
    person = session.get(Person, number)
    if person is None:
        return None
    own = Conversation.person_id == number
    last = session.scalar(select(Conversation.audience).where(own).order_by(Conversation.updated_at.desc()).limit(1))
    asked = (Turn.person_id == number) & (Turn.role == "person")
    questions, first, latest = session.execute(
        select(func.count(), func.min(Turn.created_at), func.max(Turn.created_at)).where(asked)
    ).one()
    vain = select(func.count()).select_from(Answer).join(Turn, Turn.id == Answer.question_turn_id)
    ratings = dict(
        session.execute(
            select(Feedback.rating, func.count()).where(Feedback.person_id == number).group_by(Feedback.rating)
        ).all()
    )
    return Known(
        id=person.id,
        channel=person.channel,
        external_id=person.external_id,
        name=person.name,
        language=person.language,
        level=person.level,
        politeness=person.politeness,
        created_at=person.created_at,
        groups=tuple(map(str, last or ())),
        conversations=session.scalar(select(func.count()).select_from(Conversation).where(own, ~removed())) or 0,
        questions=questions,
        unanswered=session.scalar(vain.where(asked, Answer.answered.is_(False))) or 0,
        good=ratings.get(1, 0),
        bad=ratings.get(-1, 0),
        first_at=first,
        last_at=latest,
    )


def found_person(session: Session, number: int) -> Found | None:
    """Return a person as erasing knows them, with how much there is of them; None where there is no such number."""
    try:
        found = find_people(session, str(number))
    except UserError:
        return None
    return next((each for each in found if each.id == number), None)


def handovers_asked(session: Session, number: int) -> list[Handover]:
    """Return the questions that a person asked people about."""
    return handovers_of(session, HandoverRow.asker_id == number, MOST_HANDOVERS)


def mails_of(session: Session, sender: str) -> list[TheirMail]:
    """Return the mails of an address that are kept, the oldest first."""
    columns = (MAILS.c.key, MAILS.c.received_at, MAILS.c.size, MAILS.c.summary)
    rows = session.execute(select(*columns).where(MAILS.c.sender == sender).order_by(MAILS.c.received_at))
    return [TheirMail(*row) for row in rows]
