"""Reads back why an answer says what it says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.database.mood_tables import MoodRow
from bot.database.tables import Answer, AnswerSource, Conversation, Feedback, Person, Turn
from bot.errors import UserError

SHORTEST_ID = 6
"""The beginning of an answer's id is enough, from so many characters on."""


@dataclass(frozen=True, slots=True)
class LedgerSource:
    """A source as it was then; the scores are the fused one and each leg's own, None where it took no part."""

    document: str
    passage: str
    version: int
    title: str
    page: int | None
    score: float
    keyword_score: float | None
    vector_score: float | None
    quote: str
    live: bool


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a person thought of the answer."""

    rating: int
    reason: str | None
    comment: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Ledger:
    """One answer and everything that is known about it; times are aware, ``searched`` is what was looked for."""

    answer_id: str
    at: datetime
    channel: str
    conversation: str
    person: str | None
    audience: tuple[str, ...]
    asked: str
    searched: str
    answer: str
    task: str
    language: str
    answered: bool
    confidence: float
    checks: str
    check_details: tuple[dict[str, Any], ...]
    sources: tuple[LedgerSource, ...]
    nearest: tuple[dict[str, Any], ...]
    legs: dict[str, Any]
    extract: bool
    model: str
    prompt: str | None
    prompt_version: str | None
    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    latency_ms: float
    notice: str | None
    error: str | None
    feedback: tuple[Opinion, ...]
    mood: float | None = None
    """Of the question: -1 to 1, None where none was read."""


def answer_ledger(session: Session, answer_id: str) -> Ledger:
    """Return the ledger of an answer, named by its id or by a beginning of it that is its own.

    Raises:
        UserError: no answer, or more than one, begins so.
    """
    return ledgers(session, [_answer(session, answer_id.strip().lower())])[0]


def ledgers(session: Session, answers: Sequence[Answer]) -> list[Ledger]:
    """Return the ledgers of answers, in their order; so many statements for all of them as for one."""
    ids = [answer.id for answer in answers]
    turns = _by_id(session, Turn, [turn for each in answers for turn in (each.question_turn_id, each.turn_id)])
    of = (
        _by_id(session, Conversation, [answer.conversation_id for answer in answers]),
        turns,
        _by_id(session, Person, [turn.person_id for turn in turns.values()]),
        _by_id(session, MoodRow, [answer.question_turn_id for answer in answers]),
        _of_answers(
            session.scalars(select(AnswerSource).where(AnswerSource.answer_id.in_(ids)).order_by(AnswerSource.position))
        ),
        _of_answers(session.scalars(select(Feedback).where(Feedback.answer_id.in_(ids)).order_by(Feedback.created_at))),
    )
    return [_ledger(answer, *of) for answer in answers]


def _by_id(session: Session, table: Any, ids: Iterable[Any]) -> dict[Any, Any]:
    key = table.__mapper__.primary_key[0]
    wanted = {each for each in ids if each is not None}
    rows = session.scalars(select(table).where(key.in_(wanted))) if wanted else ()
    return {getattr(row, key.name): row for row in rows}


def _of_answers(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.answer_id, []).append(row)
    return found


def _ledger(
    answer: Answer,
    conversations: Mapping[str, Conversation],
    turns: Mapping[int, Turn],
    people: Mapping[int, Person],
    moods: Mapping[int, MoodRow],
    sources: Mapping[str, list[AnswerSource]],
    opinions: Mapping[str, list[Feedback]],
) -> Ledger:
    conversation, question = conversations[answer.conversation_id], turns[answer.question_turn_id]
    person, mood = people.get(question.person_id or 0), moods.get(question.id)
    return Ledger(
        answer_id=answer.id,
        at=answer.created_at,
        channel=conversation.channel,
        conversation=conversation.external_id,
        person=person.external_id if person else None,
        audience=tuple(conversation.audience),
        asked=question.text,
        searched=question.completed or question.text,
        answer=turns[answer.turn_id].text,
        task=answer.task,
        language=answer.language,
        answered=answer.answered,
        confidence=answer.confidence,
        checks=answer.checks,
        check_details=tuple(answer.check_details),
        sources=tuple(map(_source, sources.get(answer.id, ()))),
        nearest=tuple(answer.nearest),
        legs=answer.legs,
        extract=answer.extract,
        model=answer.model,
        prompt=answer.prompt,
        prompt_version=answer.prompt_version,
        input_tokens=answer.input_tokens,
        output_tokens=answer.output_tokens,
        cost_usd=answer.cost_usd,
        latency_ms=answer.latency_ms,
        notice=answer.notice,
        error=answer.error,
        feedback=tuple(Opinion(f.rating, f.reason, f.comment, f.created_at) for f in opinions.get(answer.id, ())),
        mood=mood.score if mood else None,
    )


def _answer(session: Session, answer_id: str) -> Answer:
    """Find the one answer whose id begins so."""
    exact = session.get(Answer, answer_id) if answer_id.isascii() and "\x00" not in answer_id else None
    if exact is not None:
        return exact
    if len(answer_id) < SHORTEST_ID or not answer_id.isalnum() or not answer_id.isascii():
        raise UserError("report.no_answer", answer=answer_id)
    found = session.scalars(select(Answer).where(Answer.id.startswith(answer_id)).limit(2)).all()
    if len(found) != 1:
        raise UserError("report.several_answers" if found else "report.no_answer", answer=answer_id)
    return found[0]


def _source(row: AnswerSource) -> LedgerSource:
    """Return the source; ``live`` tells whether its passage is still in the database."""
    scores = (row.score, row.keyword_score, row.vector_score)
    about = (row.document, row.passage, row.version, row.title, row.page)
    return LedgerSource(*about, *scores, row.quote, live=row.passage_id is not None)
