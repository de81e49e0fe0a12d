"""Writes versions in which people changed single entries; all others are held as they were, without being read."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import case, func, insert, literal, select
from sqlalchemy.orm import Session

from bot.database.documents import HELD, PASSAGES
from bot.database.staging import Counts, add_version, content_hash, passage_values
from bot.database.version_rows import SAID, VersionRow, draft_of
from bot.notes import from_json, to_json
from knowledge.entries import Note
from knowledge.splitting import Draft

EDITED = "read.edited"
"""What the reading of such a version says besides."""


@dataclass(frozen=True, slots=True)
class Held:
    """An entry of a version: its place, and the row that says it, which is another one as soon as it says else."""

    position: int
    passage: int
    draft: Draft


def held(session: Session, document: int, version: int, key: str) -> Held | None:
    """Return the entry of this key in a version of a document, None where it has none."""
    both = HELD.join(PASSAGES, PASSAGES.c.id == HELD.c.passage_id)
    chosen = select(HELD.c.position, HELD.c.passage_id, *SAID).select_from(both)
    named = (PASSAGES.c.document_id == document, PASSAGES.c.key == key)
    row = session.execute(chosen.where(HELD.c.version_id == version, *named)).first()
    return None if row is None else Held(row[0], row[1], draft_of(row[2:]))


def keys_like(session: Session, document: int, version: int, key: str) -> set[str]:
    """Return the keys of a version that begin as this one does."""
    both = HELD.join(PASSAGES, PASSAGES.c.id == HELD.c.passage_id)
    named = (PASSAGES.c.document_id == document, PASSAGES.c.key.startswith(key, autoescape=True))
    chosen = select(PASSAGES.c.key).select_from(both).where(HELD.c.version_id == version, *named)
    return set(session.execute(chosen).scalars())


def put(
    session: Session, basis: VersionRow, draft: Draft, place: Held | None, author: str, *, state: str = "requested"
) -> int:
    """Write a version that says ``draft`` in the place of an entry, or at its end; asked for, like any upload, or only
    staged.

    The change number must have been raised in this transaction. Returns the id of the version.
    """
    digest = content_hash(draft)
    passage = _passage(session, basis.document_id, draft, digest)
    counts = Counts(0, 1, 0) if place else Counts(1, 0, 0)
    at = place.position if place else _end(session, basis.id)
    made = _version(session, basis, counts, f"{at} {digest}", author, state=state)
    _copy(session, basis.id, made, None if place is None else (at, passage))
    if place is None:
        about = {"version_id": made, "position": at, "passage_id": passage, "sheet": draft.sheet or None}
        session.execute(insert(HELD), about)
    return made


def take_out(session: Session, basis: VersionRow, place: Held, author: str) -> int:
    """Write a version without an entry; as ``put``."""
    made = _version(session, basis, Counts(0, 0, 1), f"-{place.position}", author)
    _copy(session, basis.id, made, (place.position, None))
    return made


def last_sheet(session: Session, version: int) -> str:
    """Return the sheet of the last entry of a table, where its document has sheets."""
    of_tables = (HELD.c.version_id == version, HELD.c.row.is_not(None))
    chosen = select(HELD.c.sheet).where(*of_tables).order_by(HELD.c.position.desc())
    return session.execute(chosen.limit(1)).scalar() or ""


def _copy(session: Session, basis: int, made: int, place: tuple[int, int | None] | None) -> None:
    """Have a version hold what another one holds; at one place another passage, or none."""
    at, passage = place or (-1, None)
    there = HELD.c.passage_id if passage is None else case((HELD.c.position == at, passage), else_=HELD.c.passage_id)
    copied = select(literal(made), HELD.c.position, there, HELD.c.row, HELD.c.sheet).where(HELD.c.version_id == basis)
    if passage is None:
        copied = copied.where(HELD.c.position != at)
    session.execute(insert(HELD).from_select(["version_id", "position", "passage_id", "row", "sheet"], copied))


def _passage(session: Session, document: int, draft: Draft, digest: str) -> int:
    """Return the row that says this: one that is there, or a new one."""
    known = select(PASSAGES.c.id).where(
        PASSAGES.c.document_id == document, PASSAGES.c.key == draft.key, PASSAGES.c.content_hash == digest
    )
    found: int | None = session.execute(known).scalar()
    if found is None:
        values = passage_values(document, draft, draft.key, digest)
        found = int(session.execute(insert(PASSAGES).values(values).returning(PASSAGES.c.id)).scalar_one())
    return found


def _end(session: Session, version: int) -> int:
    last: int | None = session.execute(select(func.max(HELD.c.position)).where(HELD.c.version_id == version)).scalar()
    return 0 if last is None else last + 1


def _version(
    session: Session, basis: VersionRow, counts: Counts, what: str, author: str, *, state: str = "requested"
) -> int:
    """Write the row of a version; its file stays the one that was uploaded, under another hash: it says else."""
    notes = from_json(basis.reading)
    if all(note.phrase != EDITED for note in notes):
        notes = (*notes, Note(EDITED))
    values = {
        "sha256": hashlib.sha256(f"{basis.sha256} {basis.number} {what}".encode()).hexdigest(),
        "state": state,
        "filename": basis.filename,
        "kind": basis.kind,
        "reading": to_json(notes),
        "author": author or None,
        "base": basis.id,
        "source": basis.file,
        "plan": basis.plan,
    }
    return add_version(session, basis.document_id, counts, values)
