"""The files as they were uploaded: kept as long as a version was read from them, for downloads and to read again."""

from sqlalchemy import Table, delete, func, insert, select
from sqlalchemy.orm import Session

from bot.database.columns import now
from bot.database.documents import VERSIONS
from bot.database.tables import Original

ORIGINALS: Table = Original.__table__  # type: ignore[assignment]
_FILE = func.coalesce(VERSIONS.c.source, VERSIONS.c.sha256)


def keep(session: Session, sha256: str, data: bytes) -> None:
    """Keep a file, once, however many versions were read from it. The writers of versions come one after the other."""
    if session.execute(select(ORIGINALS.c.sha256).where(ORIGINALS.c.sha256 == sha256)).first() is None:
        values = {"sha256": sha256, "size": len(data), "data": data, "created_at": now()}
        session.execute(insert(ORIGINALS), values)


def original(session: Session, sha256: str) -> bytes | None:
    """Return a file as it was uploaded, None where it was never kept."""
    return session.execute(select(ORIGINALS.c.data).where(ORIGINALS.c.sha256 == sha256)).scalar()


def size_of(session: Session, document: int) -> int:
    """Return how many bytes the files of all versions of a document take."""
    mine = select(_FILE).where(VERSIONS.c.document_id == document)
    found = select(func.coalesce(func.sum(ORIGINALS.c.size), 0)).where(ORIGINALS.c.sha256.in_(mine))
    return int(session.execute(found).scalar_one())


def drop_unused(session: Session) -> None:
    """Delete the files that no version was read from any more."""
    used = select(_FILE).where(VERSIONS.c.state != "discarded")
    session.execute(delete(ORIGINALS).where(ORIGINALS.c.sha256.not_in(used)))
