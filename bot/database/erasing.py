"""Erases a person: what they said, what they were answered, what they thought of it; the text leaves the files too.

Where what is written can stand, and what becomes of it, is in ``personal.py``.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Engine, Executable, delete, or_, select, text, update
from sqlalchemy.orm import Session

from bot.database import (
    aliases,
    audit,
    cached_answers,
    erasures,
    freeing,
    golden,
    handovers,
    inbox,
    mails,
    notices,
    places,
    said,
    versions,
)
from bot.database.account_tables import Audit
from bot.database.asked import forget, groups_asked_by
from bot.database.backups_made import Made, still_holding
from bot.database.columns import now
from bot.database.conversations import NOBODY
from bot.database.engine import SQLITE_FILE, sessions_for, sqlite_path
from bot.database.finding import SHORTEST_PART, Found, find_people, named_in_audit, named_in_versions
from bot.database.golden_tables import GoldenRow, RunRow
from bot.database.inbox_tables import OPEN, InboxRow, LimitCounter
from bot.database.personal import TABLES
from bot.database.statements import inserts
from bot.database.tables import Alias, Answer, Conversation, Feedback, Person, Turn, Usage, Version
from bot.database.version_trial_tables import VersionTrialRow

__all__ = ["Erased", "Found", "erase", "find_people"]

PATIENCE = freeing.PATIENCE


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, and when.

    ``counts`` are rows by kind. ``copies`` are files that still hold it; ``backups`` were made and are not where they
    were written, or cannot be looked into. ``emptied`` is False where the old text may stay in the database's files
    for a while. ``indexes``: words of theirs were in the indexes, which are being built anew. ``account`` is one that
    they have besides, for an admin to remove.
    """

    people: tuple[Found, ...]
    copies: tuple[Path, ...]
    emptied: bool
    at: datetime = field(default_factory=now)
    counts: Mapping[str, int] = field(default_factory=dict)
    backups: tuple[Made, ...] = ()
    indexes: bool = False
    account: str | None = None


def erase(
    engine: Engine,
    people: Sequence[Found],
    *,
    folder: Path | None = None,
    patience: float = PATIENCE,
    actor: str | audit.Actor = "command",
) -> Erased:
    """Erase these people in one transaction, and then their text from the database's files.

    Conversations of theirs go as a whole, in shared threads only what they said and were answered. What models used
    for them stays in the sums, without a name. Others are answered meanwhile. ``folder`` is the data folder: a
    restore puts there what it replaces, on PostgreSQL too.
    """
    sessions = sessions_for(engine)
    with sessions.begin() as session:
        erasures.announce(session, [(person.channel, person.external_id) for person in people])
    erasures.settle(engine)
    at = now()
    with sessions.begin() as session:
        versions.erase_deleted(session)
        counts: Counter[str] = Counter()
        for person in people:
            counts += _erase_one(session, person)
        cached_answers.empty(session)
        said.compact(session)
        numbers = ", ".join(f"#{person.id}" for person in people)
        audit.note(session, actor, "person.erased", numbers, **counts)
        copies, unknown = still_holding(session, sqlite_path(engine) or (folder and folder / SQLITE_FILE), people)
    if sqlite_path(engine) is not None:
        engine.dispose()
    return Erased(
        tuple(people),
        copies,
        emptied=freeing.rewrite(engine, TABLES, patience),
        at=at,
        counts=counts,
        backups=unknown,
        indexes=bool(counts["aliases"]),
        account=next((person.account for person in people if person.account), None),
    )


def _erase_one(session: Session, person: Found) -> Counter[str]:
    """Erase what there is of one person now: more may have come since they were looked for."""
    ids = list(session.scalars(select(Person.id).where(_is(person))))  # none: what is summed under 0 is not theirs
    counts: Counter[str] = Counter()

    def count(name: str, statement: Executable) -> None:
        done = session.execute(statement)
        counts[name] += done.rowcount if isinstance(done, CursorResult) else 0

    _unlink_usage(session, ids)
    handed = handovers.erase(session, ids, person.external_id, person.channel)
    counts["handovers"] += len(handed)
    counts["places"] += places.forget(session, person.channel, person.external_id)
    count("feedback", delete(Feedback).where(Feedback.person_id.in_(ids)))
    shared = list(session.scalars(select(Turn.conversation_id).where(Turn.person_id.in_(ids)).distinct()))
    asked = select(Turn.id).where(Turn.person_id.in_(ids))
    groups = groups_asked_by(session, ids)
    counts["turns"] = len(session.scalars(asked).all())
    counts["golden"] += golden.erase(session, ids)
    count("answers", delete(Answer).where(Answer.question_turn_id.in_(asked)))
    count("conversations", delete(Conversation).where(Conversation.id.in_(_own_conversations(ids))))
    session.execute(delete(Turn).where(Turn.person_id.in_(ids)))
    _forget_in_threads(session, shared)
    forget(session, groups, now())
    counts["messages"] += _erase_messages(session, person, handed)
    if person.channel == mails.CHANNEL:
        counts["mails"] += mails.erase(session, person.external_id)
    session.execute(delete(LimitCounter).where(LimitCounter.who == f"{person.channel}:{person.external_id}"))
    count("people", delete(Person).where(Person.id.in_(ids)))
    counts["aliases"] += _erase_aliases(session, person)
    session.execute(update(Version).where(named_in_versions(person)).values(author=None))
    for signed in (GoldenRow, RunRow, VersionTrialRow):
        session.execute(update(signed).where(signed.author.in_(person.names)).values(author=None))
    counts["audit"] += _rename_in_audit(session, person)
    return counts


def _is(person: Found) -> ColumnElement[bool]:
    return (Person.channel == person.channel) & (Person.external_id == person.external_id)


def _own_conversations(ids: list[int]) -> "ColumnElement[str]":
    """Choose the conversations these people began and nobody else took part in."""
    others = select(Turn.id).where(
        Turn.conversation_id == Conversation.id, or_(Turn.person_id.is_(None), Turn.person_id.not_in(ids))
    )
    own = select(Conversation.id).where(Conversation.person_id.in_(ids), ~others.exists())
    return own.scalar_subquery()


def _forget_in_threads(session: Session, conversations: Sequence[str]) -> None:
    """Take their words out of what others were answered in the same threads: prompts hold the earlier turns, and a
    question is completed from them."""
    theirs = Answer.conversation_id.in_(conversations)
    session.execute(update(Answer).where(theirs, Answer.prompt.is_not(None)).values(prompt=None))
    completed = Turn.conversation_id.in_(conversations) & Turn.completed.is_not(None)
    session.execute(update(Turn).where(completed).values(completed=None))
    notices.erase(session, conversations)


def _erase_messages(session: Session, person: Found, handed: Collection[int]) -> int:
    """Erase their messages in the inbox, those that wait too, and those that told others what they asked (``handed``).

    In threads of several the turn goes to the next one.
    """
    told = select(InboxRow.seq, InboxRow.key).where(InboxRow.key.startswith(handovers.KEYS))
    ours = [seq for seq, key in session.execute(told) if handovers.number_in(key) in handed] if handed else []
    written = (InboxRow.person == person.external_id) | InboxRow.seq.in_(ours)
    theirs = (InboxRow.channel == person.channel) & written
    chosen = select(InboxRow.conversation).where(theirs, text(OPEN)).distinct().order_by(InboxRow.conversation)
    waiting = list(session.scalars(chosen))
    for conversation in waiting:  # whoever finishes a row takes the conversation first, too
        inbox.promote(session, person.channel, conversation)
    gone = session.execute(delete(InboxRow).where(theirs))
    for conversation in waiting:
        inbox.promote(session, person.channel, conversation)
    return gone.rowcount if isinstance(gone, CursorResult) else 0


def _erase_aliases(session: Session, person: Found) -> int:
    """Erase the ways to ask that a person confirmed: their own words. Those of an account are the company's: they stay,
    without a name. What the indexes hold of them goes when they are built anew, which is asked for here."""
    if person.account is not None:
        session.execute(update(Alias).where(Alias.author.in_(person.names)).values(author=None))
        return 0
    numbers = list(session.scalars(select(Alias.id).where(Alias.author.in_(person.names))))
    if numbers:
        change = versions.raise_change(session)
        for number in numbers:
            aliases.remove(session, number, change)
        versions.put(session, versions.REBUILD, str(change))
    return len(numbers)


def _rename_in_audit(session: Session, person: Found) -> int:
    """Put a number in the place of a person's name in the audit log; the actions of an account keep theirs."""
    if person.account is not None:
        return 0
    instead = f"#{person.id}"
    lines = session.scalars(select(Audit).where(named_in_audit(person))).all()
    for line in lines:
        actor = _renamed(line.actor, person, instead)
        address = line.address if actor == line.actor else None
        values = {"actor": actor, "address": address, "subject": _renamed(line.subject, person, instead)}
        session.execute(
            update(Audit).where(Audit.id == line.id).values(**values, detail=_renamed(line.detail, person, instead))
        )
    session.expire_all()
    return len(lines)


def _renamed(value: Any, person: Found, instead: str) -> Any:
    """Return a value with the person's name replaced, wherever in it."""
    if isinstance(value, str):
        if value in person.names:
            return instead
        return value.replace(person.external_id, instead) if len(person.external_id) >= SHORTEST_PART else value
    if isinstance(value, Mapping):
        return {_renamed(key, person, instead): _renamed(item, person, instead) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, person, instead) for item in value]
    return value


def _unlink_usage(session: Session, ids: list[int]) -> None:
    """Add the sums of these people to those of nobody."""
    add = inserts(session.get_bind().dialect.name).usage
    for row in session.execute(select(Usage.__table__).where(Usage.person_id.in_(ids))).mappings().all():
        session.execute(add, {**row, "person_id": NOBODY})
    session.execute(delete(Usage).where(Usage.person_id.in_(ids)))
