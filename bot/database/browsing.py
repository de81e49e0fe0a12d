"""What the document pages show beside the library: entries some at a time, what has expired, answers, groups."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from bot.database.columns import Moment, now
from bot.database.documents import ALIASES, DOCUMENTS, HELD, PASSAGES, VERSIONS
from bot.database.tables import Answer, AnswerSource, Turn
from knowledge.language import Language

RECENT_DAYS = 30
MOST_RECENT = 20
MOST_COUNTED = 5_000
"""Answers that are counted: a page need not know how many more there are."""
MOST_WORDS = 10


@dataclass(frozen=True, slots=True)
class Given:
    """Another way to ask that somebody added."""

    id: int
    question: str
    author: str | None


@dataclass(frozen=True, slots=True)
class Browsed:
    """An entry of a live version; ``aliases`` stand in the file, ``given`` were added by people."""

    id: int
    key: str
    title: str
    question: str
    answer: str
    language: Language
    page: int | None
    aliases: tuple[str, ...]
    audience: tuple[str, ...] | None
    valid_from: date | None
    valid_until: date | None
    given: tuple[Given, ...] = ()

    def expired(self, today: date) -> bool:
        """Whether answers no longer use it because its time is over."""
        return self.valid_until is not None and self.valid_until < today

    def waits(self, today: date) -> bool:
        """Whether answers do not use it yet because its time has not come."""
        return self.valid_from is not None and self.valid_from > today


@dataclass(frozen=True, slots=True)
class BrowsedPage:
    """Some entries of the ``total`` that match; ``first`` counts from 0."""

    total: int
    first: int
    entries: tuple[Browsed, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """An answer that rested on a document."""

    answer_id: str
    question: str
    at: datetime
    passage: str
    version: int


@dataclass(frozen=True, slots=True)
class Uses:
    """How often answers rested on a document: ever, in the last 30 days, and the last of them, newest first."""

    total: int
    recent: int
    last: tuple[Use, ...]


def browse(
    session: Session,
    document: int,
    *,
    words: str = "",
    page: int = 1,
    size: int = 50,
    groups: Collection[str] | None = None,
) -> BrowsedPage:
    """Return a page of a document's live entries that hold all the ``words``, in its order.

    ``groups``: only what is for everyone or for one of them; None: all. A page beyond the last is the last.
    """
    version = _live(session, document)
    wanted = _seen(session, version, groups)
    for word in unicodedata.normalize("NFC", words).split()[:MOST_WORDS]:
        columns = (PASSAGES.c.question, PASSAGES.c.answer, PASSAGES.c.title, PASSAGES.c.key)
        wanted.append(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    table = HELD.join(PASSAGES, PASSAGES.c.id == HELD.c.passage_id) if len(wanted) > 1 else HELD
    total = session.execute(select(func.count()).select_from(table).where(*wanted)).scalar_one()
    first = (min(max(page, 1), max(1, -(-total // size))) - 1) * size
    chosen = select(HELD.c.passage_id).select_from(table).where(*wanted).order_by(HELD.c.position)
    ids = list(session.execute(chosen.offset(first).limit(size)).scalars())
    return BrowsedPage(total, first, _entries(session, document, ids))


def place_of(
    session: Session, document: int, key: str, *, groups: Collection[str] | None = None
) -> tuple[int, int] | None:
    """Return at which place of a document's live entries that of this key stands, and its id; None: it is not there."""
    wanted = _seen(session, _live(session, document), groups)
    held = HELD.join(PASSAGES, PASSAGES.c.id == HELD.c.passage_id)
    named = (PASSAGES.c.document_id == document, PASSAGES.c.key == key)
    chosen = select(HELD.c.position, HELD.c.passage_id).select_from(held).where(*wanted, *named)
    row = session.execute(chosen).first()
    if row is None:
        return None
    table = held if len(wanted) > 1 else HELD
    before = select(func.count()).select_from(table).where(*wanted, HELD.c.position < row[0])
    return session.execute(before).scalar_one(), row[1]


def _live(session: Session, document: int) -> int:
    """Return the live version of a document, 0 where it has none."""
    live = select(DOCUMENTS.c.current_version).where(DOCUMENTS.c.id == document)
    return session.execute(live).scalar() or 0


def _seen(session: Session, version: int, groups: Collection[str] | None) -> list[ColumnElement[bool]]:
    """Return the conditions for the entries of a version that somebody in these groups may see (None: all)."""
    of_version: ColumnElement[bool] = HELD.c.version_id == version
    if groups is None:
        return [of_version]
    held = HELD.join(PASSAGES, PASSAGES.c.id == HELD.c.passage_id)
    limited = (
        select(PASSAGES.c.id, PASSAGES.c.audience).select_from(held).where(of_version, PASSAGES.c.audience.is_not(None))
    )
    theirs = [each for each, audience in session.execute(limited) if set(audience) & set(groups)]
    return [of_version, or_(PASSAGES.c.audience.is_(None), PASSAGES.c.id.in_(theirs))]


def _entries(session: Session, document: int, ids: list[int]) -> tuple[Browsed, ...]:
    columns = PASSAGES.c
    rows = session.execute(
        select(
            columns.id, columns.key, columns.title, columns.question, columns.answer, columns.language, columns.page,
            columns.aliases, columns.audience, columns.valid_from, columns.valid_until,
        ).where(columns.id.in_(ids))
    ).all()  # fmt: skip
    given = _given(session, document, [row.key for row in rows])
    found = {
        row.id: Browsed(
            *row[:7],
            aliases=tuple(row.aliases),
            audience=None if row.audience is None else tuple(row.audience),
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            given=tuple(given.get(row.key, ())),
        )
        for row in rows
    }
    return tuple(found[each] for each in ids)


def _given(session: Session, document: int, keys: list[str]) -> dict[str, list[Given]]:
    columns = ALIASES.c
    chosen = select(columns.key, columns.id, columns.question, columns.author).where(
        columns.document_id == document, columns.key.in_(keys)
    )
    found: dict[str, list[Given]] = {}
    for key, *rest in session.execute(chosen.order_by(columns.id)):
        found.setdefault(key, []).append(Given(*rest))
    return found


@dataclass(frozen=True, slots=True)
class LastChange:
    """When the live version of a document was made live, and who wrote it."""

    at: datetime
    author: str | None


def last_changes(session: Session) -> dict[int, LastChange]:
    """Return the last change of each document, by its number; one that was never published has its newest upload."""
    newest = select(func.max(VERSIONS.c.id)).where(VERSIONS.c.document_id == DOCUMENTS.c.id).correlate(DOCUMENTS)
    chosen = select(
        DOCUMENTS.c.id,
        func.coalesce(VERSIONS.c.published_at, VERSIONS.c.created_at, type_=Moment),
        VERSIONS.c.author,
    ).select_from(
        DOCUMENTS.join(VERSIONS, VERSIONS.c.id == func.coalesce(DOCUMENTS.c.current_version, newest.scalar_subquery()))
    )
    return {row[0]: LastChange(row[1], row[2]) for row in session.execute(chosen)}


def indexing(session: Session) -> set[int]:
    """Return the documents that have a version which is being made searchable."""
    return set(session.execute(select(VERSIONS.c.document_id).where(VERSIONS.c.state == "requested")).scalars())


def expired(session: Session, today: date) -> dict[int, int]:
    """Return how many live entries of each document have expired; documents without one are left out."""
    live = HELD.join(PASSAGES, PASSAGES.c.id == HELD.c.passage_id).join(
        DOCUMENTS, DOCUMENTS.c.current_version == HELD.c.version_id
    )
    counted = select(DOCUMENTS.c.id, func.count()).select_from(live).where(PASSAGES.c.valid_until < today)
    return {row[0]: row[1] for row in session.execute(counted.group_by(DOCUMENTS.c.id))}


def uses(session: Session, document: int, limit: int = MOST_RECENT) -> Uses:
    """Return the answers that rested on a document, whatever version of it; counted up to ``MOST_COUNTED``."""
    source = AnswerSource.__table__.c
    mine = select(PASSAGES.c.id).where(PASSAGES.c.document_id == document)
    some = select(source.answer_id).where(source.passage_id.in_(mine)).distinct().limit(MOST_COUNTED)
    total = session.execute(select(func.count()).select_from(some.subquery())).scalar_one()
    rests = (source.answer_id == Answer.id, source.passage_id == PASSAGES.c.id, PASSAGES.c.document_id == document)
    # Of a document that is used all the time the newest answers are soon met; of another one they are few.
    which = exists().where(*rests) if total == MOST_COUNTED else Answer.id.in_(some)
    since = now() - timedelta(days=RECENT_DAYS)
    lately = select(Answer.id).where(which, Answer.created_at >= since).limit(MOST_COUNTED)
    recent = session.execute(select(func.count()).select_from(lately.subquery())).scalar_one()
    newest = list(session.scalars(select(Answer.id).where(which).order_by(Answer.created_at.desc()).limit(limit)))
    chosen = (
        select(Answer.id, Turn.text, Answer.created_at, func.min(source.passage), func.max(source.version))
        .join(AnswerSource, AnswerSource.answer_id == Answer.id)
        .join(PASSAGES, PASSAGES.c.id == source.passage_id)
        .join(Turn, Turn.id == Answer.question_turn_id)
        .where(Answer.id.in_(newest), PASSAGES.c.document_id == document)
        .group_by(Answer.id, Turn.text, Answer.created_at)
        .order_by(Answer.created_at.desc())
    )
    return Uses(total, recent, tuple(Use(*row) for row in session.execute(chosen)))


def known_groups(session: Session) -> tuple[str, ...]:
    """Return the groups that documents or entries are for, by name."""
    found: set[str] = set()
    for column in (DOCUMENTS.c.audience, PASSAGES.c.audience):
        # As text, which PostgreSQL can compare: JSON it cannot.
        kinds = select(cast(column, String).label("text"), func.min(column.table.c.id).label("id"))
        one_each = kinds.where(column.is_not(None)).group_by(cast(column, String)).subquery()
        named: Any = select(column).where(column.table.c.id.in_(select(one_each.c.id)))
        for groups in session.execute(named).scalars():
            found |= {str(group) for group in groups}
    return tuple(sorted(found))
