"""Erases a person: what they said, what they were answered, what they thought of it; the text leaves the file too."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, Engine, delete, func, or_, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.database.cleaning import cleaned
from bot.database.conversations import NOBODY
from bot.database.copies import copies_of
from bot.database.engine import BUSY_MS, sessions_for, sqlite_path
from bot.database.statements import inserts
from bot.database.tables import Answer, Conversation, Feedback, Person, Turn, Usage
from bot.errors import UserError

PATIENCE = 5.0
"""Seconds to wait for readers of a running server."""


@dataclass(frozen=True, slots=True)
class Found:
    """A person on one channel, and how much there is of them."""

    id: int
    channel: str
    external_id: str
    name: str | None
    conversations: int
    turns: int
    answers: int
    feedback: int


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased. ``copies`` are files that still hold it; ``emptied`` is False where the old text may stay in
    the file's log until the server is restarted."""

    people: tuple[Found, ...]
    copies: tuple[Path, ...]
    emptied: bool


def find_people(session: Session, who: str) -> tuple[Found, ...]:
    """Return the people of this number, or of this name on any channel (an address, a Slack id).

    Raises:
        UserError: there is none.
    """
    who = cleaned(who).strip()
    number = int(who) if who.isascii() and who.isdigit() and len(who) < 10 else None
    chosen = select(Person).where(or_(Person.id == number, Person.external_id == who)).order_by(Person.id)
    found = tuple(_found(session, person) for person in session.scalars(chosen))
    if not found:
        raise UserError("erase.nobody", who=who)
    return found


def erase(engine: Engine, people: Sequence[Found], *, patience: float = PATIENCE) -> Erased:
    """Erase these people in one transaction, and then their text from the database's files.

    Conversations of theirs go as a whole, in shared threads only what they said and were answered. What models used
    for them stays in the sums, without a name.
    """
    ids = [person.id for person in people]
    with sessions_for(engine).begin() as session:
        if engine.dialect.name == "sqlite":
            session.execute(text("PRAGMA secure_delete=ON"))
        _unlink_usage(session, ids)
        session.execute(delete(Feedback).where(Feedback.person_id.in_(ids)))
        session.execute(delete(Conversation).where(Conversation.id.in_(_own_conversations(ids))))
        session.execute(delete(Turn).where(Turn.person_id.in_(ids)))
        session.execute(delete(Person).where(Person.id.in_(ids)))
    database = sqlite_path(engine)
    if database is None:
        _rewrite_postgresql(engine)
        return Erased(tuple(people), (), emptied=True)
    engine.dispose()
    return Erased(tuple(people), tuple(copies_of(database)), emptied=_rewrite_sqlite(database, patience))


def _own_conversations(ids: list[int]) -> "ColumnElement[str]":
    """Choose the conversations these people began and nobody else took part in."""
    others = select(Turn.id).where(
        Turn.conversation_id == Conversation.id, or_(Turn.person_id.is_(None), Turn.person_id.not_in(ids))
    )
    own = select(Conversation.id).where(Conversation.person_id.in_(ids), ~others.exists())
    return own.scalar_subquery()


def _found(session: Session, person: Person) -> Found:
    """Count what there is of a person."""

    def count(what: type, *conditions: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(what).where(*conditions)) or 0

    asked = select(Turn.id).where(Turn.person_id == person.id)
    return Found(
        id=person.id,
        channel=person.channel,
        external_id=person.external_id,
        name=person.name,
        conversations=count(Conversation, Conversation.person_id == person.id),
        turns=count(Turn, Turn.person_id == person.id),
        answers=count(Answer, Answer.question_turn_id.in_(asked)),
        feedback=count(Feedback, Feedback.person_id == person.id),
    )


def _unlink_usage(session: Session, ids: list[int]) -> None:
    """Add the sums of these people to those of nobody."""
    add = inserts(session.get_bind().dialect.name).usage
    for row in session.execute(select(Usage.__table__).where(Usage.person_id.in_(ids))).mappings().all():
        session.execute(add, {**row, "person_id": NOBODY})
    session.execute(delete(Usage).where(Usage.person_id.in_(ids)))


def _rewrite_sqlite(database: Path, patience: float) -> bool:
    """Write the file anew without what was deleted and empty its log; tell whether that could be done."""
    with closing(sqlite3.connect(database, timeout=BUSY_MS / 1000, isolation_level=None)) as connection:
        try:
            connection.execute("VACUUM")
            connection.execute(f"PRAGMA busy_timeout={int(patience * 1000)}")
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:  # a writer that does not end, a full disk: the rows are gone nevertheless
            return False
    return not busy


def _rewrite_postgresql(engine: Engine) -> None:
    """Write the tables anew without the dead rows; where others hold them, at least free the rows for reuse."""
    tables = "feedback, answer_sources, answers, turns, conversations, usage, people"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET lock_timeout = '10s'")
        try:
            connection.exec_driver_sql(f"VACUUM (FULL) {tables}")
        except OperationalError:
            connection.exec_driver_sql(f"VACUUM {tables}")
        finally:
            connection.exec_driver_sql("RESET lock_timeout")
