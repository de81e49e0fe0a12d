"""Writes versions: staged with their rows, asked for, taken back, discarded. Whoever owns the indexes publishes them.

Every writing transaction begins by raising the change number, so that the writers of all processes come one after the
other and each compares with what the one before it wrote.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, func, insert, literal, select, update
from sqlalchemy.orm import Session

from bot.database import aliases, version_rows, version_trials
from bot.database.documents import DOCUMENTS, HELD, PASSAGES, VERSIONS
from bot.database.originals import drop_unused, keep
from bot.database.tables import now
from bot.database.version_rows import VersionRow
from bot.database.versions import erase_deleted, raise_change, remove
from bot.matching import Known, Matched, match
from knowledge.splitting import Draft

_CONTENT = ("aliases", "answer", "audience", "language", "page", "question", "title", "valid_from", "valid_until")
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it is to be stored; ``reading`` is what was read and how, as JSON; ``data`` the file itself.

    ``audience``: groups that may see the document from now on; None leaves that as it is. ``plan``: how somebody said
    that it is to be read.
    """

    name: str
    sha256: str
    kind: str
    reading: str
    drafts: Sequence[Draft]
    data: bytes = b""
    author: str = ""
    audience: Collection[str] | None = None
    plan: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Staged:
    """What an upload changes in its document; ``version`` None: nothing, and no version was written."""

    document: int
    version: int | None
    new: bool
    added: int
    changed: int
    removed: int
    change: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries a version adds, changes and removes, and which got another key: the new one by the old one."""

    added: int
    changed: int
    removed: int
    renamed: dict[str, str] = field(default_factory=dict)


def stage(session: Session, upload: Upload, *, publish: bool = True) -> Staged:
    """Write a version with its passages, compared with the one that is live or about to be; ``publish`` asks for it.

    What is said already keeps its row; a file that says the same in other bytes is no version.
    """
    change = raise_change(session)
    document, new = _document(session, upload.name)
    if upload.audience is not None:
        session.execute(update(DOCUMENTS).where(DOCUMENTS.c.id == document).values(audience=sorted(upload.audience)))
    basis = version_rows.basis(session, document)
    known = version_rows.known(session, basis)
    hashes = [content_hash(draft) for draft in upload.drafts]
    matched = match(known, upload.drafts, hashes)
    counts = _count(known, hashes, matched)
    if known and not (counts.added or counts.removed or counts.changed):
        return Staged(document, None, False, 0, 0, 0, change)
    if upload.data:
        keep(session, upload.sha256, upload.data)
    values = {
        "sha256": upload.sha256,
        "state": "requested" if publish else "staged",
        "filename": upload.name,
        "kind": upload.kind,
        "reading": upload.reading,
        "author": upload.author or None,
        "base": basis,
        "plan": upload.plan,
    }
    version = add_version(session, document, counts, values)
    ids = _rows(session, document, upload.drafts, matched.keys, hashes)
    held = [
        {"version_id": version, "position": at, "passage_id": each, "row": draft.row, "sheet": draft.sheet or None}
        for at, (each, draft) in enumerate(zip(ids, upload.drafts, strict=True))
    ]
    if held:
        session.execute(insert(HELD), held)
    if publish:
        aliases.move(session, document, counts.renamed, change)
    return Staged(document, version, new, counts.added, counts.changed, counts.removed, change)


def request(session: Session, version: VersionRow, change: int) -> None:
    """Ask for a staged version to be published; it is compared anew with what is live or about to be by now."""
    basis = version_rows.basis(session, version.document_id)
    said = version_rows.entries(session, version.id)
    known = version_rows.known(session, basis)
    counts = _count_stored(known, said)
    later = select(func.max(VERSIONS.c.number)).where(VERSIONS.c.document_id == version.document_id)
    highest = session.execute(later).scalar_one()
    shown = select(VERSIONS.c.id).where(
        VERSIONS.c.document_id == version.document_id,
        VERSIONS.c.number > version.number,
        VERSIONS.c.state.not_in(("staged", "discarded")),
    )
    # Numbers tell the order in which versions were live: one that was overtaken gets the next number.
    number = version.number if session.execute(shown).first() is None else highest + 1
    session.execute(
        update(VERSIONS)
        .where(VERSIONS.c.id == version.id)
        .values(
            state="requested",
            number=number,
            base=basis,
            added=counts.added,
            changed=counts.changed,
            removed=counts.removed,
        )
    )
    aliases.move(session, version.document_id, counts.renamed, change)


def restore(session: Session, version: VersionRow, author: str, change: int) -> int:
    """Write a version that says what an earlier one said, and ask for it; return its id."""
    basis = version_rows.basis(session, version.document_id)
    counts = _count_stored(version_rows.known(session, basis), version_rows.entries(session, version.id))
    kept = {name: getattr(version, name) for name in ("sha256", "filename", "kind", "reading", "source", "plan")}
    about = {"state": "requested", "author": author or None, "base": basis, "restored_from": version.number}
    made = add_version(session, version.document_id, counts, kept | about)
    columns = (HELD.c.position, HELD.c.passage_id, HELD.c.row, HELD.c.sheet)
    copied = select(literal(made), *columns).where(HELD.c.version_id == version.id)
    session.execute(insert(HELD).from_select(["version_id", *(column.name for column in columns)], copied))
    aliases.move(session, version.document_id, counts.renamed, change)
    return made


def discard(session: Session, version: VersionRow) -> None:
    """Take back a staged version; what only it said is deleted, and a document that was never live with it."""
    erase_deleted(session)
    session.execute(update(VERSIONS).where(VERSIONS.c.id == version.id).values(state="discarded"))
    version_trials.drop(session, version.id)
    session.execute(delete(HELD).where(HELD.c.version_id == version.id))
    others = select(VERSIONS.c.id).where(VERSIONS.c.document_id == version.document_id, VERSIONS.c.state != "discarded")
    if session.execute(others).first() is None:
        remove(session, version.document_id)
        return
    held = select(HELD.c.passage_id)
    session.execute(delete(PASSAGES).where(PASSAGES.c.document_id == version.document_id, PASSAGES.c.id.not_in(held)))
    drop_unused(session)


def content_hash(draft: Draft) -> str:
    """Return the hash of all that a passage says: equal means that its row can stay."""
    content = {name: getattr(draft, name) for name in _CONTENT}
    return hashlib.sha256(_ENCODER.encode(content).encode()).hexdigest()


def _count(known: Sequence[Known], hashes: Sequence[str], matched: Matched) -> Counts:
    pairs = [
        (known[place], key, digest)
        for place, key, digest in zip(matched.before, matched.keys, hashes, strict=True)
        if place is not None
    ]
    changed = sum(entry.content_hash != digest or entry.key != key for entry, key, digest in pairs)
    renamed = {entry.key: key for entry, key, _ in pairs if entry.key != key}
    return Counts(len(hashes) - len(pairs), changed, len(known) - len(pairs), renamed)


def _count_stored(known: Sequence[Known], said: version_rows.Entries) -> Counts:
    matched = match(known, said.drafts, said.hashes)
    keys = tuple(draft.key for draft in said.drafts)  # they are stored, and stay what they are
    return _count(known, said.hashes, Matched(keys, matched.before))


def _document(session: Session, name: str) -> tuple[int, bool]:
    found = version_rows.document_id(session, name)
    if found is not None:
        return found, False
    made = insert(DOCUMENTS).values(name=name, enabled=True, created_at=now()).returning(DOCUMENTS.c.id)
    return session.execute(made).scalar_one(), True


def add_version(session: Session, document: int, counts: Counts, values: dict[str, Any]) -> int:
    """Write a version with the next number; return its id."""
    highest = select(func.coalesce(func.max(VERSIONS.c.number), 0)).where(VERSIONS.c.document_id == document)
    number = session.execute(highest).scalar_one() + 1
    told = {"added": counts.added, "changed": counts.changed, "removed": counts.removed}
    about = {"document_id": document, "number": number, "created_at": now(), **told, **values}
    return int(session.execute(insert(VERSIONS).values(about).returning(VERSIONS.c.id)).scalar_one())


def _rows(
    session: Session, document: int, drafts: Sequence[Draft], keys: Sequence[str], hashes: Sequence[str]
) -> list[int]:
    """Return the row of each passage: one that says the same already, or a new one."""
    places = list(zip(keys, hashes, strict=True))
    known = _known_rows(session, document)
    fresh = [at for at, place in enumerate(places) if place not in known]
    if fresh:  # told their ids afterwards: RETURNING costs three times as much on PostgreSQL
        session.execute(insert(PASSAGES), [passage_values(document, drafts[at], *places[at]) for at in fresh])
        known = _known_rows(session, document)
    return [known[place] for place in places]


def _known_rows(session: Session, document: int) -> dict[tuple[str, str], int]:
    """Return the rows of all passages of a document, by key and content."""
    chosen = select(PASSAGES.c.key, PASSAGES.c.content_hash, PASSAGES.c.id).where(PASSAGES.c.document_id == document)
    return {(key, digest): each for key, digest, each in session.execute(chosen)}


def passage_values(document: int, draft: Draft, key: str, digest: str) -> dict[str, Any]:
    """Return the row of a passage."""
    return {
        "document_id": document,
        "key": key,
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
