"""Questions out of the live documents, to show people what can be asked."""

from collections.abc import Collection
from datetime import date
from typing import TypeVar

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from bot.database.tables import Document, PassageRow, VersionPassage
from knowledge.language import Language

_Value = TypeVar("_Value", str, int)

LONGEST = 60
"""Characters of a question that still reads well on a button."""


def example_questions(
    session: Session, language: Language, today: date, count: int = 4, only: Collection[str] = ()
) -> list[str]:
    """Return up to ``count`` questions that everyone may ask, from all over the documents (``only`` those of these
    names, where some are given), in ``language`` first."""
    for spoken in (language, "en" if language == "ko" else "ko"):
        found = list(session.scalars(_in_some(_open_questions(spoken, today), only)))
        if found:
            step = max(len(found) / count, 1.0)
            return [found[int(i * step)] for i in range(min(count, len(found)))]
    return []


def _open_questions(language: str, today: date) -> Select[str]:
    live = (
        select(PassageRow.question)
        .join(VersionPassage, VersionPassage.passage_id == PassageRow.id)
        .join(Document, Document.current_version == VersionPassage.version_id)
        .where(Document.enabled, Document.audience.is_(None), PassageRow.audience.is_(None))
        .where(PassageRow.language == language)
        .where(func.length(PassageRow.question).between(4, LONGEST))
        .where(or_(PassageRow.valid_from.is_(None), PassageRow.valid_from <= today))
        .where(or_(PassageRow.valid_until.is_(None), PassageRow.valid_until >= today))
    )
    return live.order_by(Document.id, VersionPassage.position).limit(1000)


def everyones_passages(session: Session, language: Language, count: int, only: Collection[str] = ()) -> list[int]:
    """Return the ids of up to ``count`` live passages that everyone may see, from all over the documents (``only``
    those of these names, where some are given), those of a table's rows first, in ``language`` first; whether they are
    valid today is for the caller to ask."""
    for spoken in (language, "en" if language == "ko" else "ko"):
        for with_question in (True, False):
            found = list(session.scalars(_in_some(_open_passages(spoken, with_question=with_question), only)))
            if found:
                step = max(len(found) / count, 1.0)
                return [found[int(i * step)] for i in range(min(count, len(found)))]
    return []


def _open_passages(language: str, *, with_question: bool) -> Select[int]:
    live = (
        select(PassageRow.id)
        .join(VersionPassage, VersionPassage.passage_id == PassageRow.id)
        .join(Document, Document.current_version == VersionPassage.version_id)
        .where(Document.enabled, Document.audience.is_(None), PassageRow.audience.is_(None))
        .where(PassageRow.language == language)
        .where(func.length(PassageRow.question) > 3 if with_question else func.length(PassageRow.answer) > 11)
    )
    return live.order_by(Document.id, VersionPassage.position).limit(1000)


def _in_some(statement: Select[_Value], only: Collection[str]) -> Select[_Value]:
    return statement.where(Document.name.in_(only)) if only else statement
