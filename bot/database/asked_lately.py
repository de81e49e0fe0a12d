"""What people asked of the documents lately, each wording once for each kind of asker, with how often."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.orm import Session

from bot.database.documents import HELD
from bot.database.tables import Answer, AnswerSource, Conversation, Turn
from knowledge.language import Language

MOST_READ = 50_000
"""Answers that are looked at, the newest."""


@dataclass(frozen=True, slots=True)
class AskedLately:
    """A wording: ``groups`` of who asked it so, how often, and one of its answers."""

    text: str
    groups: frozenset[str]
    language: Language
    count: int
    answer_id: str


def asked_lately(session: Session, since: datetime, limit: int) -> list[AskedLately]:
    """Return what was asked since, the most frequent first."""
    newest = (
        select(Answer.id, Answer.question_turn_id, Answer.conversation_id, Answer.language)
        .where(Answer.task == "answer", Answer.created_at >= since)
        .order_by(Answer.created_at.desc())
        .limit(MOST_READ)
        .subquery()
    )
    return _counted(session, newest, limit)


def resting_on(
    session: Session, since: datetime, limit: int, *, live: int | None, but: Collection[int]
) -> list[AskedLately]:
    """Return what was asked since and answered by what the version ``live`` says and the versions ``but`` do not."""
    kept = select(HELD.c.passage_id).where(HELD.c.version_id.in_(list(but)))
    going = select(HELD.c.passage_id).where(HELD.c.version_id == live, HELD.c.passage_id.not_in(kept))
    rests = select(AnswerSource.answer_id).where(AnswerSource.passage_id.in_(going)).distinct()
    found = (
        select(Answer.id, Answer.question_turn_id, Answer.conversation_id, Answer.language)
        .where(Answer.task == "answer", Answer.created_at >= since, Answer.id.in_(rests))
        .order_by(Answer.created_at.desc())
        .limit(MOST_READ)
        .subquery()
    )
    return _counted(session, found, limit)


def _counted(session: Session, answers: Any, limit: int) -> list[AskedLately]:
    """Return the wordings of these answers' questions; those of conversations that were taken away are left out."""
    text = func.coalesce(Turn.completed, Turn.text)
    groups = cast(Conversation.audience, String)
    chosen: Select[Any] = (
        select(text, groups, func.max(answers.c.language), func.count().label("count"), func.max(answers.c.id))
        .select_from(answers)
        .join(Turn, Turn.id == answers.c.question_turn_id)
        .join(Conversation, Conversation.id == answers.c.conversation_id)
        .where(Conversation.removed_at.is_(None))
        .group_by(text, groups)
        .order_by(func.count().desc(), func.max(answers.c.id))
        .limit(limit)
    )
    return [
        AskedLately(asked, frozenset(map(str, json.loads(some or "[]"))), language, count, answer)
        for asked, some, language, count, answer in session.execute(chosen)
    ]
