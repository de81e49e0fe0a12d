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


def keep(session: Session, key: str, sender: str, data: bytes, *, address: str = "") -> bool:
    """Keep a mail that came to ``address``; tell whether it is new. Two who bring the same one at once do no harm."""
    values = {"key": key, "sender": name_of(sender, 320), "address": name_of(address, 320), "received_at": now()}
    values |= {"size": len(data), "packed": zlib.compress(data, 6), "summary": None, "summarised_at": None}
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert
    found = session.execute(insert(MAILS).on_conflict_do_nothing().returning(MAILS.c.key), values)
    return found.first() is not None


def is_kept(session: Session, key: str) -> bool:
    """Tell whether a mail is kept."""
    return session.execute(select(MAILS.c.key).where(MAILS.c.key == key)).first() is not None


def data_of(session: Session, key: str) -> bytes | None:
    """Return a mail as it came; None where it is not kept (any more)."""
    packed = session.execute(select(MAILS.c.packed).where(MAILS.c.key == key)).scalar()
    return None if packed is None else zlib.decompress(packed)


def keys_of(session: Session, sender: str, limit: int) -> list[str]:
    """Return the keys of somebody's mails, the newest first."""
    theirs = select(MAILS.c.key).where(MAILS.c.sender == name_of(sender, 320))
    return list(session.scalars(theirs.order_by(MAILS.c.received_at.desc(), MAILS.c.key).limit(limit)))


def kept_mail(session: Session, key: str) -> KeptMail | None:
    """Return what is known of a mail beside its bytes, None where it is not kept (any more)."""
    columns = (MAILS.c.key, MAILS.c.sender, MAILS.c.received_at, MAILS.c.size, MAILS.c.summary)
    row = session.execute(select(*columns).where(MAILS.c.key == key)).first()
    return None if row is None else KeptMail(*row)


def note_summary(session: Session, key: str, summary: Mapping[str, Any]) -> None:
    """Keep what a mail's sender was told, for the digest and the pages."""
    values = {"summary": cleaned_json(dict(summary)), "summarised_at": now()}
    session.execute(update(MAILS).where(MAILS.c.key == key, MAILS.c.summarised_at.is_(None)).values(**values))


def summarised(
    session: Session, since: datetime, until: datetime, *, address: str, limit: int = MOST_LISTED
) -> list[KeptMail]:
    """Return the mails to an address that were summarised from ``since`` up to before ``until``, oldest first.

    By when they were summarised: one that came just before, and was still to be read, is in the next list.
    """
    columns = (MAILS.c.key, MAILS.c.sender, MAILS.c.received_at, MAILS.c.size, MAILS.c.summary)
    within = MAILS.c.summarised_at >= since, MAILS.c.summarised_at < until
    chosen = select(*columns).where(MAILS.c.address == name_of(address, 320), *within)
    rows = session.execute(chosen.order_by(MAILS.c.received_at, MAILS.c.key).limit(limit))
    return [KeptMail(*row) for row in rows]


def count(session: Session) -> int:
    """Return how many mails are kept."""
    return int(session.execute(select(func.count()).select_from(MAILS)).scalar_one())


def erase(session: Session, sender: str) -> int:
    """Delete the mails of somebody; return how many."""
    theirs = delete(MAILS).where(MAILS.c.sender == name_of(sender, 320))
    return len(session.execute(theirs.returning(MAILS.c.key)).all())
