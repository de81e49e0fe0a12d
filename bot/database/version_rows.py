"""Reads versions: a document's history, what waits to be published, what a version says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.database.documents import DOCUMENTS, HELD, PASSAGES, VERSIONS
from bot.matching import Known
from knowledge.splitting import Draft


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version; ``base`` is the id of the version it was compared with, ``restored_from`` a number.

    ``source``: the sha256 of the file over which entries were edited since; ``plan``: how its table is to be read.
    """

    id: int
    document_id: int
    document: str
    number: int
    state: str
    filename: str
    kind: str
    reading: str
    sha256: str
    author: str | None
    created_at: datetime
    published_at: datetime | None
    added: int
    changed: int
    removed: int
    restored_from: int | None
    base: int | None
    source: str | None = None
    plan: dict[str, Any] | None = None

    @property
    def file(self) -> str:
        """The sha256 of the file that it was read from, or edited over."""
        return self.source or self.sha256


@dataclass(frozen=True, slots=True)
class Entries:
    """What a version says, in its order, with the hash of each entry."""

    drafts: tuple[Draft, ...] = ()
    hashes: tuple[str, ...] = ()

    def known(self) -> list[Known]:
        """Return them as those that a newer version is matched with."""
        return [Known(d.key, h, d.question, d.answer) for d, h in zip(self.drafts, self.hashes, strict=True)]


_ROW = (
    VERSIONS.c.id, VERSIONS.c.document_id, DOCUMENTS.c.name, VERSIONS.c.number, VERSIONS.c.state, VERSIONS.c.filename,
    VERSIONS.c.kind, VERSIONS.c.reading, VERSIONS.c.sha256, VERSIONS.c.author, VERSIONS.c.created_at,
    VERSIONS.c.published_at, VERSIONS.c.added, VERSIONS.c.changed, VERSIONS.c.removed, VERSIONS.c.restored_from,
    VERSIONS.c.base, VERSIONS.c.source, VERSIONS.c.plan,
)  # fmt: skip
SAID = (
    PASSAGES.c.key, PASSAGES.c.answer, PASSAGES.c.language, PASSAGES.c.question, PASSAGES.c.title, PASSAGES.c.aliases,
    PASSAGES.c.audience, PASSAGES.c.page, PASSAGES.c.valid_from, PASSAGES.c.valid_until, HELD.c.row, HELD.c.sheet,
    PASSAGES.c.content_hash,
)  # fmt: skip


def history(session: Session, document: int) -> list[VersionRow]:
    """Return all versions of a document, the newest first."""
    return _rows(session, _versions().where(VERSIONS.c.document_id == document).order_by(VERSIONS.c.number.desc()))


def staged(session: Session) -> list[VersionRow]:
    """Return the versions that wait to be published, by document and number."""
    chosen = _versions().where(VERSIONS.c.state == "staged")
    return _rows(session, chosen.order_by(DOCUMENTS.c.name, VERSIONS.c.number))


def one(session: Session, version: int) -> VersionRow | None:
    """Return a version, None where there is none of this id."""
    return next(iter(_rows(session, _versions().where(VERSIONS.c.id == version))), None)


def basis(session: Session, document: int) -> int | None:
    """Return the version that is live or about to be: what another upload is compared with. None: there is none."""
    asked = select(VERSIONS.c.id).where(VERSIONS.c.document_id == document, VERSIONS.c.state == "requested")
    newest: int | None = session.execute(asked.order_by(VERSIONS.c.number.desc()).limit(1)).scalar()
    if newest is not None:
        return newest
    live: int | None = session.execute(select(DOCUMENTS.c.current_version).where(DOCUMENTS.c.id == document)).scalar()
    return live


def document_id(session: Session, name: str) -> int | None:
    """Return the document of this name."""
    found: int | None = session.execute(select(DOCUMENTS.c.id).where(DOCUMENTS.c.name == name)).scalar()
    return found


def last_plan(session: Session, name: str) -> dict[str, Any] | None:
    """Return how somebody said that the file of a document is to be read: of the live version, else of the newest."""
    document = document_id(session, name)
    if document is None:
        return None
    live = basis(session, document)
    rows = sorted(history(session, document), key=lambda row: row.id != live)
    return next((row.plan for row in rows if row.plan and row.state != "discarded"), None)


def entries(session: Session, version: int | None) -> Entries:
    """Return what a version says; nothing for None."""
    if version is None:
        return Entries()
    held = HELD.join(PASSAGES, PASSAGES.c.id == HELD.c.passage_id)
    chosen = select(*SAID).select_from(held).where(HELD.c.version_id == version).order_by(HELD.c.position)
    rows = session.execute(chosen).all()
    return Entries(tuple(draft_of(row) for row in rows), tuple(row[-1] for row in rows))


def known(session: Session, version: int | None) -> list[Known]:
    """Return the entries of a version as far as they are needed to match others with them."""
    if version is None:
        return []
    held = HELD.join(PASSAGES, PASSAGES.c.id == HELD.c.passage_id)
    wanted = (PASSAGES.c.key, PASSAGES.c.content_hash, PASSAGES.c.question, PASSAGES.c.answer)
    chosen = select(*wanted).select_from(held).where(HELD.c.version_id == version).order_by(HELD.c.position)
    return [Known(*row) for row in session.execute(chosen)]


def draft_of(row: Any) -> Draft:
    """Return what a row of the columns ``SAID`` says."""
    key, answer, language, question, title, aliases, audience, page, start, end, at, sheet, _ = row
    groups = None if audience is None else tuple(audience)
    about: dict[str, Any] = {
        "question": question,
        "title": title,
        "aliases": tuple(aliases),
        "audience": groups,
        "page": page,
    }
    return Draft(key, answer, language, **about, valid_from=start, valid_until=end, row=at, sheet=sheet or "")


def _versions() -> Select[Any]:
    return select(*_ROW).select_from(VERSIONS.join(DOCUMENTS, DOCUMENTS.c.id == VERSIONS.c.document_id))


def _rows(session: Session, statement: Select[Any]) -> list[VersionRow]:
    return [VersionRow(*row) for row in session.execute(statement)]
