"""Golden questions: what must be answered by which entry, or must not be answered at all.

Known good questions are asked again when documents or settings change (``bot/golden.py``).
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.database.columns import now
from bot.database.golden_tables import GoldenRow
from bot.database.tables import Answer, Conversation, Document, PassageRow, Turn, VersionPassage
from bot.errors import UserError
from knowledge.language import Language
from knowledge.splitting import normalised

Expects = Literal["entry", "answer", "none"]
"""``entry``: this entry answers; ``answer``: whichever does; ``none``: it must not be answered."""

GOLDEN = GoldenRow.__table__
MOST = 5_000
LONGEST_QUESTION = 4_000
LONGEST_NOTE = 1_000
TITLE = 120


@dataclass(frozen=True, slots=True)
class NewGolden:
    """What is known of a golden question; with ``expects == "entry"`` the entry ``key`` of a document.

    ``answer_id`` is the answer of the conversation it was taken from, if it was.
    """

    question: str
    expects: Expects
    language: Language
    document_id: int | None = None
    key: str | None = None
    audience: frozenset[str] = frozenset()
    note: str = ""
    answer_id: str | None = None


@dataclass(frozen=True, slots=True)
class Golden:
    """A golden question; ``document`` is its present name, or the one it had when it was removed."""

    id: int
    question: str
    expects: Expects
    language: Language
    document_id: int | None
    document: str | None
    key: str | None
    audience: frozenset[str]
    note: str
    author: str | None
    created_at: datetime
    updated_at: datetime
    answer_id: str | None

    def is_met(self, entries: Iterable[tuple[int, str, str]] | None) -> bool:
        """Whether it is answered as it should be: by these entries (document, its name, key), None: not at all."""
        if entries is None or self.expects == "none":
            return entries is None and self.expects == "none"
        return self.expects == "answer" or any(self.is_entry(*each) for each in entries)

    def is_entry(self, document_id: int, document: str, key: str) -> bool:
        """Whether this is the entry that is expected: of the document, or of one that was added in its place."""
        return self.key == key and (document_id == self.document_id or document == self.document)


class Outline(NamedTuple):
    """What a golden question is found by in a long list."""

    id: int
    expects: Expects
    updated_at: datetime
    question: str
    note: str | None
    document: str | None


def listed(session: Session) -> list[Golden]:
    """Return all golden questions, the oldest first; ``MOST`` at most."""
    return [_golden(row) for row in session.execute(_CHOSEN.order_by(GOLDEN.c.id))]


def outlines(session: Session) -> list[Outline]:
    """Return what a long list is counted and searched by, the oldest first."""
    chosen = select(
        GOLDEN.c.id, GOLDEN.c.expects, GOLDEN.c.updated_at, GOLDEN.c.question, GOLDEN.c.note, GOLDEN.c.document
    )
    return [Outline(*row) for row in session.execute(chosen.order_by(GOLDEN.c.id)).all()]


def some(session: Session, numbers: Collection[int]) -> list[Golden]:
    """Return those of these numbers, the oldest first."""
    return [_golden(row) for row in session.execute(_CHOSEN.where(GOLDEN.c.id.in_(numbers)).order_by(GOLDEN.c.id))]


def get(session: Session, number: int) -> Golden | None:
    """Return one golden question."""
    row = session.execute(_CHOSEN.where(GOLDEN.c.id == number)).first()
    return None if row is None else _golden(row)


def count(session: Session) -> int:
    """Return how many there are."""
    return session.scalar(select(func.count()).select_from(GOLDEN)) or 0


def add(session: Session, new: NewGolden, author: str | None) -> int:
    """Save one and return its number.

    Raises:
        UserError: there is one of this question and these groups already; there are too many; or no such entry.
    """
    values = _values(session, new)
    if count(session) >= MOST:
        raise UserError("golden.too_many", most=MOST)
    moment = now()
    try:
        with session.begin_nested():
            known = new.answer_id if new.answer_id and session.get(Answer, new.answer_id) else None
            done = session.execute(
                insert(GoldenRow)
                .values(**values, answer_id=known, author=author, created_at=moment, updated_at=moment)
                .returning(GoldenRow.id)
            )
            return int(done.scalar_one())
    except IntegrityError as error:
        raise UserError("golden.twice", question=values["question"]) from error


def change(session: Session, number: int, new: NewGolden) -> bool:
    """Put another question or expectation in its place; False: there is none of this number.

    Raises:
        UserError: as for ``add``.
    """
    values = _values(session, new)
    try:
        with session.begin_nested():
            changed = session.execute(
                update(GoldenRow)
                .where(GoldenRow.id == number)
                .values(**values, updated_at=now())
                .returning(GoldenRow.id)
            )
            return changed.first() is not None
    except IntegrityError as error:
        raise UserError("golden.twice", question=values["question"]) from error


def remove(session: Session, numbers: Collection[int]) -> int:
    """Remove some; return how many there were."""
    gone = session.execute(delete(GoldenRow).where(GoldenRow.id.in_(numbers)).returning(GoldenRow.id))
    return len(gone.all())


def find(session: Session, question: str, audience: Collection[str] = ()) -> int | None:
    """Return the number of the one of this question and these groups."""
    return session.scalar(select(GOLDEN.c.id).where(GOLDEN.c.digest == digest(question, audience)))


def asked_in(session: Session, answer_id: str) -> tuple[str, list[str]] | None:
    """Return the question that an answer was given to, as it was searched, and the groups of whoever asked."""
    question = func.coalesce(Turn.completed, Turn.text)
    asked = (
        select(question, Conversation.audience)
        .join(Answer, Answer.question_turn_id == Turn.id)
        .join(Conversation, Conversation.id == Answer.conversation_id)
    )
    row = session.execute(asked.where(Answer.id == answer_id)).first()
    return None if row is None else (row[0], sorted(row[1] or ()))


def erase(session: Session, people: Collection[int]) -> int:
    """Remove those that were taken from what these people (rows of ``people``) asked; return how many."""
    theirs = select(Answer.id).join(Turn, Turn.id == Answer.question_turn_id).where(Turn.person_id.in_(people))
    gone = session.execute(delete(GoldenRow).where(GoldenRow.answer_id.in_(theirs)).returning(GoldenRow.id))
    return len(gone.all())


def digest(question: str, audience: Collection[str]) -> str:
    """Return what two golden questions cannot share: marks and capitals make no difference."""
    return hashlib.sha256("\n".join([normalised(question), *sorted(audience)]).encode()).hexdigest()


def documents(session: Session) -> dict[str, int]:
    """Return the numbers of the documents by their names."""
    return {name: number for number, name in session.execute(select(Document.id, Document.name))}


def titles(session: Session, entries: Collection[tuple[int, str]]) -> dict[tuple[int, str], str]:
    """Return what entries that are live are called, by document and key: their question, else title or beginning."""
    keys = {key for _, key in entries}
    live = (
        select(PassageRow.document_id, PassageRow.key, PassageRow.question, PassageRow.title, PassageRow.answer)
        .join(VersionPassage, VersionPassage.passage_id == PassageRow.id)
        .join(Document, Document.current_version == VersionPassage.version_id)
        .where(PassageRow.document_id.in_({document for document, _ in entries}), PassageRow.key.in_(keys))
    )
    return {(row[0], row[1]): " ".join((row[2] or row[3] or row[4]).split())[:TITLE] for row in session.execute(live)}


def _values(session: Session, new: NewGolden) -> dict[str, object]:
    question = " ".join(new.question.split())
    if not any(character.isalnum() for character in question):
        raise UserError("golden.empty")
    if len(question) > LONGEST_QUESTION:
        raise UserError("golden.long", limit=LONGEST_QUESTION)
    named = new.expects == "entry"
    document = session.get(Document, new.document_id) if named and new.document_id is not None else None
    if named and (document is None or not new.key):
        raise UserError("golden.no_entry")
    return {
        "digest": digest(question, new.audience),
        "question": question,
        "expects": new.expects,
        "document_id": document.id if document else None,
        "document": document.name if document else None,
        "key": new.key if document else None,
        "language": new.language,
        "audience": sorted(new.audience),
        "note": new.note.strip()[:LONGEST_NOTE] or None,
    }


_CHOSEN = select(
    GOLDEN.c.id,
    GOLDEN.c.question,
    GOLDEN.c.expects,
    GOLDEN.c.language,
    GOLDEN.c.document_id,
    func.coalesce(Document.name, GOLDEN.c.document).label("document"),
    GOLDEN.c.key,
    GOLDEN.c.audience,
    GOLDEN.c.note,
    GOLDEN.c.author,
    GOLDEN.c.created_at,
    GOLDEN.c.updated_at,
    GOLDEN.c.answer_id,
).select_from(GOLDEN.outerjoin(Document.__table__, Document.__table__.c.id == GOLDEN.c.document_id))


def _golden(row: Row[tuple[object, ...]]) -> Golden:
    values = dict(row._mapping)
    values["audience"] = frozenset(values["audience"])
    values["note"] = values["note"] or ""
    return Golden(**values)
