"""Writes documents: a version is staged with its rows, published by one update, and gone when its document is.

Every writing transaction begins by raising the change number, which the indexes follow. It is one row, so that the
writers of all processes come one after the other, on SQLite as on PostgreSQL.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, String, Table, cast, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.database.documents import ALIASES, DOCUMENTS, HELD, PASSAGES, VERSIONS
from bot.database.tables import State, new_id, now
from knowledge.splitting import Draft

STATES: Table = State.__table__  # type: ignore[assignment]
CHANGE = "change"
DATABASE = "database"
REBUILD = "rebuild"
PROGRESS = "progress"
_CONTENT = ("aliases", "answer", "audience", "language", "page", "question", "title", "valid_from", "valid_until")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it is to be stored; ``reading`` is what was read and how, as JSON."""

    name: str
    sha256: str
    kind: str
    reading: str
    drafts: Sequence[Draft]


@dataclass(frozen=True, slots=True)
class Staged:
    """What an upload changes in its document; ``version`` None: nothing, and nothing was written."""

    document: int
    version: int | None
    new: bool
    added: int
    changed: int
    removed: int
    change: int


def raise_change(session: Session) -> int:
    """Raise the change number and return it; until the transaction ends no other process can."""
    raised = (
        update(STATES)
        .where(STATES.c.name == CHANGE)
        .values(value=cast(cast(STATES.c.value, Integer) + 1, String))
        .returning(STATES.c.value)
    )
    number = session.execute(raised).scalar()
    if number is None:
        number = "1"
        session.execute(insert(STATES), {"name": CHANGE, "value": number})
    return int(number)


def change_number(session: Session) -> int:
    """Return the change number: 0 where nothing was ever added."""
    return int(value(session, CHANGE) or 0)


def value(session: Session, name: str) -> str | None:
    """Return a single value of the database."""
    return session.execute(select(STATES.c.value).where(STATES.c.name == name)).scalar()


def put(session: Session, name: str, text: str) -> None:
    """Set a single value of the database."""
    if not session.execute(
        update(STATES).where(STATES.c.name == name).values(value=text).returning(STATES.c.name)
    ).first():
        session.execute(insert(STATES), {"name": name, "value": text})


def identity(session: Session) -> str:
    """Return the name of this database, given once: what tells its indexes from those of another."""
    known = value(session, DATABASE)
    if known is None:
        known = new_id()
        try:
            with session.begin_nested():
                session.execute(insert(STATES), {"name": DATABASE, "value": known})
        except IntegrityError:  # another process was first
            return str(value(session, DATABASE))
    return known


def current_hash(session: Session, name: str) -> str | None:
    """Return the sha256 of the file that the newest version of a document was read from."""
    return session.execute(
        select(VERSIONS.c.sha256)
        .select_from(VERSIONS.join(DOCUMENTS, DOCUMENTS.c.id == VERSIONS.c.document_id))
        .where(DOCUMENTS.c.name == name)
        .order_by(VERSIONS.c.id.desc())
        .limit(1)
    ).scalar()


def stage(session: Session, upload: Upload) -> Staged:
    """Write a version with its passages, to be published by whoever owns the indexes; unchanged passages keep rows.

    It is compared with the newest version, live or about to be.
    """
    change = raise_change(session)
    document, new = _document(session, upload.name)
    before, number = _newest(session, document)
    hashes = [content_hash(draft) for draft in upload.drafts]
    after = {draft.key: digest for draft, digest in zip(upload.drafts, hashes, strict=True)}
    added = sum(key not in before for key in after)
    removed = sum(key not in after for key in before)
    changed = sum(key in before and before[key] != digest for key, digest in after.items())
    if number and not (added or removed or changed):
        return Staged(document, None, False, 0, 0, 0, change)
    ids = _rows(session, document, upload.drafts, hashes)
    version = session.execute(
        insert(VERSIONS)
        .values(
            document_id=document,
            number=number + 1,
            sha256=upload.sha256,
            state="requested",
            filename=upload.name,
            kind=upload.kind,
            reading=upload.reading,
            created_at=now(),
        )
        .returning(VERSIONS.c.id)
    ).scalar_one()
    held = [{"version_id": version, "position": at, "passage_id": each} for at, each in enumerate(ids)]
    if held:
        session.execute(insert(HELD), held)
    return Staged(document, version, new, added, changed, removed, change)


def requested(session: Session) -> list[int]:
    """Return the versions that wait to be published, oldest first."""
    return list(
        session.execute(select(VERSIONS.c.id).where(VERSIONS.c.state == "requested").order_by(VERSIONS.c.id)).scalars()
    )


def publish(session: Session, version: int) -> None:
    """Make a version the live one. Its passages must be in the indexes."""
    document = select(VERSIONS.c.document_id).where(VERSIONS.c.id == version).scalar_subquery()
    session.execute(update(DOCUMENTS).where(DOCUMENTS.c.id == document).values(current_version=version))
    mine = VERSIONS.c.document_id == document
    session.execute(update(VERSIONS).where(mine, VERSIONS.c.state == "published").values(state="superseded"))
    session.execute(update(VERSIONS).where(VERSIONS.c.id == version).values(state="published"))


def remove(session: Session, document: int) -> int | None:
    """Delete a document with all its versions and passages; return the change number, None where there is none."""
    if session.execute(select(DOCUMENTS.c.id).where(DOCUMENTS.c.id == document)).first() is None:
        return None
    change = raise_change(session)
    versions = select(VERSIONS.c.id).where(VERSIONS.c.document_id == document)
    session.execute(delete(HELD).where(HELD.c.version_id.in_(versions)))
    for table in (VERSIONS, PASSAGES, ALIASES):
        session.execute(delete(table).where(table.c.document_id == document))
    session.execute(delete(DOCUMENTS).where(DOCUMENTS.c.id == document))
    return change


def content_hash(draft: Draft) -> str:
    """Return the hash of all that a passage says: equal means that its row can stay."""
    content = {name: getattr(draft, name) for name in _CONTENT}
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, default=str).encode()).hexdigest()


def _document(session: Session, name: str) -> tuple[int, bool]:
    found = session.execute(select(DOCUMENTS.c.id).where(DOCUMENTS.c.name == name)).scalar()
    if found is not None:
        return found, False
    made = insert(DOCUMENTS).values(name=name, enabled=True, created_at=now()).returning(DOCUMENTS.c.id)
    return session.execute(made).scalar_one(), True


def _newest(session: Session, document: int) -> tuple[dict[str, str], int]:
    """Return the content hash of each key in the newest version, and its number (0: there is none)."""
    found = session.execute(
        select(VERSIONS.c.id, VERSIONS.c.number)
        .where(VERSIONS.c.document_id == document)
        .order_by(VERSIONS.c.number.desc())
        .limit(1)
    ).first()
    if found is None:
        return {}, 0
    rows = session.execute(
        select(PASSAGES.c.key, PASSAGES.c.content_hash)
        .select_from(HELD.join(PASSAGES, PASSAGES.c.id == HELD.c.passage_id))
        .where(HELD.c.version_id == found[0])
    )
    return {row.key: row.content_hash for row in rows}, found[1]


def _rows(session: Session, document: int, drafts: Sequence[Draft], hashes: Sequence[str]) -> list[int]:
    """Return the row of each passage: one that says the same already, or a new one."""
    known: dict[tuple[str, str], int] = {
        (key, digest): each
        for each, key, digest in session.execute(
            select(PASSAGES.c.id, PASSAGES.c.key, PASSAGES.c.content_hash).where(PASSAGES.c.document_id == document)
        )
    }
    places = [(draft.key, digest) for draft, digest in zip(drafts, hashes, strict=True)]
    fresh = [at for at, place in enumerate(places) if place not in known]
    if fresh:
        made = session.execute(
            insert(PASSAGES).returning(PASSAGES.c.id, sort_by_parameter_order=True),
            [_values(document, drafts[at], hashes[at]) for at in fresh],
        )
        known |= {places[at]: each for at, each in zip(fresh, made.scalars(), strict=True)}
    return [known[place] for place in places]


def _values(document: int, draft: Draft, digest: str) -> dict[str, Any]:
    return {
        "document_id": document,
        "key": draft.key,
        "content_hash": digest,
        "question": draft.question,
        "answer": draft.answer,
        "aliases": list(draft.aliases),
        "language": draft.language,
        "audience": None if draft.audience is None else list(draft.audience),
        "title": draft.title,
        "page": draft.page,
        "valid_from": draft.valid_from,
        "valid_until": draft.valid_until,
    }
