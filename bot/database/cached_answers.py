"""Answers kept to be given again: none is found after what it rests on was changed, disabled or shown to others.

Whatever changes which passages are live drops the answers that rest on it in its own transaction. An answer whose
transaction comes later holds passages that a search does not find any more, and so is not given either.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.database import versions
from bot.database.cache_tables import CachedAnswer, CachedPassage
from bot.database.tables import Answer, Turn

ANSWERS: Table = CachedAnswer.__table__  # type: ignore[assignment]
PASSAGES: Table = CachedPassage.__table__  # type: ignore[assignment]

MOST = 10_000
"""Answers that are kept; beyond it the oldest go."""

AT_ONCE = MOST // 50
"""Answers that go together, so that not every new one deletes another."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer and what it rests on: ``cited`` are passages in the order of its citations, ``shown`` all that the
    model read. ``live`` is the state of the documents it was written in (``versions.live``), ``day`` the date then.
    """

    text: str
    model: str
    cited: tuple[int, ...]
    shown: frozenset[int]
    live: str
    day: date
    at: datetime
    check_details: tuple[Mapping[str, Any], ...] = ()
    prompt_version: str | None = None


def find(session: Session, key: str, since: datetime) -> Kept | None:
    """Return the answer of this key that was written after ``since``."""
    row = session.execute(select(ANSWERS).where(ANSWERS.c.key == key, ANSWERS.c.created_at > since)).mappings().first()
    if row is None:
        return None
    values = {name: row[name] for name in ("text", "model", "live", "day", "prompt_version")}
    details = tuple(row["check_details"])
    return Kept(
        **values, cited=tuple(row["cited"]), shown=frozenset(row["shown"]), at=row["created_at"], check_details=details
    )


def keep(session: Session, key: str, kept: Kept, documents: Mapping[int, int]) -> None:
    """Write an answer in the place of an older one; ``documents`` has the document of each cited passage."""
    make_room(session)
    session.execute(delete(ANSWERS).where(ANSWERS.c.key == key))
    put = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {
        "key": key,
        "text": kept.text,
        "model": kept.model,
        "cited": list(kept.cited),
        "shown": sorted(kept.shown),
        "live": kept.live,
        "day": kept.day,
        "created_at": kept.at,
        "check_details": list(kept.check_details),
        "prompt_version": kept.prompt_version,
    }
    new = put(ANSWERS).values(**row).on_conflict_do_nothing().returning(ANSWERS.c.key)
    if session.execute(new).first() is None:
        return  # another process has just written it
    links = [{"key": key, "passage_id": each, "document_id": documents[each]} for each in dict.fromkeys(kept.cited)]
    session.execute(insert(PASSAGES), links)


def make_room(session: Session, most: int = MOST) -> None:
    """Delete the oldest answers where there are too many."""
    if (session.scalar(select(func.count(ANSWERS.c.key))) or 0) < most:
        return
    versions.erase_deleted(session)
    oldest = select(ANSWERS.c.key).order_by(ANSWERS.c.created_at).limit(max(1, min(AT_ONCE, most)))
    session.execute(delete(ANSWERS).where(ANSWERS.c.key.in_(oldest)))


def drop_answer(session: Session, answer_id: str) -> None:
    """Delete what this answer said: somebody was not content with it, so that it is written anew the next time."""
    said = select(Turn.text).join(Answer, Answer.turn_id == Turn.id).where(Answer.id == answer_id)
    versions.erase_deleted(session)
    session.execute(delete(ANSWERS).where(ANSWERS.c.text == said.scalar_subquery()))


def empty(session: Session) -> None:
    """Delete all; they are written again as questions come."""
    session.execute(delete(ANSWERS))
