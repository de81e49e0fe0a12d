"""Finds a person on the channels, by number or name, and counts what there is of them."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, cast, func, or_, select
from sqlalchemy.orm import Session

from bot.database.account_tables import Audit
from bot.database.cleaning import cleaned
from bot.database.handover_tables import HandoverRow
from bot.database.inbox_tables import InboxRow, LimitCounter
from bot.database.place_tables import PlaceRow
from bot.database.tables import Alias, Answer, Conversation, Feedback, Person, Turn, Version
from bot.errors import UserError

ACCOUNT = "account:"
"""How the names of people on the web channels begin who have an account."""

SHORTEST_PART = 6
"""A name of so many characters is looked for within texts of the audit log, too; a shorter one must be the whole."""


@dataclass(frozen=True, slots=True)
class Found:
    """A person on one channel, and how much there is of them; ``id`` is 0 for one who has only written messages that
    wait, or had them counted."""

    id: int
    channel: str
    external_id: str
    name: str | None
    conversations: int
    turns: int
    answers: int
    feedback: int
    messages: int = 0
    aliases: int = 0
    audit: int = 0

    @property
    def account(self) -> str | None:
        """Return the name of their account, None where they have none."""
        return self.external_id.removeprefix(ACCOUNT) if self.external_id.startswith(ACCOUNT) else None

    @property
    def names(self) -> tuple[str, ...]:
        """Return how they are named as authors and in the audit log."""
        if self.account is not None:
            return (self.account, self.external_id, f"{self.channel}:{self.external_id}")
        return (self.external_id, f"{self.channel}:{self.external_id}")


def find_people(session: Session, who: str) -> tuple[Found, ...]:
    """Return the people of this number, or of this name on any channel (an address, a Slack id).

    Raises:
        UserError: there is none.
    """
    who = cleaned(who).strip()
    number = int(who) if who.isascii() and who.isdigit() and len(who) < 10 else None
    chosen = select(Person).where(or_(Person.id == number, Person.external_id == who)).order_by(Person.id)
    people = session.scalars(chosen).all()
    known = {(person.channel, person.external_id) for person in people}
    found = [_found(session, person.channel, person.external_id, person) for person in people]
    found += [
        _found(session, channel, who, None)
        for channel in sorted(_elsewhere(session, who))
        if (channel, who) not in known
    ]
    if not found:
        raise UserError("erase.nobody", who=who)
    return tuple(found)


def _elsewhere(session: Session, who: str) -> set[str]:
    """Return the channels on which someone of this name has messages in the inbox, had them counted, was called to
    take a question over, or is named in what is set for a place."""
    if not who:
        return set()
    channels = set(session.scalars(select(InboxRow.channel).where(InboxRow.person == who).distinct()))
    for table, column in ((PlaceRow, PlaceRow.chosen), (HandoverRow, HandoverRow.called)):
        named = cast(column, String).contains(f'"{who}"', autoescape=True)
        channels |= set(session.scalars(select(table.channel).where(named).distinct()))
    counted = session.scalars(select(LimitCounter.who).where(LimitCounter.who.endswith(f":{who}", autoescape=True)))
    return channels | {each.removesuffix(f":{who}") for each in counted}


def _found(session: Session, channel: str, name: str, person: Person | None) -> Found:
    """Count what there is of a person."""

    def count(what: type, *conditions: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(what).where(*conditions)) or 0

    number = person.id if person else 0
    asked = select(Turn.id).where(Turn.person_id == number)
    found = Found(
        id=number,
        channel=channel,
        external_id=name,
        name=person.name if person else None,
        conversations=count(Conversation, Conversation.person_id == number),
        turns=count(Turn, Turn.person_id == number),
        answers=count(Answer, Answer.question_turn_id.in_(asked)),
        feedback=count(Feedback, Feedback.person_id == number),
        messages=count(InboxRow, InboxRow.channel == channel, InboxRow.person == name),
    )
    counts = {"aliases": count(Alias, Alias.author.in_(found.names)), "audit": count(Audit, named_in_audit(found))}
    return Found(**{name: counts.get(name, getattr(found, name)) for name in Found.__slots__})


def named_in_audit(found: Found) -> ColumnElement[bool]:
    """Choose the lines of the audit log that name a person."""
    detail = cast(Audit.detail, String)
    within = [detail.contains(f'"{name}"', autoescape=True) for name in found.names]
    if len(found.external_id) >= SHORTEST_PART and found.account is None:
        within += [each.contains(found.external_id, autoescape=True) for each in (Audit.actor, Audit.subject, detail)]
    return or_(Audit.actor.in_(found.names), Audit.subject.in_(found.names), *within)


def named_in_versions(found: Found) -> ColumnElement[bool]:
    """Choose the versions of documents that a person uploaded."""
    return Version.author.in_(found.names)
