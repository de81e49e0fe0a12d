"""The audit log: who did what, and when. Written inside the transaction of the change itself, never with content."""

import getpass
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, Select, delete, func, insert, select
from sqlalchemy.orm import Session

from bot.database.account_tables import Audit
from bot.database.cleaning import cleaned, cleaned_json
from bot.database.columns import now

KEPT = timedelta(days=2 * 365)
"""How long a line is kept (PIPA asks for one to two years of access records)."""

LONGEST = 500
"""Characters of an actor's or a subject's name that are kept."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: ``name`` as shown (an account's, ``token:NAME``, ``command:USER``, ``local``)."""

    name: str
    account_id: int | None = None
    address: str | None = None

    @classmethod
    def of(cls, who: "str | Actor") -> "Actor":
        """Return an actor for a name, an actor as it is."""
        return who if isinstance(who, Actor) else cls(who)


def command_actor() -> Actor:
    """Return whoever runs this program: its commands have no account."""
    try:
        return Actor(f"command:{getpass.getuser()}")
    except (OSError, KeyError):  # a container's user without a name
        return Actor("command")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log; ``at`` is in UTC."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any]
    address: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines to show: those since a moment, of an actor, of an action or a group of them (``account``)."""

    since: datetime | None = None
    actor: str = ""
    action: str = ""


def note(session: Session, actor: str | Actor, action: str, subject: str, /, **detail: Any) -> None:
    """Write one line in the transaction of the change that it tells of.

    ``action`` is ``thing.done`` (``document.published``), ``subject`` the name of what it was done to. ``detail``
    holds numbers and names: never a text of a document, a question, a password or a token.
    """
    who = Actor.of(actor)
    line = {
        "at": now(),
        "actor": cleaned(who.name, LONGEST),
        "account_id": who.account_id,
        "action": action[:60],
        "subject": cleaned(subject, LONGEST),
        "detail": cleaned_json(detail),
        "address": cleaned(who.address, LONGEST) if who.address else None,
    }
    session.execute(insert(Audit), line)


def lines(session: Session, wanted: Wanted, *, limit: int, offset: int = 0) -> list[Line]:
    """Return lines, the newest first."""
    chosen = _chosen(select(Audit), wanted).order_by(Audit.id.desc()).limit(limit).offset(offset)
    return [_line(row) for row in session.scalars(chosen)]


def count(session: Session, wanted: Wanted) -> int:
    """Return how many lines there are."""
    return session.scalar(_chosen(select(func.count()).select_from(Audit), wanted)) or 0


def every(session: Session, wanted: Wanted, *, at_once: int = 1000) -> Iterator[Line]:
    """Yield all lines, the newest first, a few at a time from the database."""
    below: int | None = None
    while True:
        chosen = _chosen(select(Audit), wanted).order_by(Audit.id.desc()).limit(at_once)
        rows = list(session.scalars(chosen if below is None else chosen.where(Audit.id < below)))
        yield from map(_line, rows)
        session.expunge_all()
        if len(rows) < at_once:
            return
        below = rows[-1].id


def actions(session: Session) -> list[str]:
    """Return the actions that the log holds, in order."""
    return list(session.scalars(select(Audit.action).distinct().order_by(Audit.action)))


def prune(session: Session, today: datetime) -> int:
    """Delete what is older than is kept; return how many lines that were."""
    gone = session.execute(delete(Audit).where(Audit.at < today - KEPT))
    return gone.rowcount if isinstance(gone, CursorResult) else 0


def _chosen(statement: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.since is not None:
        statement = statement.where(Audit.at >= wanted.since)
    if wanted.actor:
        statement = statement.where(Audit.actor == wanted.actor)
    if wanted.action:
        beginning = wanted.action.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        group = Audit.action.like(f"{beginning}.%", escape="\\")
        statement = statement.where((Audit.action == wanted.action) | group)
    return statement


def _line(row: Audit) -> Line:
    return Line(row.id, row.at, row.actor, row.action, row.subject, row.detail, row.address)
