"""Which Korean vectors the indexes are to be made with: those of a name, or none; and which they were before."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, sessionmaker

from bot.database import versions
from bot.database.documents import DOCUMENTS, PASSAGES
from bot.database.golden_tables import GoldenRow
from bot.database.tables import Answer, AnswerSource, Feedback, Turn
from bot.database.vector_tables import KoreanVectorsRow

CHOSEN = "korean_vectors"
"""The value that names them: the present ones and those before, as JSON."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A question that somebody confirmed the answer of: the row of the passage that it rests on first."""

    question: str
    passage: int


def _named(session: Session) -> tuple[str, str]:
    found = json.loads(versions.value(session, CHOSEN) or '["", ""]')
    return str(found[0]), str(found[1])


def chosen(session: Session) -> str:
    """Return the name of those to be used, empty for none."""
    return _named(session)[0]


def data_of(session: Session, name: str) -> bytes:
    """Return vectors by their name, empty where there are none."""
    return session.scalar(select(KoreanVectorsRow.data).where(KoreanVectorsRow.name == name)) or b""


def wanted(sessions: sessionmaker[Session], held: str) -> bytes | None:
    """Return the vectors to be used, empty for none; None where those are the ones of this name."""
    with sessions() as session:
        name = chosen(session)
        return None if name == held else data_of(session, name) if name else b""


def keep(session: Session, name: str, data: bytes, figures: Mapping[str, Any], author: str) -> None:
    """Keep vectors and use them from now on; of those before only the last ones stay."""
    if session.scalar(select(func.count()).where(KoreanVectorsRow.name == name)):
        session.execute(delete(KoreanVectorsRow).where(KoreanVectorsRow.name == name))
    session.add(KoreanVectorsRow(name=name, data=data, figures=dict(figures), author=author))
    session.flush()
    _choose(session, name, _named(session)[0])


def go_back(session: Session) -> str | None:
    """Use what was used before the last change; return its name, empty for none. None: nothing was changed yet."""
    now, before = _named(session)
    if now == before:
        return None
    _choose(session, before, now)
    return before


def _choose(session: Session, name: str, before: str) -> None:
    versions.put(session, CHOSEN, json.dumps([name, before]))
    session.execute(delete(KoreanVectorsRow).where(KoreanVectorsRow.name.not_in([name, before])))


def confirmed(session: Session) -> list[Confirmed]:
    """Return the questions whose answer somebody found good and nobody bad, by the passage it rests on first."""
    bad = select(Feedback.answer_id).where(Feedback.rating < 0)
    rows = session.execute(
        select(func.coalesce(Turn.completed, Turn.text), AnswerSource.passage_id)
        .select_from(Feedback)
        .join(Answer, Answer.id == Feedback.answer_id)
        .join(Turn, Turn.id == Answer.question_turn_id)
        .join(AnswerSource, (AnswerSource.answer_id == Answer.id) & (AnswerSource.position == 0))
        .where(Feedback.rating > 0, Answer.task == "answer", Answer.answered, Answer.id.not_in(bad))
        .distinct()
    )
    return [Confirmed(question, passage) for question, passage in rows if passage is not None]


def golden(session: Session, ids: Sequence[int]) -> list[Confirmed]:
    """Return the golden questions that one of these passages is to answer."""
    rows = session.execute(
        select(GoldenRow.question, PASSAGES.c.id)
        .join(DOCUMENTS, DOCUMENTS.c.name == GoldenRow.document)
        .join(PASSAGES, (PASSAGES.c.document_id == DOCUMENTS.c.id) & (PASSAGES.c.key == GoldenRow.key))
        .where(GoldenRow.expects == "entry")
    )
    live = set(ids)
    return [Confirmed(question, passage) for question, passage in rows if passage in live]
