"""Files that could not be read, kept for a day so that somebody may say how they are to be read."""

from datetime import timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from bot.database.columns import new_id, now
from bot.database.upload_tables import UnreadFile
from bot.database.versions import erase_deleted

KEPT = timedelta(days=1)
MOST = 20
"""Files that are kept, the newest: of 20 MB each at most."""


def keep(session: Session, name: str, data: bytes, problem: str) -> str:
    """Keep a file that could not be read, and why as JSON; return by what it is found again. Old ones go."""
    tidy(session)
    number = new_id()
    session.execute(insert(UnreadFile).values(id=number, name=name, data=data, problem=problem, created_at=now()))
    newest = select(UnreadFile.id).order_by(UnreadFile.created_at.desc()).limit(MOST)
    kept = set(session.scalars(newest)) | {number}
    session.execute(delete(UnreadFile).where(UnreadFile.id.not_in(kept)))
    return number


def unread(session: Session, number: str) -> tuple[str, bytes, str] | None:
    """Return the name, the bytes and the problem of a file, None where it is not kept (any more)."""
    chosen = select(UnreadFile.name, UnreadFile.data, UnreadFile.problem).where(
        UnreadFile.id == number, UnreadFile.created_at >= now() - KEPT
    )
    row = session.execute(chosen).first()
    return None if row is None else (row[0], row[1], row[2])


def drop(session: Session, number: str) -> None:
    """Forget a file."""
    erase_deleted(session)
    session.execute(delete(UnreadFile).where(UnreadFile.id == number))


def tidy(session: Session) -> int:
    """Forget the files that were kept long enough; return how many there were."""
    erase_deleted(session)
    due = UnreadFile.created_at < now() - KEPT
    count = session.scalar(select(func.count()).select_from(UnreadFile).where(due)) or 0
    session.execute(delete(UnreadFile).where(due))
    return count
