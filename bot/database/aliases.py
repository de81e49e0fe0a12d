"""Other ways to ask, given by an admin or confirmed by people: they belong to a document's key, not to a version."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from bot.database.columns import now
from bot.database.documents import ALIASES, DOCUMENTS, HELD, PASSAGES
from knowledge.splitting import normalised


@dataclass(frozen=True, slots=True)
class AliasRow:
    """One way to ask for the entry ``key``; ``question`` is the entry's own, empty where no live entry has the key."""

    id: int
    document_id: int
    document: str
    key: str
    alias: str
    question: str
    author: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A live entry that has a key."""

    document_id: int
    document: str
    key: str
    question: str


def places(session: Session, key: str, document: int | None = None) -> list[Place]:
    """Return the live entries of this key, of one document or of all."""
    live = PASSAGES.join(DOCUMENTS, DOCUMENTS.c.id == PASSAGES.c.document_id).join(
        HELD, (HELD.c.passage_id == PASSAGES.c.id) & (HELD.c.version_id == DOCUMENTS.c.current_version)
    )
    chosen = select(DOCUMENTS.c.id, DOCUMENTS.c.name, PASSAGES.c.key, PASSAGES.c.question).select_from(live)
    chosen = chosen.where(PASSAGES.c.key == key)
    if document is not None:
        chosen = chosen.where(DOCUMENTS.c.id == document)
    return [Place(*row) for row in session.execute(chosen.order_by(DOCUMENTS.c.name))]


def add(session: Session, document: int, key: str, question: str, author: str, change: int) -> bool:
    """Add an alias and have the entry indexed anew; tell whether it is new: two that differ in marks are the same."""
    mine = select(ALIASES.c.question).where(ALIASES.c.document_id == document, ALIASES.c.key == key)
    if normalised(question) in map(normalised, session.execute(mine).scalars()):
        return False
    values = {"document_id": document, "key": key, "question": question, "created_at": now(), "author": author}
    session.execute(insert(ALIASES), values)
    touch(session, document, [key], change)
    return True


def remove(session: Session, alias: int, change: int) -> AliasRow | None:
    """Remove an alias and return it, None where there is none of this number."""
    found = next((row for row in listed(session) if row.id == alias), None)
    if found is not None:
        session.execute(delete(ALIASES).where(ALIASES.c.id == alias))
        touch(session, found.document_id, [found.key], change)
    return found


def listed(session: Session, document: int | None = None) -> list[AliasRow]:
    """Return the aliases of a document, or of all, by document and key."""
    joined = ALIASES.join(DOCUMENTS, DOCUMENTS.c.id == ALIASES.c.document_id).outerjoin(
        HELD.join(PASSAGES, PASSAGES.c.id == HELD.c.passage_id),
        (HELD.c.version_id == DOCUMENTS.c.current_version) & (PASSAGES.c.key == ALIASES.c.key),
    )
    chosen = select(
        ALIASES.c.id,
        ALIASES.c.document_id,
        DOCUMENTS.c.name,
        ALIASES.c.key,
        ALIASES.c.question,
        PASSAGES.c.question,
        ALIASES.c.author,
        ALIASES.c.created_at,
    ).select_from(joined)
    if document is not None:
        chosen = chosen.where(ALIASES.c.document_id == document)
    rows = session.execute(chosen.order_by(DOCUMENTS.c.name, ALIASES.c.key, ALIASES.c.id))
    return [AliasRow(*row[:5], row[5] or "", *row[6:]) for row in rows]


def move(session: Session, document: int, keys: dict[str, str], change: int) -> None:
    """Have the aliases follow entries to other keys (old -> new): ids were added to a file that had none."""
    mine = select(ALIASES.c.id, ALIASES.c.key, ALIASES.c.question).where(ALIASES.c.document_id == document)
    rows = session.execute(mine).all()
    taken = {(row.key, row.question) for row in rows}
    moved = set()
    for row in rows:
        key = keys.get(row.key)
        if key is None:
            continue
        moved.add(key)
        if (key, row.question) in taken:
            session.execute(delete(ALIASES).where(ALIASES.c.id == row.id))
        else:
            session.execute(update(ALIASES).where(ALIASES.c.id == row.id).values(key=key))
    if moved:
        touch(session, document, sorted(moved), change)


def touch(session: Session, document: int, keys: list[str], change: int) -> None:
    """Note that the indexes must hold these entries anew."""
    mine = (PASSAGES.c.document_id == document) & PASSAGES.c.key.in_(keys)
    session.execute(update(PASSAGES).where(mine).values(touched=change))
