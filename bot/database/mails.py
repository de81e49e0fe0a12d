"""The mails that came: kept whole until they have been kept long enough, for any worker to read."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.database.cleaning import cleaned_json, name_of
from bot.database.columns import now
from bot.database.mail_tables import MailRow

MAILS: Table = MailRow.__table__  # type: ignore[assignment]

CHANNEL = "mail"

MOST_LISTED = 1_000


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A mail without its bytes; ``summary`` is None where none was made (yet)."""

    key: str
    sender: str
    received_at: datetime
    size: int
    summary: Mapping[str, Any] | None


def keep(session: Session, key: str, sender: str, data: bytes) -> bool:
    """Keep a mail; tell whether it is new. Two who bring the same one at once do no harm."""
    values = {"key": key, "sender": name_of(sender, 320), "received_at": now(), "size": len(data)}
    values |= {"packed": zlib.compress(data, 6), "summary": None}
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert
    found = session.execute(insert(MAILS).on_conflict_do_nothing().returning(MAILS.c.key), values)
    return found.first() is not None


def data_of(session: Session, key: str) -> bytes | None:
    """Return a mail as it came; None where it is not kept (any more)."""
    packed = session.execute(select(MAILS.c.packed).where(MAILS.c.key == key)).scalar()
    return None if packed is None else zlib.decompress(packed)


def note_summary(session: Session, key: str, summary: Mapping[str, Any]) -> None:
    """Keep what a mail's sender was told, for the digest and the pages."""
    session.execute(update(MAILS).where(MAILS.c.key == key).values(summary=cleaned_json(dict(summary))))


def listed(session: Session, since: datetime, until: datetime, limit: int = MOST_LISTED) -> list[KeptMail]:
    """Return the mails that came from ``since`` up to before ``until``, oldest first."""
    columns = (MAILS.c.key, MAILS.c.sender, MAILS.c.received_at, MAILS.c.size, MAILS.c.summary)
    chosen = select(*columns).where(MAILS.c.received_at >= since, MAILS.c.received_at < until)
    rows = session.execute(chosen.order_by(MAILS.c.received_at, MAILS.c.key).limit(limit))
    return [KeptMail(*row) for row in rows]


def count(session: Session) -> int:
    """Return how many mails are kept."""
    return int(session.execute(select(func.count()).select_from(MAILS)).scalar_one())


def erase(session: Session, sender: str) -> int:
    """Delete the mails of somebody; return how many."""
    theirs = delete(MAILS).where(MAILS.c.sender == name_of(sender, 320))
    return len(session.execute(theirs.returning(MAILS.c.key)).all())
