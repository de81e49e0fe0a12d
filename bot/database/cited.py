"""A source of an answer at its place: the entry as it was then, what stood around it, and what became of it since."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from bot.database.cleaning import cleaned
from bot.database.documents import DOCUMENTS, HELD, PASSAGES, VERSIONS
from bot.database.tables import Answer, AnswerSource, Conversation
from knowledge.language import Language

State = Literal["same", "changed", "withdrawn"]
"""What became of an entry: it still says the same, says something else, or is used in no answer any more."""

AROUND = 1
"""Passages of prose shown before and after the one that was cited."""

_COLUMNS = (PASSAGES.c.question, PASSAGES.c.answer, PASSAGES.c.language)
_RIGHTS = (PASSAGES.c.audience, DOCUMENTS.c.audience)


@dataclass(frozen=True, slots=True)
class Cited:
    """A source of an answer.

    ``question`` and ``text`` are the entry as it was then; ``text`` is "" where that is not there any more, or is not
    for whoever looks. ``before`` and ``after`` are the prose around it. ``now_question`` and ``now_text`` are what it
    says today where that is something else. ``document_id``: None where the document is gone.
    """

    document: str
    document_id: int | None
    key: str
    version: int
    title: str
    page: int | None
    quote: str
    at: datetime
    state: State
    language: Language
    question: str = ""
    text: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    now_question: str = ""
    now_text: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    question: str
    answer: str
    language: Language


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer was given: the channel and its name for the conversation."""

    channel: str
    external_id: str


def place_of(session: Session, answer: str) -> Place | None:
    """Return where an answer was given; None where there is none."""
    chosen = (
        select(Conversation.channel, Conversation.external_id)
        .join(Answer, Answer.conversation_id == Conversation.id)
        .where(Answer.id == cleaned(answer))
    )
    row = session.execute(chosen).first()
    return None if row is None else Place(*row)


def cited(session: Session, answer: str, number: int, *, groups: Collection[str] | None, today: date) -> Cited | None:
    """Return the source of an answer by its number, from 1, as somebody in these groups (None: all) may see it.

    None where the answer has no such source.
    """
    chosen = (
        select(AnswerSource, Answer.created_at, Answer.language)
        .join(Answer, Answer.id == AnswerSource.answer_id)
        .where(AnswerSource.answer_id == cleaned(answer), AnswerSource.position == number - 1)
    )
    found = session.execute(chosen).first()
    if found is None:
        return None
    source, at, language = found
    then = _then(session, source.passage_id, groups)
    now = _now(session, source.document, source.passage, groups, today)
    row = then or now
    before, after = _around(session, source, then, groups) if then is not None else ((), ())
    return Cited(
        document=source.document,
        document_id=_document(session, source.document),
        key=source.passage,
        version=source.version,
        title=source.title,
        page=source.page,
        quote=source.quote,
        at=at,
        state=_state(then, now, source.quote),
        language=row.language if row is not None else cast(Language, language),
        question=then.question if then is not None else "",
        text=then.answer if then is not None else "",
        before=before,
        after=after,
        now_question=now.question if now is not None else "",
        now_text=now.answer if now is not None else "",
    )


def _state(then: _Entry | None, now: _Entry | None, quote: str) -> State:
    if now is None:
        return "withdrawn"
    if then is None:
        return "same" if quote.rstrip("…") in now.answer else "changed"
    return "same" if (then.question, then.answer) == (now.question, now.answer) else "changed"


def _document(session: Session, name: str) -> int | None:
    return session.execute(select(DOCUMENTS.c.id).where(DOCUMENTS.c.name == name)).scalar()


def _then(session: Session, passage: int | None, groups: Collection[str] | None) -> _Entry | None:
    if passage is None:
        return None
    joined = PASSAGES.join(DOCUMENTS, DOCUMENTS.c.id == PASSAGES.c.document_id)
    row = session.execute(select(*_COLUMNS, *_RIGHTS).select_from(joined).where(PASSAGES.c.id == passage)).first()
    return _Entry(*row[:3]) if row is not None and _may_see(tuple(row[3:]), groups) else None


def _now(session: Session, document: str, key: str, groups: Collection[str] | None, today: date) -> _Entry | None:
    """Return the entry of this key that answers use today."""
    live = PASSAGES.join(HELD, HELD.c.passage_id == PASSAGES.c.id).join(
        DOCUMENTS, DOCUMENTS.c.current_version == HELD.c.version_id
    )
    used = (DOCUMENTS.c.name == document) & (PASSAGES.c.key == key) & DOCUMENTS.c.enabled
    begun = PASSAGES.c.valid_from.is_(None) | (PASSAGES.c.valid_from <= today)
    lasts = PASSAGES.c.valid_until.is_(None) | (PASSAGES.c.valid_until >= today)
    chosen = select(*_COLUMNS, *_RIGHTS).select_from(live).where(used, begun, lasts)
    return next((_Entry(*row[:3]) for row in session.execute(chosen) if _may_see(tuple(row[3:]), groups)), None)


def _around(
    session: Session,
    source: AnswerSource,
    then: _Entry,
    groups: Collection[str] | None,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the prose before and after a passage, in the version that was live then."""
    if then.question:
        return (), ()
    of = (VERSIONS.c.number == source.version) & (HELD.c.passage_id == source.passage_id)
    joined = HELD.join(VERSIONS, VERSIONS.c.id == HELD.c.version_id)
    here = session.execute(select(HELD.c.version_id, HELD.c.position).select_from(joined).where(of)).first()
    if here is None:
        return (), ()
    version, at = here
    near = HELD.c.position.between(at - AROUND, at + AROUND) & (HELD.c.version_id == version)
    found = _prose(session, near, groups)
    return (
        tuple(text for position, text in found if position < at),
        tuple(text for position, text in found if position > at),
    )


def _prose(session: Session, near: ColumnElement[bool], groups: Collection[str] | None) -> list[tuple[int, str]]:
    joined = HELD.join(PASSAGES, PASSAGES.c.id == HELD.c.passage_id).join(
        DOCUMENTS, DOCUMENTS.c.id == PASSAGES.c.document_id
    )
    chosen = select(HELD.c.position, PASSAGES.c.answer, *_RIGHTS).select_from(joined)
    rows = session.execute(chosen.where(near, PASSAGES.c.question == "").order_by(HELD.c.position))
    return [(row[0], row[1]) for row in rows if _may_see(tuple(row[2:]), groups)]


def _may_see(rights: Sequence[Any], groups: Collection[str] | None) -> bool:
    """Tell whether the groups of an entry and of its document allow it."""
    if groups is None:
        return True
    return all(allowed is None or bool(set(allowed) & set(groups)) for allowed in rights)
