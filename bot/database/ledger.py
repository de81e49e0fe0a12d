"""Reads back why an answer says what it says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.database.moods import mood_of_turn
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
    answer = _answer(session, answer_id.strip().lower())
    conversation = session.get_one(Conversation, answer.conversation_id)
    question = session.get_one(Turn, answer.question_turn_id)
    person = session.get(Person, question.person_id) if question.person_id else None
    sources = select(AnswerSource).where(AnswerSource.answer_id == answer.id).order_by(AnswerSource.position)
    opinions = select(Feedback).where(Feedback.answer_id == answer.id).order_by(Feedback.created_at)
    return Ledger(
        answer_id=answer.id,
        at=answer.created_at,
        channel=conversation.channel,
        conversation=conversation.external_id,
        person=person.external_id if person else None,
        audience=tuple(conversation.audience),
        asked=question.text,
        searched=question.completed or question.text,
        answer=session.get_one(Turn, answer.turn_id).text,
        task=answer.task,
        language=answer.language,
        answered=answer.answered,
        confidence=answer.confidence,
        checks=answer.checks,
        check_details=tuple(answer.check_details),
        sources=tuple(map(_source, session.scalars(sources))),
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
        feedback=tuple(Opinion(f.rating, f.reason, f.comment, f.created_at) for f in session.scalars(opinions)),
        mood=mood.score if (mood := mood_of_turn(session, question.id)) else None,
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
