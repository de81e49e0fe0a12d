"""What `dapbot knowledge check` reads: the live entries with their places, what was shown, what was not answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from bot.database.documents import ALIASES, DOCUMENTS, HELD, PASSAGES
from bot.database.tables import Answer, AnswerSource, Turn
from knowledge.language import Language
from knowledge.passages import Passage

MOST_QUESTIONS = 20_000
"""Unanswered questions that are read, the newest."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A live entry, with the place an admin finds it at; ``aliases`` are those of the file and the confirmed ones."""

    id: int
    document_id: int
    document: str
    key: str
    row: int | None
    sheet: str | None
    page: int | None
    title: str
    question: str
    aliases: tuple[str, ...]
    answer: str
    language: Language
    audience: Sequence[str] | None
    valid_from: date | None
    valid_until: date | None

    @property
    def passage(self) -> Passage:
        """The entry as the indexes hold it."""
        return Passage(self.id, self.language, self.answer, self.title, self.question, self.aliases)

    def is_valid(self, today: date) -> bool:
        """Whether it is retrieved on that day."""
        return (self.valid_from or today) <= today <= (self.valid_until or today)


def live_entries(session: Session) -> list[Entry]:
    """Return the entries of the live versions of enabled documents, in the order of the documents."""
    return _entries(session)


def entries(session: Session, numbers: Collection[int]) -> list[Entry]:
    """Return those of these passages that are live in enabled documents."""
    return _entries(session, PASSAGES.c.id.in_(numbers)) if numbers else []


def _entries(session: Session, *which: ColumnElement[bool]) -> list[Entry]:
    confirmed: dict[tuple[int, str], list[str]] = {}
    aliases = select(ALIASES.c.document_id, ALIASES.c.key, ALIASES.c.question)
    if which:  # of a few entries
        mine = (PASSAGES.c.document_id == ALIASES.c.document_id) & (PASSAGES.c.key == ALIASES.c.key)
        aliases = aliases.where(exists().where(mine, *which))
    for document, key, question in session.execute(aliases):
        confirmed.setdefault((document, key), []).append(question)
    live = HELD.join(PASSAGES, PASSAGES.c.id == HELD.c.passage_id).join(
        DOCUMENTS, DOCUMENTS.c.current_version == HELD.c.version_id
    )
    rows = session.execute(
        select(
            PASSAGES.c.id,
            DOCUMENTS.c.id,
            DOCUMENTS.c.name,
            PASSAGES.c.key,
            HELD.c.row,
            HELD.c.sheet,
            PASSAGES.c.page,
            PASSAGES.c.title,
            PASSAGES.c.question,
            PASSAGES.c.aliases,
            PASSAGES.c.answer,
            PASSAGES.c.language,
            PASSAGES.c.audience,
            PASSAGES.c.valid_from,
            PASSAGES.c.valid_until,
        )
        .select_from(live)
        .where(DOCUMENTS.c.enabled, *which)
        .order_by(DOCUMENTS.c.name, HELD.c.position)
    )
    found: list[Entry] = []
    for row in rows:
        values: list[Any] = list(row)
        values[9] = (*values[9], *confirmed.get((values[1], values[3]), ()))
        found.append(Entry(*values))
    return found


def shown_since(session: Session, since: datetime) -> set[tuple[str, str]]:
    """Return document and key of the entries that answers since then rest on."""
    rows = select(AnswerSource.document, AnswerSource.passage).join(Answer, Answer.id == AnswerSource.answer_id)
    return {(row[0], row[1]) for row in session.execute(rows.where(Answer.created_at >= since).distinct())}


def answers_since(session: Session, since: datetime) -> int:
    """Return the number of questions answered since then."""
    chosen = select(func.count()).select_from(Answer).where(Answer.created_at >= since, Answer.answered)
    return int(session.scalar(chosen.where(Answer.task == "answer")) or 0)


def unanswered_since(session: Session, since: datetime) -> list[tuple[str, datetime]]:
    """Return the questions since then that the documents did not answer, as they were searched, newest first."""
    rows = (
        select(func.coalesce(Turn.completed, Turn.text), Answer.created_at)
        .join(Answer, Answer.question_turn_id == Turn.id)
        .where(Answer.created_at >= since, Answer.task == "answer", Answer.answered.is_(False))
        .order_by(Answer.created_at.desc())
        .limit(MOST_QUESTIONS)
    )
    return [(row[0], row[1]) for row in session.execute(rows)]
