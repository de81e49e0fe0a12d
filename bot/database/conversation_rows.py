"""Conversations as the list shows them: a question, who asked it, and what became of the answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from bot.database.exchange_filters import HANDOVERS
from bot.database.exchange_search import Hit
from bot.database.own_conversations import removed
from bot.database.statements import ANSWERS, CONVERSATIONS, FEEDBACK, PEOPLE, TURNS


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One conversation: ``question`` and ``at`` are of the newest exchange that was looked for, ``answer`` its answer.

    The counts are of all its answers; ``handed`` is open, solved or "". ``person`` is their name, or the channel's own
    name for them, None where nobody is known.
    """

    id: str
    channel: str
    place: str
    person_id: int | None
    person: str | None
    question: str
    at: datetime
    answer: str
    answers: int = 0
    unanswered: int = 0
    good: int = 0
    bad: int = 0
    handed: str = ""


def rows_of(session: Session, hits: Sequence[Hit]) -> list[ConversationRow]:
    """Return the rows of these hits, in their order; those that whoever had them took away are left out."""
    if not hits:
        return []
    ids = [hit.conversation for hit in hits]
    known = _conversations(session, ids)
    asked = _questions(session, [hit.turn for hit in hits])
    counts, opinions, handed = _counts(session, ids), _opinions(session, ids), _handed(session, ids)
    found: list[ConversationRow] = []
    for hit in hits:
        if hit.conversation not in known or hit.turn not in asked:
            continue
        channel, place, person_id, person = known[hit.conversation]
        question, at = asked[hit.turn]
        answers, unanswered = counts.get(hit.conversation, (0, 0))
        good, bad = opinions.get(hit.conversation, (0, 0))
        about = (hit.conversation, channel, place, person_id, person, question, at, hit.answer)
        found.append(ConversationRow(*about, answers, unanswered, good, bad, handed.get(hit.conversation, "")))
    return found


def answers_said(session: Session, hits: Sequence[Hit]) -> dict[str, str]:
    """Return the texts of the answers of these hits, by the answer's id."""
    said = ANSWERS.join(TURNS, TURNS.c.id == ANSWERS.c.turn_id)
    chosen = select(ANSWERS.c.id, TURNS.c.text).select_from(said).where(ANSWERS.c.id.in_([hit.answer for hit in hits]))
    return {row[0]: row[1] for row in session.execute(chosen)}


def _conversations(session: Session, ids: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    columns = CONVERSATIONS.c
    chosen = (
        select(
            columns.id,
            columns.channel,
            columns.external_id,
            PEOPLE.c.id,
            func.coalesce(PEOPLE.c.name, PEOPLE.c.external_id),
        )
        .select_from(CONVERSATIONS.outerjoin(PEOPLE, PEOPLE.c.id == columns.person_id))
        .where(columns.id.in_(ids), ~removed())
    )
    return {row[0]: tuple(row[1:]) for row in session.execute(chosen)}


def _questions(session: Session, turns: Sequence[int]) -> dict[int, tuple[str, datetime]]:
    chosen = select(TURNS.c.id, TURNS.c.text, TURNS.c.created_at).where(TURNS.c.id.in_(turns))
    return {row[0]: (row[1], row[2]) for row in session.execute(chosen)}


def _counts(session: Session, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    of = ANSWERS.c.conversation_id
    vain = func.sum(case((ANSWERS.c.answered.is_(False), 1), else_=0))
    chosen = select(of, func.count(), vain).where(of.in_(ids)).group_by(of)
    return {row[0]: (row[1], row[2] or 0) for row in session.execute(chosen)}


def _opinions(session: Session, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    of, rating = ANSWERS.c.conversation_id, FEEDBACK.c.rating
    rated = FEEDBACK.join(ANSWERS, ANSWERS.c.id == FEEDBACK.c.answer_id)
    sums = (func.sum(case((rating == value, 1), else_=0)) for value in (1, -1))
    chosen = select(of, *sums).select_from(rated).where(of.in_(ids)).group_by(of)
    return {row[0]: (row[1], row[2]) for row in session.execute(chosen)}


def _handed(session: Session, ids: Sequence[str]) -> dict[str, str]:
    of, waits = ANSWERS.c.conversation_id, HANDOVERS.c.solved_at.is_(None)
    handed = HANDOVERS.join(ANSWERS, ANSWERS.c.id == HANDOVERS.c.answer_id)
    open_ = func.max(case((waits, 1), else_=0))
    chosen = select(of, open_).select_from(handed).where(of.in_(ids)).group_by(of)
    return {row[0]: "open" if row[1] else "solved" for row in session.execute(chosen)}
