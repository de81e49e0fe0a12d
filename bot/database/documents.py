"""Reads passages and documents: what is live and may be seen, and what it says. Answers rest on this, not on an index.

Statements are built once and executed on tables, not entities: they run at every question.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Select, Table, bindparam, column, func, or_, select
from sqlalchemy.orm import Session

from bot.database.held_counts import held_counts
from bot.database.tables import Alias, Document, PassageRow, Version, VersionPassage
from knowledge.language import Language
from knowledge.passages import Passage


def _table(model: Any) -> Table:
    return cast(Table, model.__table__)


DOCUMENTS, VERSIONS, PASSAGES = _table(Document), _table(Version), _table(PassageRow)
HELD, ALIASES = _table(VersionPassage), _table(Alias)

MOST_AT_ONCE = 30_000
"""Ids in one statement: SQLite takes 32,766 values, PostgreSQL 65,535."""

_LIVE = PASSAGES.join(DOCUMENTS, DOCUMENTS.c.id == PASSAGES.c.document_id).join(
    HELD, (HELD.c.passage_id == PASSAGES.c.id) & (HELD.c.version_id == DOCUMENTS.c.current_version)
)
_ASKED = PASSAGES.c.id.in_(bindparam("ids", expanding=True))
_MAY_BE_SEEN = (
    DOCUMENTS.c.enabled,
    or_(PASSAGES.c.valid_from.is_(None), PASSAGES.c.valid_from <= bindparam("today")),
    or_(PASSAGES.c.valid_until.is_(None), PASSAGES.c.valid_until >= bindparam("today")),
)
_VISIBLE = (
    select(PASSAGES.c.id, PASSAGES.c.audience, DOCUMENTS.c.audience).select_from(_LIVE).where(_ASKED, *_MAY_BE_SEEN)
)
# All in one row: at each row Python's driver of SQLite lets another thread go on, and then waits for its turn again.
_FOR_EVERYONE = PASSAGES.c.audience.is_(None) & DOCUMENTS.c.audience.is_(None)
_VISIBLE_ON_SQLITE = (
    select(
        func.json_group_array(PASSAGES.c.id).filter(_FOR_EVERYONE),
        func.json_group_array(
            func.json_array(PASSAGES.c.id, func.json(PASSAGES.c.audience), func.json(DOCUMENTS.c.audience))
        ).filter(~_FOR_EVERYONE),
    )
    .select_from(_LIVE)
    .where(PASSAGES.c.id.in_(select(column("value")).select_from(func.json_each(bindparam("ids")))), *_MAY_BE_SEEN)
)
_VISIBLE_IN_SOME = _VISIBLE.where(DOCUMENTS.c.name.in_(bindparam("names", expanding=True)))
_VISIBLE_IN_SOME_ON_SQLITE = _VISIBLE_ON_SQLITE.where(
    DOCUMENTS.c.name.in_(select(column("value")).select_from(func.json_each(bindparam("names"))))
)
_LOAD = (
    select(
        PASSAGES.c.id,
        DOCUMENTS.c.name,
        DOCUMENTS.c.id,
        PASSAGES.c.key,
        # A subquery and not a join: with one more table SQLite would begin at the versions and read each whole.
        select(VERSIONS.c.number).where(VERSIONS.c.id == DOCUMENTS.c.current_version).scalar_subquery(),
        PASSAGES.c.title,
        PASSAGES.c.question,
        PASSAGES.c.answer,
        PASSAGES.c.language,
        PASSAGES.c.page,
        PASSAGES.c.audience,
        PASSAGES.c.valid_from,
        PASSAGES.c.valid_until,
    )
    .select_from(_LIVE)
    .where(_ASKED)
)
_CONFIRMED = (
    select(PASSAGES.c.id, ALIASES.c.question)
    .select_from(
        PASSAGES.join(ALIASES, (ALIASES.c.document_id == PASSAGES.c.document_id) & (ALIASES.c.key == PASSAGES.c.key))
    )
    .where(_ASKED)
    .order_by(ALIASES.c.id)
)
_ELSEWHERE = (
    select(PASSAGES.c.id).select_from(_LIVE).where(_ASKED, DOCUMENTS.c.enabled, DOCUMENTS.c.id != bindparam("but"))
)
_LANGUAGES = select(PASSAGES.c.id, PASSAGES.c.language).where(_ASKED)
_WANTED = select(HELD.c.passage_id).select_from(HELD.join(DOCUMENTS, DOCUMENTS.c.current_version == HELD.c.version_id))


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A live passage as it is in the database; ``document`` is the document's name, ``version`` its number.

    ``aliases`` are read by ``passages_of`` only: no answer needs them.
    """

    id: int
    document: str
    document_id: int
    key: str
    version: int
    title: str
    question: str
    answer: str
    language: Language
    page: int | None
    audience: Sequence[str] | None
    valid_from: date | None
    valid_until: date | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document with its live version (the newest one where none is live yet); ``reading`` as it is stored.

    ``owner``: the number of the account that sees to it.
    """

    id: int
    name: str
    enabled: bool
    version: int
    state: str
    kind: str
    reading: str
    created_at: datetime
    entries: int
    languages: tuple[str, ...]
    audience: Sequence[str] | None = None
    owner: int | None = None


def visible(
    session: Session, ids: Sequence[int], audience: Collection[str], today: date, only: Collection[str] = ()
) -> set[int]:
    """Return which of the passages are live, valid on ``today`` and for everyone or for one of the groups.

    Both must allow it, the passage and its document: who may see a document need not see all of it. ``only``: the
    names of the documents that are looked at, none for all.
    """
    groups = frozenset(audience)
    if session.get_bind().dialect.name == "sqlite":
        asked = {"ids": json.dumps([*ids]), "today": today} | ({"names": json.dumps([*only])} if only else {})
        statement = _VISIBLE_IN_SOME_ON_SQLITE if only else _VISIBLE_ON_SQLITE
        everyone, found = map(json.loads, session.execute(statement, asked).one())
    elif only:
        everyone, found = [], _in_parts(session, _VISIBLE_IN_SOME, ids, today=today, names=[*only])
    else:
        everyone, found = [], _in_parts(session, _VISIBLE, ids, today=today)
    seen = {each for each, *allowed in found if all(some is None or not groups.isdisjoint(some) for some in allowed)}
    return seen.union(everyone)


def load(session: Session, ids: Sequence[int]) -> dict[int, PassageRecord]:
    """Return the passages of these ids that are live, by id. Whether they may be seen is for ``visible`` to say."""
    return {row[0]: PassageRecord(*row) for row in _in_parts(session, _LOAD, ids)}


def wanted(session: Session) -> set[int]:
    """Return the ids of all passages that the indexes must hold: of the live versions of all documents.

    Of disabled ones too, which ``visible`` keeps out of answers: enabled again they are there at once.
    """
    return set(session.execute(_WANTED).scalars())


def answering(session: Session) -> set[int]:
    """Return the ids of the passages that answers may use: of the live versions of enabled documents."""
    return set(session.execute(_WANTED.where(DOCUMENTS.c.enabled)).scalars())


def touched(session: Session, change: int) -> set[int]:
    """Return the ids of the passages that must be indexed anew because of a later change than this one."""
    return set(session.execute(select(PASSAGES.c.id).where(PASSAGES.c.touched > change)).scalars())


def languages_of(session: Session, ids: Sequence[int]) -> dict[int, Language]:
    """Return the language of each of the passages."""
    return dict(_in_parts(session, _LANGUAGES, ids))


def of_version(session: Session, version_id: int) -> list[int]:
    """Return the ids of the passages of a version, in order."""
    return list(
        session.execute(
            select(HELD.c.passage_id).where(HELD.c.version_id == version_id).order_by(HELD.c.position)
        ).scalars()
    )


def for_index(session: Session, ids: Iterable[int]) -> list[Passage]:
    """Return passages as the indexes take them, their confirmed aliases beside those of the file, in order of id."""
    chosen = sorted(ids)
    statement = select(
        PASSAGES.c.id,
        PASSAGES.c.language,
        PASSAGES.c.answer,
        PASSAGES.c.title,
        PASSAGES.c.question,
        PASSAGES.c.aliases,
    ).where(_ASKED)
    rows = _in_parts(session, statement, chosen)
    confirmed: dict[int, list[str]] = {}
    for each, question in _in_parts(session, _CONFIRMED, chosen):
        confirmed.setdefault(each, []).append(question)
    return [
        Passage(each, language, answer, title, question, (*aliases, *confirmed.get(each, ())))
        for each, language, answer, title, question, aliases in sorted(rows)
    ]


def documents(session: Session) -> list[DocumentRow]:
    """Return all documents, by name."""
    newest = (
        select(func.max(VERSIONS.c.id))
        .where(VERSIONS.c.document_id == DOCUMENTS.c.id, VERSIONS.c.state != "discarded")
        .correlate(DOCUMENTS)
        .scalar_subquery()
    )
    of_documents = [DOCUMENTS.c[name] for name in ("id", "name", "enabled", "audience", "owner_id")]
    of_versions = [VERSIONS.c[name] for name in ("number", "state", "kind", "reading", "created_at")]
    rows = session.execute(
        select(*of_documents, *of_versions, VERSIONS.c.id.label("version"))
        .select_from(DOCUMENTS.join(VERSIONS, VERSIONS.c.id == func.coalesce(DOCUMENTS.c.current_version, newest)))
        .order_by(DOCUMENTS.c.name)
    ).all()
    held = held_counts(session, [row.version for row in rows])
    return [
        DocumentRow(
            id=row.id,
            name=row.name,
            enabled=row.enabled,
            version=row.number,
            state=row.state,
            kind=row.kind,
            reading=row.reading,
            created_at=row.created_at,
            entries=sum(held.get(row.version, {}).values()),
            languages=tuple(sorted(held.get(row.version, {}))[::-1]),
            audience=row.audience,
            owner=row.owner_id,
        )
        for row in rows
    ]


def questions(session: Session, but: int | None) -> Iterator[tuple[int, str]]:
    """Yield the id and the question of the live FAQ passages of enabled documents, of all but one document."""
    live = HELD.join(DOCUMENTS, DOCUMENTS.c.current_version == HELD.c.version_id).join(
        PASSAGES, PASSAGES.c.id == HELD.c.passage_id
    )
    chosen = select(PASSAGES.c.id, PASSAGES.c.question).select_from(live)
    chosen = chosen.where(DOCUMENTS.c.enabled, PASSAGES.c.question != "", DOCUMENTS.c.id != (but or 0))
    for row in session.execute(chosen):
        yield row[0], row[1]


def live_elsewhere(session: Session, ids: Sequence[int], but: int | None) -> set[int]:
    """Return which of the passages are live in an enabled document other than this one, for whomever they are."""
    return {each for (each,) in _in_parts(session, _ELSEWHERE, ids, but=but or 0)}


def name_of(session: Session, document: int) -> str | None:
    """Return the name of a document, None where there is none of this number."""
    name: str | None = session.execute(select(DOCUMENTS.c.name).where(DOCUMENTS.c.id == document)).scalar()
    return name


def passages_of(session: Session, document_id: int) -> list[PassageRecord]:
    """Return the live passages of a document, in its order, with their aliases."""
    version = session.execute(select(DOCUMENTS.c.current_version).where(DOCUMENTS.c.id == document_id)).scalar()
    ids = of_version(session, version) if version is not None else []
    found = load(session, ids)
    aliases = {passage.id: passage.aliases for passage in for_index(session, ids)}
    return [replace(found[each], aliases=aliases[each]) for each in ids if each in found]


def _in_parts(session: Session, statement: Select[Any], ids: Sequence[int], **values: object) -> list[Any]:
    """Execute a statement over any number of ids."""
    rows: list[Any] = []
    for start in range(0, len(ids), MOST_AT_ONCE):
        rows += session.execute(statement, {"ids": list(ids[start : start + MOST_AT_ONCE]), **values}).all()
    return rows
